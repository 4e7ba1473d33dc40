"""A record with everything that its moments depend on: one person alone, or one search for a mentor.

The third, a pairing, is `core.moments.Situation`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.hours import at_local, local_day
from coordinator.core.overlay import Living
from coordinator.core.program import Program
from coordinator.core.records import Asked, Match, Participant

RESPONSIVE = timedelta(days=60)
"""Whoever answered nothing for so long gets no reminders: silence is respected."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """What the three have in common."""

    program: Program
    chapter: Chapter
    cohort: Cohort
    people: dict[str, Participant] = field(default_factory=dict)

    @property
    def record(self) -> Living:
        """In which the questions, answers and decisions are kept."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What `Moment.pairing` and `Question.pairing` say: an id, "" = of one person alone."""
        return self.record.id

    def person(self, id_: str) -> Participant:
        if id_ not in self.people:
            somebody = self.cohort.participant(id_)
            if somebody is None:
                raise KeyError(f"{self.record.id} names {id_}, whom nobody knows")
            self.people[id_] = somebody
        return self.people[id_]

    def zone_of(self, id_: str) -> str:
        return self.person(id_).timezone or self.chapter.timezone

    def morning(self, day: datetime, id_: str, *, days: int = 0) -> datetime:
        """The mail hour, on somebody's clock, so many days from the local day of an instant."""
        zone = self.zone_of(id_)
        return at_local(local_day(day, zone) + timedelta(days=days), self.program.mail_hour, 0, zone)

    def asked(self, key: str) -> Asked | None:
        return self.record.asked.get(key)

    def is_decided(self, key: str) -> bool:
        return key in self.record.decided

    def has_answered(self, id_: str, since: datetime) -> bool:
        """Whether they answered anything in the two months before an instant."""
        answered = self.person(id_).answered
        return answered is not None and answered > since - RESPONSIVE

    def is_responsive(self, id_: str, now: datetime) -> bool:
        """Whether reminding them makes sense: they answered lately, or were asked no more than twice so far."""
        if self.person(id_).answered is not None:
            return self.has_answered(id_, now)
        return sum(1 for a in self.record.asked.values() if a.recipient == id_) <= 2


@dataclass(frozen=True, kw_only=True)
class Alone(Where):
    """One person, for what is between them and the program alone: joining, forms, what nobody else is asked."""

    participant: Participant

    @property
    def record(self) -> Participant:
        return self.participant

    @property
    def name(self) -> str:
        return ""

    def person(self, id_: str) -> Participant:
        return self.participant if id_ == self.participant.id else Where.person(self, id_)


@dataclass(frozen=True, kw_only=True)
class Search(Where):
    """One mentee's search for a mentor."""

    match: Match

    @property
    def record(self) -> Match:
        return self.match
