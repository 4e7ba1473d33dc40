"""Programs made for a test: a chapter's own folder with a few files in it."""

from collections.abc import Mapping
from pathlib import Path

from coordinator import programs
from coordinator.core.program import Program
from coordinator.errors import ConfigurationError

PROGRAM = 'extends = "base"\ntitle = "Mine"\n'

LETTER = """+++
id = "extra"
subject = "Hello"
silence = "If I hear nothing, nothing changes."

[[fields]]
name = "met"
kind = "yes_no"
ask = "Did you meet?"
+++
Dear {{ me.first_name }}

{{ questions }}
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """The files below `templates/` of a chapter; gives that folder."""
    own = folder / "templates"
    for name, text in {"mine/program.toml": PROGRAM, **files}.items():
        path = own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    return own


def loaded(folder: Path, files: Mapping[str, str]) -> Program:
    return programs.load("mine", own=written(folder, files))


def mistakes(folder: Path, files: Mapping[str, str], name: str = "mine") -> tuple[str, ...]:
    """What is wrong with the program; nothing when it can be loaded."""
    try:
        programs.load(name, own=written(folder, files))
    except ConfigurationError as error:
        return error.problems
    return ()
