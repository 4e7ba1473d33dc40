"""The kinds of stages a program may declare, and what each makes due."""

from collections.abc import Callable, Iterator, Mapping

from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.stages.changes import changes
from coordinator.core.stages.gap import gap
from coordinator.core.stages.letter import closing_letter, letter
from coordinator.core.stages.meetings import cancellations, meetings

Kind = Callable[[Situation, Stage], Iterator[Moment]]


def _of_the_advisor(_where: Situation, _stage: Stage) -> Iterator[Moment]:
    """A summary belongs to its advisor, not to one pairing: see `core.summary`."""
    return iter(())


KINDS: Mapping[str, Kind] = {
    "letter": letter,
    "meetings": meetings,
    "gap": gap,
    "summary": _of_the_advisor,
    "closing": closing_letter,
}


def moments(where: Situation) -> tuple[Moment, ...]:
    """Everything of a pairing that is not decided yet, past and to come, earliest first."""
    if where.pairing.status == "paused":
        return ()
    if where.pairing.status == "ended":
        found = [m for stage in where.program.stages if stage.kind == "meetings" for m in cancellations(where, stage)]
        return tuple(m for m in found if not where.is_decided(m.key))
    found = [m for stage in where.program.stages for m in KINDS[stage.kind](where, stage)]
    open_ones = (m for m in (*found, *changes(where)) if not where.is_decided(m.key))
    return tuple(sorted(open_ones, key=lambda m: (m.at, m.key)))
