"""The messages that were taken: a digest and a day for each, so that no message has its effect twice.

The newest stand in the hot file and change with it in one step. Older ones move to a sorted text file of lines of one
length, which is searched without being loaded.
"""

import mmap
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path

from coordinator.errors import UnreadableError
from coordinator.store import disk

WIDTH = 44
"""Of a line: 32 characters of digest, a blank, a day, a line feed."""

SPILL = 10_000
"""Digests of taken messages in the hot file, above which the settled ones move to their own file."""


def digest(key: str) -> str:
    """32 characters that stand for a Message-ID or fingerprint and tell nothing of it."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Seen:
    """What a unit of work knows of messages taken. recent: digest → day, as in the hot file.

    fresh: those of them that no commit holds yet, which must not leave the hot file. forget: the day before which
    digests may go, None = keep all.
    """

    def __init__(self, recent: Mapping[str, str]) -> None:
        self.recent = dict(recent)
        self.fresh: set[str] = set()
        self.forget: date | None = None

    def add(self, keys: Iterable[str], day: date) -> None:
        for each in map(digest, keys):
            self.recent[each] = day.isoformat()
            self.fresh.add(each)

    def forget_before(self, day: date) -> bool:
        """Whether that changes what the hot file holds; the other file follows when it is next written."""
        self.forget = day
        old = [each for each, when in self.recent.items() if when < day.isoformat()]
        for each in old:
            del self.recent[each]
        return bool(old)

    def committed(self) -> None:
        self.fresh.clear()
        self.forget = None

    def settled(self) -> dict[str, str]:
        """Those that an earlier commit holds."""
        return {each: day for each, day in self.recent.items() if each not in self.fresh}

    def copy(self) -> "Seen":
        twin = Seen(self.recent)
        twin.fresh, twin.forget = set(self.fresh), self.forget
        return twin


class SeenFile:
    """The sorted file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map: mmap.mmap | None = None
        self._opened = False

    def __contains__(self, each: str) -> bool:
        lines = self._lines()
        if lines is None:
            return False
        wanted = each.encode()
        place = bisect_left(
            range(len(lines) // WIDTH), wanted, key=lambda number: lines[number * WIDTH : number * WIDTH + 32]
        )
        return lines[place * WIDTH : place * WIDTH + 32] == wanted

    def merge(self, more: Mapping[str, str], forget: date | None) -> None:
        """Add digests, drop those of days before `forget`, put a new file in place. DiskError."""
        since = forget.isoformat() if forget else ""
        old = self._lines() or b""
        lines = {old[at : at + WIDTH] for at in range(0, len(old), WIDTH)}
        lines |= {f"{each} {day}\n".encode() for each, day in more.items()}
        kept = sorted(line for line in lines if line[33:43].decode() >= since)
        disk.replace(self.path, [b"".join(kept)], label="seen")
        self._opened = False

    def _lines(self) -> mmap.mmap | None:
        if not self._opened:
            self._map, self._opened = self._mapped(), True
        return self._map

    def _mapped(self) -> mmap.mmap | None:
        fd = disk.open_ours(self.path)
        if fd is None:
            return None
        try:
            size = os.fstat(fd).st_size
            if size % WIDTH:
                raise UnreadableError(
                    f"{self.path}: was changed by hand or cut off – copy it from a backup, or remove it if no message"
                    " older than a month can come again"
                )
            return mmap.mmap(fd, 0, access=mmap.ACCESS_READ) if size else None
        finally:
            os.close(fd)
