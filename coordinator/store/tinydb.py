"""The store in a folder of files, its records in TinyDB's tables."""

import os
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator.errors import DiskError, UsageError
from coordinator.store import disk, side
from coordinator.store.meta import SCHEMA, Meta, Side

if TYPE_CHECKING:
    from coordinator.core.forgetting import Forgotten
    from coordinator.store.work import Work

ROOM = 64 << 20
"""Bytes that must be free before a tick begins; with a large state, three times its size."""


class FolderStore:
    """One chapter's state. What only a tick with work needs is imported when it has work."""

    def __init__(self, folder: Path, *, now: datetime) -> None:
        self.folder = folder
        self._now = now

    def earliest(self) -> Side | None:
        """None when the state must be loaded to know: no side file for it, or a journal to be folded."""
        journal = disk.stamp(self.folder / "journal.jsonl")
        return None if journal and journal[1] else side.read(self.folder)

    def load(self) -> "Work":
        work: Work = import_module("coordinator.store.loading").load(self.folder, now=self._now)
        return work

    def note_idle(self, now: datetime) -> None:
        side.note_idle(self.folder, now)

    def forget(self, whom: "Forgotten", digests: tuple[str, ...], *, now: datetime) -> tuple[Path, ...]:
        """Delete a person everywhere; see `forgetting.forget`. What was loaded before is stale."""
        missing: tuple[Path, ...] = import_module("coordinator.store.forgetting").forget(
            self.folder, whom, digests, now=now
        )
        return missing

    def fade(self, before: datetime) -> datetime | None:
        left: datetime | None = import_module("coordinator.store.forgetting").fade(self.folder, before)
        return left

    def check_room(self) -> None:
        """DiskError when the disk is too full to begin a tick."""
        hot = disk.stamp(self.folder / "cohort.json")
        needed = max(ROOM, 3 * hot[1] if hot else 0)
        with disk.trouble(self.folder):
            volume = os.statvfs(self.folder)
        free = volume.f_bavail * volume.f_frsize
        if free < needed:
            raise DiskError(
                f"{self.folder}: {free >> 20} MiB are free and {needed >> 20} MiB are needed – free some space, then"
                " run the command again; nothing was read, sent or changed"
            )


def open_store(folder: Path, *, now: datetime) -> FolderStore:
    return FolderStore(folder, now=now)


def create(folder: Path, *, program: str, now: datetime, epoch: str, inbox_mark: str) -> None:
    """A state without anybody in it. UsageError where there is one already; DiskError."""
    if disk.stamp(folder / "cohort.json"):
        raise UsageError(f"{folder}: holds a state already – choose another folder; nothing was changed")
    disk.make_folder(folder)
    meta = Meta(generation=0, schema=SCHEMA, program=program, epoch=epoch, created=now, inbox_mark=inbox_mark)
    import_module("coordinator.store.loading").begin(folder, meta, now=now)
