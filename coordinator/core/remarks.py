"""What a receipt adds: what would help with goals, that a change waits for the other, how many meetings took place."""

from collections.abc import Iterator

from coordinator.core.arrival import Arrival
from coordinator.core.goal_lines import SHARED
from coordinator.core.labels import told
from coordinator.core.orders_agreement import speak
from coordinator.core.postponed import streak
from coordinator.core.records import Goal, Pairing
from coordinator.core.said_by import all_said

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
    if _worries(arrival, after) > _worries(arrival, before):
        partner = arrival.cohort.participant(after.partner_of(arrival.writer.id))
        yield speak(arrival, "worry_kept", partner=partner.first_name if partner else "")
    if len(after.contacts) > len(before.contacts) and (mine := _own(arrival, after)):
        yield speak(arrival, "moved_goals", goal=f"G{mine[0].number}")
    yield from _proposed(arrival, before, after)


def _own(arrival: Arrival, pairing: Pairing) -> list[Goal]:
    return [goal for goal in pairing.goals if goal.state == "open" and goal.owner in (arrival.writer.id, *SHARED)]


def _worries(arrival: Arrival, pairing: Pairing) -> int:
    """How many the writer keeps to themselves: with each, they are asked whether the other may see it (AAHA-21)."""
    return sum(
        a.by == arrival.writer.id and a.visibility == "private" and bool(a.value)
        for a in all_said(arrival.situation(pairing), "worry")
    )


def _proposed(arrival: Arrival, before: Pairing, after: Pairing) -> Iterator[str]:
    """A change of terms is a wish until both have said it; where the two differ, both wishes are named."""
    writer = arrival.writer.id
    for name, offers in after.proposals.items():
        if offers == before.proposals.get(name) or writer not in offers:
            continue
        other = arrival.cohort.participant(after.partner_of(writer))
        who, theirs = other.first_name if other else "", offers.get(after.partner_of(writer))
        language = arrival.writer.language or arrival.chapter.language
        if theirs and theirs != offers[writer]:
            yield speak(arrival, "differs", who=who, value=told(arrival.program, language, name, theirs))
        else:
            yield speak(arrival, "proposed", who=who)
        if name == "minutes":
            yield from _unusual(arrival, int(offers[writer]))


def _unusual(arrival: Arrival, minutes: int) -> Iterator[str]:
    """A length outside what the program has in mind holds, too, if both mean it (AHE-12)."""
    least, most = arrival.program.shortest, arrival.program.longest
    if not least <= minutes <= most:
        yield speak(arrival, "unusual_length", minutes=minutes, least=least, most=most)


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
