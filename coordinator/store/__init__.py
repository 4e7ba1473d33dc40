"""Where a cohort is kept. Nothing above knows whether that is a folder of files, memory or a database.

A store hands out a `Work`: questions as in `core.cohort.Cohort`, changes in memory, one atomic `commit` a batch. Hold
the `lock` from before `load` until after the last `commit`.
"""

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from coordinator.store.lock import lock
from coordinator.store.meta import JournalLine, Meta, Side

if TYPE_CHECKING:
    from coordinator.core.forgetting import Forgotten
    from coordinator.store.work import Work

__all__ = ["JournalLine", "Meta", "Side", "Store", "create", "lock", "open_store"]

STORES = {"tinydb": "coordinator.store.tinydb"}
"""Name → module with `open_store` and `create`."""


class Store(Protocol):
    """One chapter's state."""

    def earliest(self) -> Side | None:
        """What a tick must know to see that it has nothing to do, without loading. None: load to know."""

    def load(self) -> "Work":
        """UnreadableError for a state that is missing, broken, newer, or somebody else's; it stays untouched."""

    def note_idle(self, now: datetime) -> None:
        """A tick at this instant had nothing to do."""

    def forget(self, whom: "Forgotten", digests: tuple[str, ...], *, now: datetime) -> tuple[Path, ...]:
        """Delete a person from the state and every copy of it; what was loaded before is stale afterwards.

        digests: of their addresses, kept. Returns the copies that are no longer where they were made.
        """

    def fade(self, before: datetime) -> datetime | None:
        """Take the words out of archived pairings that ended before that instant.

        Says when the first of those ended that keep their words, None where there are none.
        """

    def check_room(self) -> None:
        """DiskError when the disk is too full to begin a tick."""


def open_store(folder: Path, *, now: datetime, kind: str = "tinydb") -> Store:
    """The state in `folder` (`<chapter>/state`). Nothing is read yet. now: the tick's instant."""
    store: Store = import_module(STORES[kind]).open_store(folder, now=now)
    return store


def create(folder: Path, *, program: str, now: datetime, epoch: str, inbox_mark: str, kind: str = "tinydb") -> None:
    """A state without anybody in it. UsageError where there is one already; DiskError."""
    import_module(STORES[kind]).create(folder, program=program, now=now, epoch=epoch, inbox_mark=inbox_mark)
