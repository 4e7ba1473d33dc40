"""Verbs about a pair: how often its advisor checks in."""

from dataclasses import replace

from coordinator.core.arrival import Arrival
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
