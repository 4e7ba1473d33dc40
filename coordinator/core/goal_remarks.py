"""What the receipt adds when goals have become many, or one of them is long: all is kept, and what would help."""

from collections.abc import Iterator

from coordinator.core.arrival import Arrival
from coordinator.core.orders_agreement import speak
from coordinator.core.records import Pairing

MANY = 5
"""As many as one letter asks about."""
LONG = 30
"""So many words of a goal stand in a letter."""


def remarks(arrival: Arrival, before: Pairing, after: Pairing) -> Iterator[str]:
    """Lines for whoever just named or reworded goals; each is said once, when it comes to be so."""
    known = {goal.text for goal in before.goals}
    for goal in after.goals:
        if goal.text not in known and len(goal.text.split()) > LONG:
            yield speak(arrival, "long", goal=f"G{goal.number}")
    if _open(before) <= MANY < _open(after):
        yield speak(arrival, "many")


def _open(pairing: Pairing) -> int:
    return sum(goal.state == "open" for goal in pairing.goals)
