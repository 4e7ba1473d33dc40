"""The best set of pairs for a crowd, in each mode of a program; exact over all pairs, not only over the likely ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.repair import mended
from coordinator.core.matching.solve import ALONE, Assignment, solved
from coordinator.core.matching.stable import stable
from coordinator.core.matching.wishes import LIKELY, Wishes
from coordinator.core.matching.worst import worst

MORE = 30
"""So many are added for a mentee at a time, where prices say that somebody else would be better."""

MOST = 0.5
"""Where more than this share of the mentees learn of better pairs at first, prices tell little, and all begin anew."""


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """mates: for each mentee the place of their mentor, or ALONE. edges: for each mentee the pairs looked at."""

    mates: tuple[int, ...]
    edges: Sequence[Mapping[int, int]]


def assigned(crowd: Crowd, mentees: Sequence[Profile], mode: str) -> Assigned:
    return _MODES[mode](crowd, mentees)


def precedence(mentees: Iterable[Profile]) -> list[int]:
    """For each mentee how early they come: 1 for the newest and for whom no day is known, more the longer they wait."""
    days = [mentee.waiting.date() if mentee.waiting else None for mentee in mentees]
    order = {day: place for place, day in enumerate(sorted({d for d in days if d}, reverse=True), 2)}
    return [order.get(day, 1) if day else 1 for day in days]


def _total(crowd: Crowd, mentees: Sequence[Profile]) -> Assigned:
    wishes = Wishes(crowd, mentees, LIKELY)
    found = _best(crowd, mentees, wishes, 0)
    return Assigned(mates=tuple(found.mate), edges=found.edges)


def _best(crowd: Crowd, mentees: Sequence[Profile], wishes: Wishes, least: int) -> Assignment:
    """The largest sum over all pairs that reach a score.

    Solved on the likely pairs; then prices tell whether any other pair would be better, until none is.
    """
    likely = [dict(islice(own.items(), LIKELY)) for own in wishes.edges]
    # Whoever was not looked at has no higher score; where all were looked at there is nobody else.
    others = [min(own.values()) if len(own) == LIKELY else None for own in likely]
    edges = [{mentor: score for mentor, score in own.items() if score >= least} for own in likely]
    seats = [mentor.seats for mentor in crowd.mentors]
    found = solved(edges, seats, _costs(crowd, mentees))
    is_first = True
    while better := _better(crowd, mentees, others, found, least):
        if is_first and len(better) > MOST * len(mentees):
            found = solved([{**own, **better.get(k, {})} for k, own in enumerate(found.edges)], seats, found.alone)
        else:
            mended(better, found)
        is_first = False
    return found


def _better(
    crowd: Crowd, mentees: Sequence[Profile], others: Sequence[int | None], found: Assignment, least: int
) -> dict[int, dict[int, int]]:
    """For each mentee the pairs that would pay at the prices found, where there are any."""
    priced, cheapest = crowd.priced(found.prices), min(found.prices, default=0)
    better: dict[int, dict[int, int]] = {}
    for place, mentee in enumerate(mentees):
        highest, gain = others[place], found.gains[place]
        if highest is not None and highest - cheapest > gain:
            more = crowd.better(mentee, gain, priced, MORE, least)
            if more:
                better[place] = more
    return better


def _costs(crowd: Crowd, mentees: Sequence[Profile]) -> list[int]:
    """What it costs that somebody stays alone: more than all scores together, and the more the longer they wait.

    So as many as can be get a mentor, those who waited longest come first (any set of mentees who can all be placed
    can be enlarged to a largest one), and only then does the score decide.
    """
    most = crowd.highest * len(mentees) + 1
    return [most * early for early in precedence(mentees)]


def _worst(crowd: Crowd, mentees: Sequence[Profile]) -> Assigned:
    wishes = Wishes(crowd, mentees, LIKELY)
    bound = worst(wishes.at_least, wishes.highest, [mentor.seats for mentor in crowd.mentors], precedence(mentees))
    found = _best(crowd, mentees, wishes, bound)
    edges = [{**own, **more} for own, more in zip(wishes.edges, found.edges, strict=True)]
    return Assigned(mates=tuple(found.mate), edges=edges)


def _stable(crowd: Crowd, mentees: Sequence[Profile]) -> Assigned:
    wishes = Wishes(crowd, mentees, LIKELY)
    ranked = [wishes.ranked(mentee) for mentee in range(len(mentees))]
    mates = stable(ranked, [mentor.seats for mentor in crowd.mentors], precedence(mentees))
    return Assigned(mates=tuple(mates), edges=wishes.edges)


_MODES: Mapping[str, Callable[[Crowd, Sequence[Profile]], Assigned]] = {
    "total": _total,
    "worst": _worst,
    "stable": _stable,
}
__all__ = ["ALONE", "Assigned", "assigned", "precedence"]
