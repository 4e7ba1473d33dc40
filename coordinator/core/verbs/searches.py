"""Approve and decline a gate of a search, or somebody who applies, by the number of the line in a summary."""

from collections.abc import Mapping

from coordinator.core.arrival import Arrival
from coordinator.core.joining.heard import decided_on
from coordinator.core.seeking.gates import choice
from coordinator.core.seeking.verbs import Wish as Gate
from coordinator.core.verbs.wish import Does, Told, Wish

MEANS: Mapping[str, Mapping[str, str]] = {
    "search_profile": {"approve": "reviewed", "decline": "later"},
    "search_call": {"approve": "spoke", "decline": "again"},
    "search_candidates": {"approve": "approve", "decline": "decline"},
    "search_spoken": {"approve": "mail_enough"},
}
"""Kind of a line → verb of the reply → verb of the gate."""


def decided(arrival: Arrival, wish: Wish) -> Told:
    """As if the gate's own letter had been answered; what was decided since is said."""
    item = wish.item
    match = arrival.cohort.match(item.key.split("/")[0]) if item else None
    verb = MEANS[item.kind].get(wish.verb) if item else None
    if item is None or match is None or verb is None or arrival.writer.id not in match.advisors:
        return Told(sentence="nothing_to_decide")
    number = int(item.key.rpartition("/")[2]) if item.kind in ("search_candidates", "search_spoken") else None
    took = choice(arrival, match, (Gate(verb=verb, number=number, text=wish.args.get("text", "")),))
    if took.unclear:
        return Told(sentence="nothing_to_decide")
    return Told(sentence="gate", values={"text": " ".join(took.told)}, done=True)


def judged(arrival: Arrival, wish: Wish) -> Told:
    """The same about somebody who applies, if this advisor was asked."""
    item = wish.item
    person = arrival.cohort.participant(item.person) if item else None
    asked = person.asked.get(f"{item.key}/{arrival.writer.id}") if item and person else None
    if item is None or person is None or asked is None:
        return Told(sentence="nothing_to_decide")
    took = decided_on(arrival, person, item.kind.removeprefix("applicant_"), Gate(verb=wish.verb))
    return Told(sentence="gate", values={"text": " ".join(took.lines)}, done=True)


DECISIONS: Mapping[str, Does] = {
    **dict.fromkeys(MEANS, decided),
    **dict.fromkeys(("applicant_mentor", "applicant_mentee"), judged),
}
