"""A profile as somebody else may read it: a card of what the whole program may see, or of what an advisor may."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coordinator.core.joining.forms import WORK, classes, profile, said, told_part
from coordinator.core.matching.explain import brief
from coordinator.core.program import Program
from coordinator.core.records import Participant
from coordinator.core.speech import Speech
from coordinator.core.view import sees_profile

ORDER: Mapping[str, Sequence[str]] = {
    "mentor": ("offered", "work", "years", "experience", "languages", "availability", "first_time", "capacity"),
    "mentee": ("sought", "work", "years", "experience", "ideal", "languages", "availability", "first_time"),
}
"""What a card tells, in this order; nothing else of a profile is ever on one."""

FOR_ADVISORS: Mapping[str, Sequence[str]] = {
    "mentor": (*ORDER["mentor"], "gains"),
    "mentee": (*ORDER["mentee"], "conflicts"),
}


def card(program: Program, person: Participant, role: str, language: str, *, advisor: bool = False) -> dict[str, Any]:
    """name, first_name and lines; never an address. advisor: with what is marked for advisors."""
    reader = "advisor" if advisor else "partner"
    seen = {name: sees_profile(reader, visibility) for name, visibility in classes(program, person, role).items()}
    names = (FOR_ADVISORS if advisor else ORDER)[role]
    lines = [_line(program, person, name, language) for name in names if seen.get(name)]
    return {"name": person.name, "first_name": person.first_name, "lines": [line for line in lines if line]}


def _line(program: Program, person: Participant, name: str, language: str) -> str:
    text = ", ".join(v for p in WORK if (v := said(person, p))) if name == "work" else said(person, name)
    if name == "first_time":
        text = text if text.casefold() in ("yes", "true", "1") else ""
    words = "; ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return Speech(words=program.words, language=language, zone="UTC").say("cards", name, said=words) if words else ""


def anonymous(program: Program, person: Participant, language: str, now: datetime) -> list[str]:
    """A mentee as a mentor may know them before both said yes: no name, no address, no site (AMIA-24)."""
    plain = brief(profile(program, told_part(program, person), now))
    lines = []
    for name in ("goals", "field", "years", "wanted", "languages", "availability"):
        value = plain.get(name)
        text = "; ".join(map(str, value)) if isinstance(value, list) else _number(value)
        if text:
            lines.append(
                without_names(
                    Speech(words=program.words, language=language, zone="UTC").say("brief", name, said=text), person
                )
            )
    return lines


def _number(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def without_names(text: str, person: Participant) -> str:
    """Whatever they wrote about themselves, their names and addresses go out of it."""
    for name in (*person.addresses, person.name, person.last_name, person.first_name):
        if len(name) > 1:
            text = _replaced(text, name)
    return text


def _replaced(text: str, name: str) -> str:
    low, wanted = text.casefold(), name.casefold()
    at = low.find(wanted)
    while at >= 0 and len(low) == len(text):
        text = f"{text[:at]}…{text[at + len(wanted) :]}"
        low = text.casefold()
        at = low.find(wanted, at + 1)
    return text
