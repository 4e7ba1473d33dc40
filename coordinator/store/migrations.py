"""From the state of an older version of this program to today's: one pure step for each schema left behind."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from coordinator.errors import UnreadableError
from coordinator.store.meta import SCHEMA

Tables = dict[str, dict[str, Any]]
"""Table → row number → document."""

Step = Callable[[Tables], Tables]

STEPS: Mapping[int, Step] = {}
"""Schema → what makes the next one of it. Schema 1 is the first, so nothing has been left behind yet."""


def schema_of(tables: Mapping[str, Mapping[str, Any]], path: Path) -> int:
    """UnreadableError when the state says none, or one that only a newer program knows."""
    schema = next((meta.get("schema") for meta in tables.get("meta", {}).values()), None)
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise UnreadableError(f"{path}: does not say which schema it has – is it a state of coordinator?")
    if schema > SCHEMA:
        raise UnreadableError(
            f"{path}: has schema {schema}, and this version of coordinator knows {SCHEMA} –"
            " install the newer version that wrote it; nothing was changed"
        )
    return schema


def migrated(tables: Tables, schema: int, *, steps: Mapping[int, Step], to: int) -> Tables:
    """The same state in schema `to`."""
    for step in range(schema, to):
        tables = steps[step](tables)
        for meta in tables["meta"].values():
            meta["schema"] = step + 1
    return tables
