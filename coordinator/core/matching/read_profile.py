"""A person's profile out of the roster's columns and their own answers, however they put it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coordinator.core.matching.profile import Profile
from coordinator.core.records import Participant
from coordinator.core.zones import is_zone, zone

KEYS: Mapping[str, tuple[str, ...]] = {
    "years": ("years", "years_of_experience", "years of experience"),
    "field": ("field", "profession", "department", "field_held"),
    "wanted": ("wanted", "field_wanted", "target_field", "wanted_field"),
    "site": ("site", "hospital", "organisation", "organization", "employer", "location", "facility"),
    "role": ("role", "title", "job", "job_title", "position"),
    "languages": ("languages", "spoken"),
    "offered": ("offered", "offers", "can_help_with", "strengths"),
    "sought": ("sought", "seeks", "goals", "career_goal", "looking_for_help_with"),
    "experience": ("experience", "experiences", "background"),
    "availability": ("availability", "available"),
    "manager": ("manager", "reports_to", "supervisor"),
    "conflicts": ("conflicts", "conflict_of_interest", "not_with"),
    "capacity": ("capacity", "mentees_at_once", "seats"),
    "first_time": ("first_time", "new_to_mentoring"),
    "waiting": ("waiting_since",),
}
"""What a profile says → the names under which a roster or a form may say it; the first that is there counts."""

_SPLIT = re.compile(r"[;\n|]+|,(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "si", "sí", "oui", "new", "first"))
_NO = frozenset(("no", "n", "false", "0", "nein", "non"))


def profile_of(
    person: Participant, now: datetime, *, answers: Mapping[str, Any] | None = None, capacity: int = 1
) -> Profile:
    """A person's profile from the roster's columns and, before them, their own answers.

    answers: field name → value as it was read. capacity: of those who did not say.
    """
    given: Mapping[str, Any] = {**person.profile, **(answers or {})}
    said = {name: _first(given, keys) for name, keys in KEYS.items()}
    return Profile(
        id=person.id,
        years=number(said["years"]),
        field=text(said["field"]),
        wanted=texts(said["wanted"]),
        site=text(said["site"]),
        role=text(said["role"]),
        languages=_languages(said["languages"], person.language),
        zone=person.timezone,
        offset=_offset(person.timezone, now),
        offered=texts(said["offered"]),
        sought=texts(said["sought"]),
        experience=texts(said["experience"]),
        availability=texts(said["availability"]),
        manager=text(said["manager"]),
        conflicts=texts(said["conflicts"]),
        waiting=_day(said["waiting"], now) or _since(person),
        first_time=flag(said["first_time"]),
        capacity=_whole(said["capacity"], capacity),
        waived=waived(person),
    )


def years_of(person: Participant) -> float | None:
    """How long they have worked in the field, as far as the roster or a form says it."""
    return number(_first(person.profile, KEYS["years"]))


def is_first_time(person: Participant) -> bool:
    return flag(_first(person.profile, KEYS["first_time"])) is True


def _since(person: Participant) -> datetime | None:
    """When they asked for a mentor, else when they agreed to take part."""
    seat = person.seat("mentee")
    return seat.since if seat else person.consent.at if person.consent else None


def _first(given: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((given[key] for key in keys if given.get(key) not in (None, "", [], ())), None)


def number(value: Any) -> float | None:
    """The first number said: "about 6 years" is 6."""
    if isinstance(value, bool) or value is None:
        return None
    found = _NUMBER.search(str(value))
    return float(found[0].replace(",", ".")) if found else None


def text(value: Any) -> str:
    """On one line."""
    return " ".join(str(value).split()) if value is not None else ""


def texts(value: Any) -> tuple[str, ...]:
    """A list as it was read, or one text taken apart at commas, semicolons and lines."""
    parts = value if isinstance(value, list | tuple) else _SPLIT.split(str(value)) if value is not None else ()
    return tuple(dict.fromkeys(one for one in map(text, parts) if one))


def flag(value: Any) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    word = str(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _whole(value: Any, otherwise: int) -> int:
    said = number(value)
    return otherwise if said is None else int(said)


def _languages(value: Any, own: str) -> tuple[str, ...]:
    """Those said, and the one that they are written to in; as words, tags without a region."""
    named = (*texts(value), own)
    return tuple(dict.fromkeys(one.casefold().split("-", maxsplit=1)[0] for one in named if one))


def _offset(name: str, now: datetime) -> float | None:
    if not name or not is_zone(name):
        return None
    east = now.astimezone(zone(name)).utcoffset()
    return east.total_seconds() / 3600 if east is not None else None


def _day(value: Any, now: datetime) -> datetime | None:
    try:
        day = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return day if day is None or day.tzinfo else day.replace(tzinfo=now.tzinfo)


def waiver(person: str, rule: str, other: str = "") -> str:
    """The key under which an advisor's waiver of a rule is remembered for good, for one person or for two."""
    return f"{person}/waived/{rule}/{other}" if other else f"{person}/waived/{rule}"


def waived(person: Participant) -> frozenset[str]:
    start = f"{person.id}/waived/"
    return frozenset(key.removeprefix(start) for key in person.decided if key.startswith(start))
