"""From a table of TOML to a frozen dataclass: every key known, every value of its type."""

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path as FilePath
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from coordinator.config.source import Path, Source

T = TypeVar("T")

Reader = Callable[[Any], Any]
"""From the value in the file to the value in the dataclass; WrongValueError when there is no such value."""


class WrongValueError(Exception):
    """Its text says "must be …", or what else is wrong, and the way out, without the name of the key."""


def read_table(
    kind: type[T],
    table: object,
    *,
    source: Source,
    place: Path,
    readers: Mapping[str, Reader] | None = None,
    given: Mapping[str, Any] | None = None,
) -> T | None:
    """The dataclass, or None when anything in the table is wrong; each fault is noted in `source`.

    readers: by key, for what a type cannot say. given: fields that do not come from the file.
    """
    given = given or {}
    values, bad = read_values(kind, table, source=source, place=place, readers=readers or {}, given=given)
    return None if bad else kind(**values, **given)


def read_values(
    kind: type[Any],
    table: object,
    *,
    source: Source,
    place: Path,
    readers: Mapping[str, Reader],
    given: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
) -> tuple[dict[str, Any], set[str]]:
    """What could be read, by key, and the keys that are wrong.

    given: fields that do not come from the file. elsewhere: keys of the table that somebody else reads.
    """
    if not isinstance(table, Mapping):
        source.blame(place, f"must be a table – write [{'.'.join(place)}] on a line of its own, the keys below it")
        return {}, {""}
    given = set(given)
    known = {field.name: field for field in fields(kind) if field.name not in given}
    bad = _blame_unknown(table, (*known, *elsewhere), source, place)
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name not in table:
            bad |= _blame_missing(field, source, place, strangers=bad)
            continue
        try:
            values[name] = (readers.get(name) or reader_of(hints[name]))(table[name])
        except WrongValueError as error:
            source.blame((*place, name), f"{name} {error}")
            bad.add(name)
    return values, bad


def reader_of(hint: Any) -> Reader:
    """How a value of that type stands in TOML."""
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint in _READERS:
        return _READERS[hint]
    if get_origin(hint) is tuple:
        return _texts
    raise TypeError(f"no way to read {hint} from TOML")


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """The end of a message: the known word that was meant, else all of them."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(names)}"


def is_misspelt(name: str, strangers: Iterable[str]) -> bool:
    """Whether one of the unknown keys is this one, as its own message says."""
    import difflib

    return bool(difflib.get_close_matches(name, list(strangers), n=1, cutoff=0.6))


def shown(word: object) -> str:
    """A word from the file, fit for a message; long or strange ones are left out, they may be a secret."""
    text = str(word)
    fit = len(text) <= 40 and all(character.isalnum() or character in "-_./ " for character in text)
    return f' "{text}"' if fit else ""


def _blame_unknown(table: Mapping[str, Any], known: Iterable[str], source: Source, place: Path) -> set[str]:
    strangers = {key for key in table if key not in known}
    for key in strangers:
        source.blame((*place, key), f"unknown key{shown(key)} in [{'.'.join(place)}] – {suggestion(key, known)}")
    return strangers


def _blame_missing(field: Field[Any], source: Source, place: Path, *, strangers: set[str]) -> set[str]:
    if field.default is not MISSING or field.default_factory is not MISSING:
        return set()
    if (*place, field.name) not in source.broken and not is_misspelt(field.name, strangers):
        source.blame(place, f"{field.name} is missing – add it to [{'.'.join(place)}]")
    return {field.name}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError('must be text – in quotation marks: "…"')
    if any(ord(character) < 32 for character in value):
        raise WrongValueError("must be a single line of text – remove the line break or control character")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongValueError('must be a list of texts – ["first", "second"]')
    return tuple(_text(item) for item in value)


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValueError("must be a whole number – without quotation marks")
    if value < 0:
        raise WrongValueError("must not be negative")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("must be true or false – without quotation marks")
    return value


_READERS: Mapping[Any, Reader] = {
    str: _text,
    int: _number,
    bool: _switch,
    FilePath: lambda value: FilePath(_text(value)),
}
