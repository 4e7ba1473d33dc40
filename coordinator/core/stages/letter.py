"""A letter at an offset from the pairing's start or end, with its reminders; and the one that ends the pairing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.endings.renewing import cycle
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation, before_they_meet, closing, nudges, opening
from coordinator.core.program import Opening, Stage
from coordinator.core.stages.conditions import ONLY, UNLESS

MISSED = timedelta(days=180)
"""So long after the end nobody is told any more that it has come."""
STALE = timedelta(days=5)
"""After so long a push that was due is not worth a mail."""


def letter(where: Situation, stage: Stage) -> Iterator[Moment]:
    for role in stage.audience:
        for person in where.in_role(role):
            yield from _to(where, stage, role, person)


def closing_letter(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The last letter, and two weeks later (or `closes`) the end of the pairing.

    Where one of the two is gone, the other gets another letter (`stages.parting`).
    """
    if where.pairing.ending != "left":
        yield from letter(where, stage)
    last = at_local(where.pairing.end, where.program.mail_hour, 0, where.zone)
    yield Moment(
        at=last + (stage.closes or timedelta(days=14)),
        kind="end",
        key=f"{where.pairing.id}/ended",
        stage=stage.id,
        pairing=where.pairing.id,
    )


def late_closing_letter(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The same for whoever could not get it on its day: after a break, or weeks without a tick."""
    if where.pairing.ending != "left":
        too_late = at_local(where.pairing.end + MISSED, 0, 0, where.zone)
        yield from (replace(m, stale=too_late) for m in letter(where, stage) if m.kind == "ask")


def _has_come(where: Situation, stage: Stage) -> bool:
    """Whether what this letter waits for was answered by all, or given up in silence."""
    waits = [s for s in where.program.stages if s.id in stage.options.get("waits_for", ())]
    found = [where.asked(f"{where.pairing.id}/{s.id}/{role}") for s in waits for role in s.audience]
    return all(asked is not None and asked.closed for asked in found)


def _to(where: Situation, stage: Stage, role: str, person: str) -> Iterator[Moment]:
    name = cycle(where.pairing, stage.id) if stage.opens.anchor == "end" else stage.id
    key = f"{where.pairing.id}/{name}/{role}"
    if role == "advisor":
        key = f"{key}-{person}"
    asked = where.asked(key)
    if asked:
        reminders = nudges(where, stage, asked)
        yield from reminders if role == "advisor" else (before_they_meet(where, nudge) for nudge in reminders)
        yield from closing(where, stage, asked)
        return
    if where.is_decided(key):
        return
    only, unless = stage.options.get("only"), stage.options.get("unless")
    if not _has_come(where, stage):
        return
    if (only and not ONLY[only](where.program, where.person(person))) or (unless and UNLESS[unless](where)):
        return
    # Two people who said yes just now wait for it; a pair made by hand hears of it at the hour of mail.
    is_wanted = bool(where.pairing.source) and stage.opens == Opening()
    if is_wanted and role == "advisor" and _heard_today(where, stage, person):
        is_wanted, at = False, _next_morning(where, person)
    elif is_wanted:
        at = at_local(where.pairing.start, 0, 0, where.zone_of(person))
    else:
        at = max(opening(where, stage, person), _before_the_first(where, stage, person))
    travels: timedelta = stage.options.get("travels", timedelta(0))
    yield Moment(
        at=at - travels,
        kind="ask",
        key=key,
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=stage.prompt,
        urgent=is_wanted,
        stale=at + STALE if unless else _too_late(where, stage, person),
        patient=at if travels else None,
    )


def _too_late(where: Situation, stage: Stage, person: str) -> datetime | None:
    """What looks ahead to the end is not said behind it: the last letter comes then, alone.

    Where the end was moved near, each such letter leaves a day to those that follow it.
    """
    if not stage.opens.is_before_the_end:
        return None
    later = [s for s in where.program.stages if s.opens.is_before_the_end and s.opens.days > stage.opens.days]
    last = where.pairing.end - timedelta(days=len(later))
    return at_local(last, where.program.mail_hour, 0, where.zone_of(person))


def _before_the_first(where: Situation, stage: Stage, person: str) -> datetime:
    """Not so early before the first meeting that what they say is forgotten by then (`before`)."""
    before: timedelta | None = stage.options.get("before")
    first = next((m for m in where.meetings if m.status == "invited"), None)
    if before is None or first is None:
        return at_local(where.pairing.start, 0, 0, where.zone)
    return where.morning(first.start - before, person)


def _heard_today(where: Situation, stage: Stage, advisor: str) -> bool:
    """Whether an advisor was written the same of another pair on this day: the others wait, and come in one mail."""
    others = (p for p in where.cohort.pairings_of(advisor) if p.start == where.pairing.start)
    return any(f"{p.id}/{stage.id}/advisor-{advisor}" in p.decided for p in others if p.id != where.pairing.id)


def _next_morning(where: Situation, person: str) -> datetime:
    morning = where.pairing.start + timedelta(days=1)
    return at_local(morning, where.program.mail_hour, 0, where.zone_of(person))
