"""When a pair meets: from an agreed rhythm to the next meeting, and to slots that suit two working days.

The clock of a rhythm is a wall clock: a meeting at 12:00 stays at 12:00 when the zone changes its offset.
"""

import calendar
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.rhythm_said import Rhythm, parse

__all__ = ["Rhythm", "Step", "next_start", "occurrence", "parse", "slots", "step"]

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_NONE_CLOSED: frozenset[date] = frozenset()
Suits = Callable[[datetime, datetime], bool]
"""Whether a time from its start to its end (UTC) is anybody's to give."""


def _anything(_start: datetime, _end: datetime) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Step:
    """The distance between meetings: so many months, or so many weeks."""

    months: int = 0
    weeks: int = 0


def step(every: str) -> Step:
    """ "1 month", "2 weeks". ValueError for anything else."""
    number, _, unit = every.strip().casefold().partition(" ")
    if not number.isdecimal() or not 1 <= int(number) <= 52:
        raise ValueError(f'"{every[:40]}" is no distance between meetings – write "1 month" or "2 weeks"')
    if unit in {"month", "months"}:
        return Step(months=int(number))
    if unit in {"week", "weeks"}:
        return Step(weeks=int(number))
    raise ValueError(f'"{every[:40]}" is no distance between meetings – write "1 month" or "2 weeks"')


def next_start(
    rhythm: Rhythm,
    previous: date | None,
    start: date,
    every: str,
    zone: str,
    *,
    closed: frozenset[date] = _NONE_CLOSED,
) -> datetime:
    """When the meeting after the one of `previous` begins, in UTC; without one, the first a week or more after start.

    By months there is one meeting in each, none is left out and none has two, whatever day `previous` was moved to.
    every: the usual distance, where the rhythm does not say its own.
    """
    if previous is not None:
        return occurrence(rhythm, after=previous, every=every, zone=zone, not_before=None, closed=closed)
    earliest = start + _WEEK
    by_month = _distance(rhythm, every).months
    days = _month_days(rhythm, earliest, 1, closed) if by_month else _weekly_days(rhythm, earliest, closed)
    return _at(rhythm, next(day for day in days if day >= earliest), zone)


def occurrence(
    rhythm: Rhythm,
    *,
    after: date,
    every: str,
    zone: str,
    not_before: date | None,
    closed: frozenset[date] = _NONE_CLOSED,
) -> datetime:
    """When the meeting that follows the one of `after` begins, in UTC.

    Whole steps are left out until it is on or after not_before (None = no bound).
    """
    distance = _distance(rhythm, every)
    if distance.months:
        first = _plus_months(after, distance.months)
        days = _month_days(rhythm, first, distance.months, closed)
    else:
        days = _steps_of_weeks(rhythm, after, distance.weeks, closed)
    bound = not_before or date.min
    return _at(rhythm, next(day for day in days if day >= bound), zone)


def _distance(rhythm: Rhythm, every: str) -> Step:
    """As the rhythm says; "first Tuesday" and "day 15" mean months even where others meet every two weeks."""
    said = step(rhythm.every or every)
    return said if said.months or (rhythm.ordinal is None and rhythm.day is None) else Step(months=1)


def _at(rhythm: Rhythm, day: date, zone: str) -> datetime:
    return at_local(day, rhythm.hour, rhythm.minute, zone)


def _month_days(rhythm: Rhythm, first: date, months: int, closed: frozenset[date]) -> Iterator[date]:
    """The rhythm's day in the month of `first` and in each that follows in steps."""
    month = first.replace(day=1)
    while True:
        yield _open_day(_day_in_month(rhythm, month), closed)
        month = _plus_months(month, months)


def _weekly_days(rhythm: Rhythm, first: date, closed: frozenset[date]) -> Iterator[date]:
    """Every day on or after `first` that the rhythm could begin on."""
    day = first
    while True:
        if day.weekday() == rhythm.weekday:
            yield _open_day(day, closed)
        day += _DAY


def _steps_of_weeks(rhythm: Rhythm, after: date, weeks: int, closed: frozenset[date]) -> Iterator[date]:
    # From Monday to Sunday counts as one week: a meeting moved from Wednesday to Friday does not shift those after it.
    day = after
    while True:
        day += weeks * _WEEK
        yield _open_day(day + ((rhythm.weekday or 0) - day.weekday()) * _DAY, closed)


def _day_in_month(rhythm: Rhythm, month: date) -> date:
    length = calendar.monthrange(month.year, month.month)[1]
    if rhythm.weekday is None:
        return month.replace(day=min(rhythm.day or 1, length))
    days = [number for number in range(1, length + 1) if month.replace(day=number).weekday() == rhythm.weekday]
    ordinal = rhythm.ordinal or 1
    return month.replace(day=days[-1] if ordinal < 0 else days[min(ordinal, len(days)) - 1])


def _open_day(day: date, closed: frozenset[date]) -> date:
    """The day, else the next working day of its month, else the one before it."""
    if day not in closed:
        return day
    length = calendar.monthrange(day.year, day.month)[1]
    later = [day.replace(day=number) for number in range(day.day + 1, length + 1)]
    earlier = [day.replace(day=number) for number in range(day.day - 1, 0, -1)]
    return next((other for other in later + earlier if other.weekday() < 5 and other not in closed), day)


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def slots(
    rhythm: Rhythm,
    *,
    earliest: date,
    zones: Sequence[str],
    minutes: int,
    count: int = 3,
    working: tuple[int, int] = (8, 18),
    closed: frozenset[date] = _NONE_CLOSED,
    suits: Suits = _anything,
) -> tuple[tuple[datetime, datetime], ...]:
    """(start, end) in UTC on different days, in order, inside everybody's working hours, as far as each suits.

    zones: of each person; days and hours are counted on the clock of the first.
    The first is as near to the rhythm as it can be (its weekday, its time of day); the others are spread over the
    following days and over the hours. Where working days never overlap, all are stretched by the same number of
    hours until they do.
    """
    first_wish = rhythm.hour, rhythm.minute
    wishes = itertools.cycle((first_wish, (working[0], 0), (working[1], 0)))
    length = timedelta(minutes=minutes)
    search = _Search(zones=tuple(zones), length=length, wish=first_wish, weekday=rhythm.weekday, suits=suits)
    horizon = [day for day in _days(earliest, 21 + 2 * count) if search.is_usual(day) and day not in closed]
    for stretch in range(25):
        hours = max(working[0] - stretch, 0), min(working[1] + stretch, 24)
        open_days = {day: starts for day in horizon if (starts := search.starts(day, hours))}
        if len(open_days) >= count:
            chosen = zip(_spread(tuple(open_days), rhythm, count), wishes, strict=False)
            found = (_nearest(open_days[day], at_local(day, *_on_clock(wish), zones[0])) for day, wish in chosen)
            return tuple(sorted((start, start + search.length) for start in found))
    raise ValueError(f"a meeting of {minutes} minutes fits into no day")


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What a slot must satisfy. wish: a time off the half-hour grid that is tried as well."""

    zones: tuple[str, ...]
    length: timedelta
    wish: tuple[int, int]
    weekday: int | None
    suits: Suits

    def is_usual(self, day: date) -> bool:
        """A working day, or the pair's own weekday even where that is a Saturday."""
        return day.weekday() < 5 or day.weekday() == self.weekday

    def starts(self, day: date, hours: tuple[int, int]) -> tuple[datetime, ...]:
        """On the first person's day, every half hour that lies in everybody's hours to its end."""
        near = [each for each in _days(day - _DAY, 3) if self.is_usual(each)]
        theirs = [[_window(each, hours, other) for each in near] for other in dict.fromkeys(self.zones[1:])]
        mine = _window(day, hours, self.zones[0])
        clock = [*itertools.product(range(24), (0, 30)), self.wish]
        tried = (at_local(day, hour, minute, self.zones[0]) for hour, minute in clock if hours[0] <= hour < hours[1])
        mine_too = (start for start in tried if self._fits(start, mine))
        common = (s for s in mine_too if all(any(self._fits(s, w) for w in windows) for windows in theirs))
        return tuple(start for start in common if self.suits(start, start + self.length))

    def _fits(self, start: datetime, window: tuple[datetime, datetime]) -> bool:
        return window[0] <= start and start + self.length <= window[1]


def _days(first: date, count: int) -> list[date]:
    return [first + number * _DAY for number in range(count)]


def _window(day: date, hours: tuple[int, int], zone: str) -> tuple[datetime, datetime]:
    until = at_local(day + _DAY, 0, 0, zone) if hours[1] == 24 else at_local(day, hours[1], 0, zone)
    return at_local(day, hours[0], 0, zone), until


def _spread(days: tuple[date, ...], rhythm: Rhythm, count: int) -> tuple[date, ...]:
    """The first day with the rhythm's weekday, then by preference every second day that follows."""
    first = next((day for day in days if day.weekday() == rhythm.weekday), days[0])
    later = [day for day in days if day > first]
    earlier = [day for day in days if day < first]
    return (first, *(later[1::2] + later[0::2] + earlier)[: count - 1])


def _on_clock(wish: tuple[int, int]) -> tuple[int, int]:
    return min(wish[0], 23), wish[1]


def _nearest(starts: tuple[datetime, ...], wish: datetime) -> datetime:
    return min(starts, key=lambda start: (abs(start - wish), start))
