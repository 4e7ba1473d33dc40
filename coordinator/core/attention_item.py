"""One thing that needs an advisor, and the look at a pairing, or at everybody else, that finds it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Participant


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that needs an advisor.

    kind: a sentence of the words table `[attention]`, filled with `values`. key: its name for good, for as long as it
    is the same trouble. since: when it began; an act of before then does not settle it. verbs: what an advisor may
    answer by its number, the likeliest first: keys of `core.verbs.VERBS`. urgent: stands above all others.
    """

    kind: str
    key: str
    since: datetime
    pairing: str = ""
    person: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    verbs: tuple[str, ...] = ("done", "snooze")
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One look of one advisor, at one pairing or (where = None) at everybody else."""

    program: Program
    chapter: Chapter
    cohort: Cohort
    advisor: Participant
    now: datetime
    where: Situation | None = None

    @property
    def there(self) -> Situation:
        """The pairing that is looked at. LookupError where there is none."""
        if self.where is None:
            raise LookupError("this look is at no pairing")
        return self.where


Source = Callable[[Watch], Iterator[Item]]
