"""What a receipt adds: many goals or a long one are kept, and what would help; how many meetings took place."""

from collections.abc import Iterator

from coordinator.core.arrival import Arrival
from coordinator.core.orders_agreement import speak
from coordinator.core.postponed import streak
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


def streak_told(arrival: Arrival, pairing: Pairing) -> Iterator[str]:
    """How many of the meetings so far took place, from the second on; it goes to nobody else (ACHE-40)."""
    met, planned = streak(pairing, arrival.now)
    if met > 1:
        language = (arrival.writer.language or arrival.chapter.language).partition("-")[0]
        tables = arrival.program.words
        sentence = tables.get(language, {}).get("event", {}).get("streak") or tables["en"]["event"]["streak"]
        yield str(sentence).format(met=met, all=planned)
