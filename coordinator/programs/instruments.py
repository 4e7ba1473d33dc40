"""Reads `instruments/*.toml` of a program: questionnaires with their licence; without one they are refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from coordinator.core.instruments import Instrument, Item, Licence
from coordinator.core.program import Stage
from coordinator.programs import declared
from coordinator.programs.folders import LANGUAGE, Folder
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed, Table, read_table

FOLDER = "instruments"
_KEYS = ("id", "title", "low", "high", "answered", "anchors", "licence", "items")
_ITEM_KEYS = ("id", "ask", "reverse", "subscale", "care")
_BLANK = ("", "…", "...", "?", "-", "–", "n/a", "none", "unknown", "xxx")
_UNDONE = ("todo", "tbd", "fixme")
_WIDEST = 1000


def instruments(folders: Iterable[Folder], found: list[str]) -> dict[str, Instrument]:
    """Every questionnaire of a program, by id; the most specific folder wins, file by file."""
    read: dict[str, Instrument] = {}
    seen: set[str] = set()
    for folder in folders:
        for path in sorted((folder.path / FOLDER).glob("[!.#]*.toml")):
            if path.name in seen:
                continue
            seen.add(path.name)
            made = _read(folder, f"{FOLDER}/{path.name}", found)
            if made:
                read[made.id] = made
    return read


def lacking(tables: Iterable[Table], stages: Iterable[Stage], known: Iterable[str]) -> Iterable[str]:
    """The mistakes of stages that ask a questionnaire which is not there."""
    wanted = {str(stage.options["instrument"]) for stage in stages if stage.options.get("instrument")} - {*known}
    for table in tables:
        given = table.values.get("stages", ())
        for number, stage in enumerate(given if isinstance(given, list) else ()):
            name = stage.get("instrument") if isinstance(stage, dict) else None
            if name in wanted:
                yield unknown(table.place("stages", number, "instrument"), "questionnaire", name, known)


def _read(folder: Folder, relative: str, found: list[str]) -> Instrument | None:
    text, before = folder.read(relative, found), len(found)
    table = read_table(text, f"{folder.shown}/{relative}", found) if text is not None else None
    if table is None:
        return None
    given = table.placed()
    found.extend(unknown(given[key].place, "setting", key, _KEYS) for key in given if key not in _KEYS)
    licence, items = _licence(table, found), _items(table, found)
    name = _value(given, "id", declared.name, "", found)
    title = _value(given, "title", declared.text, name, found)
    low, high = _ends(table, given, found)
    anchors, answered = _anchors(table, found), _answered(given, found)
    if not items or "id" not in given:
        found.append(mistake(table.shown, "a questionnaire needs an id and items", 'write id = "…" and [[items]]'))
    if len(found) > before or licence is None:
        return None
    return Instrument(
        id=name, title=title, items=items, licence=licence, low=low, high=high, anchors=anchors, answered=answered
    )


def _value(given: Mapping[str, Placed], key: str, reader: declared.Reader, default: Any, found: list[str]) -> Any:
    """What stands under a key, read; the default where nothing does, or nothing that can be read."""
    read = reader(given[key], found) if key in given else default
    return default if read is None else read


def _ends(table: Table, given: Mapping[str, Placed], found: list[str]) -> tuple[int, int]:
    before = len(found)
    low = _value(given, "low", declared.count(0, _WIDEST), 1, found)
    high = _value(given, "high", declared.count(1, _WIDEST), 5, found)
    if low >= high and len(found) == before:
        found.append(mistake(table.place("high"), f"a scale from {low} to {high}", "write low = 1 and high = 5"))
    return low, high


def _answered(given: Mapping[str, Placed], found: list[str]) -> float:
    share = given["answered"].value if "answered" in given else 0.8
    if isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1:
        return float(share)
    found.append(mistake(given["answered"].place, f"{share!r} is no share", "write answered = 0.8"))
    return 0.8


def _anchors(table: Table, found: list[str]) -> dict[str, tuple[str, ...]]:
    """Language → what the ends of the scale mean, and what lies between where that is named."""
    given = table.values.get("anchors", {})
    if not isinstance(given, dict):
        found.append(mistake(table.place("anchors"), "not a table", 'write [anchors], then en = ["never", "always"]'))
        return {}
    read: dict[str, tuple[str, ...]] = {}
    for language, words in given.items():
        place = table.place("anchors", language)
        if not LANGUAGE.fullmatch(language):
            found.append(mistake(place, f'"{language}" is no language', "such as en, es or pt-BR"))
        elif isinstance(words, list) and len(words) > 1 and all(isinstance(word, str) for word in words):
            read[language] = tuple(words)
        else:
            found.append(mistake(place, "anchors are the words for both ends", 'write ["never", "always"]'))
    return read


def _licence(table: Table, found: list[str]) -> Licence | None:
    """Nobody's questionnaire is sent to anybody without their leave."""
    given: Any = table.values.get("licence", {})
    said = {key: str(given.get(key, "")).strip() for key in ("holder", "terms")} if isinstance(given, dict) else {}
    if said and all(map(_is_filled_in, said.values())):
        return Licence(**said)
    place = table.place("licence") if "licence" in table.values else table.shown
    way_out = 'ask its owner, then write licence = { holder = "…", terms = "what they allow, since when" }'
    found.append(mistake(place, "a questionnaire without a licence is not used", way_out))
    return None


def _is_filled_in(words: str) -> bool:
    return words.casefold() not in _BLANK and not words.casefold().startswith(_UNDONE)


def _items(table: Table, found: list[str]) -> tuple[Item, ...]:
    given = table.values.get("items", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        found.append(mistake(table.place("items"), "items are a list of tables", "begin each one with [[items]]"))
        return ()
    read = [_item(table.place("items", number), table.placed("items", number), found) for number in range(len(given))]
    ids = [item.id for item in read]
    doubles = sorted({id_ for id_ in ids if id_ and ids.count(id_) > 1})
    place, way_out = table.place("items"), "give one another id"
    found.extend(mistake(place, f'two items have the id "{double}"', way_out) for double in doubles)
    return tuple(read)


def _item(place: str, given: Mapping[str, Placed], found: list[str]) -> Item:
    found.extend(
        unknown(given[key].place, "setting of an item", key, _ITEM_KEYS) for key in given if key not in _ITEM_KEYS
    )
    if "id" not in given:
        found.append(mistake(place, "an item without an id", 'write id = "trust"'))
    return Item(
        id=_value(given, "id", declared.name, "", found),
        ask=_ask(place, given.get("ask"), found),
        reverse=_value(given, "reverse", declared.flag, False, found),
        subscale=_value(given, "subscale", declared.text, "", found),
        care=_value(given, "care", declared.flag, False, found),
    )


def _ask(place: str, given: Placed | None, found: list[str]) -> dict[str, str]:
    place = given.place if given else place
    words = {"en": given.value} if given and isinstance(given.value, str) else given.value if given else None
    texts = words.values() if isinstance(words, dict) else ()
    if (
        not isinstance(words, dict)
        or not str(words.get("en", "")).strip()
        or not all(isinstance(t, str) for t in texts)
    ):
        way_out = 'write ask = "…", or ask = { en = "…", es = "…" }'
        found.append(mistake(place, "an item needs English words", way_out))
        return {}
    strange = [name for name in words if not LANGUAGE.fullmatch(name)]
    found.extend(mistake(place, f'"{name}" is no language', "such as en, es or pt-BR") for name in strange)
    return words
