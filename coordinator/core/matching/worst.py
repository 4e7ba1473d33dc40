"""The best worst pair: the highest score below which no pair need fall while the same mentees are placed."""

from collections.abc import Mapping, Sequence

ALONE = -1


def worst(edges: Sequence[Mapping[int, int]], seats: Sequence[int], early: Sequence[int]) -> int:
    """Found by halving: each try places as many as can be, those who waited longest first, on good enough pairs."""
    scores = sorted({score for own in edges for score in own.values()})
    if not scores:
        return 0
    full = _placed(edges, seats, early, scores[0])
    low, high = 0, len(scores) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _placed(edges, seats, early, scores[middle]) == full:
            low = middle
        else:
            high = middle - 1
    return scores[low]


def _placed(edges: Sequence[Mapping[int, int]], seats: Sequence[int], early: Sequence[int], bound: int) -> int:
    """How many are placed, each counted by how early they come; largest possible, for they are placed in that order."""
    good = [[mentor for mentor, score in own.items() if score >= bound] for own in edges]
    held: list[list[int]] = [[] for _ in seats]
    order = sorted(range(len(edges)), key=lambda mentee: -early[mentee])
    dead: set[int] = set()
    return sum(early[mentee] for mentee in order if _place(mentee, good, seats, held, dead))


def _place(
    mentee: int, good: Sequence[Sequence[int]], seats: Sequence[int], held: list[list[int]], dead: set[int]
) -> bool:
    """Looks for a chain of moves that ends at a free seat, the shortest first.

    dead: mentors from whom no free seat can be reached any more, whoever asks.
    """
    cameby: dict[int, tuple[int, int]] = {}
    looking = [(mentee, ALONE)]
    for asking, leaving in looking:
        for mentor in good[asking]:
            if mentor in cameby or mentor in dead:
                continue
            cameby[mentor] = (asking, leaving)
            if len(held[mentor]) < seats[mentor]:
                _move(mentor, cameby, held)
                return True
            looking += [(other, mentor) for other in held[mentor]]
    dead.update(cameby)
    return False


def _move(free: int, cameby: Mapping[int, tuple[int, int]], held: list[list[int]]) -> None:
    mentor = free
    while mentor != ALONE:
        mentee, left = cameby[mentor]
        held[mentor].append(mentee)
        if left != ALONE:
            held[left].remove(mentee)
        mentor = left
