"""What may be asked of the state, without a change to it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from coordinator.core.records import Call, Held, Letter, Match, Meeting, Pairing, Participant
from coordinator.store import codec
from coordinator.store.contents import Contents
from coordinator.store.meta import JournalLine, Meta
from coordinator.store.seen import digest
from coordinator.store.shelf import Shelf
from coordinator.store.tables import Table

ORDINALS = {"u": "next_participant", "p": "next_pairing", "m": "next_match"}
"""First letter of an id → where the next ordinal is kept."""

REACHABLE = ("active", "paused")


class Questions:
    """The cohort as one tick or command sees it. Implements `core.cohort.Cohort`."""

    def __init__(self, shelf: Shelf, contents: Contents) -> None:
        self._shelf = shelf
        self._all = contents
        tables = contents.tables
        self._participants: Table[Participant] = tables["participants"]
        self._pairings: Table[Pairing] = tables["pairings"]
        self._matches: Table[Match] = tables["matches"]
        self._letters: Table[Letter] = tables["letters"]
        self._held: Table[Held] = tables["held"]
        self._archived: frozenset[str] | None = None
        self.taken_by: Callable[[Participant], tuple[tuple[datetime, datetime], ...]] = lambda _: ()

    def let_go(self) -> None:
        """Holds the rows alone again; what is asked for next is read from them anew."""
        for table in self._all.tables.values():
            table.records.clear()

    # What a decision may ask.

    def participant(self, id_: str) -> Participant | None:
        return self._participants.find("id", id_)

    def participant_at(self, address: str) -> Participant | None:
        return self._participants.find("address", address)

    def pairing(self, id_: str) -> Pairing | None:
        return self._pairings.find("id", id_)

    def pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        return tuple(sorted(self._pairings.some("people", participant), key=lambda each: each.id))

    def match(self, id_: str) -> Match | None:
        return self._matches.find("id", id_)

    def matches_of(self, participant: str) -> tuple[Match, ...]:
        return tuple(sorted(self._matches.some("people", participant), key=lambda each: each.id))

    def pool(self, role: str) -> tuple[Participant, ...]:
        words = self._participants.index.words["pools"].items()
        found = (self._participants.get(row) for row, roles in words if role in roles.split())
        return tuple(sorted((p for p in found if p.status in REACHABLE), key=lambda each: each.id))

    def fresh_id(self, kind: str) -> str:
        """ "u8", "p8" or "m8": the first that nobody has; staging a record with it gives it away."""
        return f"{kind}{getattr(self._all.meta, ORDINALS[kind])}"

    def letter(self, id_: str) -> Letter | None:
        return self._letters.find("id", id_)

    def letter_by_token(self, token: str) -> Letter | None:
        return self._letters.find("token", token)

    def archived_by_token(self, token: str) -> Letter | None:
        if self._archived is None:
            # Once, however many mails with invented addresses come.
            self._archived = frozenset(str(each.get("token")) for each in self.all_archived("letters"))
        if token not in self._archived:
            return None
        return codec.decode(Letter, next(each for each in self.all_archived("letters") if each.get("token") == token))

    def archived_pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        mine = (r for r in self.all_archived("pairings") if participant in (r.get("mentor"), r.get("mentee")))
        return tuple(sorted((codec.decode(Pairing, plain) for plain in mine), key=lambda p: p.id))

    def letter_by_message_id(self, message_id: str) -> Letter | None:
        return self._letters.find("message_id", message_id)

    def letter_by_ref(self, ref: str) -> Letter | None:
        """The newest with that code."""
        return self._letters.find("ref", ref)

    def meeting(self, uid: str) -> tuple[Pairing, Meeting] | None:
        pairing = self._pairings.find("uid", uid)
        return (pairing, next(m for m in pairing.meetings if m.uid == uid)) if pairing else None

    def call(self, uid: str) -> tuple[Participant, Call] | None:
        person = self._participants.find("uid", uid)
        return (person, next(c for c in person.calls if c.meeting and c.meeting.uid == uid)) if person else None

    def taken(self, participant: str) -> tuple[tuple[datetime, datetime], ...]:
        person = self.participant(participant)
        return self.taken_by(person) if person else ()

    def due_pairings(self, now: datetime) -> tuple[Pairing, ...]:
        return tuple(self._pairings.due("due", now))

    def due_participants(self, now: datetime) -> tuple[Participant, ...]:
        return tuple(self._participants.due("due", now))

    def due_matches(self, now: datetime) -> tuple[Match, ...]:
        return tuple(self._matches.due("due", now))

    def held(self, id_: str) -> Held | None:
        return self._held.find("id", id_)

    def held_from(self, *addresses: str) -> tuple[Held, ...]:
        found = [each for address in dict.fromkeys(addresses) for each in self._held.some("sender", address)]
        return tuple(sorted(found, key=lambda each: each.id))

    def unmatched(self) -> tuple[Participant, ...]:
        paired = self._pairings.index.many["mentee"]
        rows = [row for row, id_ in self._participants.index.words["waiting"].items() if id_ not in paired]
        return tuple(sorted((self._participants.get(row) for row in rows), key=lambda each: each.id))

    @property
    def last_tick(self) -> datetime | None:
        return self.meta.last_tick

    def has_seen(self, *keys: str) -> bool:
        seen = self._all.seen.recent
        return any(each in seen or self._shelf.has_seen(each) for each in map(digest, keys))

    # What a tick asks besides.

    @property
    def meta(self) -> Meta:
        return self._all.meta

    @property
    def roster_size(self) -> int:
        return len(self._participants.lines)

    def outbox(self, now: datetime) -> tuple[Letter, ...]:
        """Letters queued, being sent or uncertain, with no `retry` or one at or before now; oldest first."""
        return tuple(sorted(self._letters.due("unsent", now), key=lambda each: (each.at, each.id)))

    def unsent(self) -> tuple[Letter, ...]:
        """All of them, whenever they are tried again."""
        return tuple(self._letters.get(row) for row in self._letters.index.instants["unsent"])

    def expired(self, now: datetime) -> tuple[Letter, ...]:
        """Letters sent, dead or withdrawn that can no longer be answered, ready to be dropped."""
        return tuple(self._letters.due("closes", now))

    def parent_text(self, letter: Letter) -> str | None:
        """The text part as it was sent, to align a reply with; None once its segment is gone."""
        frozen = self._shelf.draft(letter)
        return frozen and frozen[1]

    def draft_bytes(self, letter: Letter) -> bytes | None:
        """The mail as it was frozen, the same for every try."""
        frozen = self._shelf.draft(letter)
        return frozen and frozen[0]

    def journal_lines(self) -> tuple[JournalLine, ...]:
        """What a tick that ended early had noted of its letters. Stage them, and the next commit clears the journal."""
        return self._all.journal

    def held_bytes(self, id_: str) -> bytes | None:
        return self._shelf.held(id_)

    def archived(self, table: str, id_: str) -> dict[str, Any] | None:
        """A closed record as a plain dictionary, by reading the archive through."""
        return next((record for record in self._shelf.archived(table) if record["id"] == id_), None)

    # For commands only: these read every record there is.

    def participants(self) -> Iterator[Participant]:
        return self._participants.all()

    def pairings(self) -> Iterator[Pairing]:
        return self._pairings.all()

    def matches(self) -> Iterator[Match]:
        return self._matches.all()

    def letters(self) -> Iterator[Letter]:
        return self._letters.all()

    def all_held(self) -> Iterator[Held]:
        return self._held.all()

    def all_archived(self, table: str) -> Iterator[dict[str, Any]]:
        """Closed records of a table as plain dictionaries, oldest first."""
        return self._shelf.archived(table)
