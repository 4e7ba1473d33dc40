"""What a unit of work needs of the place that keeps it: a folder, or memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from coordinator.core.records import Letter
from coordinator.store.meta import JournalLine, Meta, Side
from coordinator.store.seen import Seen
from coordinator.store.tables import Table


@dataclass(frozen=True, kw_only=True)
class Batch:
    """All that one commit makes durable, in one step.

    hot: whether the hot file must be written, and not the side file alone. entries: the frozen letters of segment
    number `meta.generation`. closed: lines for the archive. folded: the journal's lines all stand in the records.
    attempts: digest → count, of messages still to be taken. given_up: ids of held messages whose bytes may go.
    """

    meta: Meta
    tables: Mapping[str, Table[Any]]
    seen: Seen
    side: Side
    hot: bool
    entries: tuple[bytes, ...] = ()
    closed: tuple[bytes, ...] = ()
    folded: bool = False
    attempts: Mapping[str, int]
    given_up: tuple[str, ...] = ()


class Shelf(Protocol):
    """Where a unit of work came from and goes back to."""

    def commit(self, batch: Batch) -> None:
        """All of it or nothing. StaleError when somebody else committed since; DiskError."""

    def draft(self, letter: Letter) -> tuple[bytes, str] | None:
        """Frozen bytes and text part."""

    def has_seen(self, digest: str) -> bool:
        """Of digests that the hot file no longer holds."""

    def count(self, digest: str, attempts: int) -> None:
        """Remember at once, surviving the end of this process."""

    def journal(self, line: JournalLine) -> None:
        """The same for what became of a letter."""

    def sync_journal(self) -> None: ...
    def hold(self, id_: str, raw: bytes) -> None:
        """Durable with the next commit."""

    def held(self, id_: str) -> bytes | None: ...
    def archived(self, table: str) -> Iterator[dict[str, Any]]:
        """Closed records as plain dictionaries, slowly."""
