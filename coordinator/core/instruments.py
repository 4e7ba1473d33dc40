"""A questionnaire somebody else wrote and licensed, or our own short pulse: items, and how they are scored."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Licence:
    """By whose leave it is used. holder: who owns it. terms: what they allow, and since when."""

    holder: str
    terms: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One statement to be rated. ask: language → words. reverse: a high answer is a low score. care: an answer at
    the lower end brings its writer a private offer."""

    id: str
    ask: Mapping[str, str]
    reverse: bool = False
    subscale: str = ""
    care: bool = False

    def words(self, language: str) -> str:
        return self.ask.get(language) or self.ask.get(language.partition("-")[0]) or self.ask["en"]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """items: in their order. low, high: ends of the scale. anchors: language → what its ends mean.

    answered: the share of items that must be answered for a score; the mean of those stands for the others.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    licence: Licence
    low: int = 1
    high: int = 5
    anchors: Mapping[str, tuple[str, ...]]
    answered: float = 0.8

    def item(self, id_: str) -> Item | None:
        return next((item for item in self.items if item.id == id_), None)

    def anchored(self, language: str) -> tuple[str, ...]:
        return self.anchors.get(language.partition("-")[0]) or self.anchors.get("en", ())

    def points(self, item: Item, value: int) -> int:
        """An answer as it counts."""
        return self.low + self.high - value if item.reverse else value

    def scored(self, said: Mapping[str, int]) -> dict[str, float | None]:
        """Subscale → mean of its items, "" = of all; None where too few were answered. said: item → answer."""
        names = dict.fromkeys(("", *(item.subscale for item in self.items)))
        return {name: self._mean(name, said) for name in names}

    def _mean(self, subscale: str, said: Mapping[str, int]) -> float | None:
        items = [item for item in self.items if subscale in ("", item.subscale)]
        points = [self.points(item, said[item.id]) for item in items if item.id in said]
        if not points or len(points) < self.answered * len(items):
            return None
        return round(sum(points) / len(points), 2)
