"""Dates from words: what a person calls a day becomes an instant in their zone, or a reason why not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from coordinator.core.answers_clock import Clock, clocks
from coordinator.core.answers_day import Calendar, Day
from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.frozen import replace
from coordinator.core.reading import Context
from coordinator.core.words import Words, base, words_of

_MONTH_FIRST = frozenset(
    [
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Phoenix",
        "America/Anchorage",
        "America/Detroit",
        "America/Boise",
        "America/Juneau",
        "America/Adak",
        "Pacific/Honolulu",
        "America/Menominee",
    ]
)
_MONTH_FIRST_AREAS = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
_UNTOLD = frozenset(
    {"", "UTC", "Etc/UTC", "GMT", "America/Toronto", "America/Vancouver", "America/Halifax", "America/Winnipeg"}
)


@dataclass(frozen=True, kw_only=True)
class When:
    """What a text says about one day.

    day: None where `why` says what is missing. minute: of the day, None when no time was said.
    rest: how many words say something else. used: tokens that name the day and the time.
    """

    day: date | None
    minute: int | None = None
    why: str = ""
    rest: int = 0
    used: frozenset[int] = frozenset()


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The zone of that IANA name, UTC when there is none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):  # an unknown key, or one that no file can be named after
        return UTC


def local_day(context: Context) -> date:
    return context.now.astimezone(zone(context.timezone)).date()


def is_day_first(context: Context, words: Words) -> bool | None:
    """Whether "3/4" is in April, by region and language; None where English leaves it open."""
    language, _, region = context.language.replace("_", "-").partition("-")
    if base(words.language) != "en":
        return True
    if language == "en" and region:
        return None if region.upper() in {"CA", "PH"} else region.upper() != "US"
    name = context.timezone
    if name in _MONTH_FIRST or name.startswith(_MONTH_FIRST_AREAS):
        return False
    return None if name in _UNTOLD or name.startswith("America/") else True


def calendar_of(context: Context, words: Words, *, past: bool = False) -> Calendar:
    return Calendar(words=words, today=local_day(context), day_first=is_day_first(context, words), past=past)


def when(text: str, context: Context, *, past: bool = False, words: Words | None = None) -> When | None:
    """The one day that a text names, with its time if there is one; None when it names no day at all.

    past: the question asks about a day gone by.
    """
    words = words or words_of(context)
    scan = tokens(text)
    calendar = calendar_of(context, words, past=past)
    found = tuple(days(scan, calendar))
    if not found:
        return None
    day = _one_day(found)
    taken = frozenset(i for d in found for i in range(d.start, d.end))
    times = tuple(clocks(scan, words, taken))
    used = frozenset(taken | {i for t in times for i in range(t.start, t.end)})
    rest = _rest(scan, used, words)
    if isinstance(day, str) or _is_unread(scan, used, words):
        return When(day=None, why=day if isinstance(day, str) else "day", rest=rest, used=used)
    return replace(_at_one_time(day, _starts(scan, times, words), rest), used=used)


def at(day: date, minute: int | None, context: Context) -> datetime | None:
    """The instant with its offset; midnight when no time was said; None for an hour that the clock skips."""
    here = zone(context.timezone)
    wall = datetime.combine(day, time(), tzinfo=here) + timedelta(minutes=minute or 0)
    if minute is not None and wall.astimezone(UTC).astimezone(here).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return None
    return wall


def iso(instant: datetime, context: Context) -> str:
    """ISO 8601 with the offset of the person's zone."""
    return instant.astimezone(zone(context.timezone)).isoformat(timespec="seconds")


def _one_day(found: tuple[Day, ...]) -> date | str:
    """The day that all of them name; a weekday beside a date must fit it. Else the reason."""
    dates = [d for d in found if d.weekday is None]
    if not dates:
        return _same(found)
    day = _same(dates)
    if isinstance(day, str):
        return day
    said = {d.weekday for d in found if d.weekday is not None}
    return "mismatch" if said - {day.weekday()} else day


def _same(found: "tuple[Day, ...] | list[Day]") -> date | str:
    if any(d.day is None for d in found):
        return next(d.why for d in found if d.day is None)
    first = found[0].day
    assert first is not None
    return first if all(d.day == first for d in found) else "several"


def _is_unread(scan: Tokens, used: "frozenset[int] | set[int]", words: Words) -> bool:
    """Whether a number or a month stands there that no date or time has taken."""
    return any(
        i not in used and (text[0].isdecimal() or (len(text) > 3 and words.phrases("months").length(scan.texts, i) > 0))
        for i, text in enumerate(scan.texts)
    )


def _starts(scan: Tokens, times: tuple[Clock, ...], words: Words) -> tuple[Clock, ...]:
    """Of "14:00-15:00" the first."""
    if len(times) != 2 or times[0].minute >= times[1].minute:
        return times
    between = scan.texts[times[0].end : times[1].start]
    joined = between == ("-",) or times[0].end == times[1].start
    to = words.phrases("range_to").length(scan.texts, times[0].end)
    return times[:1] if joined or (to and to == len(between)) else times


def _at_one_time(day: date, times: tuple[Clock, ...], rest: int) -> When:
    minutes = {clock.minute for clock in times}
    if len(minutes) > 1:
        return When(day=day, why="clock", rest=rest)
    if times and not all(clock.sure for clock in times):
        return When(day=day, minute=times[0].minute, why="clock", rest=rest)
    return When(day=day, minute=times[0].minute if times else None, rest=rest)


def _rest(scan: Tokens, taken: "frozenset[int] | set[int]", words: Words) -> int:
    """How many words say something other than a day and its time."""
    at_, count = 0, 0
    while at_ < len(scan):
        step = max(
            words.phrases(n).length(scan.texts, at_) for n in ("date_lead", "parts", "day_joins", "please", "closing")
        )
        if at_ in taken or step or is_stop(scan.texts[at_]):
            at_ += 1 if at_ in taken else step or 1
            continue
        count, at_ = count + 1, at_ + 1
    return count
