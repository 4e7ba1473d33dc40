"""Where mail passes between the program and the invented people: two Maildir folders, or lists in memory."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol


class Post(Protocol):
    """Takes what the program sent and hands it what people wrote."""

    def collect(self) -> Sequence[bytes]:
        """Mail sent since the last call, oldest first; `Delivered-To` is its first line."""

    def deliver(self, raw: bytes, at: datetime) -> None:
        """Puts a mail where the next tick finds it."""


@dataclass
class MaildirPost:
    """outbox: a Maildir that the program sends into. inbox: the one that it reads. Files once seen stay in place."""

    outbox: Path
    inbox: Path
    seen: set[str] = field(default_factory=set)
    count: int = 0

    def collect(self) -> Sequence[bytes]:
        found: list[tuple[int, str, bytes]] = []
        for sub in ("new", "cur"):
            folder = self.outbox / sub
            fresh = [path for path in folder.iterdir() if path.name not in self.seen] if folder.is_dir() else []
            found += [_with_time(path) for path in fresh]
            self.seen |= {path.name for path in fresh}
        return [raw for _, _, raw in sorted(found)]

    def deliver(self, raw: bytes, at: datetime) -> None:
        self.count += 1
        name = f"{int(at.timestamp())}.P{os.getpid()}Q{self.count}.season"
        waiting = self.inbox / "tmp" / name
        waiting.parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / "new").mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(raw)
        # Mailboxes tell by a file's time when its mail came.
        os.utime(waiting, (at.timestamp(), at.timestamp()))
        waiting.rename(self.inbox / "new" / name)


def _with_time(path: Path) -> tuple[int, str, bytes]:
    return (path.stat().st_mtime_ns, path.name, path.read_bytes())


@dataclass
class MemoryPost:
    """sent: what the program puts its mail into, with Delivered-To. arrived: what it fetches, by number of arrival."""

    sent: list[bytes] = field(default_factory=list)
    arrived: dict[int, bytes] = field(default_factory=dict)
    count: int = 0

    def collect(self) -> Sequence[bytes]:
        taken, self.sent = tuple(self.sent), []
        return taken

    def deliver(self, raw: bytes, at: datetime) -> None:  # noqa: ARG002 - memory keeps no times
        self.count += 1
        self.arrived[self.count] = raw
