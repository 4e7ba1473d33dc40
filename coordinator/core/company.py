"""Which letter a question goes with that can wait: none beside which it is overlooked, where a better one comes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coordinator.core.compose import fitting, part
from coordinator.core.moments import LETTERS, Moment, Part
from coordinator.core.stages import moments
from coordinator.core.where import Where

BESIDE = timedelta(days=3)
"""A letter that comes so soon is no better for a question than the invitation that goes now."""
HALF_A_DAY = timedelta(hours=12)


def is_better_elsewhere(one: Part, now: datetime) -> bool:
    """Beside an invitation, or news, a question is easily overlooked, and its receipt has nothing to go with.

    It waits for another letter, if one is to come that has room for it.
    """
    patient = one.moment.patient
    if patient is None or not one.questions:
        return False
    coming = [m for m in moments(one.where) if _is_sure(one.where, m) and m.recipient == one.moment.recipient]
    others = [m for m in coming if m.key != one.moment.key]
    days = {day for m in others if now + BESIDE < (day := m.patient or m.at) < patient}
    return any(_has_room(one, [m for m in others if _goes_on(m, day)], now) for day in days)


def _goes_on(moment: Moment, day: datetime) -> bool:
    """Whether it may stand in the letter of that day: it has not gone alone before."""
    return moment.at <= day < (moment.patient or moment.at) + HALF_A_DAY


def _is_sure(where: Where, moment: Moment) -> bool:
    """Whether that letter comes whatever is heard until then: no reminder does, nor the question after a silence."""
    kinds = {stage.id: stage.kind for stage in where.program.stages}
    return moment.kind in LETTERS and moment.kind != "nudge" and kinds.get(moment.stage) != "gap"


def _has_room(one: Part, others: Sequence[Moment], now: datetime) -> bool:
    """Whether it finds its place in one letter with the others, of which some may wait as well."""
    parts = [part(one.where, moment, now) for moment in others]
    return one.moment.key in {kept.moment.key for kept in fitting([*parts, one])}
