"""A mail of ours that came back: who cannot be reached, and from when on we stop trying.

A return counts only with the Message-ID or the token of a letter that was really sent; a forged one changes nothing.
"""

from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.effects import Decision
from coordinator.core.frozen import replace
from coordinator.core.pleas.asking import came_back
from coordinator.core.records import Letter, Match, Pairing, Participant
from coordinator.core.unreachable import out_of_reach

LASTING = ("5.1.", "5.2.1", "5.4.4")
"""Statuses that say that the address itself is wrong or closed (RFC 3463): one is enough."""


def bounced(arrival: Arrival) -> Decision:
    bounce = arrival.reading.bounce
    letter = returned(arrival)
    if bounce is None or letter is None:
        if arrival.found.writer is not None:
            return arrival.decision("held", "it looks like returned mail, but comes from somebody on the roster")
        return arrival.decision("ignored")
    person = arrival.cohort.participant(letter.recipient)
    if person is None or person.status != "active":
        return arrival.decision("bounce")
    person = replace(person, bounces=(*person.bounces, arrival.now)[-10:])
    arrival.cohort.put(person)
    is_gone = _is_lasting(person, arrival, hard=bounce.hard, status=bounce.status)
    for record in out_of_reach(arrival.cohort, person, arrival.now) if is_gone else _of(arrival, person):
        arrival.put(record)
    if letter.purpose == "help":
        came_back(arrival, letter)
    return arrival.decision("bounce")


def _of(arrival: Arrival, person: Participant) -> Iterator[Pairing | Match]:
    yield from arrival.cohort.pairings_of(person.id)
    yield from arrival.cohort.matches_of(person.id)


def returned(arrival: Arrival) -> Letter | None:
    """The letter of ours that came back."""
    bounce = arrival.reading.bounce
    if bounce and bounce.message_id:
        letter = arrival.cohort.letter_by_message_id(bounce.message_id)
        if letter:
            return letter
    return arrival.found.letter if arrival.found.how == "token" else None


def _is_lasting(person: Participant, arrival: Arrival, *, hard: bool, status: str) -> bool:
    """Hard for good at once; hard otherwise twice in 30 days; soft five times in 30 days."""
    if hard and status.startswith(LASTING):
        return True
    recent = [at for at in person.bounces if at > arrival.now - timedelta(days=30)]
    return len(recent) >= (2 if hard else 5)
