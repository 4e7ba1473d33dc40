"""Days off from a calendar file, as offices, countries and schools publish them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from coordinator.formats.itip_lines import Component, document, text_of

FIRST, LAST = 2020, 2045
"""Years in which a day that comes back every year is looked for."""
_LARGEST = 2_000_000
_MOST_EVENTS, _MOST_DAYS = 5000, 62
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEARLY = re.compile(r"FREQ=YEARLY(?:;INTERVAL=1)?(?:;UNTIL=(\d{4})\d{4}(?:T\d{6}Z?)?)?", re.IGNORECASE)


def days_off(raw: bytes) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """(days in order, what was left out and why). A whole-day event of some days is each of them; a moving feast must
    stand there year by year, as it does in files that are published.
    """
    if len(raw) > _LARGEST:
        return (), ("more than 2 MB, not read",)
    events = document(text_of(raw)).events
    problems = ["more than 5000 events; the rest is left out"] if len(events) > _MOST_EVENTS else []
    found: set[date] = set()
    for event in events[:_MOST_EVENTS]:
        days, problem = _of(event)
        found.update(days)
        problems += [problem] if problem else []
    if not found:
        problems.append("no whole-day event in it")
    return tuple(sorted(found)), tuple(dict.fromkeys(problems))


def _of(event: Component) -> tuple[tuple[date, ...], str]:
    start, end = _day(event.value("DTSTART")), _day(event.value("DTEND"))
    if start is None or "T" in event.value("DTSTART"):
        return (), "an event that is no whole day, left out"
    length = min((end - start).days if end and end > start else 1, _MOST_DAYS)
    rule = event.value("RRULE")
    if not rule:
        return tuple(start + timedelta(days=n) for n in range(length)), ""
    yearly = _YEARLY.fullmatch(rule)
    if yearly is None:
        return (start,), "a repetition other than every year, not followed"
    last = min(int(yearly[1] or LAST), LAST)
    years = range(max(start.year, FIRST), last + 1)
    return tuple(day for year in years for day in _in(start, year, length)), ""


def _in(start: date, year: int, length: int) -> Iterator[date]:
    try:
        first = start.replace(year=year)
    except ValueError:  # the 29th of February
        return
    yield from (first + timedelta(days=n) for n in range(length))


def _day(text: str) -> date | None:
    found = _DATE.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
