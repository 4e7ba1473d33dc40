"""Files of lines that only grow: the journal of what was sent, the archive, the count of attempts."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from coordinator import faults
from coordinator.errors import UnreadableError
from coordinator.store import codec, disk, jsons
from coordinator.store.meta import JournalLine


class Journal:
    """What became of each letter, written as it happens; folded into the records by the next commit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def read(self) -> tuple[JournalLine, ...]:
        """Every whole line; a torn last one never happened. UnreadableError for a bad line before others."""
        raw = disk.read(self.path) or b""
        lines = raw.split(b"\n")
        return tuple(self._line(number, line) for number, line in enumerate(lines[:-1], start=1) if line)

    def _line(self, number: int, line: bytes) -> JournalLine:
        try:
            return codec.decode(JournalLine, jsons.loads(line))
        except (TypeError, ValueError, AttributeError):
            raise UnreadableError(
                f"{self.path}: line {number} cannot be read – it says what was sent; correct the line, or remove it and"
                " look into the mailbox whether its letter went out"
            ) from None

    def add(self, line: JournalLine) -> None:
        """In the kernel's hands when it returns: it survives the process, and after `sync` the machine."""
        with disk.trouble(self.path):
            if self._fd is None:
                self._fd = self._open()
            faults.point("journal:append")
            disk.write_all(self._fd, jsons.dumps(codec.encode(line)) + b"\n")

    def _open(self) -> int:
        faults.point("journal:open")
        fresh = not self.path.exists()
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        _drop_torn_line(fd)
        if fresh:
            disk.sync_folder(self.path.parent, label="journal")
        return fd

    def sync(self) -> None:
        """Make all lines durable. DiskError."""
        if self._fd is None:
            return
        with disk.trouble(self.path):
            try:
                disk.sync(self._fd, label="journal")
            finally:
                os.close(self._fd)
                self._fd = None

    def clear(self) -> None:
        """Best effort: lines that stay are folded a second time, which changes nothing."""
        empty(self.path, label="journal")


def _drop_torn_line(fd: int) -> None:
    size = os.fstat(fd).st_size
    whole = os.pread(fd, size, 0).rfind(b"\n") + 1
    if whole < size:
        faults.point("journal:truncate")
        os.ftruncate(fd, whole)


def empty(path: Path, *, label: str) -> None:
    """Best effort."""
    try:
        if path.stat(follow_symlinks=False).st_size:
            faults.point(f"{label}:truncate")
            os.truncate(path, 0)
    except OSError:
        return


def closed(table: str, record: bytes) -> bytes:
    """A line of the archive. record: JSON."""
    return b'{"table":"%b","record":%b}\n' % (table.encode(), record)


def archived(lines: Iterable[dict[str, Any]], table: str) -> Iterator[dict[str, Any]]:
    """Closed records of a table, oldest first; one that a crash wrote twice comes once, in its newest version."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.get("table") == table:
            record = line["record"]
            if record.get("version", 0) >= found.get(record["id"], {}).get("version", 0):
                found[record["id"]] = record
    yield from found.values()


def whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Each line that is JSON; a torn one belongs to a commit that never happened."""
    fd = disk.open_ours(path)
    if fd is None:
        return
    with open(fd, "rb") as file:
        for line in file:
            try:
                value = jsons.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value
