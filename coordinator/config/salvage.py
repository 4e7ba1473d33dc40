"""As much of a broken `config.toml` as is sound: enough, often, to hear a call for help until somebody mends it."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coordinator.config.load import SECRET, TABLES, keys_in, parts_of, text_of
from coordinator.config.place import place_fault
from coordinator.config.settings import Settings
from coordinator.config.source import NAME, Source
from coordinator.errors import ConfigurationError

_MOST = 20
"""Rounds: what one key hides comes to light when it is gone."""


def salvaged(folder: Path) -> Settings | None:
    """The chapter as if every key that is wrong were left out; None where mail cannot be read and sent without them.

    program: "" where it is the program's name that is wrong.
    """
    folder = folder.absolute()
    if place_fault(folder):
        return None
    keys, fault = keys_in(folder / SECRET)
    if fault:
        return None
    try:
        source = Source.of(text_of(folder / NAME))
    except ConfigurationError:
        return None
    for _ in range(_MOST):
        parts = parts_of(source, folder, keys)
        if not _struck(source):
            break
    if not (parts["chapter"] and parts["inbox"] and parts["outbox"]):
        return None
    said = {name: value for name, value in parts.items() if value is not None or name not in TABLES}
    return Settings(folder=folder, **said)


def _struck(source: Source) -> bool:
    """Takes out what was blamed. False when there is nothing of it to take out."""
    values: dict[str, Any] = copy.deepcopy(dict(source.values))
    gone = [path for path in source.blamed if path and _take_out(values, path)]
    source.values = values
    source.blamed.clear()
    return bool(gone)


def _take_out(values: dict[str, Any], path: tuple[str, ...]) -> bool:
    *tables, key = path
    here: Any = values
    for name in tables:
        here = here.get(name) if isinstance(here, Mapping) else None
    if not isinstance(here, dict) or key not in here:
        return False
    del here[key]
    return True
