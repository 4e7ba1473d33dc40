"""TOML whose every value knows the file and line that it came from."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from coordinator.programs.mistakes import mistake

NOT_TOML = "not TOML: "
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w-]+(?:\s*\.\s*[\w-]+)*)["']?\s*=""")
_ERROR = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A value and the "file:line" where it is declared."""

    value: Any
    place: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """text: what stands from line `first` of the file on. shown: the file as messages name it."""

    values: Mapping[str, Any]
    text: str
    shown: str
    first: int = 1

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """Path of a key → line in the file."""
        return key_lines(self.text, self.first)

    def place(self, *path: str | int) -> str:
        """ "file:line" of a key, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return f"{self.shown}:{self.lines[path[:end]]}"
        return self.shown

    def placed(self, *path: str | int) -> dict[str, Placed]:
        """The keys of the table at that path."""
        inside: Any = self.values
        for step in path:
            inside = inside[step]
        return {key: Placed(value=value, place=self.place(*path, key)) for key, value in inside.items()}


def read_table(text: str, shown: str, found: list[str], *, first: int = 1) -> Table | None:
    """TOML text whose first line is line `first` of a file. None, and a mistake noted, where it is broken."""
    try:
        values = _values(text)
    except tomllib.TOMLDecodeError as error:
        found.append(_broken(error, text, shown, first))
        return None
    return Table(values=values, text=text, shown=shown, first=first)


@lru_cache(maxsize=1024)
def _values(text: str) -> dict[str, Any]:
    """Read once for each text; the tables of words are large, and a process that stays loads them again and again."""
    return tomllib.loads(text)


def _broken(error: tomllib.TOMLDecodeError, text: str, shown: str, first: int) -> str:
    where = _ERROR.search(str(error))
    line = int(where[1]) if where and where[1] else max(1, text.count("\n"))
    fault = _ERROR.sub("", str(error))
    return mistake(f"{shown}:{line + first - 1}", f"{NOT_TOML}{fault}", "look for a missing quote, bracket or comma")


def key_lines(text: str, first: int = 1) -> dict[Path, int]:
    """Where each key stands; good enough for messages, and silent where a file is odd."""
    lines: dict[Path, int] = {}
    counts: dict[str, int] = {}
    table: Path = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), first):
        header, key = _HEADER.match(line), _KEY.match(line)
        if fence:
            fence = "" if fence in line else fence
            continue
        if header and not key:
            table = _table_path(header[1] == "[[", header[2], counts)
            lines.setdefault(table, number)
        elif key:
            lines.setdefault((*table, *_steps(key[1])), number)
        fence = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return lines


def _steps(dotted: str) -> list[str]:
    return [step.strip(" \t\"'") for step in dotted.split(".")]


def _table_path(is_list: bool, dotted: str, counts: dict[str, int]) -> Path:
    name, *rest = _steps(dotted)
    if is_list and not rest:
        counts[name] = counts.get(name, -1) + 1
    return (name, counts[name], *rest) if name in counts else (name, *rest)
