"""The best set of pairs on given edges: an exact assignment with capacities, by shortest augmenting paths with prices.

One mentee after another is added; whoever has a place may move to make room, and the sum stays the best there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from operator import itemgetter

Edges = Sequence[Mapping[int, int]]
"""For each mentee: mentor → score. Whole numbers, so that sums are exact."""

ALONE = -1


@dataclass(kw_only=True)
class Assignment:
    """mate: for each mentee their mentor, or ALONE. prices, gains: a proof that nothing better exists on these edges.

    For every edge `gains[mentee] + prices[mentor] >= score`, with equality for the pairs; a mentor with a free seat
    costs nothing. edges: for each mentee mentor → score, the best first. alone: what it costs when that mentee stays
    alone. Changed while it is being made, and not afterwards.
    """

    edges: list[dict[int, int]] = field(repr=False)
    seats: Sequence[int]
    alone: Sequence[int]
    mate: list[int]
    prices: list[int]
    gains: list[int]
    held: list[dict[int, None]] = field(repr=False)

    def total(self) -> int:
        return sum(self.edges[k][mentor] for k, mentor in enumerate(self.mate) if mentor != ALONE)


def solved(edges: Edges, seats: Sequence[int], alone: Sequence[int]) -> Assignment:
    """The assignment with the largest sum of scores less `alone` of those who stay alone.

    Large numbers in `alone` that differ say who comes first.
    """
    found = Assignment(
        edges=[best_first(own) for own in edges],
        seats=seats,
        alone=alone,
        mate=[ALONE] * len(edges),
        prices=[0] * len(seats),
        gains=[-cost for cost in alone],
        held=[{} for _ in seats],
    )
    # Those who come first are placed first: then hardly anybody has to leave again.
    for mentee in sorted(range(len(edges)), key=lambda one: -alone[one]):
        placed(mentee, found)
    return found


def best_first(own: Mapping[int, int]) -> dict[int, int]:
    """One mentee's edges in the order in which a search looks at them."""
    return dict(sorted(own.items(), key=itemgetter(1), reverse=True))


def placed(mentee: int, found: Assignment) -> None:
    """Adds a mentee to an assignment that is the best without them.

    At once where their best mentor is free, else by the cheapest chain of moves.
    """
    held, seats, alone = found.held, found.seats, found.alone
    best, gain = _best(mentee, found)
    found.gains[mentee] = max(gain, -alone[mentee])
    if best == ALONE or gain < -alone[mentee]:
        return
    if len(held[best]) < seats[best]:
        found.mate[mentee] = best
        held[best][mentee] = None
        return
    search = _Search(last=mentee, least=gain + alone[mentee])
    _reach(mentee, 0, found, search)
    while search.open and search.open[0][0] < search.least:
        distance, mentor = heappop(search.open)
        if mentor in search.closed:
            continue
        search.closed[mentor] = distance
        for other in held[mentor]:
            cost = distance + found.gains[other] + alone[other]
            if cost < search.least:
                search.end, search.last, search.least = ALONE, other, cost
            _reach(other, distance, found, search)
    _price(search, found)
    _move(search, found)


def _best(mentee: int, found: Assignment) -> tuple[int, int]:
    """The mentor who is worth most at their price, and how much; ALONE where there is none. Of equal ones the first."""
    prices, best, gain = found.prices, ALONE, -found.alone[mentee]
    for mentor, score in found.edges[mentee].items():
        if best != ALONE and score < gain:
            break  # nobody costs less than nothing
        worth = score - prices[mentor]
        if best == ALONE or worth > gain or (worth == gain and mentor < best):
            best, gain = mentor, worth
    return best, gain


@dataclass(kw_only=True)
class _Search:
    """The cheapest chain of moves so far: it costs `least` and ends at the free seat `end`, or `last` stays alone.

    far: how dear it is to get to each mentor. cameby: mentor → the mentee who would come to them. reached: mentee → how
    dear it is to make them leave. closed: mentors of whom nothing cheaper can be learned. open: those to look at.
    """

    last: int
    least: int
    end: int = ALONE
    far: dict[int, int] = field(default_factory=dict)
    cameby: dict[int, int] = field(default_factory=dict)
    reached: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    open: list[tuple[int, int]] = field(default_factory=list)


def _reach(mentee: int, distance: int, found: Assignment, search: _Search) -> None:
    """Notes the mentors whom a mentee could have instead, as far as they are nearer than the end known so far."""
    search.reached[mentee] = distance
    prices, held, seats = found.prices, found.held, found.seats
    far, cameby, waiting = search.far, search.cameby, search.open
    base, least = distance + found.gains[mentee], search.least
    for mentor, score in found.edges[mentee].items():
        further = base - score
        if further >= least:
            return  # nobody costs less than nothing, and those who follow are worth no more
        further += prices[mentor]
        if further >= least or further >= far.get(mentor, least):
            continue
        far[mentor] = further
        cameby[mentor] = mentee
        if len(held[mentor]) < seats[mentor]:
            search.end, search.least = mentor, further
            least = further
        else:
            heappush(waiting, (further, mentor))


def _price(search: _Search, found: Assignment) -> None:
    """Prices rise and gains fall by as much as keeps every edge within its bound."""
    for mentor, distance in search.closed.items():
        found.prices[mentor] += search.least - distance
    for mentee, distance in search.reached.items():
        found.gains[mentee] -= search.least - distance


def _move(search: _Search, found: Assignment) -> None:
    """Everybody on the chain moves one on."""
    end = search.end
    if end == ALONE:
        end = found.mate[search.last]
        if end == ALONE:
            return
        del found.held[end][search.last]
        found.mate[search.last] = ALONE
    while True:
        mentee = search.cameby[end]
        before = found.mate[mentee]
        found.mate[mentee] = end
        found.held[end][mentee] = None
        if before == ALONE:
            return
        del found.held[before][mentee]
        end = before
