"""What a pair agrees in place of the program's defaults: a change is a proposal until both have said it (AHE-3, 15)."""

from dataclasses import replace

from coordinator.core.moments import Situation
from coordinator.core.records import Pairing
from coordinator.core.rhythm import parse, step
from coordinator.core.zones import is_zone

TERMS = ("rhythm", "minutes", "every", "place", "timezone")


def normal(name: str, value: str) -> str | None:
    """A term in its canonical form, None when it cannot be understood."""
    if name == "rhythm":
        rhythm = parse(value)
        return rhythm.text if rhythm else None
    if name == "minutes":
        return value if value.isdigit() and 5 <= int(value) <= 240 else None
    if name == "every":
        return value if _is_step(value) else None
    if name == "timezone":
        return value if is_zone(value) else None
    return " ".join(value.split()) or None


def _is_step(value: str) -> bool:
    try:
        step(value)
    except ValueError:
        return False
    return True


def proposed(where: Situation, name: str, value: str, by: str) -> Pairing:
    """The pairing with a proposal of one of the two; agreed as soon as the other has proposed the same."""
    pairing, wanted = where.pairing, normal(name, value)
    if wanted is None:
        return pairing
    other = pairing.proposals.get(name, {}).get(pairing.partner_of(by))
    if other == wanted:
        left = {k: v for k, v in pairing.proposals.items() if k != name}
        return replace(pairing, terms={**pairing.terms, name: wanted}, proposals=left)
    if pairing.terms.get(name) == wanted:
        return pairing
    offers = {**pairing.proposals.get(name, {}), by: wanted}
    return replace(pairing, proposals={**pairing.proposals, name: offers})
