"""Reads `instruments/*.toml` of a program: questionnaires with their licence; without one they are refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from coordinator.core.instruments import Instrument, Item, Licence
from coordinator.programs.folders import LANGUAGE, Folder
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Table, read_table

FOLDER = "instruments"
_KEYS = ("id", "title", "low", "high", "answered", "anchors", "licence", "items")
_ITEM_KEYS = ("id", "ask", "reverse", "subscale", "care")
_BLANK = ("", "…", "...", "todo", "tbd", "?")


def instruments(folders: Iterable[Folder], found: list[str]) -> dict[str, Instrument]:
    """Every questionnaire of a program, by id; the most specific folder wins, file by file."""
    read: dict[str, Instrument] = {}
    seen: set[str] = set()
    for folder in folders:
        for path in sorted((folder.path / FOLDER).glob("*.toml")):
            if path.name in seen:
                continue
            seen.add(path.name)
            made = _read(folder, f"{FOLDER}/{path.name}", found)
            if made:
                read[made.id] = made
    return read


def _read(folder: Folder, relative: str, found: list[str]) -> Instrument | None:
    text, before = folder.read(relative, found), len(found)
    table = read_table(text, f"{folder.shown}/{relative}", found) if text is not None else None
    if table is None:
        return None
    values = table.values
    found.extend(unknown(table.place(key), "setting", key, _KEYS) for key in values if key not in _KEYS)
    licence = _licence(table, found)
    low, high = values.get("low", 1), values.get("high", 5)
    if not (isinstance(low, int) and isinstance(high, int) and low < high):
        found.append(mistake(table.place("high"), f"a scale from {low!r} to {high!r}", "write low = 1 and high = 5"))
    anchors = {name: tuple(words) for name, words in dict(values.get("anchors", {})).items() if _is_list(words)}
    items = _items(table, found)
    share = values.get("answered", 0.8)
    if not isinstance(share, int | float) or not 0 < share <= 1:
        found.append(mistake(table.place("answered"), f"{share!r} is no share", "write answered = 0.8"))
    if not isinstance(values.get("id"), str) or not items:
        found.append(mistake(table.shown, "a questionnaire needs an id and items", 'write id = "…" and [[items]]'))
    if len(found) > before or licence is None:
        return None
    return Instrument(
        id=values["id"],
        title=str(values.get("title", values["id"])),
        items=items,
        licence=licence,
        low=low,
        high=high,
        anchors=anchors,
        answered=float(share),
    )


def _is_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _licence(table: Table, found: list[str]) -> Licence | None:
    """Nobody's questionnaire is sent to anybody without their leave."""
    given: Any = table.values.get("licence", {})
    said = {key: str(given.get(key, "")).strip() for key in ("holder", "terms")} if isinstance(given, dict) else {}
    if all(said.get(key, "").casefold() not in _BLANK for key in ("holder", "terms")):
        return Licence(**said)
    place = table.place("licence") if "licence" in table.values else table.shown
    way_out = 'ask its owner, then write licence = { holder = "…", terms = "what they allow, since when" }'
    found.append(mistake(place, "a questionnaire without a licence is not used", way_out))
    return None


def _items(table: Table, found: list[str]) -> tuple[Item, ...]:
    given = table.values.get("items", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        found.append(mistake(table.place("items"), "items are a list of tables", "begin each one with [[items]]"))
        return ()
    read = [_item(table, number, item, found) for number, item in enumerate(given)]
    ids = [item.id for item in read if item]
    doubles = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    place, way_out = table.place("items"), "give one another id"
    found.extend(mistake(place, f'two items have the id "{double}"', way_out) for double in doubles)
    return tuple(item for item in read if item)


def _item(table: Table, number: int, given: Mapping[str, Any], found: list[str]) -> Item | None:
    place, ask = table.place("items", number), given.get("ask")
    found.extend(unknown(place, "setting of an item", key, _ITEM_KEYS) for key in given if key not in _ITEM_KEYS)
    words = {"en": ask} if isinstance(ask, str) else ask
    if not isinstance(given.get("id"), str) or not isinstance(words, dict) or not words.get("en"):
        way_out = 'write id = "trust" and ask = "…", or ask = { en = "…", es = "…" }'
        found.append(mistake(place, "an item needs an id and English words", way_out))
        return None
    strange = [name for name in words if not LANGUAGE.fullmatch(name)]
    found.extend(mistake(place, f'"{name}" is no language', "such as en, es or pt-BR") for name in strange)
    return Item(
        id=given["id"],
        ask={name: str(text) for name, text in words.items()},
        reverse=given.get("reverse") is True,
        subscale=str(given.get("subscale", "")),
        care=given.get("care") is True,
    )
