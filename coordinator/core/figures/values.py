"""What a report is about, and its numbers as they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.core.figures.cells import Figure


@dataclass(frozen=True, kw_only=True)
class Scope:
    """kind: "program", "cohort" or "advisor". name: of the cohort, or the advisor's id."""

    kind: str = "program"
    name: str = ""

    @property
    def viewer(self) -> str:
        """Who it is made for, as `view` knows them."""
        return self.name if self.kind == "advisor" else "coordinator"


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Numbers that add up to a total. mean: of grades, None where it cannot be said."""

    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    total: Figure
    mean: float | None = None


@dataclass(frozen=True, kw_only=True)
class Idea:
    """What somebody proposed for the program. by: their name, "" = they did not allow it."""

    on: date
    text: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """sides: what → (mentees, mentors). smart: goals with all five lines (AAHA-17).

    weeks: by their Mondays; months: their first days. asked: role → check-ins by month; checkins: role → what came of
    them, by `touches.OUTCOMES` (AMIA-17).
    """

    scope: Scope
    on: date
    pairs: Figure
    active: Figure
    weeks: tuple[tuple[date, Figure], ...]
    funnel: tuple[tuple[str, Figure], ...]
    meetings: Breakdown
    months: tuple[date, ...]
    goals: Breakdown
    smart: Figure
    satisfaction: Mapping[str, Breakdown]
    asked: Mapping[str, Breakdown]
    checkins: Mapping[str, Breakdown]
    sides: tuple[tuple[str, Figure, Figure], ...]
    endings: Breakdown
    ideas: tuple[Idea, ...] = ()

    @property
    def smart_share(self) -> int | None:
        """Of a hundred goals, how many have all five lines; None where that cannot be said."""
        smart, total = self.smart.exact, self.goals.total.exact
        return round(100 * smart / total) if total and smart is not None else None
