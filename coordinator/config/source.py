"""The text of `config.toml`: its values, and on which line each of them stands."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NAME = "config.toml"
_AT_LINE = re.compile(r"\(at line (\d+)")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*([A-Za-z0-9_.\-"']+)\s*=""")
_MOST_BROKEN_LINES = 20

Path = tuple[str, ...]


@dataclass(kw_only=True)
class Source:
    """A configuration that is being read, and the faults found so far.

    broken: keys whose line is not TOML; they were reported, so they are not missing. blamed: what else is wrong.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)
    blamed: set[Path] = field(default_factory=set)
    _faults: list[tuple[int, str]] = field(default_factory=list)
    _lines: dict[Path, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Source":
        """Reads as much as is TOML: a broken line is reported and left out, so that the others are checked too."""
        source = cls(text=text)
        lines = text.splitlines()
        source._lines = _line_numbers(lines)
        at = {number: path for path, number in source._lines.items()}
        for _ in range(_MOST_BROKEN_LINES):
            try:
                source.values = tomllib.loads("\n".join(lines) + "\n")
            except tomllib.TOMLDecodeError as error:
                number = _faulty_line(error, len(lines))
                if not lines[number - 1].strip():
                    number = _opening_line(lines, number)
                source._faults.append((number, _explained(error, lines[number - 1])))
                source.broken.add(at.get(number, ()))
                lines[number - 1] = ""
            else:
                break
        return source

    def blame(self, path: Path, fault: str) -> None:
        """Note what is wrong with the value of that key, or the table, or where the key should stand."""
        self.blamed.add(path)
        self._faults.append((self.line(path), fault))

    def line(self, path: Path) -> int:
        """Where the key stands, else its table, else the first line."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def problems(self) -> Sequence[str]:
        """One a fault, in the order of the file."""
        return [f"{NAME}:{line}: {fault}" for line, fault in sorted(self._faults)]


def _line_numbers(lines: Sequence[str]) -> dict[Path, int]:
    found: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(lines, start=1):
        if heading := _TABLE.match(line):
            table = _parts(heading.group(1))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(table + _parts(key.group(1)), number)
    return found


def _parts(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _faulty_line(error: tomllib.TOMLDecodeError, last: int) -> int:
    at = _AT_LINE.search(str(error))
    return min(int(at.group(1)), last) if at else last


def _opening_line(lines: Sequence[str], number: int) -> int:
    """The nearest line above with something on it: what was not closed is noticed below it."""
    while number > 1 and not lines[number - 1].strip():
        number -= 1
    return number


def _explained(error: tomllib.TOMLDecodeError, line: str) -> str:
    """Why a line is not TOML. The line itself is not shown: it may hold a password."""
    said = str(error)
    if "Cannot overwrite" in said or "Cannot declare" in said or "twice" in said:
        return "this stands here for the second time – keep one of the two"
    if "Invalid value" in said and _KEY.match(line):
        return 'not a value – text stands in quotation marks: key = "text"'
    if "Expected '='" in said or "after a key" in said:
        return "not a setting – write: key = value"
    return "cannot be read as TOML – look for a quotation mark or bracket that is missing"
