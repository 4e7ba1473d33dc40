"""How a program matches: weights, the band of gaps, rules, synonyms. All of it is data in `templates/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coordinator.core.matching.expressions import Expression
from coordinator.core.matching.vocabulary import Vocabulary

TERMS: Mapping[str, str] = {
    "gap": "how near the years of experience are to the best gap",
    "goals": "how many of the mentee's first goals the mentor offers to help with",
    "field": "whether the mentor works in, or helps towards, the field that the mentee wants",
    "similarity": "whether they share an experience, a field, a role or a site",
    "difference": "whether the mentor brings a field, a site or an experience that the mentee lacks",
    "place": "whether they work at one site",
    "time": "how near their time zones are, and whether they are free at the same times",
}
"""What a score is made of."""

MODES: Mapping[str, str] = {
    "total": "the sum of all scores is as large as can be",
    "worst": "the worst pair is as good as can be, then the sum",
    "stable": "no mentor and mentee would both rather have each other",
}
TOP_GOALS = 3
"""So many of a mentee's goals count; the first counts double."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """Years that the mentor has more than the mentee.

    The credit rises to `low`, is full up to `high` and falls to nothing at `end`.
    """

    low: float = 2
    high: float = 8
    end: float = 25


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A hard rule that a program declares. must: as written. why: said to whoever asks what was wrong.

    advises: it only tells the advisor and bars nobody.
    """

    id: str
    must: str
    expression: Expression
    why: str = ""
    advises: bool = False


@dataclass(frozen=True, kw_only=True)
class Matching:
    """weights: term → 0 to 1000. levels: the mentor must have more years, and not as many as `band.end` more.

    capacity: mentees at once of a mentor who did not say. least: a pair with a lower score is not proposed.
    """

    mode: str = "total"
    weights: Mapping[str, int] = field(
        default_factory=lambda: {
            "gap": 25, "goals": 30, "field": 15, "similarity": 10, "difference": 10, "place": 5, "time": 5,
        }
    )  # fmt: skip
    band: Band = field(default_factory=Band)
    levels: bool = True
    capacity: int = 1
    least: int = 0
    rules: tuple[Rule, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @property
    def best(self) -> int:
        """The score of a pair that has everything."""
        return 100 * sum(self.weights.values())
