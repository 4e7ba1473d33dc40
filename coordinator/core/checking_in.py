"""A check-in with somebody who would rather talk: a call finds its time, or their advisor is given the number."""

from datetime import datetime, timedelta

from coordinator.core.calls import wanted
from coordinator.core.care import Need
from coordinator.core.frozen import replace
from coordinator.core.meeting import Call
from coordinator.core.moments import Moment, Situation
from coordinator.core.overlay import Overlay
from coordinator.core.records import Pairing, Participant

MINUTES = 15
LOGGED = timedelta(days=7)
"""So long after it was offered the advisor is asked whether the call took place."""


def called(where: Situation, moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    """The pairing with what its advisor is to log; the call itself is the person's (AMIA-34)."""
    person, advisor = where.person(moment.recipient), _advisor(where)
    number = person.profile.get("phone", "")
    if advisor is None or person.status != "active":
        return where.pairing
    if person.profile.get("checkin_mode") == "text":
        return _with(where.pairing, Need(key=moment.key, kind="text_them", by=person.id, at=now, text=number))
    key = f"{moment.key}/call"
    people = (person.id, advisor.id)
    call = Call(
        key=key, about="check_in", people=people, wanted=now, minutes=MINUTES, pairing=where.pairing.id, place=number
    )
    overlay.put(wanted(person, call))
    return _with(where.pairing, Need(key=moment.key, kind="call", by=person.id, at=now + LOGGED))


def _advisor(where: Situation) -> Participant | None:
    return next((p for p in map(where.person, where.pairing.advisors) if p.status == "active"), None)


def _with(pairing: Pairing, need: Need) -> Pairing:
    return replace(pairing, care=replace(pairing.care, needs=(*pairing.care.needs, need)))
