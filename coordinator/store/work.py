"""A unit of work: loaded once, asked and changed in memory, committed in one step per batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from coordinator.core.effects import Draft
from coordinator.core.records import Call, Held, Letter, Match, Meeting, Pairing, Participant, Record
from coordinator.errors import UnreadableError
from coordinator.store import codec, jsons, lines, segments
from coordinator.store.indexes import TABLE_OF, TABLES, UNSENT
from coordinator.store.meta import JournalLine, Meta, Side
from coordinator.store.overlay import Memory
from coordinator.store.seen import Seen, digest
from coordinator.store.shelf import Batch, Shelf
from coordinator.store.staging import put_all
from coordinator.store.tables import Table

ORDINALS = {"u": "next_participant", "p": "next_pairing", "m": "next_match"}
"""First letter of an id → where the next ordinal is kept."""

REACHABLE = ("active", "paused")


@dataclass(kw_only=True)
class Contents:
    """All that is in memory. attempts: digest → count. journal: lines that no commit has folded yet."""

    meta: Meta
    tables: Mapping[str, Table[Any]]
    seen: Seen
    attempts: dict[str, int]
    journal: tuple[JournalLine, ...] = ()
    changed: bool = False

    def copy(self) -> "Contents":
        """Records are shared, what holds them is not."""
        return replace(
            self,
            tables={name: table.copy() for name, table in self.tables.items()},
            seen=self.seen.copy(),
            attempts=dict(self.attempts),
        )


def tables_of_nothing() -> dict[str, Table[Any]]:
    return {name: Table(name, cls, keys) for name, (cls, keys) in TABLES.items()}


class Work:
    """The cohort as one tick or command sees it. Implements `core.cohort.Cohort`.

    What is staged is seen by every question at once and by nobody else before `commit`. After a commit that failed,
    load again.
    """

    def __init__(self, shelf: Shelf, contents: Contents, *, now: datetime) -> None:
        self._shelf = shelf
        self._now = now
        self._all = contents
        tables = contents.tables
        self._participants: Table[Participant] = tables["participants"]
        self._pairings: Table[Pairing] = tables["pairings"]
        self._matches: Table[Match] = tables["matches"]
        self._letters: Table[Letter] = tables["letters"]
        self._held: Table[Held] = tables["held"]
        self.taken_by: Callable[[Participant], tuple[tuple[datetime, datetime], ...]] = lambda _: ()
        self._staged: set[tuple[str, str]] = set()
        self._closed: list[bytes] = []
        self._given_up: list[str] = []
        self._noted = {line.letter for line in contents.journal}

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
        words = self._participants.index.words["pool"].items()
        found = (self._participants.get(row) for row, roles in words if role in roles.split())
        return tuple(sorted((p for p in found if p.status in REACHABLE), key=lambda each: each.id))

    def fresh_id(self, kind: str) -> str:
        """ "u8", "p8" or "m8": the first that nobody has; staging a record with it gives it away."""
        return f"{kind}{getattr(self._all.meta, ORDINALS[kind])}"

    def letter(self, id_: str) -> Letter | None:
        return self._letters.find("id", id_)

    def letter_by_token(self, token: str) -> Letter | None:
        return self._letters.find("token", token)

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
        rows = [row for row, id_ in self._participants.index.words["mentee"].items() if id_ not in paired]
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

    # Changes, in memory until `commit`.

    def with_meta(self, **changes: Any) -> None:
        """Change what the state knows of itself; `last_tick` alone is no reason to write the hot file."""
        meta = replace(self._all.meta, **changes)
        if replace(meta, last_tick=None) != replace(self._all.meta, last_tick=None):
            self._all.changed = True
        self._all.meta = meta

    def stage(self, changes: Iterable[Record]) -> None:
        """Put whole new records in place, all or none. See `staging.put_all` for what is refused."""
        staged = put_all(self._all.tables, changes)
        self._staged |= staged.keys()
        self._noted -= {id_ for table, id_ in staged if table == "letters"}
        self._all.changed |= bool(staged)
        self._give_away(id_ for _, id_ in staged)

    def _give_away(self, ids: Iterable[str]) -> None:
        """Notes the ordinals that new records took."""
        taken: dict[str, int] = {}
        for id_ in ids:
            name, number = ORDINALS.get(id_[:1], ""), id_[1:]
            if name and number.isdecimal() and int(number) >= taken.get(name, getattr(self._all.meta, name)):
                taken[name] = int(number) + 1
        if taken:
            self.with_meta(**taken)

    def drop(self, record: Record) -> None:
        """Move a record to the archive, and with a held one give up its bytes."""
        table = TABLE_OF[type(record)]
        if table == "participants" and self._pairings.some("people", record.id):
            raise UnreadableError(f"participant {record.id}: still part of a pairing – end and drop that first")
        self._closed.append(lines.closed(table, self._all.tables[table].take(record.id)))
        self._staged.discard((table, record.id))
        self._all.changed = True
        if table == "held":
            self._given_up.append(record.id)

    def rewrite(self, left: Callable[[str, dict[str, Any]], dict[str, Any] | None]) -> None:
        """Put what is left of each record in its place; nothing left = gone, and not into the archive either.

        left: table and plain record → plain record. Takes the drafts of letters whose place it clears with it.
        """
        for name, table in self._all.tables.items():
            for row in tuple(table.lines):
                plain = jsons.loads(table.lines[row].partition(b":")[2])
                kept = left(name, plain)
                if kept is None:
                    self._staged.discard((name, plain["id"]))
                    table.take(plain["id"])
                elif kept != plain:
                    record = codec.decode(table.cls, {**kept, "version": plain.get("version", 0) + 1})
                    table.put(record, table.line(record))
                    self._staged.add((name, plain["id"]))
        self._all.changed = True

    def hold(self, held: Held, raw: bytes) -> None:
        """Keep a message's bytes and stage its record; both are durable with the next commit."""
        self.stage([held])
        self._shelf.hold(held.id, raw)

    def see(self, *keys: str) -> None:
        """These messages were taken; it holds from the same commit as their effects."""
        self._all.seen.add(keys, self._now.date())
        for each in map(digest, keys):
            self._all.attempts.pop(each, None)
        self._all.changed |= bool(keys)

    def forget_seen(self, before: date) -> None:
        """Keep 400 days at least: a message may be delivered again long after."""
        self._all.changed |= self._all.seen.forget_before(before)

    def attempts(self, key: str) -> int:
        """How often this message was begun and not taken."""
        return self._all.attempts.get(digest(key), 0)

    def attempt(self, key: str) -> int:
        """How often this message was begun, this time included. Remembered at once, whatever happens next."""
        each = digest(key)
        self._all.attempts[each] = count = self._all.attempts.get(each, 0) + 1
        self._shelf.count(each, count)
        return count

    def journal(self, letter_id: str, state: str, at: datetime, **more: str | float | bool | None) -> None:
        """Note what becomes of a letter, at once. Stage its record before the next commit."""
        self._shelf.journal(JournalLine(letter=letter_id, state=state, at=at, more=more))
        self._noted.add(letter_id)

    def flush_journal(self) -> None:
        """Make the lines durable. DiskError."""
        self._shelf.sync_journal()

    def commit(self, drafts: Sequence[Draft] = ()) -> None:
        """Make the batch durable in one step: frozen letters, closed records, the records themselves.

        Each draft's letter gets its place in the segment; take letters anew from here afterwards. StaleError when
        somebody else committed since this was loaded, DiskError when the disk refused: then nothing happened.
        """
        meta = self._all.meta
        entries = self._freeze(drafts, meta.generation + 1)
        if self._all.changed:
            meta = replace(meta, generation=meta.generation + 1)
        self._shelf.commit(self._batch(meta, entries))
        self._all.meta, self._all.changed = meta, False
        self._all.seen.committed()
        if self._is_folded():
            self._all.journal = ()
        for passed in (self._staged, self._closed, self._given_up):
            passed.clear()

    def fork(self) -> "Work":
        """The same to look at and to change, of which nothing ever reaches the disk: its commits stay in memory."""
        return Work(Memory(self._shelf), self._all.copy(), now=self._now)

    def _freeze(self, drafts: Sequence[Draft], generation: int) -> tuple[bytes, ...]:
        entries, offset = [], 0
        for draft in drafts:
            current = self.letter(draft.letter.id) or draft.letter
            is_new = self.letter(current.id) is None or ("letters", current.id) in self._staged
            placed = replace(current, segment=str(generation), offset=offset, length=len(draft.raw))
            self._place(placed if is_new else replace(placed, version=placed.version + 1))
            entries.append(segments.entry(draft))
            offset += len(entries[-1])
        return tuple(entries)

    def _place(self, letter: Letter) -> None:
        if self.letter(letter.id) is None:
            self.stage([letter])
            return
        self._letters.put(letter, self._letters.line(letter))
        self._all.changed = True

    def _batch(self, meta: Meta, entries: tuple[bytes, ...]) -> Batch:
        return Batch(
            meta=meta,
            tables=self._all.tables,
            seen=self._all.seen,
            side=self._side(meta),
            hot=self._all.changed,
            entries=entries,
            closed=tuple(self._closed),
            folded=self._is_folded(),
            attempts=self._all.attempts,
            given_up=tuple(self._given_up),
        )

    def _is_folded(self) -> bool:
        """Whether the records say all that the journal says: each letter was staged since, or is settled or gone."""
        left = (self.letter(id_) for id_ in self._noted)
        return not any(letter and letter.state in UNSENT for letter in left)

    def _side(self, meta: Meta) -> Side:
        indexes = (("participants", "due"), ("pairings", "due"), ("matches", "due"), ("letters", "unsent"))
        instants = (meta.wakes, *(self._all.tables[name].index.earliest(key) for name, key in indexes))
        return Side(
            due=min((due for due in instants if due is not None), default=None),
            digest=meta.digest,
            last_tick=meta.last_tick,
            inbox_mark=meta.inbox_mark,
            waiting=len(self._held.index.words["waiting"]),
            unsent=len(self._letters.index.instants["unsent"]),
        )
