"""Reads letters: Markdown files with TOML in front, English first, then their translations."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coordinator.core.program import Field, Prompt
from coordinator.formats.letter_context import NAMES
from coordinator.programs import declared
from coordinator.programs.fields import read_field, translated
from coordinator.programs.folders import LANGUAGE, Folder
from coordinator.programs.kinds import MOST_FIELDS
from coordinator.programs.mistakes import mistake, unknown
from coordinator.programs.tables import Placed, Table, read_table
from coordinator.programs.wording import check

_FENCE = "+++"
LAYOUT = "layout.md"
_KEYS = ("id", "subject", "audience", "silence", "fields")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file, taken apart. depth: how far along the chain of folders it stands. first: line of the body."""

    relative: str
    depth: int
    table: Table
    body: str
    first: int

    @property
    def shown(self) -> str:
        return self.table.shown


def prompts(folders: Iterable[Folder], settings: Mapping[str, Any], found: list[str]) -> dict[str, dict[str, Prompt]]:
    """Every letter of a program, by id, then by language."""
    chain = tuple(folders)
    english = sheets(chain, "", found)
    read: dict[str, dict[str, Prompt]] = {}
    files: dict[str, str] = {}
    owners: dict[str, Sheet] = {}
    for sheet in english.values():
        prompt = _prompt(sheet, settings, found)
        if prompt and prompt.id in owners:
            found.append(_taken(prompt.id, owners[prompt.id], sheet))
        elif prompt:
            read[prompt.id], owners[prompt.id] = {"en": prompt}, sheet
            files[sheet.relative] = prompt.id
    for language in languages(chain):
        for sheet in sheets(chain, language, found).values():
            source, versions = english.get(sheet.relative), read.get(files.get(sheet.relative, ""))
            _translation(sheet, language, source, versions, _changed(sheet, source, chain), found)
    return read


def _changed(sheet: Sheet, source: Sheet | None, folders: tuple[Folder, ...]) -> frozenset[str]:
    """Fields whose answers are others in the English letter of a more specific folder than in the one translated."""
    if source is None or sheet.depth <= source.depth:
        return frozenset()
    original = read_sheet(folders[sheet.depth], sheet.relative, sheet.depth, [])
    before, now = (_answers(each) if each else {} for each in (original, source))
    return frozenset(name for name in now if name in before and before[name] != now[name])


def _answers(sheet: Sheet) -> dict[str, tuple[Any, ...]]:
    """Field → what may be answered."""
    tables = (raw for _, raw in _field_tables(sheet, []) if "name" in raw)
    keys = ("kind", "options", "low", "high")
    return {raw["name"].value: tuple(raw[key].value if key in raw else None for key in keys) for raw in tables}


def _taken(id_: str, sheet: Sheet, other: Sheet) -> str:
    """Two letters of one id. What replaces a letter has its file name as well."""
    way_out = f"name the file {other.relative} to replace that letter, or give it another id"
    return mistake(sheet.table.place("id"), f'the id "{id_}" is that of {other.shown}', way_out)


def languages(folders: Iterable[Folder]) -> tuple[str, ...]:
    """Languages, besides English, that any folder has."""
    names = {
        entry.name
        for folder in folders
        for entry in folder.path.iterdir()
        if entry.is_dir() and LANGUAGE.fullmatch(entry.name)
    }
    return tuple(sorted(names))


def sheets(folders: Iterable[Folder], language: str, found: list[str]) -> dict[str, Sheet]:
    """The letters of one language ("" = English) by file name, each from the most specific folder that has it."""
    read: dict[str, Sheet] = {}
    seen: set[str] = set()
    for depth, folder in enumerate(folders):
        here = folder.path / language if language else folder.path
        for path in sorted(here.glob("[!.#]*.md")):
            if path.name in seen or path.name == LAYOUT:
                continue
            seen.add(path.name)
            sheet = read_sheet(folder, f"{language}/{path.name}" if language else path.name, depth, found)
            if sheet:
                read[path.name] = sheet
    return read


def read_sheet(folder: Folder, relative: str, depth: int, found: list[str]) -> Sheet | None:
    text = folder.read(relative, found)
    if text is None:
        return None
    shown = f"{folder.shown}/{relative}"
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if not ends or ends[0] != 0 or len(ends) < 2:
        found.append(mistake(f"{shown}:1", "no TOML between two +++ lines", "begin the file with +++"))
        return None
    table = read_table("\n".join(lines[1 : ends[1]]), shown, found, first=2)
    if table is None:
        return None
    body, first = "\n".join(lines[ends[1] + 1 :]), ends[1] + 2
    name = relative.rpartition("/")[2]
    return Sheet(relative=name, depth=depth, table=table, body=body.strip("\n"), first=first + _blank(body))


def _blank(body: str) -> int:
    """How many empty lines a body begins with."""
    return len(body) - len(body.lstrip("\n"))


def _prompt(sheet: Sheet, settings: Mapping[str, Any], found: list[str]) -> Prompt | None:
    keys = sheet.table.placed()
    for key, given in keys.items():
        if key not in _KEYS:
            found.append(unknown(given.place, "setting", key, _KEYS))
    lacking = [key for key in ("id", "subject") if key not in keys]
    found.extend(mistake(f"{sheet.shown}:1", f"a letter without {key}", f'write {key} = "…"') for key in lacking)
    audience = declared.roles(keys["audience"], found) if "audience" in keys else ()
    words = _words(sheet, keys, found)
    if "id" not in keys or declared.name(keys["id"], found) is None:
        return None
    fields = _fields(sheet, settings, found)
    return replace(_said(keys["id"].value, sheet, fields, words), audience=audience)


def _said(id_: str, sheet: Sheet, fields: tuple[Field, ...], words: Mapping[str, str]) -> Prompt:
    subject, silence, body = (words[key] for key in ("subject", "silence", "body"))
    return Prompt(id=id_, source=sheet.shown, fields=fields, subject=subject, silence=silence, body=body)


def _words(sheet: Sheet, keys: Mapping[str, Placed], found: list[str]) -> dict[str, str]:
    """Subject, silence and body, each checked as a template."""
    words = {key: declared.text(keys[key], found) or "" if key in keys else "" for key in ("subject", "silence")}
    for key, text in words.items():
        _check(text, sheet.table.place(key), found)
    if "\n" in words["subject"]:
        found.append(mistake(sheet.table.place("subject"), "a subject of several lines", "write it in one"))
    if not sheet.body.strip():
        found.append(mistake(f"{sheet.shown}:{sheet.first}", "a letter without text", "write it below the second +++"))
    check(sheet.body, NAMES, sheet.shown, sheet.first, found)
    return {**words, "body": sheet.body}


def _check(text: str, place: str, found: list[str]) -> None:
    shown, _, line = place.rpartition(":")
    if line.isdigit():
        check(text, NAMES, shown, int(line), found)


def _fields(sheet: Sheet, settings: Mapping[str, Any], found: list[str]) -> tuple[Field, ...]:
    fields: list[Field] = []
    names: dict[str, str] = {}
    for place, raw in _field_tables(sheet, found):
        field = read_field(raw, place, settings, found)
        name = raw["name"].value if "name" in raw else ""
        if name in names:
            found.append(mistake(raw["name"].place, f'two fields have the name "{name}"', f"the other: {names[name]}"))
        elif name:
            names[name] = raw["name"].place
        if field:
            fields.append(field)
            _check(field.ask, raw["ask"].place, found)
    count = len(names) - sum(1 for field in fields if field.turn) + len({f.turn for f in fields if f.turn})
    if count > MOST_FIELDS:
        place, way_out = (
            sheet.table.place("fields", MOST_FIELDS),
            f'{MOST_FIELDS} at most; let some take turns: turn = "…"',
        )
        found.append(mistake(place, f"{count} questions in one letter", way_out))
    return tuple(fields)


def _field_tables(sheet: Sheet, found: list[str]) -> list[tuple[str, dict[str, Placed]]]:
    given = sheet.table.values.get("fields", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        fault = "fields are a list of tables"
        found.append(mistake(sheet.table.place("fields"), fault, "begin each one with [[fields]]"))
        return []
    return [(sheet.table.place("fields", n), sheet.table.placed("fields", n)) for n in range(len(given))]


def _translation(
    sheet: Sheet,
    language: str,
    source: Sheet | None,
    versions: dict[str, Prompt] | None,
    changed: Container[str],
    found: list[str],
) -> None:
    """Adds a language to a letter; what it does not say is said as in English, and so are fields that are `changed`."""
    if source is None:
        fault = f'a letter in "{language}" that there is not in English'
        found.append(mistake(sheet.shown, fault, f"write {sheet.relative} beside the folder {language}, too"))
        return
    if versions is None:
        return
    english, keys = versions["en"], sheet.table.placed()
    for key, given in keys.items():
        if key not in _KEYS:
            found.append(unknown(given.place, "setting", key, _KEYS))
    if "id" in keys and keys["id"].value != english.id:
        fault = f'the id is "{keys["id"].value}" here and "{english.id}" in English'
        found.append(mistake(keys["id"].place, fault, "one letter has one id"))
    words = _words(sheet, keys, found)
    words = {**words, "subject": words["subject"] or english.subject, "silence": words["silence"] or english.silence}
    fields = _translated_fields(sheet, source, english, changed, found)
    said = _said(english.id, sheet, fields, words)
    versions[language] = replace(said, language=language, audience=english.audience)


def _translated_fields(
    sheet: Sheet, source: Sheet, english: Prompt, changed: Container[str], found: list[str]
) -> tuple[Field, ...]:
    """The English fields in English order. A chapter may drop a field of a letter whose translation still has it."""
    said: dict[str, Field] = {}
    known = {field.name: field for field in english.fields}
    asked = {raw["name"].value for _, raw in _field_tables(source, []) if "name" in raw}
    for place, raw in _field_tables(sheet, found):
        name = raw["name"].value if "name" in raw else ""
        if name in changed:
            continue
        if name in known:
            said[name] = translated(raw, place, known[name], found)
            _check(said[name].ask, raw["ask"].place if "ask" in raw else place, found)
        elif name not in asked and sheet.depth <= source.depth:
            found.append(unknown(place, "field", name, asked) if name else mistake(place, "a field without name"))
    return tuple(said.get(field.name, field) for field in english.fields)
