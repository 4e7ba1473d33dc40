"""Pairs that last: no mentor and mentee who would both rather have each other than whom they got (Gale and Shapley)."""

from collections.abc import Iterable, Sequence
from heapq import heappush, heappushpop

ALONE = -1


def stable(wishes: Sequence[Iterable[tuple[int, int]]], seats: Sequence[int], early: Sequence[int]) -> list[int]:
    """For each mentee their mentor, or ALONE: mentees ask in the order of their scores, mentors keep the best so far.

    wishes: for each mentee (mentor, score), the best first; asked for only as far as they get. early: of two mentees
    with equal scores a mentor keeps the one who waits longer.
    """
    asked = [iter(own) for own in wishes]
    kept: list[list[tuple[int, int, int]]] = [[] for _ in seats]
    mates = [ALONE] * len(asked)
    asking = list(range(len(asked) - 1, -1, -1))
    while asking:
        mentee = asking.pop()
        for mentor, score in asked[mentee]:
            if not seats[mentor]:
                continue
            offer = (score, early[mentee], -mentee)
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
