"""Steps towards a goal: read from a line or a list, late ones found, the next one named."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from coordinator.core.dates import when
from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.reading import Context
from coordinator.core.records import Goal, Step

MOST_STEPS = 12
LATE_ONCE = timedelta(days=15)
"""So long after its day a single late step raises the question what it is for; two late ones raise it at once."""
_BY = re.compile(r"[\s,(]+(?:by|until|bis|para el|antes del)\s+([^)]{3,40})\)?$", re.IGNORECASE)


def steps_of(text: str, context: Context) -> tuple[Step, ...]:
    """Steps between ">" or arrows, or one a line, each with its day where one is said ("… by 3 March")."""
    parts = [part.strip(" .;-*•") for part in re.split(r"\s*(?:>|→|=>|\n|;)\s*", text)]
    return tuple(_step(chr(ord("a") + n), p, context) for n, p in enumerate([p for p in parts if p][:MOST_STEPS]))


def _step(name: str, text: str, context: Context) -> Step:
    found = _BY.search(text)
    day = when(found[1], context) if found else None
    if found and day and day.day and not day.why:
        return Step(name=name, text=text[: found.start()].strip(), by=day.day)
    return Step(name=name, text=text)


def next_step(goal: Goal) -> Step | None:
    """The first that is neither done nor stopped: what comes behind it waits for it."""
    return next((step for step in goal.steps if step.state == "open"), None)


def asking_for_purpose(where: Situation, stage: Stage) -> Iterator[Moment]:
    """One question about what the steps are for, before anybody is reminded of them a second time (IMA-28).

    The first reminder is a line in the letter before a meeting.
    """
    for goal in where.pairing.goals:
        late = sorted((s for s in goal.steps if s.state == "open" and s.by), key=lambda s: s.by or date.max)
        days = [s.by for s in late if s.by]
        if goal.state != "open" or not days:
            continue
        first = _midnight(where, days[0]) + LATE_ONCE
        at = min(first, _midnight(where, days[1]) + timedelta(days=1)) if len(days) > 1 else first
        owner = goal.owner if goal.owner in (where.pairing.mentor, where.pairing.mentee) else where.pairing.mentee
        named = "".join(s.name for s in late[:2])
        key = f"{where.pairing.id}/purpose/{goal.number}/{named}"
        if where.asked(key) is None:
            yield Moment(
                at=where.morning(at, owner),
                kind="ask",
                key=key,
                stage=stage.id,
                pairing=where.pairing.id,
                recipient=owner,
                prompt=stage.prompt,
                patient=where.morning(at, owner, days=7),
            )


def _midnight(where: Situation, day: date) -> datetime:
    return at_local(day, 0, 0, where.zone)
