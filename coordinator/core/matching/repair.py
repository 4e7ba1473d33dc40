"""Mends an assignment after mentees learned of better mentors, instead of making all of it anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from coordinator.core.matching.solve import ALONE, Assignment, best_first, placed

Reverse = Sequence[dict[int, int]]
"""For each mentor: mentee → score, the edges seen from the other side."""


def mended(more: Mapping[int, Mapping[int, int]], found: Assignment) -> None:
    """Adds edges, by mentee; afterwards the assignment is the best there is again.

    Those who learned of somebody leave and are placed anew, at the prices known so far. A seat that nobody took again
    then goes to whoever gains most by it.
    """
    for mentee, own in more.items():
        found.edges[mentee] = best_first({**found.edges[mentee], **own})
        _leave(mentee, found)
    for mentee in sorted(more, key=lambda one: -found.alone[one]):
        placed(mentee, found)
    empty = [mentor for mentor in range(len(found.seats)) if _is_dear_and_free(mentor, found)]
    reverse = _reversed(found) if empty else []
    for seat in empty:
        while _is_dear_and_free(seat, found):
            _refill(seat, reverse, found)


def _is_dear_and_free(mentor: int, found: Assignment) -> bool:
    return found.prices[mentor] > 0 and len(found.held[mentor]) < found.seats[mentor]


def _leave(mentee: int, found: Assignment) -> None:
    left = found.mate[mentee]
    if left != ALONE:
        found.mate[mentee] = ALONE
        del found.held[left][mentee]


def _reversed(found: Assignment) -> list[dict[int, int]]:
    reverse: list[dict[int, int]] = [{} for _ in found.seats]
    for mentee, own in enumerate(found.edges):
        for mentor, score in own.items():
            reverse[mentor][mentee] = score
    return reverse


@dataclass(kw_only=True)
class _Search:
    """The cheapest way so far to live with an empty seat: it stays empty at `end`, or `newcomer` is placed.

    comesto: mentee → the mentor to whom they would move. leaver: mentor → the mentee who would leave them.
    far, reached, closed, open: as in `solve`, seen from the seat.
    """

    least: int
    end: int
    newcomer: int = ALONE
    far: dict[int, int] = field(default_factory=dict)
    reached: dict[int, int] = field(default_factory=dict)
    comesto: dict[int, int] = field(default_factory=dict)
    leaver: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    open: list[tuple[int, int]] = field(default_factory=list)


def _refill(seat: int, reverse: Reverse, found: Assignment) -> None:
    search = _Search(least=found.prices[seat], end=seat)
    search.open.append((0, seat))
    while search.open and search.open[0][0] < search.least:
        distance, mentor = heappop(search.open)
        if mentor in search.closed:
            continue
        search.closed[mentor] = distance
        _reach(mentor, distance, reverse, found, search)
    for mentor, distance in search.closed.items():
        found.prices[mentor] -= search.least - distance
    for mentee, distance in search.reached.items():
        if distance < search.least:
            found.gains[mentee] += search.least - distance
    _move(seat, search, found)


def _reach(mentor: int, distance: int, reverse: Reverse, found: Assignment, search: _Search) -> None:
    """Notes who might come to a mentor, and what becomes of the seat that they leave."""
    base = distance + found.prices[mentor]
    for mentee, score in reverse[mentor].items():
        further = base + found.gains[mentee] - score
        if further >= search.least or further >= search.reached.get(mentee, search.least):
            continue
        search.reached[mentee] = further
        search.comesto[mentee] = mentor
        left = found.mate[mentee]
        if left == ALONE:
            search.least, search.newcomer, search.end = further, mentee, ALONE
        elif further < search.far.get(left, search.least):
            search.far[left] = further
            search.leaver[left] = mentee
            heappush(search.open, (further, left))
            if further + found.prices[left] < search.least:
                search.least, search.newcomer, search.end = further + found.prices[left], ALONE, left


def _move(seat: int, search: _Search, found: Assignment) -> None:
    """Everybody on the way moves one nearer to the empty seat."""
    end, mentee = search.end, search.newcomer
    while end != seat:
        if mentee == ALONE:
            mentee = search.leaver[end]
        here = search.comesto[mentee]
        if found.mate[mentee] != ALONE:
            del found.held[found.mate[mentee]][mentee]
        found.mate[mentee] = here
        found.held[here][mentee] = None
        end, mentee = here, ALONE
