"""When a pair looks at how it goes: on its own days, else at every quarter or half-way; sooner after two low scores."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from coordinator.core.moments import Situation
from coordinator.core.records import Answer
from coordinator.core.roster import months_later
from coordinator.core.said_by import fact_of

QUARTER = 3
BEFORE_THE_END = timedelta(days=30)
"""So late nobody is asked: the look back comes."""
SHORTEST = timedelta(days=60)
LOW = 2
NEAR = timedelta(days=30)
"""An early look is not needed so near to another one."""
_NUMBER = re.compile(r"\d{1,2}")


def check_days(where: Situation) -> tuple[tuple[str, date], ...]:
    """(name for good, day) of each look, in order."""
    planned = tuple(agreed_days(where)) or tuple(_by_default(where))
    return tuple(sorted((*planned, *_early(where, planned)), key=lambda named: named[1]))


def agreed_days(where: Situation) -> Iterator[tuple[str, date]]:
    """Of "month 2, month 5" the days after two and five months (ACHE-34)."""
    pairing = where.pairing
    for number in dict.fromkeys(map(int, _NUMBER.findall(pairing.terms.get("assess", "")))):
        day = months_later(pairing.start, number)
        if 0 < number <= 60 and day < pairing.end:
            yield f"m{number}", day


def _by_default(where: Situation) -> Iterator[tuple[str, date]]:
    pairing = where.pairing
    months, last = QUARTER, pairing.end - BEFORE_THE_END
    while (day := months_later(pairing.start, months)) <= last:
        yield f"m{months}", day
        months += QUARTER
    if months == QUARTER and pairing.end - pairing.start >= SHORTEST:
        yield "half", pairing.start + (pairing.end - pairing.start) / 2


def _early(where: Situation, planned: tuple[tuple[str, date], ...]) -> Iterator[tuple[str, date]]:
    """After two low scores in a row of the same person (ACHE-44)."""
    taken = [day for _, day in planned]
    for id_ in (where.pairing.mentee, where.pairing.mentor):
        for number, ((_, one), (day, two)) in enumerate(pairwise(_scores(where, id_)), start=1):
            if max(one, two) <= LOW and all(abs(day - other) > NEAR for other in taken):
                taken.append(day)
                yield f"early{number}", day


def _scores(where: Situation, by: str) -> list[tuple[date, int]]:
    """How well it is what somebody hoped for, in their own numbers, in order; the last one of each day."""
    said = sorted((a for a in where.pairing.answers if a.by == by), key=lambda a: a.at)
    numbers = ((a.at.date(), _score(where, a)) for a in said)
    return [*{day: number for day, number in numbers if number is not None}.items()]


def _score(where: Situation, answer: Answer) -> int | None:
    """After a meeting a check-in may ask for it; before the first one there is nothing to measure."""
    match fact_of(where.program, answer), answer.value:
        case _, bool():
            return None
        case "score", int(number):
            return number
        case "checkin", {"score": int(number)} if _have_met(where, answer.at):
            return number
    return None


def _have_met(where: Situation, by: datetime) -> bool:
    return any(meeting.status == "held" and meeting.end <= by for meeting in where.meetings)
