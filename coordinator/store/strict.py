"""A state that was edited by hand, read without trust: everything that is wrong with it, at once."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

WORDS: Mapping[Any, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class BrokenError(ValueError):
    """What is wrong and where; the caller knows the file and the way out."""


def strictly(raw: bytes) -> dict[str, dict[str, Any]]:
    """Tables of documents by number, numbered anew in order. BrokenError says where it cannot be read."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            twice.extend(name for name, count in counts.items() if count > 1)
        return found

    try:
        tables = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=once)
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start)
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenError(f"line {line}, column {error.start - line_start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        fault = "it ends in the middle" if cut else error.msg
        raise BrokenError(f"line {error.lineno}, column {error.colno}: {fault}") from None
    except RecursionError:
        raise BrokenError("it is nested too deeply") from None
    if twice:
        raise BrokenError(
            "; ".join(f"the key {name[:40]!r} stands twice in one object" for name in dict.fromkeys(twice))
        )
    return _shape(tables)


def _shape(tables: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(tables, dict):
        raise BrokenError("it is not an object of tables")
    tables.pop("seal", None)
    for name, rows in tables.items():
        if not isinstance(rows, dict):
            raise BrokenError(f"{name[:40]!r} is not a table of numbered rows")
        for row, document in rows.items():
            if not isinstance(document, dict):
                raise BrokenError(f"{name[:40]!r}, row {row[:20]!r} is not an object")
    return {name: {str(n): each for n, each in enumerate(rows.values(), start=1)} for name, rows in tables.items()}


def misfits(cls: Any, document: Any, place: str) -> Iterator[str]:
    """Every field that is missing, unknown or of another type than the record's."""
    if not isinstance(document, dict):
        yield f"{place}: must be an object"
        return
    hints = _hints(cls)
    needed = {each.name for each in fields(cls) if each.default is MISSING and each.default_factory is MISSING}
    for name in sorted(needed - document.keys()):
        yield f"{place}: {name} is missing"
    for name, value in document.items():
        if name in hints:
            yield from _misfit(hints[name], value, f"{place}, {name}")
        else:
            near = get_close_matches(name, hints, n=1)
            yield f"{place}: unknown field {name[:40]!r}" + (f" – did you mean {near[0]!r}?" if near else "")


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return get_type_hints(cls)


def _misfit(hint: Any, value: Any, place: str) -> Iterator[str]:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return
    if is_dataclass(hint):
        yield from misfits(hint, value, place)
    elif hint is datetime or hint is date:
        yield from _no_time(hint, value, place)
    elif origin in {Union, UnionType}:
        yield from _no_choice(args, value, place)
    elif origin is tuple:
        yield from _no_list(args, value, place)
    elif origin is not None:
        yield from _no_object(args, value, place)
    elif not isinstance(value, (int, float) if hint is float else hint) or (
        isinstance(value, bool) and hint is not bool
    ):
        yield f"{place}: must be {WORDS.get(hint, 'of another kind')}"


def _no_time(hint: Any, value: Any, place: str) -> Iterator[str]:
    try:
        found = hint.fromisoformat(value)
    except (TypeError, ValueError):
        found = None
    if found is None or (hint is datetime and found.tzinfo is None):
        yield f"{place}: must be " + ("an instant such as 2026-11-22T09:00:00Z" if hint is datetime else "a date")


def _no_choice(args: tuple[Any, ...], value: Any, place: str) -> Iterator[str]:
    if value is None and NoneType in args:
        return
    kinds = [each for each in args if each is not NoneType]
    found = [list(_misfit(each, value, place)) for each in kinds]
    if all(found):
        yield from found[0]


def _no_list(args: tuple[Any, ...], value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: must be a list"
        return
    hints = [args[0]] * len(value) if args[-1] is Ellipsis else args
    if len(hints) != len(value):
        yield f"{place}: must have {len(hints)} entries"
        return
    for number, (hint, each) in enumerate(zip(hints, value, strict=True), start=1):
        yield from _misfit(hint, each, f"{place} {number}")


def _no_object(args: tuple[Any, ...], value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: must be an object"
        return
    for name, each in value.items():
        yield from _misfit(args[1], each, f"{place}, {name[:40]!r}")
