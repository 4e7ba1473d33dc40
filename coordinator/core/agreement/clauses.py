"""The clauses that two people may agree on, each with the canonical form of what they say."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from coordinator.core.rhythm import parse, step
from coordinator.core.zones import is_zone

Normal = Callable[[str], str | None]

LONGEST = 600
"""A clause of more characters than this is a letter, and no clause."""
ATTENDANCE, MARKED = "attendance", "marked"
"""What an advisor sees: when the two meet and nothing else; or also what is marked for them."""
OPENS, ENDS = "07:00", "22:00"
"""When a day begins and ends for somebody who names only the other end."""
ROLES = ("mentee", "mentor")

_TIME = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?!\d)", re.IGNORECASE)
_LATE = re.compile(r"\b(after|until|till|later than|nach|bis|despu[eé]s|hasta|apr[eè]s|jusqu)", re.IGNORECASE)
_DAYS = re.compile(r"\b(\d{1,3})\b")
_WEEK = re.compile(r"\b(week|woche|semana|semaine|settiman)", re.IGNORECASE)
_OPEN = re.compile(r"\b(marked|mark|advisor may|advisor too|advisor also|what we mark)", re.IGNORECASE)
_SHUT = re.compile(
    r"\b(attendance|nothing|only dates|dates only|only when|when we meet|between us|us two)", re.IGNORECASE
)


def words(value: str) -> str | None:
    """Anything somebody may say in their own words, on one line."""
    text = " ".join(value.split())
    return text[:LONGEST] or None


def _rhythm(value: str) -> str | None:
    rhythm = parse(value)
    return rhythm.text if rhythm else None


def _minutes(value: str) -> str | None:
    return value if value.isdigit() and 5 <= int(value) <= 240 else None


def _every(value: str) -> str | None:
    try:
        step(value)
    except ValueError:
        return None
    return value


def _zone(value: str) -> str | None:
    return value if is_zone(value) else None


def _days(value: str) -> str | None:
    """A number of days: "5", "5 days", "two days" as "2", "1 week" as "7"."""
    found = _DAYS.search(_SPELLED.sub(lambda m: str(_NUMBERS.index(m[0].casefold()) + 1), value))
    if not found:
        return None
    days = int(found[1]) * (7 if _WEEK.search(value) else 1)
    return str(days) if 1 <= days <= 60 else None


_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPELLED = re.compile(r"\b(one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)


def _until(value: str) -> str | None:
    """The last day, ISO."""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None


def hours(value: str) -> str | None:
    """When somebody may be written to: "08:00-19:00" of "no mail after 19:00", "8 to 7 pm" or "9-17"."""
    times = [found for m in _TIME.finditer(value) if (found := _clock(m))]
    if len(times) == 1:
        window = (OPENS, times[0]) if _LATE.search(value) else (times[0], ENDS)
    elif len(times) == 2:
        window = (times[0], times[1])
        if _LATE.search(value) and times[0] > times[1]:
            window = (times[1], times[0])  # "no mail after 19:00 and before 8:00"
    else:
        return None
    return f"{window[0]}-{window[1]}" if window[0] < window[1] else None


def _clock(found: re.Match[str]) -> str | None:
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and found[3][0].casefold() == "p" and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _confidentiality(value: str) -> str | None:
    """ATTENDANCE or MARKED where that is meant; else the words of the two, which change nothing about who sees what."""
    if _OPEN.search(value):
        return MARKED
    return ATTENDANCE if _SHUT.search(value) else words(value)


CLAUSES: Mapping[str, Normal] = {
    "rhythm": _rhythm,
    "every": _every,
    "minutes": _minutes,
    "place": words,
    "timezone": _zone,
    "until": _until,
    "vision": words,
    "type": words,
    "roles": words,
    "respect": words,
    "commitment": words,
    "honesty": words,
    "hours_mentee": hours,
    "hours_mentor": hours,
    "reply_days": _days,
    "notice": _days,
    "confidentiality": _confidentiality,
    "ethics": words,
    "policies": words,
    "conflict": words,
    "help": words,
    "criteria": words,
    "assess": words,
    "virtual": words,
}
"""Clause → its canonical form, None for what cannot be understood. The order is that of the sheet."""

OWN = ("hours",)
"""Clauses of one person each: no consent is needed to one's own evening. Kept as "hours_mentee", "hours_mentor"."""

SCHEDULE = ("rhythm", "every", "minutes", "place", "timezone")
"""What is settled by itself, one question at a time: it moves meetings."""

COLUMNS = ("expectations", "gains", "outcomes", "methods", "improve", "differences", "boundaries")
"""What each says for themselves; the sheet shows both columns side by side."""


def own(name: str, role: str) -> str:
    """The clause of one of the two: "hours" of the mentee is "hours_mentee"."""
    return f"{name}_{role}" if name in OWN else name


def normal(name: str, value: str) -> str | None:
    """A clause in its canonical form, None when it cannot be understood. A goal's wording counts as one: "G2"."""
    read = CLAUSES.get(name)
    return (read or words)(value) if read or is_goal(name) else None


def is_goal(name: str) -> bool:
    return name[:1] == "G" and name[1:].isdigit()
