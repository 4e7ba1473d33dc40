"""All that is in memory of a chapter's state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator.core.frozen import replace
from coordinator.store.indexes import TABLES
from coordinator.store.meta import JournalLine, Meta
from coordinator.store.seen import Seen
from coordinator.store.tables import Table


@dataclass(kw_only=True)
class Contents:
    """All that is in memory. attempts: digest → count. journal: lines that no commit has folded yet."""

    meta: Meta
    tables: Mapping[str, Table[Any]]
    seen: Seen
    attempts: dict[str, int]
    journal: tuple[JournalLine, ...] = ()
    changed: bool = False

    def copy(self) -> "Contents":
        """Records are shared, what holds them is not."""
        return replace(
            self,
            tables={name: table.copy() for name, table in self.tables.items()},
            seen=self.seen.copy(),
            attempts=dict(self.attempts),
        )


def tables_of_nothing() -> dict[str, Table[Any]]:
    return {name: Table(name, cls, keys) for name, (cls, keys) in TABLES.items()}
