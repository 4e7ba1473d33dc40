"""Who is read first when more mail waits than one tick reads: people of the chapter, so that no flood hides them.

Nobody is believed for it: who wrote a message is decided when it is read.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coordinator.backends.crowd import First

if TYPE_CHECKING:
    from coordinator.store.work import Work

_BETWEEN = re.compile(rb"[\s<>,;:\"'()\[\]]+")


def known_first(work: Callable[[], "Work"], coordinator: str) -> First:
    """One message of each in turn, so that no single address keeps the others waiting. work: asked for when needed."""

    def positions(lines: Sequence[bytes]) -> Sequence[int]:
        cohort, turns = work(), Counter[str]()
        ranked: list[tuple[int, int]] = []
        for position, line in enumerate(lines):
            for address in _addresses(line):
                if address == coordinator.casefold() or cohort.participant_at(address):
                    ranked.append((turns[address], position))
                    turns[address] += 1
                    break
        return [position for _, position in sorted(ranked)]

    return positions


def _addresses(line: bytes) -> Sequence[str]:
    return [word.decode("ascii", "replace").lower() for word in _BETWEEN.split(line[:2000]) if b"@" in word]
