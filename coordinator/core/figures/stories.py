"""What a pair reached, told by their first names where both said that others may hear it (AAHA-35)."""

from collections.abc import Iterator
from datetime import date

from coordinator.core.figures import Content
from coordinator.core.goal_lines import shortened
from coordinator.core.hours import local_day
from coordinator.core.records import Pairing
from coordinator.core.said_by import fact_of
from coordinator.core.view import both_see, visible


def stories(content: Content, first: date, last: date) -> Iterator[dict[str, str]]:
    """Of the pairs that ended between those days: who, and each goal that is reached and not for one alone."""
    for pairing in content.pairings:
        pair = [content.people.get(id_) for id_ in (pairing.mentee, pairing.mentor)]
        reached = [g.text for g in pairing.goals if g.state == "done" and both_see(g.visibility)]
        if pairing.ended is None or not first <= local_day(pairing.ended, content.zone) <= last or not reached:
            continue
        if all(who is not None and _agrees(content, pairing, who.id) for who in pair):
            names = " & ".join(who.first_name for who in pair if who)
            yield {"names": names, "goals": "; ".join(map(shortened, reached))}


def _agrees(content: Content, pairing: Pairing, person: str) -> bool:
    """Their newest word counts, as far as the coordinator may hear it."""
    seen = visible("coordinator", pairing, by=person)
    said = [a for a in seen if fact_of(content.program, a) == "share"]
    return bool(said) and max(said, key=lambda a: a.at).value is True
