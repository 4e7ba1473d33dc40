"""What a pair agrees in place of the program's defaults: a change is a proposal until both have said it (AHE-3, 15)."""

from datetime import date, timedelta

from coordinator.core.agreement.clauses import CLAUSES, is_goal, normal
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.records import Pairing

TERMS = tuple(CLAUSES)

__all__ = ["TERMS", "agreed", "normal", "proposed"]


def proposed(where: Situation, name: str, value: str, by: str) -> Pairing:
    """The pairing with a proposal of one of the two; agreed as soon as the other has proposed the same."""
    pairing, wanted = where.pairing, normal(name, value)
    if wanted is None:
        return pairing
    other = pairing.proposals.get(name, {}).get(pairing.partner_of(by))
    if other == wanted:
        left = {k: v for k, v in pairing.proposals.items() if k != name}
        return agreed(replace(pairing, proposals=left), name, wanted)
    if pairing.terms.get(name) == wanted:
        return withdrawn(pairing, name, by)
    offers = {**pairing.proposals.get(name, {}), by: wanted}
    return replace(pairing, proposals={**pairing.proposals, name: offers})


def withdrawn(pairing: Pairing, name: str, by: str) -> Pairing:
    """The pairing without what one of the two proposed for that term."""
    offers = {who: offer for who, offer in pairing.proposals.get(name, {}).items() if who != by}
    left = {k: v for k, v in pairing.proposals.items() if k != name}
    return replace(pairing, proposals={**left, name: offers} if offers else left)


def agreed(pairing: Pairing, name: str, value: str) -> Pairing:
    """The pairing with a term that both want: the end moves with "until", a goal is reworded with "G2"."""
    if is_goal(name):
        goals = tuple(
            replace(g, texts=(*g.texts, value)) if f"G{g.number}" == name and g.text != value else g
            for g in pairing.goals
        )
        return replace(pairing, goals=goals)
    pairing = replace(pairing, terms={**pairing.terms, name: value})
    if name == "until":
        return replace(pairing, end=max(date.fromisoformat(value), pairing.start + timedelta(days=1)))
    return pairing
