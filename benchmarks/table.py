"""What a benchmark finds: a number beside its goal, printed and never asserted."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bar:
    """goal: at most so much; None = only told. unit: what the value is of."""

    name: str
    value: float
    goal: float | None = None
    unit: str = ""

    @property
    def is_sound(self) -> bool:
        return math.isfinite(self.value) and self.value > 0

    def line(self) -> str:
        told = f"{self.name:<34}{self.value:>10.2f} {self.unit:<16}"
        if self.goal is None:
            return told.rstrip()
        return f"{told}goal ≤ {self.goal:g}  {'met' if self.value <= self.goal else 'MISSED'}"


def printed(bars: Iterable[Bar]) -> None:
    for bar in bars:
        print(bar.line())
