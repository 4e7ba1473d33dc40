"""A cohort with changes on top: what a decision in the making already knows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from coordinator.core.cohort import Cohort
from coordinator.core.records import Call, Held, Letter, Meeting, Pairing, Participant


class Overlay:
    """Implements `Cohort`; participants and pairings put on it hide those below."""

    def __init__(self, below: Cohort) -> None:
        self._below = below
        self._participants: dict[str, Participant] = {}
        self._pairings: dict[str, Pairing] = {}

    def put(self, record: Participant | Pairing) -> None:
        """Puts a record on top, with its version one above the one below."""
        if isinstance(record, Participant):
            self._participants[record.id] = record
        else:
            self._pairings[record.id] = record

    def changes(self) -> tuple[Participant | Pairing, ...]:
        """What differs from below, each with its version raised by one."""
        changed: list[Participant | Pairing] = []
        for participant in self._participants.values():
            old = self._below.participant(participant.id)
            if participant != old:
                changed.append(_raised(participant, old))
        for pairing in self._pairings.values():
            before = self._below.pairing(pairing.id)
            if pairing != before:
                changed.append(_raised(pairing, before))
        return tuple(changed)

    def participant(self, id_: str) -> Participant | None:
        return self._participants.get(id_) or self._below.participant(id_)

    def participant_at(self, address: str) -> Participant | None:
        somebody = self._below.participant_at(address)
        return self.participant(somebody.id) if somebody else None

    def pairing(self, id_: str) -> Pairing | None:
        return self._pairings.get(id_) or self._below.pairing(id_)

    def pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        return tuple(self._pairings.get(p.id, p) for p in self._below.pairings_of(participant))

    def letter(self, id_: str) -> Letter | None:
        return self._below.letter(id_)

    def letter_by_token(self, token: str) -> Letter | None:
        return self._below.letter_by_token(token)

    def letter_by_message_id(self, message_id: str) -> Letter | None:
        return self._below.letter_by_message_id(message_id)

    def letter_by_ref(self, ref: str) -> Letter | None:
        return self._below.letter_by_ref(ref)

    def meeting(self, uid: str) -> tuple[Pairing, Meeting] | None:
        return self._below.meeting(uid)

    def call(self, uid: str) -> tuple[Participant, Call] | None:
        return self._below.call(uid)

    def due_pairings(self, now: datetime) -> Iterable[Pairing]:
        return self._below.due_pairings(now)

    def due_participants(self, now: datetime) -> Iterable[Participant]:
        return self._below.due_participants(now)

    def held(self, id_: str) -> Held | None:
        return self._below.held(id_)

    def has_seen(self, *keys: str) -> bool:
        return self._below.has_seen(*keys)


_Record = TypeVar("_Record", Participant, Pairing)


def _raised(record: _Record, below: _Record | None) -> _Record:
    return replace(record, version=(below.version if below else 0) + 1)
