"""The forms of a role: what they ask, what is known already, and what may be shown of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coordinator.core.frozen import replace
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.read_profile import KEYS, profile_of
from coordinator.core.program import Field, Program
from coordinator.core.records import Participant
from coordinator.core.view import sees_profile

ROLES = ("mentee", "mentor")
FORMS: Mapping[str, str] = {"mentee": "form-mentee", "mentor": "form-mentor"}
MORE: Mapping[str, str] = {"mentee": "more-mentee", "mentor": "more-mentor"}
"""Role → the prompt that must be answered, and the one that may be; the first holds the career goal."""

UNTOLD = ("conflicts", "capacity")
"""What no card and no reason tells of."""
WORK = ("field", "role", "site")
"""What one line about somebody's work says, in this order, with commas between: "nursing, ward manager, Elm"."""


def fields(program: Program, role: str, language: str = "en") -> tuple[Field, ...]:
    """Everything that a role is asked, the first form first."""
    names = (FORMS[role], MORE[role])
    return tuple(f for name in names if name in program.prompts for f in program.prompt(name, language).fields)


def is_known(person: Participant, name: str) -> bool:
    """Whether a form need not ask that again: a roster, another form or an earlier answer said it."""
    if name == "clock":
        return bool(person.timezone)
    if name == "work":
        return bool(said(person, "field"))
    return bool(said(person, name)) or any(a.field == name and is_of_form(a.key) for a in person.answers)


def is_of_form(key: str) -> bool:
    """Whether a prompt's key is that of a form ("u5/form/mentee")."""
    return key.split("/")[1:2] in (["form"], ["more"])


def said(person: Participant, name: str) -> str:
    """What a profile says under any of the names for it, "" = nothing."""
    return next((v for key in KEYS.get(name, (name,)) if (v := person.profile.get(key, ""))), "")


def missing(program: Program, person: Participant, role: str) -> tuple[str, ...]:
    """What a role cannot do without and nobody said yet, in the order in which it is asked."""
    prompt = program.prompt(FORMS[role], "en") if FORMS[role] in program.prompts else None
    needed = [f.name for f in prompt.fields if not f.optional] if prompt else []
    return tuple(name for name in needed if not is_known(person, name))


def known(program: Program, person: Participant, prompt: str) -> Iterator[tuple[str, str]]:
    """(name, value) of what that form would have asked and need not; for the reader to look over."""
    for field in program.prompt(prompt, "en").fields:
        if is_known(person, field.name) and (value := _shown(person, field.name)):
            yield field.name, value


def _shown(person: Participant, name: str) -> str:
    if name == "clock":
        return person.timezone
    if name == "work":
        return ", ".join(v for part in WORK if (v := said(person, part)))
    return ", ".join(said(person, name).splitlines())


def profile(program: Program, person: Participant, now: datetime) -> Profile:
    """Somebody as matching knows them: what they wrote line by line is taken line by line."""
    lines: dict[str, Any] = {
        name: [line.strip() for line in text.splitlines() if line.strip()]
        for name in ("sought", "offered", "experience")
        if "\n" in (text := said(person, name))
    }
    ideal = person.profile.get("ideal", "")
    if ideal:
        # An ideal mentor is a field or an experience to come from, so it counts as what is wanted (ACHE-12).
        lines["wanted"] = [w for w in (said(person, "wanted"), *ideal.splitlines()) if w]
    return profile_of(person, now, answers=lines, capacity=program.matching.capacity)


def told_part(program: Program, person: Participant) -> Participant:
    """The person with a profile of what the whole program may see: nothing else is weighed, and no reason tells of it.

    Whom they must not meet stays: it keeps people apart and is told to nobody.
    """
    kept = {
        name
        for role in ROLES
        for name, visibility in classes(program, person, role).items()
        if name not in UNTOLD and not sees_profile("partner", visibility)
    }
    if "work" in kept:
        kept |= set(WORK)
    hidden = {key for name in kept for key in KEYS.get(name, (name,))}
    return replace(person, profile={k: v for k, v in person.profile.items() if k not in hidden}) if kept else person


def in_forms(program: Program, person: Participant, now: datetime) -> dict[str, Any]:
    """What somebody's forms say beyond the roster's columns, in the shapes that matching takes."""
    told = profile(program, person, now)
    seat = person.seat("mentor")
    lists = {"sought": told.sought, "offered": told.offered, "wanted": told.wanted, "experience": told.experience}
    return {**lists, "capacity": seat.capacity if seat else told.capacity}


def classes(program: Program, person: Participant, role: str) -> dict[str, str]:
    """Field of the forms → who may see it: as asked, or as its writer lowered it since."""
    asked = {f.name: f.visibility for f in fields(program, role)}
    lowered = {a.field: a.visibility for a in person.answers if is_of_form(a.key) and a.field in asked}
    return {**asked, **lowered}


def kept_from(reader: str, person: Participant) -> frozenset[str]:
    """Names of a profile that somebody wrote for others than a "coordinator", an "advisor" or a "partner"."""
    answered = (a for a in person.answers if is_of_form(a.key) and not sees_profile(reader, a.visibility))
    return frozenset(name for a in answered for name in (WORK if a.field == "work" else (a.field,)))
