"""What somebody said last of a fact, whichever letter asked for it, or none did."""

from collections.abc import Mapping
from functools import lru_cache

from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Answer

NOTED = "note"
"""The prompt of what somebody said without being asked; its field is the fact itself."""


def said_by(where: Situation, fact: str, person: str) -> Answer | None:
    """The newest answer of a person that fills a fact and says something, None = none yet."""
    said = [a for a in where.pairing.answers if a.by == person and a.value not in ("", None)]
    if not said:
        return None
    facts = fills(where.program)
    found = [a for a in said if (a.field if a.prompt == NOTED else facts.get((a.prompt, a.field))) == fact]
    return max(found, key=lambda a: a.at, default=None)


def all_said(where: Situation, fact: str, person: str = "") -> tuple[Answer, ...]:
    """Every answer to a fact that says something, oldest first; of both, or of one."""
    found = (a for a in where.pairing.answers if person in ("", a.by) and a.value not in ("", None))
    return tuple(sorted((a for a in found if is_of(where, a, fact)), key=lambda a: a.at))


def is_of(where: Situation, answer: Answer, fact: str) -> bool:
    return fact_of(where.program, answer) == fact


def fact_of(program: Program, answer: Answer) -> str | None:
    """The fact that an answer fills, None = none."""
    if answer.prompt == NOTED:
        return answer.field
    return fills(program).get((answer.prompt, answer.field))


def fills(program: Program) -> Mapping[tuple[str, str], str]:
    """(prompt, field) → fact, of a whole program."""
    return _fills(_Same(program))


class _Same:
    """A program by identity: it holds mappings, and is loaded once a run."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.program is self.program

    def __hash__(self) -> int:
        return id(self.program)


@lru_cache(maxsize=8)
def _fills(one: _Same) -> Mapping[tuple[str, str], str]:
    return {
        (prompt.id, field.name): field.fills
        for versions in one.program.prompts.values()
        for prompt in versions.values()
        for field in prompt.fields
        if field.fills
    }
