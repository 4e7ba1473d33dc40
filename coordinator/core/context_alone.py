"""What a letter to one person, or about a search for a mentor, may say: the same names, without a pairing."""

from collections.abc import Callable, Mapping
from typing import Any

from coordinator.core.joining import due as joining
from coordinator.core.moments import Moment
from coordinator.core.records import Participant
from coordinator.core.seeking import said as searching
from coordinator.core.where import Where

Plain = Mapping[str, Any]
MORE: Mapping[str, Callable[[Where, Moment], Plain]] = {"enrolment": joining.names, "match": searching.names}
"""Stage kind → the names that its letters use besides."""

NOBODY: Plain = {"first_name": "", "name": "", "role": "", "address": ""}


def alone(where: Where, moment: Moment) -> dict[str, Any]:
    """Plain values for the reader of a moment that belongs to no pairing."""
    me = where.person(moment.recipient)
    plain = {
        "me": {"first_name": me.first_name, "name": me.name, "role": role_alone(me)},
        "partner": NOBODY,
        "advisor": office(where),
        "program": {
            "title": where.program.title,
            "months": where.program.months,
            "community_link": where.program.community_link,
            "sponsor_goals": where.program.sponsor_goals,
        },
        "moment": moment.kind,
    }
    kind = next((s.kind for s in where.program.stages if s.id == moment.stage), "")
    return {**plain, **(MORE[kind](where, moment) if kind in MORE else {})}


def office(where: Where) -> dict[str, str]:
    """Whom somebody without an advisor may turn to."""
    return {"name": where.chapter.sender_name, "address": where.chapter.coordinator}


def footer_alone(where: Where, to: Participant) -> dict[str, str]:
    named = office(where)
    return {
        "advisor_name": named["name"],
        "advisor_address": named["address"],
        "program": where.program.title,
        "role": role_alone(to),
        "chapter": where.chapter.name,
    }


def role_alone(person: Participant) -> str:
    """As what somebody is written to outside a pairing: "guest" before they agreed to take part."""
    if "coordinator" in person.roles:
        return "coordinator"
    if person.consent is None:
        return "advisor" if "advisor" in person.roles else "guest"
    seats = [s.role for s in person.seats if s.state not in ("refused", "left")]
    roles = (*seats, *person.roles)
    return next((r for r in ("mentee", "mentor", "advisor") if r in roles), "guest")
