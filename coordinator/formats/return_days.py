"""The day on which somebody is back, read from an auto-reply in many languages; refused when it is not clear."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from coordinator.formats import away_words as words
from coordinator.formats.month_names import MONTHS

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_ISO: Final = re.compile(
    rf"(?<![\d.]){_YEAR}[-./年년]\s?(?P<month>\d{{1,2}})[-./月월]\s?(?P<day>\d{{1,2}})[日일]?(?!\d)"
)
_EAST: Final = re.compile(r"(?<!\d)(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]")
_DOTTED: Final = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(?:\.\s?(?P<year>20\d\d|\d\d)(?![\d:])|(?!\.?\s?\d)\.?)"
)
_SLASHED: Final = re.compile(
    r"(?<![\d/])(?P<first>\d{1,2})[/-](?P<second>\d{1,2})(?:[/-](?P<year>20\d\d|\d\d(?!\d)))?(?![\d/-])"
)
_DAY_NAME: Final = re.compile(
    r"(?<![\d.:/])(?P<day>\d{1,2})(?:st|nd|rd|th|er|ère|º|ª|°|\.|-го|e|:e)?\s*(?:of |de |d['’]|di )?\s?"
    r"(?P<name>[^\W\d_]{3,14})['’]?(?:[^\W\d_]{1,3}\b)?\.?,?(?:\s+(?:de |del |do )?(?P<year>20\d\d))?"
)
_NAME_DAY: Final = re.compile(
    r"(?<![^\W_])(?P<name>[^\W\d_]{3,14})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?!\d|[:/]\d|\s*(?:am|pm|h|uhr)\b)"
    r"(?:,?\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_FURTHEST: Final = timedelta(days=400)
_NEAR: Final = timedelta(days=120)
_AROUND: Final = 60


def return_day(text: str, sent: datetime) -> date | None:
    """The day after "back on", else after "until"; the latest of several. None before the mail or years after it."""
    ranked: dict[int, list[date]] = {}
    for start, end, day in _days(text, sent.date()):
        rank = _rank(text, start, end)
        if rank:
            ranked.setdefault(rank, []).append(day)
    days = ranked.get(2) or ranked.get(1) or []
    latest = max(days, default=None)
    return latest if latest and sent.date() <= latest <= sent.date() + _FURTHEST else None


def _rank(text: str, start: int, end: int) -> int:
    """2: a return; 1: the last day away; 0: neither."""
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    if words.UNTIL_AFTER.search(after):
        return 1
    returns = bool(words.BACK.search(before) or words.BACK_AFTER.search(after))
    if words.STARTS.search(before) and not returns:
        return 0
    if words.RANGE.search(before) or words.UNTIL.search(before):
        return 1
    return 2 if returns else 0


def _days(text: str, sent: date) -> Iterator[tuple[int, int, date]]:
    """Every day that is named without doubt, with its place; a year that is not given is inferred."""
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _EAST, _DAY_NAME, _NAME_DAY, _DOTTED, _SLASHED):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            day = _slashed(match, sent) if pattern is _SLASHED else _day(match, sent)
            if day:
                taken.append((start, end))
                yield start, end, day


def _day(match: re.Match[str], sent: date) -> date | None:
    given = match.groupdict()
    month = MONTHS.get(given["name"].casefold(), 0) if "name" in given else int(given["month"])
    return _dated(given.get("year"), month, int(given["day"]), sent)


def _slashed(match: re.Match[str], sent: date) -> date | None:
    """3/4 is the fourth of March to some and the third of April to others: taken when only one of them can be meant."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    days = {day for day in (_dated(year, second, first, sent), _dated(year, first, second, sent)) if day}
    if len(days) > 1:
        days = {day for day in days if sent <= day <= sent + _NEAR}
    return days.pop() if len(days) == 1 else None


def _dated(year: str | None, month: int, day: int, sent: date) -> date | None:
    """A day without a year is the one nearest to the mail, with a little preference for what is ahead."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        years = [
            date(sent.year + shift, month, day)
            for shift in (-1, 0, 1)
            if month != 2 or day < 29 or _leap(sent.year + shift)
        ]
    except ValueError:
        return None
    return min(years, key=lambda one: abs((one - sent).days - 90), default=None)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
