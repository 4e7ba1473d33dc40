"""Verbs about a pair: how often its advisor checks in, and which stage of the model it is in."""

from coordinator.core.arrival import Arrival
from coordinator.core.frozen import replace
from coordinator.core.phases import current, entered
from coordinator.core.verbs.wish import Told, Wish, pairing_of

MOST_DAYS = 31
"""A check-in is never less than once a month (AMIA-32)."""
FEWEST_DAYS = 7


def every(arrival: Arrival, wish: Wish) -> Told:
    pairing = pairing_of(arrival, wish)
    if pairing is None:
        return Told(sentence="which")
    days = int(wish.args["days"])
    if days > MOST_DAYS:
        return Told(sentence="every_too_long")
    if days < FEWEST_DAYS:
        return Told(sentence="every_too_short")
    arrival.put(replace(pairing, terms={**pairing.terms, "checkin": str(days)}))
    return Told(sentence="every", values={"days": days}, done=True)


def stage(arrival: Arrival, wish: Wish) -> Told:
    """Set by the advisor, forward or back; by itself a pair only moves on (IMA-1)."""
    pairing, phases = pairing_of(arrival, wish), arrival.program.phases
    if pairing is None:
        return Told(sentence="which")
    number = int(wish.args["number"])
    if not 0 < number <= len(phases):
        return Told(sentence="no_such_stage", values={"count": len(phases)})
    if number != current(pairing):
        arrival.put(entered(pairing, number, arrival.now, by=arrival.writer.id))
    return Told(sentence="stage", values={"number": number, "title": phases[number - 1].title}, done=True)
