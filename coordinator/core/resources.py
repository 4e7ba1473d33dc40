"""Links and titles that one of the two names for the other, in a line such as `resource: https://…` (AMIA-4)."""

from collections.abc import Iterator

from coordinator.core.moments import Moment, Situation
from coordinator.core.records import Answer, Pairing
from coordinator.core.said_by import NOTED

PROMPT = "resource"


def resources(pairing: Pairing) -> Iterator[Answer]:
    """Everything that was named, oldest first; what its writer keeps to themselves is left out."""
    named = (a for a in pairing.answers if a.prompt == NOTED and a.field == "resource")
    return (a for a in named if a.visibility == "pair")


def name_of(answer: Answer) -> str:
    """What names it in keys."""
    return answer.key.rpartition("/")[2]


def told_with(where: Situation, moment: Moment) -> list[str]:
    """What the letter of that moment passes on."""
    if moment.prompt != PROMPT:
        return []
    name = moment.key.rpartition("/")[2]
    return [str(a.value) for a in resources(where.pairing) if name_of(a) == name]
