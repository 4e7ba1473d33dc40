"""Every kind of question: how a letter asks it and how an answer to it is read."""

from collections.abc import Mapping
from types import MappingProxyType

from coordinator.core.fields.choice import Choice, Choices
from coordinator.core.fields.date import Day
from coordinator.core.fields.duration import Duration
from coordinator.core.fields.goals import Goals
from coordinator.core.fields.kind import Kind
from coordinator.core.fields.number import PlainNumber
from coordinator.core.fields.person import Address, Person
from coordinator.core.fields.rating import Rating
from coordinator.core.fields.scale import Scale
from coordinator.core.fields.slots import Slots
from coordinator.core.fields.text import Text
from coordinator.core.fields.yes_no import YesNo
from coordinator.core.program import Field

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "yes_no": YesNo(),
        "choice": Choice(),
        "choices": Choices(),
        "scale": Scale(),
        "number": PlainNumber(),
        "rating": Rating(),
        "duration": Duration(),
        "date": Day(),
        "slots": Slots(),
        "goals": Goals(),
        "text": Text(),
        "address": Address(),
        "person": Person(),
    }
)


def problems(field: Field) -> tuple[str, ...]:
    """What is wrong in a declaration, one sentence each; nothing about a kind that is not in `KINDS`."""
    kind = KINDS.get(field.kind)
    wrong = list(kind.problems(field)) if kind else []
    if not field.ask.strip():
        wrong.append("ask is empty: the letter would print a number without a question")
    return tuple(wrong)


__all__ = ["KINDS", "Kind", "problems"]
