"""What is due by now: settle the silent things, write one letter to each person, and know when to look again.

`advance` asks what should have gone out by now, never whether today is the day: after ten days without a tick each
person gets one merged letter. A key that was decided is never decided again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from coordinator.core.asking import has_nothing_to_ask
from coordinator.core.call_round import tell_of_calls
from coordinator.core.cohort import Cohort
from coordinator.core.company import is_better_elsewhere
from coordinator.core.compose import asked_with, fitting, letter_effect, part, retold
from coordinator.core.day import Day
from coordinator.core.due import participant_due
from coordinator.core.effects import Chapter, Decision, Effect
from coordinator.core.endings.peers import is_among_peers
from coordinator.core.frozen import replace
from coordinator.core.leave import on_their_day
from coordinator.core.moments import LETTERS, Moment, Part, Situation
from coordinator.core.overlay import Living, Overlay
from coordinator.core.pleas.alerting import escalated, escalation_due
from coordinator.core.pleas.undecided import undecided
from coordinator.core.program import Program
from coordinator.core.receipts import receipt_effect, receipts_due
from coordinator.core.records import Participant
from coordinator.core.settling import settled
from coordinator.core.stages import SETTLED, moments
from coordinator.core.standing import closed, decided, with_asked
from coordinator.core.summary import is_worth_it, summary_effect, summary_moment
from coordinator.core.voice import Voice
from coordinator.core.where import Where

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def advance(program: Program, chapter: Chapter, cohort: Cohort, now: datetime, *, limit: int = 200) -> Decision:
    """The letters due by now and the records that follow, for at most so many pairings and participants.

    Call again until it returns no changes. Pure: the same cohort and instant give the same decision.
    """
    day = _Day(program=program, chapter=chapter, now=now, cohort=Overlay(cohort))
    for match in islice(cohort.due_matches(now), limit):
        day.take_up(match)
    for participant in islice(cohort.due_participants(now), limit):
        day.take_up(participant)
        day.waiting.setdefault(participant.id, [])
    for match in day.cohort.begun():
        day.take_up(match)
    for pairing in islice(cohort.due_pairings(now), limit):
        day.take_up(pairing)
    day.write()
    day.look_ahead()
    return Decision(changes=day.cohort.changes(), effects=tuple(day.effects))


@dataclass(kw_only=True)
class _Day(Day):
    """What one round decides, step by step."""

    def take_up(self, record: Living) -> None:
        """Settles what is silent, then collects what is to be said."""
        self.touched[record.id] = record
        while self._settle_one(where := self.where(record), due := self._due(where)):
            pass
        for moment in due:
            made = part(where, moment, self.now)
            if has_nothing_to_ask(where, moment, made.questions):
                self._defer((made,), self.tomorrow(self.person(moment.recipient)))
            else:
                self.waiting.setdefault(moment.recipient, []).append(made)

    def _due(self, where: Where) -> tuple[Moment, ...]:
        return tuple(m for m in moments(where) if m.at <= self.now)

    def _settle_one(self, where: Where, due: Iterable[Moment]) -> bool:
        """Settles the first silent or stale moment, False when none is left; each adds its key, so this ends."""
        for moment in due:
            is_stale = moment.stale is not None and moment.stale <= self.now
            if moment.kind not in LETTERS or is_stale or self.is_beyond(moment.recipient, moment):
                changed = where.record if moment.kind in LETTERS else self._settled(where, moment)
                self.cohort.put(decided(changed, moment.key, self.now))
                return True
        return False

    @property
    def _voice(self) -> Voice:
        return Voice(program=self.program, chapter=self.chapter, cohort=self.cohort, now=self.now)

    def _settled(self, where: Where, moment: Moment) -> Living:
        """What becomes of the record; whatever else follows is put into the cohort on the way."""
        if isinstance(where, Situation) and moment.kind == "undecided":
            self.effects.append(undecided(self._voice, where, moment))
            return where.record
        if isinstance(where, Situation):
            return settled(where, moment, self.cohort, self.now)
        if moment.kind == "close":
            return closed(where.record, moment.asked, self.now)
        return SETTLED[moment.kind](where, moment, self.cohort, self.now)

    def write(self) -> None:
        """The letters, then what tells of others: two advisors of a pair get the same summary of the same hour."""
        people = tuple(self.waiting)
        for id_ in people:
            self._write_to(id_)
        reached = [id_ for id_ in people if self.may_write(id_)]
        for id_ in reached:
            self._summary(self.person(id_))
        for id_ in people:
            tell_of_calls(self, id_)
        for id_ in reached:
            self._receipt(self.person(id_))

    def _write_to(self, id_: str) -> None:
        """Writes what is due to one person, as far as the hour and the day allow; the rest waits."""
        self._escalate(id_)
        person, parts = self._awake(self.person(id_)), self.waiting[id_]
        if not self.may_write(id_):
            self._defer(self._after_cancellations(person, parts), self.opens(person))
            return
        was_written = self.was_written_today(person) or self._waits_for_summary(person, parts)
        while ready := self._ready(parts, was_written=was_written):
            fit = fitting(ready)
            person = self._letter(person, fit)
            told = {p.moment.key for p in fit}
            parts = [p for p in parts if p.moment.key not in told]
            was_written = True
        self._defer(parts, self.tomorrow(person))

    def _after_cancellations(self, person: Participant, parts: list[Part]) -> list[Part]:
        """Takes what is off out of the calendar of somebody who wants no mail now; the other parts are left."""
        off = [p for p in parts if p.moment.kind == "cancel"]
        opens = self.opens(person, cancels=True)
        if opens is None or opens > self.now:
            self._defer(off, opens)
        else:
            for one in off:
                person = self._letter(person, (one,))
        return [p for p in parts if p not in off]

    def _escalate(self, id_: str) -> None:
        """A call for help that nobody answered goes to more people, at whatever hour."""
        caller = self.person(id_)
        due = escalation_due(caller, self.program.help_hours)
        if due and due <= self.now:
            caller, effects = escalated(self._voice, caller)
            self.cohort.put(caller)
            self.effects.extend(effects)

    def _ready(self, parts: list[Part], *, was_written: bool) -> list[Part]:
        """What may go now. What can wait goes with something else, or alone once its patience is over."""
        ready = [p for p in parts if p.moment.urgent or not was_written]
        if not any(p.questions and not p.moment.urgent and not self._can_wait(p) for p in ready):
            ready = [
                p for p in ready if not is_better_elsewhere(replace(p, where=self.where(p.where.record)), self.now)
            ]
        if all(self._can_wait(p) for p in ready):
            return []
        return ready + [p for p in parts if p not in ready and self._can_wait(p) and not p.questions]

    def _can_wait(self, one: Part) -> bool:
        return one.moment.patient is not None and one.moment.patient > self.now

    def _awake(self, person: Participant) -> Participant:
        """Ends a pause whose day has come, and begins one that was announced for today."""
        now_ = on_their_day(person, person.timezone or self.chapter.timezone, self.now)
        if now_ != person:
            self.cohort.put(now_)
        return now_

    def _defer(self, parts: Iterable[Part], until: datetime | None) -> None:
        for one in parts:
            longer = one.moment.patient if self._can_wait(one) else None
            self.deferred[one.moment.key] = max(d for d in (until or NEVER, longer) if d)

    def _letter(self, person: Participant, parts: tuple[Part, ...]) -> Participant:
        alike = any(is_among_peers(one.where, one.moment) for one in parts)  # the same for both: no receipts in it
        effect = letter_effect(self.chapter, person, parts, () if alike else person.receipts, self.now)
        self.effects.append(effect)
        for one in parts:
            self._remember(one, effect.letter.id)
        is_calendar = all(one.moment.urgent for one in parts)
        person = self.person(person.id)
        kept = person.receipts if alike else ()
        person = replace(person, receipts=kept, written=person.written if is_calendar else self.now)
        self.cohort.put(person)
        return person

    def _remember(self, one: Part, letter: str) -> None:
        record = decided(self.where(one.where.record).record, one.moment.key, self.now)
        if one.moment.kind == "nudge":
            asked = record.asked[one.moment.asked]
            record = with_asked(record, replace(asked, nudges=asked.nudges + 1))
        elif one.questions:
            record = with_asked(record, replace(asked_with(one, self.now), letter=letter))
        self.cohort.put(record)

    def _waits_for_summary(self, person: Participant, parts: Iterable[Part]) -> bool:
        """Whether the mail of this day is the summary, which also says what an advisor was asked; the rest can wait."""
        tomorrow = self.tomorrow(person)
        can_wait = all(p.moment.stale is None or p.moment.stale > tomorrow for p in parts)
        return can_wait and self._summary_of(person) is not None

    def _summary_of(self, person: Participant) -> Effect | None:
        """The summary that is due now and tells of anything."""
        moment = summary_moment(self.program, self.chapter, self.cohort, person)
        if moment is None or moment.at > self.now:
            return None
        told = retold(person.receipts)[0]
        effect = summary_effect(self.program, self.chapter, self.cohort, person, moment, self.now, told)
        return effect if is_worth_it(effect) else None

    def _summary(self, person: Participant) -> None:
        effect = None if self.was_written_today(person) else self._summary_of(person)
        if effect is not None:
            self.effects.append(effect)
            decided = {**person.decided, effect.sections[0].key: self.now}
            self.cohort.put(replace(person, decided=decided, written=self.now, receipts=()))

    def _receipt(self, person: Participant) -> None:
        if receipts_due(person, self.now):
            self.effects.append(receipt_effect(self.program, self.chapter, self.cohort, person, self.now))
            self.cohort.put(replace(person, receipts=()))

    def look_ahead(self) -> None:
        """Notes for everything that was touched when it is next due."""
        for record in self.touched.values():
            if not isinstance(record, Participant):
                where = self.where(record)
                self.cohort.put(replace(where.record, due=self._next(where)))
        for id_ in self.waiting:
            person = self.person(id_)
            due = participant_due(self.program, self.chapter, self.cohort, person, self._next)
            if due and due <= self.now:
                due = self.opens(person) if receipts_due(person, self.now) else self.tomorrow(person)
            self.cohort.put(replace(person, due=due))

    def _next(self, where: Where) -> datetime | None:
        """When a record is next due, as far as it was not put off today."""
        dues = (self.deferred.get(m.key, m.at) for m in moments(where))
        return min((d for d in dues if d < NEVER), default=None)
