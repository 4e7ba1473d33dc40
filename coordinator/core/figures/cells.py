"""Numbers that may be shown: exact where nobody can be made out behind them, a range or nothing where somebody could.

A group counts people or pairs, not what they did: one pair that met six times is a group of one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST = 5
"""A smaller group is never shown, and none is left over that could be found by taking one number from another."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number as it is, never to be shown. who: ids of those behind it."""

    value: int = 0
    who: frozenset[str] = frozenset()

    @property
    def is_small(self) -> bool:
        return 0 < len(self.who) < LEAST


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number as it may be shown: from low to high, both included. high: None = nothing may be said."""

    low: int
    high: int | None

    @property
    def exact(self) -> int | None:
        """The number itself, None where it is held back."""
        return self.low if self.low == self.high else None

    @property
    def text(self) -> str:
        if self.high is None:
            return "–"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


NOTHING = Figure(low=0, high=None)
FEW = Figure(low=1, high=LEAST - 1)


def together(cells: Iterable[Cell]) -> Cell:
    known = tuple(cells)
    return Cell(value=sum(c.value for c in known), who=frozenset().union(*(c.who for c in known)))


def heads(who: Iterable[str]) -> Cell:
    """A number that counts those behind it."""
    group = frozenset(who)
    return Cell(value=len(group), who=group)


def shown(cell: Cell, whole: Cell | None = None) -> Figure:
    """One number alone. whole: the same of everybody, where that is shown too: what is left over must not be small."""
    if cell.is_small:
        return FEW if cell.value == len(cell.who) else NOTHING
    if whole is not None and 0 < len(whole.who - cell.who) < LEAST:
        return NOTHING
    return Figure(low=cell.value, high=cell.value)


def nested(steps: Iterable[Cell], wholes: Iterable[Cell | None]) -> tuple[Figure, ...]:
    """Groups of which each lies within the one before; where only a few fell away, how many is a range.

    wholes: the same steps of everybody, as for `shown`.
    """
    figures: list[Figure] = []
    last: int | None = None
    for cell, whole in zip(steps, wholes, strict=True):
        figure = shown(cell, whole)
        if figure.exact is not None and last is not None and 0 < last - cell.value < LEAST:
            figure = Figure(low=max(LEAST, last - LEAST + 1), high=last - 1) if cell.value else FEW
        elif figure.exact is not None and cell.value:
            last = cell.value
        figures.append(figure)
    return tuple(figures)
