"""One table in memory: rows as they stand in the file, read into records when somebody asks for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Generic, Self, TypeVar

from coordinator.core.records import Held, Letter, Match, Pairing, Participant
from coordinator.errors import UnreadableError
from coordinator.store import codec, jsons
from coordinator.store.indexes import Index, Keys

R = TypeVar("R", Participant, Pairing, Match, Letter, Held)


class Table(Generic[R]):
    """Rows by number, records by what the index knows.

    lines: number → `"17":{…}`, one line of the file without its comma. With ten thousand rows that nobody asks for,
    bytes cost a fifth of dictionaries and are written back unread.
    """

    def __init__(self, name: str, cls: type[R], keys: Keys) -> None:
        self.name = name
        self.cls: type[R] = cls
        self.lines: dict[int, bytes] = {}
        self.index = Index(keys)
        self.records: dict[int, R] = {}
        self.shared = False

    def fill(self, lines: dict[int, bytes], index: Index | None) -> None:
        """Take the rows of a file. Without an index every row is read once."""
        self.lines = lines
        if index is not None:
            self.index = index
            return
        for row in lines:
            self.index.add(row, self._read(row))

    def get(self, row: int) -> R:
        record = self.records.get(row)
        if record is None:
            record = self.records[row] = self._read(row)
        return record

    def find(self, name: str, value: str) -> R | None:
        """The one row with this value of a unique key."""
        row = self.index.rows[name].get(value)
        return None if row is None else self.get(row)

    def some(self, name: str, value: str) -> list[R]:
        return [self.get(row) for row in self.index.many[name].get(value, ())]

    def due(self, name: str, now: datetime) -> list[R]:
        """Records with that instant at or before now, by instant, then id."""
        when = self.index.instants[name]
        rows = {row: self.get(row) for row in self.index.due(name, now)}
        return [rows[row] for row in sorted(rows, key=lambda row: (when[row], rows[row].id))]

    def line(self, record: R) -> bytes:
        """The record as JSON. ValueError or TypeError when it cannot be written."""
        return jsons.dumps(codec.encode(record))

    def put(self, record: R, line: bytes) -> None:
        """A new record, or a new version of one. line: what `line` made of it."""
        self._own()
        row = self._row(record.id)
        if row in self.lines:
            self.index.remove(row, self.get(row))
        self.lines[row] = b'"%d":%b' % (row, line)
        self.records[row] = record
        self.index.add(row, record)

    def take(self, id_: str) -> bytes:
        """Remove a record and return it as JSON."""
        self._own()
        row = self.index.rows["id"][id_]
        self.index.remove(row, self.get(row))
        del self.records[row]
        return self.lines.pop(row).partition(b":")[2]

    def plain(self, id_: str) -> bytes | None:
        """The record as JSON, None when there is none with that id."""
        row = self.index.rows["id"].get(id_)
        return None if row is None else self.lines[row].partition(b":")[2]

    def all(self) -> Iterator[R]:
        """Every record, one after the other, without keeping them."""
        for row in tuple(self.lines):
            yield self.records.get(row) or self._read(row)

    def copy(self) -> Self:
        """A twin that shares all rows until one of the two changes; what it is asked for it reads anew."""
        twin = type(self)(self.name, self.cls, self.index.keys)
        twin.lines, twin.index = self.lines, self.index
        twin.shared = self.shared = True
        return twin

    def _own(self) -> None:
        if self.shared:
            self.lines, self.index = dict(self.lines), self.index.copy()
            self.shared = False

    def __len__(self) -> int:
        return len(self.lines)

    def _row(self, id_: str) -> int:
        row = self.index.rows["id"].get(id_)
        return next(reversed(self.lines), 0) + 1 if row is None else row

    def _read(self, row: int) -> R:
        try:
            record: R = codec.decode(self.cls, jsons.loads(self.lines[row].partition(b":")[2]))
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise UnreadableError(f"{self.name}, row {row}: cannot be read – {error}") from None
        return record
