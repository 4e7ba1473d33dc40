"""How advisors looked after the two of a pair: when each was asked how it goes, and what came of it (AMIA-15, 17)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.core.hours import local_day
from coordinator.core.program import Program
from coordinator.core.records import Answer, Pairing

OUTCOMES = ("answered", "spoken", "not answered")
SPOKEN = ("call", "text_them")
"""Kinds of needs that are done once the advisor said that they spoke with somebody."""


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One check-in. role: of whoever was asked. outcome: of `OUTCOMES`."""

    role: str
    on: date
    outcome: str


def touches(program: Program, pairing: Pairing, told: Sequence[Answer], zone: str) -> Iterator[Touch]:
    """told: the answers that may be counted; of one that may not be, it is not even said that it was given."""
    stages = [stage.id for stage in program.stages if stage.kind == "checkin"]
    answered = {answer.key for answer in told}
    spoken = {need.key for need in pairing.care.needs if need.kind in SPOKEN and need.done is not None}
    for key, at in pairing.decided.items():
        name, _, role = key.removeprefix(f"{pairing.id}/").rpartition("/")
        stage, _, number = name.rpartition("/")
        if stage in stages and number.isdecimal() and role in ("mentee", "mentor"):
            outcome = "answered" if key in answered else "spoken" if key in spoken else "not answered"
            yield Touch(role=role, on=local_day(at, zone), outcome=outcome)
