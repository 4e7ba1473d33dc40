"""Records as plain dictionaries and back, by their type hints; each class is compiled once.

Dates become ISO 8601, tuples lists; a field that holds its default is left out. Instants stay what they are, in UTC:
`jsons` writes them, ISO 8601 with Z, far faster than Python could.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

R = TypeVar("R")
Change = Callable[[Any], Any]


class Way(NamedTuple):
    """How values of one type are written and read; None = as they are."""

    write: Change | None
    read: Change | None


class RecordWay(NamedTuple):
    """The same for a dataclass, which is never as it is."""

    write: Change
    read: Change


def encode(record: Any) -> dict[str, Any]:
    """A plain dictionary for JSON. ValueError for an instant without a time zone."""
    written: dict[str, Any] = _record_way(type(record)).write(record)
    return written


def decode(cls: Callable[..., R], plain: Mapping[str, Any]) -> R:
    """The record again. TypeError or ValueError when a field is missing, unknown or of the wrong shape."""
    record: R = _record_way(cls).read(plain)
    return record


@cache
def _way(hint: Any) -> Way:
    origin = get_origin(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return Way(*_record_way(hint))
    if hint is datetime:
        return Way(_instant, _read_instant)
    if hint is date:
        return Way(date.isoformat, date.fromisoformat)
    if origin in {Union, UnionType}:
        return _optional_way(hint)
    if origin is tuple:
        return _tuple_way(get_args(hint))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_way(_way(get_args(hint)[1]))
    return Way(None, None)


def _instant(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return value.astimezone(UTC)


def _read_instant(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return value


def _optional_way(hint: Any) -> Way:
    inner = [_way(each) for each in get_args(hint) if each is not NoneType]
    if len(inner) > 1:  # `int | str`: only what JSON itself tells apart
        return Way(None, None)
    write, read = inner[0]
    return Way(
        write and (lambda value: None if value is None else write(value)),
        read and (lambda value: None if value is None else read(value)),
    )


def _tuple_way(args: tuple[Any, ...]) -> Way:
    if len(args) == 2 and args[1] is Ellipsis:
        write, read = _way(args[0])
        return Way(
            list if write is None else (lambda values: [write(value) for value in values]),
            tuple if read is None else (lambda values: tuple([read(value) for value in values])),
        )
    ways = [_way(each) for each in args]

    def written(values: Any) -> list[Any]:
        return [way.write(value) if way.write else value for way, value in zip(ways, values, strict=True)]

    def as_read(values: Any) -> tuple[Any, ...]:
        return tuple(way.read(value) if way.read else value for way, value in zip(ways, values, strict=True))

    return Way(written, as_read)


def _mapping_way(way: Way) -> Way:
    write, read = way
    return Way(
        dict if write is None else (lambda values: {key: write(value) for key, value in values.items()}),
        dict if read is None else (lambda values: {key: read(value) for key, value in values.items()}),
    )


def _record_way(cls: Any) -> RecordWay:
    way: RecordWay = _compiled(cls)
    return way


@cache
def _compiled(cls: Any) -> RecordWay:
    hints = get_type_hints(cls)
    ways = {each.name: _way(hints[each.name]) for each in fields(cls)}
    return RecordWay(_record_writer(cls, ways), _record_reader(cls, ways))


def _record_writer(cls: type[Any], ways: Mapping[str, Way]) -> Change:
    defaults = {each.name: _default(each) for each in fields(cls)}
    plain = [name for name, way in ways.items() if defaults[name] is MISSING and way.write is None]
    changed = [(name, way.write) for name, way in ways.items() if defaults[name] is MISSING and way.write]
    optional = [(name, defaults[name], way.write) for name, way in ways.items() if defaults[name] is not MISSING]

    def written(record: Any) -> dict[str, Any]:
        values = record.__dict__
        out = {name: values[name] for name in plain}
        for name, write in changed:
            out[name] = write(values[name])
        for name, default, write_ in optional:
            value = values[name]
            if value != default:
                out[name] = value if write_ is None else write_(value)
        return out

    return written


def _record_reader(cls: type[Any], ways: Mapping[str, Way]) -> Change:
    plain = {each.name: each.default for each in fields(cls) if each.default is not MISSING}
    fresh = [(each.name, each.default_factory) for each in fields(cls) if each.default_factory is not MISSING]
    reads = [(name, way.read) for name, way in ways.items() if way.read]
    size = len(ways)

    def as_read(given: Mapping[str, Any]) -> Any:
        values = {**plain, **given}
        for name, make in fresh:
            if name not in given:
                values[name] = make()
        if len(values) != size:
            raise ValueError(f"{cls.__name__}: {_misfits(ways, values)}")
        for name, read in reads:
            if name in given:
                values[name] = read(given[name])
        # The frozen dataclass's own __init__ would cost four times as much, and it checks nothing either.
        record = object.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        return record

    return as_read


def _default(each: Field[Any]) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def _misfits(ways: Mapping[str, Way], values: Mapping[str, Any]) -> str:
    missing = [f"no {name!r}" for name in ways if name not in values]
    unknown = [f"unknown field {name!r}" for name in values if name not in ways]
    return ", ".join(missing + unknown)
