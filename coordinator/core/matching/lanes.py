"""A number for each mentor, side by side in one large integer, 64 bits apiece.

One addition of two such integers adds a term for everybody, one AND leaves out all whom a rule bars: thousands of
pairs in microseconds, with nothing but whole numbers of the language. A number must stay below 2**62.
"""

import struct
from collections.abc import Iterable
from functools import cached_property

_BITS = 64
_BYTES = _BITS // 8


class Lanes:
    """Makes and reads such integers for so many mentors; the first stands in the lowest bits."""

    def __init__(self, size: int) -> None:
        self.size = size

    @cached_property
    def all(self) -> int:
        """1 in every lane."""
        return self.ones(range(self.size))

    def ones(self, places: Iterable[int]) -> int:
        """1 in these lanes, 0 in the others."""
        lanes = bytearray(_BYTES * self.size)
        for place in places:
            lanes[_BYTES * place] = 1
        return int.from_bytes(lanes, "little")

    def column(self, numbers: Iterable[int]) -> int:
        return int.from_bytes(struct.pack(f"<{self.size}Q", *numbers), "little")

    def numbers(self, row: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self.size}Q", row.to_bytes(_BYTES * self.size, "little"))

    def whole(self, ones: int) -> int:
        """All bits of each lane that holds 1: what an AND with it leaves as it is."""
        return (ones << _BITS) - ones

    def filled(self, row: int) -> int:
        """1 in each lane that is not 0."""
        return ((row + self._below) & self._top) >> (_BITS - 1)

    @cached_property
    def _below(self) -> int:
        """One less than the highest bit of every lane."""
        return self._top - self.all

    def is_above(self, row: int, bound: int) -> bool:
        """Whether any lane holds more than `bound`, which is 0 or more."""
        top = self._top
        return (row + (top - self.all * (bound + 1))) & top != 0

    @cached_property
    def _top(self) -> int:
        """The highest bit of every lane."""
        return self.all << (_BITS - 1)

    def turned(self, turn: int) -> int:
        """0, 1, 2 … beginning in lane `turn` and going round."""
        bits = _BITS * self.size
        return ((self._order << _BITS * turn) & ((1 << bits) - 1)) | (self._order >> (bits - _BITS * turn))

    @cached_property
    def _order(self) -> int:
        return self.column(range(self.size))
