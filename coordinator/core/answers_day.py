"""A day that a text names, and how a day without a year or a month becomes one around today."""

from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.core.words import Words

_FAR = timedelta(days=300)
_RECENT = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Day:
    """day: None where `why` (a key of the table `unclear`) says what is missing. start, end: tokens.

    weekday: said alone (0 = Monday), so that a date beside it is the same day.
    """

    day: date | None
    start: int
    end: int
    why: str = ""
    weekday: int | None = None


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a reader of days must know.

    day_first: None where nobody can tell. past: the question asks for a day gone by.
    """

    words: Words
    today: date
    day_first: bool | None
    past: bool


def made(year: int, month: int, day: int, start: int, end: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return Day(None, start, end, "day")
    return Day(found, start, end) if 1970 <= year <= 2100 else Day(None, start, end, "day")


def nearest(month: int, day: int, start: int, end: int, calendar: Calendar) -> Day:
    """Without a year: the next such day, or the last for a question about the past; unclear when the other is close."""
    today = calendar.today
    candidates = [made(today.year + shift, month, day, start, end) for shift in (-1, 0, 1)]
    known = [found.day for found in candidates if found.day]
    before = max((d for d in known if d <= today), default=None)
    after = min((d for d in known if d >= today), default=None)
    wanted, other = (before, after) if calendar.past else (after, before)
    if wanted is None:
        return Day(None, start, end, "day")
    if other is not None and abs(wanted - today) > _FAR and abs(other - today) < _RECENT:
        return Day(None, start, end, "day")
    return Day(wanted, start, end)


def next_numbered(day: int, start: int, end: int, calendar: Calendar) -> Day:
    """ "The 14th": in this month or the next that has one; for a question about the past in this or the last."""
    today = calendar.today
    for step in range(3):
        months = today.year * 12 + today.month - 1 + (-step if calendar.past else step)
        found = made(months // 12, months % 12 + 1, day, start, end)
        if found.day == today:
            break
        if found.day and (found.day < today if calendar.past else found.day > today):
            return found
    return Day(None, start, end, "day")
