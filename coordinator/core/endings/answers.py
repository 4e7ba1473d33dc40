"""What an answer changes beyond the record of its pairing: the queue, an end, a word to the advisor."""

from collections.abc import Callable, Mapping

from coordinator.core.answered import Said
from coordinator.core.arrival import Arrival
from coordinator.core.endings.early import ended_at_once, ended_early, queued
from coordinator.core.endings.letters import tell_advisor, told_at_once
from coordinator.core.endings.options import REASONS, RHYTHMS, WISHES, place_of
from coordinator.core.endings.wishes import asked_to_leave, asked_to_talk
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.joining.seats import given_up, reopened
from coordinator.core.records import Pairing

LISTENING = "listening"
"""The prompt that offers help after a low number."""


def follow(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """Everything that follows from an answer that was folded in already."""
    consequence = _CONSEQUENCES.get(said.question.field.fills or "")
    if consequence is not None:
        consequence(arrival, pairing, said)


def _wish(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    place = place_of(said.question, said.value)
    match WISHES[place] if place is not None and place < len(WISHES) else "":
        case "discuss":
            asked_to_talk(arrival, pairing)
        case "advisor":
            tell_advisor(arrival, pairing, "talk", ())
        case "end":
            asked_to_leave(arrival, pairing)


def _leave(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """Yes ends it now, or leaves it to its last day once that has come; no takes it back."""
    if said.value:
        arrival.put(ended_early(arrival.situation(pairing), arrival.cohort, "asked", arrival.now))


def _cleared(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """A conflict of interest that is not cleared ends it like any other end: the same closing letter to both."""
    if not said.value:
        arrival.put(ended_at_once(arrival.situation(pairing), arrival.cohort, "asked", arrival.now))


def _reason(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    place = place_of(said.question, said.value)
    if place is not None and place < len(REASONS):
        arrival.put(replace(pairing, reason=REASONS[place]))


def _care(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    place = place_of(said.question, said.value)
    if place is not None and place < len(RHYTHMS):
        arrival.put(replace(pairing, aftercare={**pairing.aftercare, said.by: RHYTHMS[place]}))


def _again(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """A yes keeps the place at the head of the queue, a no gives it up."""
    mentee = arrival.cohort.participant(pairing.mentee)
    if mentee is not None and said.by == mentee.id:
        begin = at_local(pairing.start, 0, 0, arrival.situation(pairing).zone)
        arrival.cohort.put(reopened(queued(mentee, begin), arrival.now) if said.value else given_up(mentee))


def _renew(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """A no to a renewal that holds already is the wish to end it."""
    if not said.value and pairing.renewals and _is_of_an_earlier_cycle(pairing, said):
        asked_to_leave(arrival, pairing)


def _is_of_an_earlier_cycle(pairing: Pairing, said: Said) -> bool:
    name = said.question.key.split("/")[1]
    number = name.rpartition(".")[2]
    return (int(number) if number.isdigit() else 1) <= pairing.renewals


def _introduce(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    tell_advisor(arrival, pairing, "introduce", (str(said.value),))


def _check(arrival: Arrival, pairing: Pairing, said: Said) -> None:
    """A low answer to what must not be low brings its writer alone an offer (IMA-24); nobody else learns of it."""
    items = [i for found in arrival.program.instruments.values() if (i := found.item(said.question.field.name))]
    if any(item.care for item in items) and type(said.value) is int and said.value <= said.question.field.low + 1:
        told_at_once(arrival, pairing, LISTENING, "listening")


_CONSEQUENCES: Mapping[str, Callable[[Arrival, Pairing, Said], None]] = {
    "check": _check,
    "clear_coi": _cleared,
    "wish": _wish,
    "leave": _leave,
    "reason": _reason,
    "care": _care,
    "rematch": _again,
    "renew": _renew,
    "introduce": _introduce,
}
"""Fact → what follows from it."""
