"""The state's folder as a shelf: which file changes when, so that a crash leaves the old state or the new one.

Everything that the hot file will refer to is durable before it changes, and what it no longer needs goes afterwards.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from coordinator.core.records import Letter
from coordinator.errors import CoordinatorError, DiskError, StaleError
from coordinator.store import codec, disk, jsons, lines, segments, side
from coordinator.store.hotfile import HotFile, Rows, generation
from coordinator.store.meta import JournalLine, Meta
from coordinator.store.rules import is_file_name
from coordinator.store.seen import SPILL, SeenFile
from coordinator.store.shelf import Batch
from coordinator.store.tables import Table

Stamp = tuple[int, int, int] | None


class Folder:
    """One state on disk. base: the generation that was loaded, None where no state may exist yet."""

    def __init__(self, path: Path, hot: HotFile, base: int | None, stamp: Stamp) -> None:
        self.path = path
        self.lines = lines.Journal(path / "journal.jsonl")
        self._hot = hot
        self._base = base
        self._stamp = stamp
        self._seen = SeenFile(path / "seen.txt")
        self._unsynced: list[Path] = []

    def commit(self, batch: Batch) -> None:
        self._still_ours()
        if batch.hot:
            self._before(batch)
            self._hot.write(_documents(batch))
            self._base, self._stamp = batch.meta.generation, disk.stamp(self._hot.path)
            self._after(batch)
        side.write(self.path, batch.side)
        if batch.folded:
            self.lines.clear()
        if not batch.attempts:
            lines.empty(self.path / "attempts.jsonl", label="attempts")

    def draft(self, letter: Letter) -> tuple[bytes, str] | None:
        return segments.read(self.path / "drafts", letter)

    def has_seen(self, digest: str) -> bool:
        return digest in self._seen

    def count(self, digest: str, attempts: int) -> None:
        line = jsons.dumps({"key": digest, "count": attempts}) + b"\n"
        disk.append(self.path / "attempts.jsonl", line, label="attempts", durable=False)

    def journal(self, line: JournalLine) -> None:
        self.lines.add(line)

    def sync_journal(self) -> None:
        self.lines.sync()

    def hold(self, id_: str, raw: bytes) -> None:
        folder = self.path / "held"
        disk.make_folder(folder)
        path = folder / f"{id_}.eml"
        with disk.trouble(path):
            disk.create(path, [raw], label="held", durable=False)
        self._unsynced.append(path)

    def held(self, id_: str) -> bytes | None:
        return disk.read(self.path / "held" / f"{id_}.eml") if is_file_name(id_) else None

    def archived(self, table: str) -> Iterator[dict[str, Any]]:
        return lines.archived(lines.whole_lines(self.path / "archive.jsonl"), table)

    def _still_ours(self) -> None:
        stamp = disk.stamp(self._hot.path)
        if stamp != self._stamp or (stamp is not None and generation(self._hot.path) not in {self._base, None}):
            raise StaleError(
                f"{self._hot.path}: was changed since it was loaded – run the command again; nothing was written"
            )

    def _before(self, batch: Batch) -> None:
        self._sync_held()
        if batch.entries:
            segments.write(self.path / "drafts", str(batch.meta.generation), batch.entries)
        if batch.closed:
            disk.append(self.path / "archive.jsonl", b"".join(batch.closed), label="archive")
        self._spill(batch)

    def _sync_held(self) -> None:
        if not self._unsynced:
            return
        with disk.trouble(self.path / "held"):
            for path in self._unsynced:
                fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
                try:
                    disk.sync(fd, label="held")
                finally:
                    os.close(fd)
            disk.sync_folder(self.path / "held", label="held")
            disk.sync_folder(self.path, label="held")
        self._unsynced.clear()

    def _spill(self, batch: Batch) -> None:
        seen = batch.seen
        # Only what an earlier commit holds may leave: what is new counts from this commit on, and not before.
        settled = seen.settled() if len(seen.recent) > SPILL else {}
        if settled:
            self._seen.merge(settled, seen.forget)
            for digest in settled:
                del seen.recent[digest]

    def _after(self, batch: Batch) -> None:
        write_index(self.path, self._hot.seal, batch.tables)
        segments.collect(self.path / "drafts", set(batch.tables["letters"].index.words["segment"].values()))
        for id_ in batch.given_up:
            disk.remove(self.path / "held" / f"{id_}.eml", label="held")


def _documents(batch: Batch) -> dict[str, Mapping[str, Any]]:
    return {
        "meta": {"1": codec.encode(batch.meta)},
        **{name: Rows(table.lines) for name, table in batch.tables.items()},
        "seen": {"1": batch.seen.recent} if batch.seen.recent else {},
    }


def write_index(folder: Path, seal: str, tables: Mapping[str, Table[Any]]) -> None:
    """Best effort: an index that is missing or of another hot file is made again from the rows."""
    content = {"of": seal, "tables": {name: table.index.plain() for name, table in tables.items()}}
    with suppress(DiskError):
        disk.replace(folder / "index.json", [jsons.dumps(content)], label="index", durable=False)


def read_index(folder: Path, seal: str) -> Mapping[str, Any]:
    """Table → plain index; empty when there is none for the hot file with this seal."""
    try:
        found = jsons.loads(disk.read(folder / "index.json") or b"")
        tables: Mapping[str, Any] = found["tables"] if seal and found["of"] == seal else {}
    except (ValueError, TypeError, KeyError, CoordinatorError):
        return {}
    return tables


def read_attempts(folder: Path) -> dict[str, int]:
    """Digest → count; a torn last line never happened."""
    return {line["key"]: line["count"] for line in lines.whole_lines(folder / "attempts.jsonl") if "count" in line}


def read_meta(tables: Mapping[str, Any]) -> Meta:
    return codec.decode(Meta, next(iter(tables["meta"].values())))
