"""Reads `templates/<program>/` into a `Program`; says everything that is wrong with it, at once."""

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator.programs.folders import digest, names, shipped

if TYPE_CHECKING:
    from coordinator.core.program import Program

__all__ = ["digest", "load", "names", "shipped"]


def load(name: str, *, own: Path | None, proven: bool = False) -> "Program":
    """The program of that name: the chapter's own templates first, file by file, then the shipped ones.

    own: the chapter's `templates` folder, None or missing = shipped programs only. proven: these very files were
    loaded without a mistake before, so the Jinja of each letter, half of the work, is not gone through again.
    ConfigurationError with every mistake of the program, one a line.
    """
    own = own if own and own.is_dir() else None
    key = (name, own, digest(name, own))
    if key not in _loaded:
        # A tick with nothing to do needs the digest and no Jinja.
        from coordinator.programs.loading import load_program, proven_program

        _loaded.clear()
        _loaded[key] = proven_program(name, own) if proven else load_program(name, own)
    return _loaded[key]


_loaded: dict[tuple[str, Path | None, str], "Program"] = {}
"""The program that was loaded last, for as long as no file of it changes: a service runs many ticks."""
