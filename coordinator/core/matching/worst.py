"""The best worst pair: the highest score below which no pair need fall while the same mentees are placed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

ALONE = -1
Good = Callable[[int, int], Iterable[int]]
"""For a mentee and a score: the mentors with such a score or a higher one."""


def worst(good: Good, highest: int, seats: Sequence[int], early: Sequence[int]) -> int:
    """Found by halving: each try places as many as can be, those who waited longest first, on good enough pairs.

    highest: no score is higher.
    """
    tries = _Tries(good=good, seats=seats, early=early)
    target = tries.most
    if tries.placed(0, target) < target:
        target = tries.placed(0, 0)
    low, high = 0, highest
    while target and low < high:
        middle = (low + high + 1) // 2
        if tries.placed(middle, target) == target:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(kw_only=True)
class _Tries:
    """One try after another on the same people. hints: for each mentee their mentor in the last try that succeeded."""

    good: Good
    seats: Sequence[int]
    early: Sequence[int]
    hints: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = sorted(range(len(self.early)), key=lambda one: -self.early[one])
        self.sums = (0, *accumulate(self.early[mentee] for mentee in self.order))

    @property
    def most(self) -> int:
        """What a try is worth that fills all seats with those who come first."""
        return self._best(0, sum(self.seats))

    def _best(self, begin: int, seats: int) -> int:
        """What those from a place in the order on are worth at most, when so many seats are left."""
        return self.sums[min(len(self.order), begin + seats)] - self.sums[begin]

    def placed(self, least: int, target: int) -> int:
        """How many are placed, each counted by how early they come; given up once the target is out of reach.

        The largest that is possible, for they are placed in that order.
        """
        ground = _Ground(good=self.good, least=least, seats=self.seats, held=[[] for _ in self.seats])
        count, left = 0, sum(self.seats)
        for place, mentee in enumerate(self.order):
            if not left or count + self._best(place, left) < target:
                break
            if ground.takes(mentee, self.hints.get(mentee, ALONE)):
                count, left = count + self.early[mentee], left - 1
        if count >= target:
            self.hints = {mentee: mentor for mentor, held in enumerate(ground.held) for mentee in held}
        return count


@dataclass(kw_only=True)
class _Ground:
    """Who is where in one try. dead: mentors from whom no free seat can be reached any more, whoever asks."""

    good: Good
    least: int
    seats: Sequence[int]
    held: list[list[int]]
    dead: set[int] = field(default_factory=set)

    def takes(self, mentee: int, hint: int) -> bool:
        """Looks for a chain of moves that ends at a free seat, the shortest first."""
        if hint != ALONE and len(self.held[hint]) < self.seats[hint] and hint in self.good(mentee, self.least):
            self.held[hint].append(mentee)
            return True
        cameby: dict[int, tuple[int, int]] = {}
        looking = [(mentee, ALONE)]
        for asking, leaving in looking:
            for mentor in self.good(asking, self.least):
                if mentor in cameby or mentor in self.dead:
                    continue
                cameby[mentor] = (asking, leaving)
                if len(self.held[mentor]) < self.seats[mentor]:
                    self._move(mentor, cameby)
                    return True
                looking += [(other, mentor) for other in self.held[mentor]]
        self.dead.update(cameby)
        return False

    def _move(self, free: int, cameby: Mapping[int, tuple[int, int]]) -> None:
        mentor = free
        while mentor != ALONE:
            mentee, left = cameby[mentor]
            self.held[mentor].append(mentee)
            if left != ALONE:
                self.held[left].remove(mentee)
            mentor = left
