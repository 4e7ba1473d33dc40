"""One running of a program and all that it remembers, as questions that a decision may ask of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from coordinator.core.records import Call, Held, Letter, Match, Meeting, Pairing, Participant


class Cohort(Protocol):
    """A read-only slice. No method lists everything: those due, those of this sender, this letter."""

    def participant(self, id_: str) -> Participant | None: ...
    def participant_at(self, address: str) -> Participant | None:
        """Whoever registered this casefolded address, as address or alias."""

    def pairing(self, id_: str) -> Pairing | None: ...
    def pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        """Pairings that are not archived, in which they are mentor, mentee or advisor, by id."""

    def archived_pairings_of(self, participant: str) -> tuple[Pairing, ...]:
        """Those that were put into the archive, in which they were mentor or mentee, by id; reads all of it."""

    def match(self, id_: str) -> Match | None: ...
    def matches_of(self, participant: str) -> tuple[Match, ...]:
        """Matches that are not archived, in which they are mentee, advisor or candidate, by id."""

    def pool(self, role: str) -> tuple[Participant, ...]:
        """Those with an open seat in that role, the advisors, or each "applicant"; who can be written to, by id."""

    def fresh_id(self, kind: str) -> str:
        """An id that no record has: kind "u" for a participant, "p" for a pairing, "m" for a match."""

    def letter(self, id_: str) -> Letter | None:
        """By key."""

    def letter_by_token(self, token: str) -> Letter | None: ...
    def archived_by_token(self, token: str) -> Letter | None:
        """One that was closed long ago; slow."""

    def letter_by_message_id(self, message_id: str) -> Letter | None: ...
    def letter_by_ref(self, ref: str) -> Letter | None: ...
    def meeting(self, uid: str) -> tuple[Pairing, Meeting] | None: ...
    def call(self, uid: str) -> tuple[Participant, Call] | None: ...
    def taken(self, participant: str) -> tuple[tuple[datetime, datetime], ...]:
        """When they have something else, in UTC, as their own calendar says; nothing where none is known."""

    def due_pairings(self, now: datetime) -> Iterable[Pairing]:
        """Those with `due` at or before now, by due instant, then id."""

    def due_participants(self, now: datetime) -> Iterable[Participant]: ...
    def due_matches(self, now: datetime) -> Iterable[Match]: ...
    def held(self, id_: str) -> Held | None: ...
    def held_from(self, *addresses: str) -> tuple[Held, ...]:
        """Messages of theirs that wait for a human, by id."""

    def unmatched(self) -> tuple[Participant, ...]:
        """Active mentees who agreed to take part and are in no pairing that goes on, by id."""

    @property
    def last_tick(self) -> datetime | None:
        """When the program ran before now; None the first time."""

    def has_seen(self, *keys: str) -> bool:
        """Whether a message with any of these keys (Message-ID or fingerprint) was already taken."""
