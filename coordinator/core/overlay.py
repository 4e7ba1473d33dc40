"""A cohort with changes on top: what a decision in the making already knows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.records import Call, Held, Letter, Match, Meeting, Pairing, Participant

Living = Participant | Pairing | Match
"""Records that a decision may change."""


class Overlay:
    """Implements `Cohort`; participants, pairings and matches put on it hide those below."""

    def __init__(self, below: Cohort) -> None:
        self._below = below
        self._participants: dict[str, Participant] = {}
        self._pairings: dict[str, Pairing] = {}
        self._matches: dict[str, Match] = {}
        self._pairings_by: dict[str, set[str]] = {}

    def put(self, record: Living) -> None:
        """Puts a record on top, with its version one above the one below."""
        match record:
            case Participant():
                self._participants[record.id] = record
            case Pairing():
                self._pairings[record.id] = record
                for person in (record.mentor, record.mentee, *record.advisors):
                    self._pairings_by.setdefault(person, set()).add(record.id)
            case Match():
                self._matches[record.id] = record

    def changes(self) -> tuple[Living, ...]:
        """What differs from below, each with its version raised by one."""
        return (
            *_changed(self._participants, self._below.participant),
            *_changed(self._pairings, self._below.pairing),
            *_changed(self._matches, self._below.match),
        )

    def participant(self, id_: str) -> Participant | None:
        return self._participants.get(id_) or self._below.participant(id_)

    def participant_at(self, address: str) -> Participant | None:
        somebody = self._below.participant_at(address)
        if somebody is None:
            return next((p for p in self._participants.values() if address in p.addresses), None)
        return self.participant(somebody.id)

    def pairing(self, id_: str) -> Pairing | None:
        return self._pairings.get(id_) or self._below.pairing(id_)

    def pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        known = {p.id: p for p in self._below.pairings_of(participant)}
        ours = (self._pairings[id_] for id_ in self._pairings_by.get(participant, ()))
        known |= {p.id: p for p in ours if p.role_of(participant)}
        known |= {id_: self._pairings[id_] for id_ in known if id_ in self._pairings}
        return tuple(sorted(known.values(), key=lambda p: p.id))

    def archived_pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        return self._below.archived_pairings_of(participant)

    def match(self, id_: str) -> Match | None:
        return self._matches.get(id_) or self._below.match(id_)

    def matches_of(self, participant: str) -> tuple[Match, ...]:
        known = {m.id: m for m in self._below.matches_of(participant)}
        known |= {m.id: m for m in self._matches.values() if participant in m.people or m.id in known}
        return tuple(sorted(known.values(), key=lambda m: m.id))

    def pool(self, role: str) -> tuple[Participant, ...]:
        known = {p.id: self.participant(p.id) or p for p in self._below.pool(role)}
        known |= self._participants
        found = (p for p in known.values() if p.status in ("active", "paused") and role in p.pools)
        return tuple(sorted(found, key=lambda p: p.id))

    def begun(self) -> tuple[Match, ...]:
        """Searches that this decision begins."""
        return tuple(m for m in self._matches.values() if self._below.match(m.id) is None)

    def fresh_id(self, kind: str) -> str:
        fresh = self._below.fresh_id(kind)
        while self._is_taken(fresh):
            fresh = f"{kind}{int(fresh[1:]) + 1}"
        return fresh

    def _is_taken(self, id_: str) -> bool:
        return id_ in self._participants or id_ in self._pairings or id_ in self._matches

    def letter(self, id_: str) -> Letter | None:
        return self._below.letter(id_)

    def letter_by_token(self, token: str) -> Letter | None:
        return self._below.letter_by_token(token)

    def archived_by_token(self, token: str) -> Letter | None:
        return self._below.archived_by_token(token)

    def letter_by_message_id(self, message_id: str) -> Letter | None:
        return self._below.letter_by_message_id(message_id)

    def letter_by_ref(self, ref: str) -> Letter | None:
        return self._below.letter_by_ref(ref)

    def meeting(self, uid: str) -> tuple[Pairing, Meeting] | None:
        return self._below.meeting(uid)

    def call(self, uid: str) -> tuple[Participant, Call] | None:
        return self._below.call(uid)

    def taken(self, participant: str) -> tuple[tuple[datetime, datetime], ...]:
        return self._below.taken(participant)

    def due_pairings(self, now: datetime) -> Iterable[Pairing]:
        return self._below.due_pairings(now)

    def due_participants(self, now: datetime) -> Iterable[Participant]:
        return self._below.due_participants(now)

    def due_matches(self, now: datetime) -> Iterable[Match]:
        return self._below.due_matches(now)

    def held(self, id_: str) -> Held | None:
        return self._below.held(id_)

    def held_from(self, *addresses: str) -> tuple[Held, ...]:
        return self._below.held_from(*addresses)

    def unmatched(self) -> tuple[Participant, ...]:
        """As before the changes: a pairing that this decision makes is known from the next one on."""
        return self._below.unmatched()

    @property
    def last_tick(self) -> datetime | None:
        return self._below.last_tick

    def has_seen(self, *keys: str) -> bool:
        return self._below.has_seen(*keys)


_Record = TypeVar("_Record", Participant, Pairing, Match)


def _changed(records: dict[str, _Record], below: Callable[[str], _Record | None]) -> Iterable[_Record]:
    for record in records.values():
        old = below(record.id)
        if record != old:
            yield replace(record, version=(old.version if old else 0) + 1)
