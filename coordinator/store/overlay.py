"""A shelf in memory: alone for tests and simulation, or over another that it reads and never changes."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from coordinator.core.records import Letter
from coordinator.store import jsons, lines, segments
from coordinator.store.meta import JournalLine
from coordinator.store.seen import SPILL, Seen
from coordinator.store.shelf import Batch, Shelf


class Memory:
    """Keeps what a folder would keep. below: asked for what is not here, never written to.

    accept: called with each batch before anything is kept; it may refuse by raising.
    """

    def __init__(self, below: Shelf | None = None, *, accept: Callable[[Batch], None] | None = None) -> None:
        self._below = below
        self._accept = accept
        self._segments: dict[str, bytes] = {}
        self._archive: list[bytes] = []
        self._held: dict[str, bytes] = {}
        self._seen: dict[str, str] = {}
        self.lines: list[JournalLine] = []
        self.attempts: dict[str, int] = {}

    def commit(self, batch: Batch) -> None:
        if self._accept is not None:
            self._accept(batch)
        if batch.entries:
            self._segments[str(batch.meta.generation)] = b"".join(batch.entries)
        self._archive.extend(batch.closed)
        for id_ in batch.given_up:
            self._held.pop(id_, None)
        if batch.folded:
            self.lines.clear()
        self.attempts = dict(batch.attempts)
        self._spill(batch.seen)
        in_use = set(batch.tables["letters"].index.words["segment"].values())
        self._segments = {name: each for name, each in self._segments.items() if name in in_use}

    def _spill(self, seen: Seen) -> None:
        if seen.forget:
            since = seen.forget.isoformat()
            self._seen = {each: day for each, day in self._seen.items() if day >= since}
        if len(seen.recent) > SPILL:
            settled = seen.settled()
            self._seen |= settled
            for each in settled:
                del seen.recent[each]

    def draft(self, letter: Letter) -> tuple[bytes, str] | None:
        segment = self._segments.get(letter.segment)
        if segment is not None:
            return segments.take(BytesIO(segment), letter, "the segment in memory")
        return self._below.draft(letter) if self._below else None

    def has_seen(self, digest: str) -> bool:
        return digest in self._seen or (self._below is not None and self._below.has_seen(digest))

    def count(self, digest: str, attempts: int) -> None:
        self.attempts[digest] = attempts

    def journal(self, line: JournalLine) -> None:
        self.lines.append(line)

    def sync_journal(self) -> None:
        """Memory has nothing more durable."""

    def hold(self, id_: str, raw: bytes) -> None:
        self._held[id_] = raw

    def held(self, id_: str) -> bytes | None:
        if id_ in self._held:
            return self._held[id_]
        return self._below.held(id_) if self._below else None

    def archived(self, table: str) -> Iterator[dict[str, Any]]:
        if self._below:
            yield from self._below.archived(table)
        yield from lines.archived(map(jsons.loads, self._archive), table)
