"""What lies in a chapter's templates where nothing reads it: a letter beside its program, a misspelt word."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from coordinator.programs.folders import PROGRAM_FILE, Folder, chain, is_an_editors, names, shipped
from coordinator.programs.mistakes import mistake, suggestion

WORDS = "words"
_ID = re.compile(r"""^id\s*=\s*["'](.+?)["']""", re.MULTILINE)


def unread(name: str, own: Path) -> tuple[str, ...]:
    """One line for each, with the place where it would be read. name: of the program that the chapter runs."""
    if not own.is_dir():
        return ()
    found: list[str] = []
    rests_on = chain(name, own, found)
    folders = [folder for folder in rests_on.folders if folder.is_own]
    unused = (line for folder in folders for line in _unused(folder, rests_on.folders))
    return (*_beside(own, name), *unused, *_unknown_words(own))


def _beside(own: Path, name: str) -> Iterator[str]:
    """Directly in the folder of templates."""
    known = (*names(own), WORDS)
    for entry in sorted(own.iterdir()):
        shown = f"{own.name}/{entry.name}"
        if is_an_editors(entry.name) or (entry.is_dir() and entry.name in known):
            continue
        if entry.is_dir():
            yield mistake(shown, "nothing reads this folder: no program has its name", suggestion(entry.name, known))
        elif entry.suffix in (".md", ".toml"):
            yield mistake(shown, "nothing reads it here", f"move it to {own.name}/{name}/")


def _unused(folder: Folder, rests_on: tuple[Folder, ...]) -> Iterator[str]:
    """Letters that replace none and that no `program.toml` names."""
    others = [other for other in rests_on if other != folder]
    for path in sorted(folder.path.glob("*.md")):
        replaces = any((other.path / path.name).is_file() for other in others)
        if not replaces and not is_an_editors(path.name) and not _is_named(_id(path), rests_on):
            way_out = "name the file like the letter that it replaces, or have a stage of program.toml send it"
            yield mistake(f"{folder.shown}/{path.name}", "no stage sends this letter", way_out)


def _id(letter: Path) -> str:
    found = _ID.search(letter.read_text(encoding="utf-8-sig"))
    return found[1] if found else letter.stem


def _is_named(letter: str, rests_on: tuple[Folder, ...]) -> bool:
    tables = (folder.path / PROGRAM_FILE for folder in rests_on)
    texts = [table.read_text(encoding="utf-8-sig") for table in tables if table.is_file()]
    return any(f"{mark}{letter}{mark}" in text for text in texts for mark in "\"'")


def _unknown_words(own: Path) -> Iterator[str]:
    """Lists of words under a name that none of the shipped languages has, such as `yess`."""
    known = {key for path in (shipped() / WORDS).glob("*.toml") for key in _table(path)}
    for path in sorted((own / WORDS).glob("[!.#]*.toml")):
        for key in _table(path):
            if key not in known:
                yield mistake(f"{own.name}/{WORDS}/{path.name}", f'nothing reads "{key}"', suggestion(key, known))


def _table(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))
