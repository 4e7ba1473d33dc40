"""Pairs that last: no mentor and mentee who would both rather have each other than whom they got (Gale and Shapley)."""

from collections.abc import Mapping, Sequence
from heapq import heappush, heappushpop

ALONE = -1


def stable(edges: Sequence[Mapping[int, int]], seats: Sequence[int], early: Sequence[int]) -> list[int]:
    """For each mentee their mentor, or ALONE: mentees ask in the order of their scores, mentors keep the best so far.

    early: of two mentees with equal scores a mentor keeps the one who waits longer.
    """
    wishes = [iter(sorted(own, key=lambda mentor, own=own: (-own[mentor], mentor))) for own in edges]  # type: ignore[misc]
    kept: list[list[tuple[int, int, int]]] = [[] for _ in seats]
    mates = [ALONE] * len(edges)
    asking = list(range(len(edges) - 1, -1, -1))
    while asking:
        mentee = asking.pop()
        for mentor in wishes[mentee]:
            if not seats[mentor]:
                continue
            offer = (edges[mentee][mentor], early[mentee], -mentee)
            if len(kept[mentor]) < seats[mentor]:
                heappush(kept[mentor], offer)
                mates[mentee] = mentor
                break
            sent_away = -heappushpop(kept[mentor], offer)[2]
            if sent_away != mentee:
                mates[mentee], mates[sent_away] = mentor, ALONE
                asking.append(sent_away)
                break
    return mates
