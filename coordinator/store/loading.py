"""From the files of a folder to a unit of work; whatever a hand has broken is refused here, all at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from coordinator.core.frozen import replace
from coordinator.core.records import Record
from coordinator.errors import UnreadableError
from coordinator.store import disk, folder, migrations, rules, side
from coordinator.store.contents import Contents, tables_of_nothing
from coordinator.store.hotfile import HotFile, Rows, refusal
from coordinator.store.indexes import TABLES, Index
from coordinator.store.meta import SCHEMA, Meta
from coordinator.store.seen import Seen
from coordinator.store.strict import misfits
from coordinator.store.tables import Table
from coordinator.store.work import Work

_NO_ROWS = Rows({})
"""Of a table that came after the state was written."""
MOST = 50
"""Problems listed at once."""


def load(path: Path, *, now: datetime) -> Work:
    """The state in this folder. UnreadableError when there is none, or when it may not be trusted."""
    hot = HotFile(path / "cohort.json")
    stamp = disk.stamp(hot.path)
    found = hot.read()
    if found is None:
        raise UnreadableError(
            f"{hot.path}: there is no state here – `coordinator init` makes one, `coordinator restore` brings one back"
        )
    schema = migrations.schema_of(found, hot.path)
    if hot.seal and schema == SCHEMA:
        contents = _as_written(path, hot.seal, found)
    else:
        contents = _checked(hot.path, found, schema)
    last = side.read(path)
    if last and last.last_tick:
        contents.meta = replace(contents.meta, last_tick=max(last.last_tick, contents.meta.last_tick or last.last_tick))
    shelf = folder.Folder(path, hot, contents.meta.generation, stamp)
    contents.journal = shelf.lines.read()
    # A tick that died after its commit left counts of messages that were taken.
    taken = contents.seen.recent
    contents.attempts = {each: n for each, n in folder.read_attempts(path).items() if each not in taken}
    return Work(shelf, contents, now=now)


def _as_written(path: Path, seal: str, found: Mapping[str, Rows]) -> Contents:
    indexes = folder.read_index(path, seal)
    tables = tables_of_nothing()
    for name, table in tables.items():
        table.fill(dict(found.get(name, _NO_ROWS).lines), _index(table, indexes.get(name)))
    return Contents(meta=folder.read_meta(found), tables=tables, seen=_seen(found), attempts={})


def _index(table: Table[Any], plain: Any) -> Index | None:
    try:
        return Index.from_plain(table.index.keys, plain) if plain else None
    except (KeyError, TypeError, ValueError):
        return None


def _seen(found: Mapping[str, Mapping[str, Any]]) -> Seen:
    return Seen(next(iter(found.get("seen", {}).values()), {}))


def _checked(path: Path, found: Mapping[str, Mapping[str, Any]], schema: int) -> Contents:
    plain = {name: dict(rows) for name, rows in found.items()}
    plain = migrations.migrated(plain, schema, steps=migrations.STEPS, to=SCHEMA)
    problems = list(_misfits(plain))
    if not problems:
        tables = tables_of_nothing()
        for name, table in tables.items():
            table.fill(dict(Rows.of(plain.get(name, {})).lines), None)
        problems = list(_broken(tables))
    if problems:
        more = [f"… and {len(problems) - MOST} more"] if len(problems) > MOST else []
        raise refusal(path, *problems[:MOST], *more)
    contents = Contents(meta=folder.read_meta(plain), tables=tables, seen=_seen(plain), attempts={})
    contents.changed = schema != SCHEMA
    return contents


def _misfits(plain: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, rows in plain.items():
        if name == "seen":
            yield from _misfit_seen(rows)
        elif name not in {"meta", *TABLES}:
            yield f"unknown table {name[:40]!r} – one of meta, {', '.join(TABLES)}, seen"
        else:
            cls = Meta if name == "meta" else TABLES[name][0]
            for row, document in rows.items():
                yield from misfits(cls, document, _place(name, row, document))
    if len(plain.get("meta", {})) != 1:
        yield "meta: must have one row"


def _misfit_seen(rows: Mapping[str, Any]) -> Iterator[str]:
    if len(rows) > 1:
        yield "seen: must have one row"
    for document in rows.values():
        if not all(isinstance(day, str) and len(day) == 10 and len(each) == 32 for each, day in document.items()):
            yield "seen: must hold digests of 32 characters and days such as 2026-11-22"


def _place(table: str, row: str, document: Mapping[str, Any]) -> str:
    id_ = document.get("id")
    return f"{table} {id_[:60]}" if isinstance(id_, str) and id_ else f"{table}, row {row}"


def _broken(tables: Mapping[str, Table[Any]]) -> Iterator[str]:
    def owner(table: str, key: str, value: str) -> str | None:
        found = tables[table].find(key, value)
        return None if found is None else str(found.id)

    for name, table in tables.items():
        counts = Counter(record.id for record in table.all())
        yield from (f"{name}: {count} records have the id {id_[:60]}" for id_, count in counts.items() if count > 1)
        records: Iterator[Record] = table.all()
        seen = (problem for record in records for problem in rules.broken(record, owner))
        yield from dict.fromkeys(seen)


def begin(path: Path, meta: Meta, *, now: datetime) -> None:
    """Write a state without anybody in it where there is none. DiskError."""
    shelf = folder.Folder(path, HotFile(path / "cohort.json"), None, None)
    contents = Contents(meta=meta, tables=tables_of_nothing(), seen=Seen({}), attempts={}, changed=True)
    Work(shelf, contents, now=now).commit()
