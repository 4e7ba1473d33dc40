"""What a program may know of private answers: means and counts of five people or more, and nothing below that."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

from coordinator.core.instruments import Instrument
from coordinator.core.records import Pairing

FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class Mean:
    """value: None where fewer than five people stand behind it; nor is their number told then."""

    name: str
    people: int | None
    value: float | None


def means(pairings: Iterable[Pairing], instrument: Instrument) -> tuple[Mean, ...]:
    """The mean of each subscale, "" = of all items, over everybody's newest look."""
    scores: dict[str, list[float]] = {}
    for pairing in pairings:
        for person in (pairing.mentee, pairing.mentor):
            for name, value in instrument.scored(_newest(pairing, person, instrument)).items():
                scores.setdefault(name, []).extend([] if value is None else [value])
    return tuple(_mean(name, values) for name, values in scores.items())


def _newest(pairing: Pairing, person: str, instrument: Instrument) -> dict[str, int]:
    said = [a for a in pairing.answers if a.by == person and f"{pairing.id}/check/" in a.key]
    ordered = sorted(said, key=lambda a: a.at)
    return {a.field: a.value for a in ordered if instrument.item(a.field) and type(a.value) is int}


def _mean(name: str, values: list[float]) -> Mean:
    if len(values) < FEWEST:
        return Mean(name=name, people=None, value=None)
    return Mean(name=name, people=len(values), value=round(mean(values), 2))


def reasons(pairings: Iterable[Pairing]) -> dict[str, int] | None:
    """How often each reason for an early end was given; None below five in all (ACHE-37)."""
    counted = Counter(p.reason for p in pairings if p.reason)
    return dict(counted.most_common()) if counted.total() >= FEWEST else None
