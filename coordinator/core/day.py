"""One round of decisions: what it knows, what it has said so far, and who may be written to in it."""

from dataclasses import dataclass, field
from datetime import datetime

from coordinator.core.effects import Chapter, Effect
from coordinator.core.moments import Moment, Part
from coordinator.core.once_a_day import may_read_from, next_morning, was_written_today
from coordinator.core.overlay import Living, Overlay
from coordinator.core.program import Program
from coordinator.core.records import Participant
from coordinator.core.standing import standing
from coordinator.core.where import Where


@dataclass(kw_only=True)
class Day:
    """waiting: person → the letters' parts that are due to them. deferred: key → until when it was put off."""

    program: Program
    chapter: Chapter
    now: datetime
    cohort: Overlay
    effects: list[Effect] = field(default_factory=list)
    waiting: dict[str, list[Part]] = field(default_factory=dict)
    touched: dict[str, Living] = field(default_factory=dict)
    deferred: dict[str, datetime] = field(default_factory=dict)

    def where(self, record: Living) -> Where:
        """A record as changed so far, with what it stands in."""
        now_ = self.cohort.participant(record.id) or self.cohort.pairing(record.id) or self.cohort.match(record.id)
        return standing(self.program, self.chapter, self.cohort, now_ or record)

    def person(self, id_: str) -> Participant:
        found = self.cohort.participant(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def may_write(self, id_: str) -> bool:
        opens = self.opens(self.person(id_))
        return opens is not None and opens <= self.now

    def opens(self, person: Participant, *, cancels: bool = False) -> datetime | None:
        return may_read_from(self.chapter, person, self.cohort.pairings_of(person.id), self.now, cancels=cancels)

    def was_written_today(self, person: Participant) -> bool:
        return was_written_today(self.chapter, person, self.now)

    def tomorrow(self, person: Participant) -> datetime:
        return next_morning(self.chapter, person, self.program.mail_hour, self.now)

    def is_beyond(self, id_: str, moment: Moment) -> bool:
        """Whether it can never be said to them; that something is off reaches also who wants no more mail."""
        status = self.person(id_).status
        return status == "unreachable" or (status == "stopped" and moment.kind != "cancel")
