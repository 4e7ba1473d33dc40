"""What a season came to: mails by kind and by person, against what the program promises."""

import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

ROLES = ("mentee", "mentor", "advisor")


@dataclass(frozen=True, kw_only=True)
class Volume:
    """Mails that a person of one role got in a month.

    first: on average over everybody, in the first 30 days. typical: the middle one of all later months of everybody,
    without the last, which ends things. later: the average of the same months, with all that goes wrong in them.
    monthly: the average of each month, the first and the last among them.
    """

    first: float
    typical: float
    later: float
    monthly: tuple[float, ...] = ()

    def is_above(self, first: int, typical: int) -> bool:
        """Whether it is more than promised; the average of later months in whole mails."""
        return self.first > first or self.typical > typical or round(self.later) > typical

    def plain(self) -> dict[str, Any]:
        numbers = {"first": self.first, "typical": self.typical, "later": self.later}
        rounded: dict[str, Any] = {name: round(number, 2) for name, number in numbers.items()}
        return {**rounded, "monthly": [round(number, 2) for number in self.monthly]}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Counts of a season. kinds: mails by kind. prompts: letters by the prompts inside.

    volume: role → mails that a person got. budget: role → (in the first month, in a typical one) as the program
    promises it. peak: memory of the process in MB.
    """

    pairs: int
    months: int
    ticks: int
    kinds: Mapping[str, int]
    prompts: Mapping[str, int]
    volume: Mapping[str, Volume]
    budget: Mapping[str, tuple[int, int]]
    held: int
    failed: int
    peak: float

    @property
    def sent(self) -> int:
        return sum(self.kinds.get(kind, 0) for kind in ("letter", "invite", "cancel"))

    @property
    def exceeded(self) -> tuple[str, ...]:
        """Roles who got more than the program promises."""
        return tuple(
            role for role, got in self.volume.items() if role in self.budget and got.is_above(*self.budget[role])
        )

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "pairs": self.pairs,
            "months": self.months,
            "ticks": self.ticks,
            "sent": self.sent,
            "received": sum(self.kinds.values()) - self.sent,
            "held": self.held,
            "failed": self.failed,
            "kinds": dict(self.kinds),
            "prompts": dict(self.prompts),
            "volume": {role: got.plain() for role, got in self.volume.items()},
            "budget": {role: list(both) for role, both in self.budget.items()},
            "exceeded": list(self.exceeded),
            "peak_mb": round(self.peak, 1),
        }

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        received = sum(self.kinds.values()) - self.sent
        yield f"{self.pairs} pairs, {self.months} months: {self.sent} mails sent, {received} received, {self.held} held"
        yield "mails a person    first month    typical month    (promised)    later months on average"
        for role, got in self.volume.items():
            promised = self.budget.get(role)
            told = f"({promised[0]} and {promised[1]})" if promised else ""
            mark = "  – more than promised" if role in self.exceeded else ""
            yield f"{role:<18}{got.first:>11.2f}{got.typical:>17.1f}    {told:<10}{got.later:>27.2f}{mark}"
        yield "mails a person in each month, on average"
        for role, got in self.volume.items():
            yield f"{role:<18}" + "".join(f"{number:>7.2f}" for number in got.monthly)
        yield f"memory at most {self.peak:.0f} MB"


def volume(monthly: Mapping[str, Mapping[int, int]], months: int) -> dict[str, Volume]:
    """Role → what its people got. monthly: address → month → mails, for everybody."""
    found = {}
    for role in ROLES:
        theirs = [counts for address, counts in monthly.items() if address.startswith(role)]
        if theirs:
            found[role] = _of(theirs, months)
    return found


def _of(people: Sequence[Mapping[int, int]], months: int) -> Volume:
    later = [counts.get(month, 0) for counts in people for month in range(1, months - 1)] or [0]
    monthly = tuple(mean(counts.get(month, 0) for counts in people) for month in range(months))
    return Volume(first=monthly[0], typical=median(later), later=mean(later), monthly=monthly)


def peak() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3
