"""Reads single values of a `program.toml`: each reader gives a value, or notes a mistake and gives None."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from coordinator.core.program import Opening
from coordinator.programs.kinds import ROLES
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed

_DURATION = re.compile(r"(\d{1,4})\s*(minute|hour|day|week)s?")
_OPENING = re.compile(r"(start|end)(?:\s*([+-])\s*(\d{1,4})\s*(day|week)s?)?")
_EVERY = re.compile(r"[1-9]\d?\s+(?:week|month)s?")
_RHYTHM = re.compile(
    r"(?:(?:1st|2nd|3rd|4th|first|second|third|fourth|last)\s+)?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:[01]?\d|2[0-3]):[0-5]\d",
    re.IGNORECASE,
)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")

Reader = Callable[[Placed, list[str]], Any]


def text(given: Placed, found: list[str]) -> str | None:
    if isinstance(given.value, str):
        return given.value
    found.append(mistake(given.place, "not a text", 'write it between quotes: "…"'))
    return None


def name(given: Placed, found: list[str]) -> str | None:
    """An id: small letters, digits, - and _."""
    if isinstance(given.value, str) and _ID.fullmatch(given.value):
        return given.value
    found.append(mistake(given.place, f'"{given.value}" is no id', "small letters, digits, - and _ only"))
    return None


def count(low: int, high: int) -> Reader:
    def read(given: Placed, found: list[str]) -> int | None:
        value = given.value
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        found.append(mistake(given.place, f"{value!r} is no whole number", f"{low} to {high}"))
        return None

    return read


def flag(given: Placed, found: list[str]) -> bool | None:
    if isinstance(given.value, bool):
        return given.value
    found.append(mistake(given.place, f"{given.value!r} is neither true nor false", "write true or false"))
    return None


def duration(given: Placed, found: list[str]) -> timedelta | None:
    """Such as "5 days"."""
    match = _DURATION.fullmatch(given.value.strip()) if isinstance(given.value, str) else None
    if match:
        return timedelta(**{f"{match[2]}s": int(match[1])})
    found.append(mistake(given.place, f"{given.value!r} is no length of time", 'write it like "3 days" or "12 hours"'))
    return None


def durations(given: Placed, found: list[str]) -> tuple[timedelta, ...]:
    """Rising lengths of time, each counted from the same instant."""
    items = given.value if isinstance(given.value, list) else [given.value]
    read = [duration(Placed(value=item, place=given.place), found) for item in items]
    whole = tuple(item for item in read if item is not None)
    if list(whole) != sorted(set(whole)):
        found.append(mistake(given.place, "each reminder must come later than the one before", "sort them"))
    return whole


def opening(given: Placed, found: list[str]) -> Opening | None:
    """Such as "start", "start + 2 days" or "end - 4 weeks"."""
    match = _OPENING.fullmatch(given.value.strip()) if isinstance(given.value, str) else None
    if match:
        days = int(match[3] or 0) * (7 if match[4] == "week" else 1)
        return Opening(anchor=match[1], days=-days if match[2] == "-" else days)
    way_out = 'write it like "start + 2 days" or "end - 30 days"'
    found.append(mistake(given.place, f"{given.value!r} is no time to open", way_out))
    return None


def pattern(shape: re.Pattern[str], way_out: str) -> Reader:
    def read(given: Placed, found: list[str]) -> str | None:
        if isinstance(given.value, str) and shape.fullmatch(given.value.strip()):
            return given.value.strip()
        found.append(mistake(given.place, f"{given.value!r} cannot be read", way_out))
        return None

    return read


every = pattern(_EVERY, 'write it like "1 month" or "2 weeks"')
rhythm = pattern(_RHYTHM, 'write it like "2nd tuesday 12:00", or "tuesday 12:00" where it is weekly')


def one_of(what: str, known: Iterable[str]) -> Reader:
    choices = tuple(known)

    def read(given: Placed, found: list[str]) -> str | None:
        if given.value in choices:
            return str(given.value)
        found.append(unknown(given.place, what, given.value, choices))
        return None

    return read


def roles(given: Placed, found: list[str]) -> tuple[str, ...]:
    items = given.value if isinstance(given.value, list) else [given.value]
    read = [one_of("role", ROLES)(Placed(value=item, place=given.place), found) for item in items]
    return tuple(item for item in read if item is not None)


def texts(given: Placed, found: list[str]) -> tuple[str, ...]:
    if isinstance(given.value, list) and all(isinstance(item, str) for item in given.value):
        return tuple(given.value)
    found.append(mistake(given.place, "not a list of texts", 'write ["first", "second"]'))
    return ()
