"""Each mentee's mentors, the best first, looked up only as far as somebody asks."""

from collections.abc import Iterator, Sequence
from itertools import islice

from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.profile import Profile

LIKELY = 16
"""So many of the best mentors of each mentee are looked at first."""
DEEPER = 16
"""So many times as many, when they were not enough."""


class Wishes:
    """The mentors of each mentee, from the best on. edges: what was looked up so far, mentor → score."""

    def __init__(self, crowd: Crowd, mentees: Sequence[Profile], likely: int = LIKELY) -> None:
        self._crowd, self._mentees, self._asked = crowd, mentees, [likely] * len(mentees)
        self.edges = [crowd.best(mentee, likely, turn=turn) for turn, mentee in enumerate(mentees)]

    def is_whole(self, mentee: int) -> bool:
        """Whether nobody else is there for them."""
        return len(self.edges[mentee]) < self._asked[mentee]

    def lowest(self, mentee: int) -> int | None:
        """No mentor who was not looked up has a higher score; None where there is nobody else."""
        return None if self.is_whole(mentee) else min(self.edges[mentee].values())

    def ranked(self, mentee: int) -> Iterator[tuple[int, int]]:
        """(mentor, score), the best first, of equal ones the first."""
        given = 0
        while True:
            lowest, own = self.lowest(mentee), self.edges[mentee]
            # Of those with the lowest score some may be missing still.
            sure = own.items() if lowest is None else (one for one in own.items() if one[1] > lowest)
            known = sorted(sure, key=lambda one: (-one[1], one[0]))
            yield from known[given:]
            if lowest is None:
                return
            given = len(known)
            self._deepen(mentee)

    def at_least(self, mentee: int, least: int) -> Iterator[int]:
        """Mentors with such a score or a higher one."""
        given = 0
        while True:
            own = self.edges[mentee]
            for mentor, score in islice(own.items(), given, None):
                if score < least:
                    return
                yield mentor
            if self.is_whole(mentee):
                return
            given = len(own)
            self._deepen(mentee)

    @property
    def highest(self) -> int:
        """The highest score of all."""
        return max((score for own in self.edges for score in own.values()), default=0)

    def _deepen(self, mentee: int) -> None:
        self._asked[mentee] *= DEEPER
        self.edges[mentee] = self._crowd.best(self._mentees[mentee], self._asked[mentee], turn=mentee)
