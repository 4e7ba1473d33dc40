"""Reads `synonyms.toml` along the folders of a program: words of the field that mean the same."""

from collections.abc import Iterable

from coordinator.core.matching.vocabulary import Vocabulary, stem, words
from coordinator.programs import declared
from coordinator.programs.folders import Folder
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Table, read_table

FILE = "synonyms.toml"
_TABLES = ("ignored", "same")


def vocabulary(folders: Iterable[Folder], found: list[str]) -> Vocabulary:
    """Every file adds to the words of the one that it extends."""
    same: dict[str, tuple[str, ...]] = {}
    ignored: set[str] = set()
    owners: dict[tuple[str, ...], tuple[str, str]] = {}
    for folder in reversed(tuple(folders)):
        table = _table(folder, found)
        if table is None:
            continue
        found.extend(
            unknown(table.place(k), "part of the synonyms", k, _TABLES) for k in table.values if k not in _TABLES
        )
        if "ignored" in table.values:
            ignored.update(declared.texts(table.placed()["ignored"], found))
        for name, phrases in _same(table, found).items():
            _claim(name, (name, *phrases), table.place("same", name), owners, found)
            same[name] = tuple(dict.fromkeys((*same.get(name, ()), *phrases)))
    return Vocabulary(same=same, ignored=frozenset(ignored))


def _table(folder: Folder, found: list[str]) -> Table | None:
    if not (folder.path / FILE).is_file():
        return None
    text = folder.read(FILE, found)
    return read_table(text, f"{folder.shown}/{FILE}", found) if text is not None else None


def _same(table: Table, found: list[str]) -> dict[str, tuple[str, ...]]:
    given = table.values.get("same")
    if given is None:
        return {}
    if not isinstance(given, dict):
        found.append(mistake(table.place("same"), "same is no table", 'write [same], then leadership = ["leading"]'))
        return {}
    return {name: declared.texts(phrases, found) for name, phrases in table.placed("same").items()}


def _claim(
    name: str,
    phrases: Iterable[str],
    place: str,
    owners: dict[tuple[str, ...], tuple[str, str]],
    found: list[str],
) -> None:
    """A phrase means one thing; one that stands under two names would mean whichever came last."""
    for phrase in phrases:
        key = tuple(map(stem, words(phrase)))
        if not key:
            found.append(mistake(place, f"{phrase!r} has no word in it", "leave it out"))
        other, where = owners.setdefault(key, (name, place))
        if other != name:
            fault = f'"{phrase}" means "{name}" here and "{other}" in {where}'
            found.append(mistake(place, fault, "leave it in one of them"))
