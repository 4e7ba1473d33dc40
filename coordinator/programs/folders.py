"""Which folders a program is made of: the chapter's own first, then the shipped ones, along `extends`."""

import hashlib
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator.programs.mistakes import mistake, suggestion

if TYPE_CHECKING:
    from coordinator.programs.tables import Table

PROGRAM_FILE = "program.toml"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LARGEST = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Folder:
    """shown: as messages name it. is_own: the chapter's, not shipped."""

    path: Path
    shown: str
    is_own: bool

    def read(self, relative: str, found: list[str]) -> str | None:
        """The text of a file of this folder; None, and a mistake noted, when it is none."""
        shown = f"{self.shown}/{relative}"
        try:
            raw = self._bytes(self.path / relative)
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except PermissionError as error:
            found.append(mistake(shown, str(error.strerror or error), "chmod o-w, or let its owner read it"))
        except UnicodeDecodeError:
            found.append(mistake(shown, "not UTF-8", "save it as UTF-8"))
        except (OSError, ValueError) as error:
            found.append(mistake(shown, f"cannot be read ({error})"))
        return None

    def _bytes(self, path: Path) -> bytes:
        status = path.stat()
        if self.is_own and status.st_mode & stat.S_IWOTH:
            raise PermissionError(1, "everybody on this machine may write this file")
        if status.st_size > _LARGEST:
            raise ValueError(f"larger than {_LARGEST // 1024} kB")
        return path.read_bytes()


@dataclass(frozen=True, kw_only=True)
class Chain:
    """folders: most specific first. tables: their `program.toml`s, most specific first."""

    folders: tuple[Folder, ...]
    tables: tuple["Table", ...]


def shipped() -> Path:
    """The programs that come with the package: inside the wheel, else beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def roots(own: Path | None) -> tuple[tuple[Path, str, bool], ...]:
    """(folder, its name in messages, whether the chapter's own), in the order of search."""
    found = [(shipped(), "templates", False)]
    if own is not None and own.is_dir():
        found.insert(0, (own, own.name or "templates", True))
    return tuple(found)


def names(own: Path | None) -> tuple[str, ...]:
    """Every program that can be loaded, by name."""
    found = {
        folder.name
        for root, _, _ in roots(own)
        for folder in root.iterdir()
        if (folder / PROGRAM_FILE).is_file() and _NAME.fullmatch(folder.name)
    }
    return tuple(sorted(found))


def chain(name: str, own: Path | None, found: list[str]) -> Chain:
    """The folders of a program. A chapter's program may extend the shipped one of its own name."""
    folders: list[Folder] = []
    tables: list[Table] = []
    wanted, seen, asked_at = name, [], ""
    while wanted:
        here = _folders(wanted, own)
        if wanted in seen or not here:
            found.append(_no_program(wanted, asked_at, own, is_circle=wanted in seen))
            break
        seen.append(wanted)
        folders += here
        wanted, asked_at = _declared(wanted, here, tables, found)
    if not tables and not found:
        found.append(_no_program(name, "", own, is_circle=False))
    return Chain(folders=tuple(folders), tables=tuple(tables))


def _folders(name: str, own: Path | None) -> list[Folder]:
    if not _NAME.fullmatch(name):
        return []
    return [
        Folder(path=root / name, shown=f"{shown}/{name}", is_own=is_own)
        for root, shown, is_own in roots(own)
        if (root / name).is_dir()
    ]


def _declared(name: str, here: list[Folder], tables: list["Table"], found: list[str]) -> tuple[str, str]:
    """Adds the tables of one name; gives what they extend and where that is said."""
    # Here, because a tick with nothing to do asks for the digest alone.
    from coordinator.programs.tables import read_table

    extended, place = name, here[0].shown
    for folder in here:
        if not (folder.path / PROGRAM_FILE).is_file():
            continue
        text = folder.read(PROGRAM_FILE, found)
        table = read_table(text, f"{folder.shown}/{PROGRAM_FILE}", found) if text is not None else None
        if table is None:
            return "", ""
        tables.append(table)
        extended, place = table.values.get("extends", ""), table.place("extends")
        if not isinstance(extended, str):
            found.append(mistake(place, "extends is not a text", 'write extends = "base"'))
            return "", ""
        if extended != name:
            return extended, place
    return extended, place


def _no_program(name: str, place: str, own: Path | None, *, is_circle: bool) -> str:
    if is_circle:
        way_out = f"a circle of extends, or no {PROGRAM_FILE} in its folder"
        return mistake(place, f'the program "{name}" rests on itself', way_out)
    return mistake(place or f"templates/{name}", f'no program "{name}"', suggestion(name, names(own)))


def digest(name: str, own: Path | None) -> str:
    """A hash over names, times and sizes of all files that `load` would look at; opens only the program files."""
    state = hashlib.sha256(name.encode())
    parts = [folder.path for folder in _quiet_chain(name, own)]
    parts += [root / "words" for root, _, _ in roots(own)]
    for folder in parts:
        state.update(str(folder).encode())
        for entry in sorted(_files(folder)):
            state.update(entry.encode())
    return state.hexdigest()


def _quiet_chain(name: str, own: Path | None) -> list[Folder]:
    """The same folders as `chain`, with no word about mistakes and less reading."""
    folders: list[Folder] = []
    wanted = name
    while wanted:
        here = [folder for folder in _folders(wanted, own) if folder not in folders]
        folders += here
        extended = [_extends(folder.path / PROGRAM_FILE) for folder in here]
        wanted = next((other for other in extended if other and other != wanted), "")
    return folders


def _extends(path: Path) -> str:
    try:
        extended = _head(path.read_text(encoding="utf-8-sig")).get("extends", "")
    except (OSError, ValueError):
        return ""
    return extended if isinstance(extended, str) else ""


def _head(text: str) -> dict[str, Any]:
    """What stands before the first table, for a tick with nothing to do; where that alone is no TOML, everything."""
    try:
        return tomllib.loads(text.partition("\n[")[0])
    except ValueError:
        return tomllib.loads(text)


def _files(folder: Path) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from (f"{entry.name}/{line}" for line in _files(Path(entry.path)))
        elif not is_an_editors(entry.name):
            yield f"{entry.name} {_stamp(entry)}"


def _stamp(entry: os.DirEntry[str]) -> str:
    """What changes with the file; that there is none behind its name is told of by whoever reads it."""
    try:
        status = entry.stat()
    except OSError:
        return "gone"
    return f"{status.st_mtime_ns} {status.st_size}"


def is_an_editors(name: str) -> bool:
    """Whether an editor keeps it beside a file that is being edited (".#debrief.md", ".debrief.md.swp")."""
    return name.startswith((".", "#"))
