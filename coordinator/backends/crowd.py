"""Which messages are taken when more of them wait than one run reads."""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

First = Callable[[Sequence[bytes]], Sequence[int]]
"""Given the From lines of messages, oldest first: the positions of those to take before all others, best first."""

MOST_LOOKED_AT = 50_000
"""So many of the newest are looked at: what somebody wrote just now is among them, and a look ends in good time."""

HEAD = 16_384
"""The From line of a mail is looked for in so many of its first bytes."""

_FROM = re.compile(rb"^from[ \t]*:([^\n]{0,1000}(?:\n[ \t][^\n]{0,1000}){0,4})", re.IGNORECASE | re.MULTILINE)
_END = re.compile(rb"\n\r?\n")


def taken(
    found: Sequence[T], limit: int, *, first: First | None, look: Callable[[Sequence[T]], Sequence[bytes]]
) -> Sequence[T]:
    """At most `limit`: those that `first` prefers, in the order in which they came, and then the oldest others.

    found: oldest first. look: gets their From lines, "" where there is none; not asked when there is room for all.
    """
    if first is None or len(found) <= limit:
        return found[:limit]
    start = max(0, len(found) - MOST_LOOKED_AT)
    preferred = {start + position for position in first(look(found[start:]))[:limit]}
    others = islice((n for n in range(len(found)) if n not in preferred), limit - len(preferred))
    return [found[number] for number in (*sorted(preferred), *others)]


def from_line(head: bytes) -> bytes:
    """What stands behind the first From of these headers, "" when there is none."""
    found = _FROM.search(_END.split(head[:HEAD], 1)[0])
    return found[1] if found else b""
