"""Somebody who was in the program before takes part once more: what they are asked anew, and what they hear."""

from collections.abc import Sequence
from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.joining.forms import is_of_form, missing
from coordinator.core.joining.seats import asked_for
from coordinator.core.matching.read_profile import KEYS
from coordinator.core.program import Program
from coordinator.core.records import Participant

ANEW = ("sought", "first_time")
"""Fields of a mentee's form whose answers were for the time that is over; the goals of that time stay with it."""
_KEPT_OPEN = ("form", "held", "open")


def form_key(person: Participant, role: str) -> str:
    """The key of the first form of a role: a mentee gets it once for each mentor that they look for."""
    number = 1 + sum(1 for key in person.decided if key.startswith(f"{person.id}/again/{role}/"))
    return f"{person.id}/form/{role}" if number == 1 else f"{person.id}/form/{role}/{number}"


def joining(
    program: Program, person: Participant, roles: Sequence[str], now: datetime, *, was_mentee: bool, has_mentor: bool
) -> Participant:
    """Takes part as these, whatever they were before.

    was_mentee: in a pairing at any time. has_mentor: in one that is not at its end; their seat stays taken.
    """
    seat = person.seat("mentee")
    if "mentee" in roles and seat and seat.state == "taken" and not has_mentor:
        person = replace(person, seats=tuple(s for s in person.seats if s.role != "mentee"))
    if "mentee" in roles and was_mentee and not has_mentor and not is_in(person, "mentee"):
        person = _asked_anew(person, now)
    return asked_for(program, person, roles, now)


def is_in(person: Participant, role: str) -> bool:
    """Whether their form is out, an advisor looks at it, or they are on the list."""
    seat = person.seat(role)
    return seat is not None and seat.state in _KEPT_OPEN


def _asked_anew(person: Participant, now: datetime) -> Participant:
    old = {key for name in ANEW for key in KEYS.get(name, (name,))}
    decided = dict(person.decided)
    if form_key(person, "mentee") in person.asked:
        decided[f"{person.id}/again/mentee/{now:%Y%m%d%H%M%S}"] = now
    return replace(
        person,
        profile={name: text for name, text in person.profile.items() if name not in old},
        answers=tuple(a for a in person.answers if not (a.field in ANEW and is_of_form(a.key))),
        decided=decided,
    )


def said_to(program: Program, before: Participant, after: Participant, role: str, *, has_mentor: bool) -> str:
    """What somebody who wants to take part as that hears, as a key of the words `[joining_said]`."""
    if role == "mentee" and has_mentor:
        return "has_mentor"
    if is_in(before, role) and before.status == "active" and not _is_asked(before, role):
        return f"in_already_{role}"
    return f"joined_{role}" if missing(program, after, role) else f"back_{role}"


def _is_asked(person: Participant, role: str) -> bool:
    seat = person.seat(role)
    return seat is not None and seat.state == "form"
