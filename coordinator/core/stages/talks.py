"""Talks in calendar entries of their own, for pairs that ask for them: about the two of them, or looking back.

"How are we: quarterly" brings the first kind (AAHA-23); days on which they want to look at how it goes the second
(`assess: month 2`, AAHA-31). Each is a silent moment; `core.settling` finds the time.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from coordinator.core.evaluation.days import agreed_days
from coordinator.core.hours import at_local
from coordinator.core.meeting import Meeting
from coordinator.core.moments import Moment, Situation
from coordinator.core.rhythm import step
from coordinator.core.stages.asking import ROLES, asking, key_of

HOW_ARE_WE, EVALUATION = "how-are-we", "evaluation"
LENGTHS: Mapping[str, timedelta] = {HOW_ARE_WE: timedelta(minutes=20), EVALUATION: timedelta(minutes=30)}
BEFORE = timedelta(days=14)
"""How long before the day it is put into both calendars."""
AHEAD = timedelta(days=7)
"""Nobody is called to one at shorter notice."""
NEAR = timedelta(days=35)
"""How long after its day a talk may stand, where the two have no hour in common before."""
_MONTH = timedelta(days=30)


def talks(where: Situation) -> Iterator[Moment]:
    for kind, name, day in (*_how_are_we(where), *_evaluations(where)):
        yield Moment(
            at=day - BEFORE,
            kind="talk",
            key=f"{where.pairing.id}/{kind}/{name}",
            stage=kind,
            pairing=where.pairing.id,
            stale=day,
        )


def _how_are_we(where: Situation) -> Iterator[tuple[str, str, datetime]]:
    every = where.pairing.terms.get("how_are_we", "off")
    if every == "off":
        return
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
    end, distance = at_local(where.pairing.end, 0, 0, where.zone), step(every).months * _MONTH
    number, day = 1, begin + distance
    while day < end:
        yield HOW_ARE_WE, str(number), day
        number, day = number + 1, day + distance


def _evaluations(where: Situation) -> Iterator[tuple[str, str, datetime]]:
    if any(stage.kind == "check" for stage in where.program.stages):
        for name, day in agreed_days(where):
            yield EVALUATION, name, at_local(day, where.program.mail_hour, 0, where.zone)


def notice(moment: Moment, now: datetime) -> timedelta | None:
    """How far ahead a time is sought: a look back stands on its day or after; None for a day that is over.

    A pair that asks in the middle of its season gets the next one, and none that is past.
    """
    if moment.stale is None or moment.stale <= now:
        return None
    return max(AHEAD, moment.stale - now) if moment.stage == EVALUATION else AHEAD


def evaluation_on(where: Situation, day: date) -> Meeting | None:
    """The entry in which the two look back at that day, None = none."""
    begin = at_local(day, 0, 0, where.zone)
    found = (m for m in where.meetings if m.kind == EVALUATION and m.status != "cancelled")
    return next((m for m in found if begin <= m.start < begin + NEAR), None)


def talk_debrief(where: Situation, meeting: Meeting) -> Iterator[Moment]:
    """The day after a talk about the two of them each is asked about that, and not about goals."""
    stage = next((stage for stage in where.program.stages if stage.kind == "meetings"), None)
    if stage is None or meeting.kind != HOW_ARE_WE or HOW_ARE_WE not in where.program.prompts:
        return
    for role in ROLES:
        (person,) = where.in_role(role)
        at = where.morning(meeting.end, person, days=1)
        key = key_of(where, "debrief", meeting, role)
        yield from asking(where, stage, key, HOW_ARE_WE, person, at, meeting, at + timedelta(days=14))
