"""Whether whole new records may take the place of those before them: versions first, then the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from coordinator.core.records import Record
from coordinator.errors import CoordinatorError, StaleError, UnreadableError
from coordinator.store import rules
from coordinator.store.indexes import TABLE_OF, TABLES
from coordinator.store.tables import Table

Tables = Mapping[str, Table[Any]]


def put_all(tables: Tables, changes: Iterable[Record]) -> dict[tuple[str, str], Record]:
    """Put every record in place, or none, and return the newest of each by table and id.

    StaleError when a version does not follow the one in place; UnreadableError lists each rule that would be broken;
    CoordinatorError when a record cannot be written at all.
    """
    newest = _newest(tables, changes)
    owner = _owner(tables, newest)
    problems = [problem for record in newest.values() for problem in rules.broken(record, owner)]
    if problems:
        raise UnreadableError("\n".join(dict.fromkeys(problems)))
    written = [(tables[table], record, _line(tables[table], record)) for (table, _), record in newest.items()]
    for table, record, line in written:
        table.put(record, line)
    return newest


def _newest(tables: Tables, changes: Iterable[Record]) -> dict[tuple[str, str], Record]:
    newest: dict[tuple[str, str], Record] = {}
    for record in changes:
        place = (TABLE_OF[type(record)], record.id)
        current = newest.get(place) or tables[place[0]].find("id", record.id)
        expected = current.version + 1 if current else 1
        if record.version != expected:
            raise StaleError(
                f"{place[0]} {record.id}: version {record.version} was decided where version {expected} is next –"
                " decide again on the record as it is"
            )
        newest[place] = record
    return newest


def _owner(tables: Tables, newest: Mapping[tuple[str, str], Record]) -> rules.Owner:
    """Who will have a unique key once the new records are in place."""
    coming = {
        (table, key, value): id_
        for (table, id_), record in newest.items()
        for key, values in TABLES[table][1].one.items()
        for value in values(record)
    }

    def owner(table: str, key: str, value: str) -> str | None:
        present = tables[table].find(key, value)
        if present is not None and (table, present.id) not in newest:
            return str(present.id)
        return coming.get((table, key, value))

    return owner


def _line(table: Table[Any], record: Record) -> bytes:
    try:
        return table.line(record)
    except (TypeError, ValueError, AttributeError) as error:
        raise CoordinatorError(f"{table.name} {record.id}: cannot be written – {error}") from error
