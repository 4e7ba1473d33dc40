"""Another time in somebody's own words: "can't, Thursday 4?", "same time on the 14th", "Tue/Thu afternoons"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.core.answers_clock import Clock, bare_hour, clocks
from coordinator.core.answers_day import Day
from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.dates import at, calendar_of, zone
from coordinator.core.finding import FREE_FOR
from coordinator.core.meeting import Free
from coordinator.core.reading import Context
from coordinator.core.shifts import shift
from coordinator.core.words import Words, languages_in, likeliest, words_of

_NOON, _AFTERNOON, _EVENING, _NIGHT, _MORNING = 720, 720, 1020, 1320, 480
_PARTS = ((_MORNING, _NOON), (_AFTERNOON, 1080), (_EVENING, _NIGHT))
_WORKDAYS = (0, 1, 2, 3, 4)
_BESIDE = 3
"""Tokens that may stand between a day and its clock time: "Thursday, say at 4"."""
_LONGEST = 2000
_NOT_THEN = ("except_for", "before_time", "after_time")
_AROUND = ("slot_fillers", "either", "together", "please", "closing", "greeting", "lead", "date_lead", "all_of_them")


def proposed_start(text: str, context: Context, meeting: datetime) -> datetime | None:
    """The one other time that a text names; None where it names none, or more than one.

    What it leaves out is as the meeting has it: the hour of a mere day, the day of a mere hour, the week of a weekday.
    """
    scan = tokens(text[:_LONGEST])
    for language in likeliest(scan, context):
        words = words_of(context, language)
        found = {start for start in _starts(scan, words, context, meeting.astimezone(zone(context.timezone))) if start}
        if len(found) == 1:
            (start,) = found
            return start if start != meeting and start > context.now else None
        if found:
            return None
    return None


def _starts(scan: Tokens, words: Words, context: Context, meeting: datetime) -> Iterator[datetime | None]:
    named = [day for day in days(scan, calendar_of(context, words)) if _is_meant(day, scan, words)]
    if not named and (by := shift(scan, words, context)):
        yield (meeting.replace(tzinfo=None) + by).replace(tzinfo=meeting.tzinfo)
        return
    taken = frozenset(i for day in named for i in range(day.start, day.end))
    paired = [(day, clock) for day in named if (clock := _clock_of(day, scan, words, taken))]
    if len(paired) == 1 < len(named) and words.phrases("either").anywhere(scan.texts) is not None:
        paired = [(named[0], paired[0][1])]  # "Thursday or Friday at 4": either will do
    if paired:
        yield from (_at(_date(day, context, meeting), _minute(clock), context) for day, clock in paired)
    elif len(named) == 1 and words.phrases("parts").anywhere(scan.texts) is None:  # "Friday morning" is no hour
        yield _at(_date(named[0], context, meeting), meeting.hour * 60 + meeting.minute, context)
    elif not named:
        found = [clock for clock in clocks(scan, words) if clock.sure or not clock.assumed]
        yield from (_at(meeting.date(), _minute(clock), context) for clock in found)


def _is_meant(day: Day, scan: Tokens, words: Words) -> bool:
    """Whether the day is one that suits: not behind "not" or "can't", and not the end of a span of days."""
    before = range(max(0, day.start - 3), day.start)
    return not any(i + words.phrases(key).length(scan.texts, i) == day.start for i in before for key in _NOT_THEN)


def _clock_of(day: Day, scan: Tokens, words: Words, taken: frozenset[int]) -> Clock | None:
    """The time right behind a day ("Thursday 4", "Thursday at 16:00"), else the one right before it."""
    place = day.end
    for _ in range(_BESIDE):
        if place >= len(scan) or place in taken:
            break
        clock = bare_hour(scan, place, words)
        if clock:
            return clock
        if not (is_stop(scan.texts[place]) or words.phrases("day_joins").length(scan.texts, place)):
            break
        place += 1
    found = [clock for clock in clocks(scan, words, taken) if 0 <= day.start - clock.end <= _BESIDE - 1]
    return found[-1] if found else None


def _minute(clock: Clock) -> int:
    """Of the day; nobody meets at four in the night, so "4" is in the afternoon."""
    return clock.minute + _NOON if not clock.sure and clock.minute < _MORNING - 60 else clock.minute


def _date(day: Day, context: Context, meeting: datetime) -> date | None:
    """A mere weekday is in the week of the meeting, as long as that is ahead."""
    if day.weekday is None:
        return day.day
    today = context.now.astimezone(zone(context.timezone)).date()
    same_week = meeting.date() + timedelta(days=day.weekday - meeting.weekday())
    return same_week if same_week > today else day.day


def _at(day: date | None, minute: int, context: Context) -> datetime | None:
    return at(day, minute, context) if day else None


@dataclass(kw_only=True)
class _Ranges:
    """What is known so far. low, high: minutes of the day."""

    weekdays: list[int]
    low: int = _MORNING
    high: int = _NIGHT
    bounded: bool = False
    rest: int = 0


def free_ranges(text: str, context: Context) -> tuple[Free, ...]:
    """Hours of the week that a text offers: "Tue/Thu afternoons", "Fridays after 3pm"; () for anything else."""
    scan = tokens(text[:_LONGEST])
    for language in languages_in(scan, context):
        found = _ranges(scan, words_of(context, language))
        if found and found.rest == 0 and (found.bounded or len(found.weekdays) > 1) and found.low < found.high:
            until = context.now + FREE_FOR
            chosen = found.weekdays or _WORKDAYS
            return tuple(Free(weekday=day, begin=found.low, end=found.high, until=until) for day in sorted(set(chosen)))
    return ()


def _ranges(scan: Tokens, words: Words) -> _Ranges | None:
    found, place = _Ranges(weekdays=[]), words.phrases("none_of_them").length(scan.texts, 0)
    while place < len(scan):
        step = _weekday(scan, place, words, found) or _part(scan, place, words, found)
        step = step or _bound(scan, place, words, found) or _span(scan, place, words, found)
        if not step:
            step = max(words.phrases(name).length(scan.texts, place) for name in _AROUND)
            found.rest += not step and not is_stop(scan.texts[place]) and scan.texts[place] != "/"
        place += step or 1
    return found


def _weekday(scan: Tokens, place: int, words: Words, found: _Ranges) -> int:
    named = words.phrases("weekdays").at(scan.texts, place)
    if not named:
        return 0
    found.weekdays.append(named[1])
    return named[0]


def _part(scan: Tokens, place: int, words: Words, found: _Ranges) -> int:
    part = words.phrases("parts").at(scan.texts, place)
    if not part:
        return 0
    low, high = _PARTS[min(part[1], 2)]
    # "Mornings and afternoons" is both.
    found.low, found.high = (min(found.low, low), max(found.high, high)) if found.bounded else (low, high)
    found.bounded = True
    return part[0]


def _bound(scan: Tokens, place: int, words: Words, found: _Ranges) -> int:
    for name in ("after_time", "before_time"):
        length = words.phrases(name).length(scan.texts, place)
        clock = bare_hour(scan, place + length, words) if length else None
        if clock:
            if name == "after_time":
                found.low = _minute(clock)
            else:
                found.high = _minute(clock)
            found.bounded = True
            return clock.end - place
    return 0


def _span(scan: Tokens, place: int, words: Words, found: _Ranges) -> int:
    """ "2-5pm", "14:00 to 17:00"."""
    first = bare_hour(scan, place, words)
    joins = first and (
        scan.texts[first.end : first.end + 1] == ("-",) or words.phrases("range_to").length(scan.texts, first.end)
    )
    second = bare_hour(scan, first.end + 1, words) if first and joins else None
    if first is None or second is None:
        return 0
    found.low, found.high, found.bounded = _minute(first), _minute(second), True
    return second.end - place


def in_words(ranges: Sequence[Free], weekdays: Sequence[str]) -> str:
    """Such as "Tue 12:00–18:00, Thu 12:00–18:00"."""
    return ", ".join(f"{weekdays[free.weekday]} {_clock(free.begin)}–{_clock(free.end)}" for free in ranges)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
