"""The hot file: TinyDB's tables, one row a line, behind a storage class that is atomic and durable.

The last line seals the bytes before it. What is sealed was written here and is taken as it stands; what is not was
changed by hand and is read strictly, see `strict`.
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from coordinator.errors import UnreadableError
from coordinator.store import disk, jsons
from coordinator.store.strict import BrokenError, strictly

OPENING, CLOSING = b'},"seal":{"1":{"sha256":"', b'"}}}\n'
SEAL = len(OPENING) + 64 + len(CLOSING)
KEEP = 3


class Rows(Mapping[str, Any]):
    """A table as TinyDB sees it: documents by number, each read when it is asked for.

    lines: number → `"17":{…}`.
    """

    def __init__(self, lines: Mapping[int, bytes]) -> None:
        self.lines = lines

    @classmethod
    def of(cls, documents: Mapping[str, Any]) -> "Rows":
        if isinstance(documents, Rows):
            return documents
        return cls({int(row): b'"%d":%b' % (int(row), jsons.dumps(each)) for row, each in documents.items()})

    def __getitem__(self, row: str) -> Any:
        return jsons.loads(self.lines[int(row)].partition(b":")[2])

    def __iter__(self) -> Iterator[str]:
        return map(str, self.lines)

    def __len__(self) -> int:
        return len(self.lines)


class HotFile(Storage):
    """`TinyDB(path, storage=HotFile)` reads and writes what a tick does.

    seal: of the file as it was last read or written, "" when it has none.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.seal = ""

    def read(self) -> dict[str, Any] | None:
        """None when there is no file. UnreadableError names the line, the column and the copy to go back to."""
        self.seal = ""
        fd = disk.open_ours(self.path)
        if fd is None:
            return None
        with open(fd, "rb") as file:
            self.seal = _seal(file.fileno())
            if not self.seal:
                return {name: Rows.of(rows) for name, rows in _by_hand(file.read(), self.path).items()}
            return dict(_tables(file))

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """DiskError, and then the file is as it was."""
        seal = sha256()
        disk.replace(self.path, _sealed(data, seal), label="hot", keep=KEEP)
        self.seal = seal.hexdigest()


def generation(path: Path) -> int | None:
    """Of the file as it stands now, from its first lines. None when they were not written here."""
    fd = disk.open_ours(path)
    if fd is None:
        return None
    with open(fd, "rb") as file:
        if file.readline() != b'{"meta":{\n':
            return None
        try:
            meta = jsons.loads(file.readline().strip().partition(b":")[2])
            return int(meta["generation"])
        except (ValueError, KeyError, TypeError):
            return None


def is_whole(path: Path) -> bool:
    """Whether the file is as it was written here."""
    try:
        fd = disk.open_ours(path)
    except UnreadableError:
        return False
    if fd is None:
        return False
    with open(fd, "rb") as file:
        return bool(_seal(file.fileno()))


def refusal(path: Path, *faults: str) -> UnreadableError:
    """What is wrong with a state, and what to do about it."""
    copies = [copy for n in range(1, KEEP + 1) if is_whole(copy := path.with_name(f"{path.name}.bak.{n}"))]
    way = f"copy {copies[0].name} over it" if copies else "use `coordinator restore`"
    head = f"{path}: cannot be read – " if len(faults) == 1 else f"{path}: {len(faults)} things are wrong:\n"
    return UnreadableError(head + "\n".join(faults) + f"\nCorrect it by hand, or {way}. Nothing was changed.")


def _by_hand(raw: bytes, path: Path) -> dict[str, dict[str, Any]]:
    try:
        return strictly(raw)
    except BrokenError as error:
        raise refusal(path, str(error)) from None


def _seal(fd: int) -> str:
    """The seal when it is right, "" when there is none or the bytes before it were changed."""
    size = os.fstat(fd).st_size
    tail = os.pread(fd, SEAL, max(size - SEAL, 0))
    if len(tail) < SEAL or not (tail.startswith(OPENING) and tail.endswith(CLOSING)):
        return ""
    found, at = sha256(), 0
    while at < size - SEAL:
        chunk = os.pread(fd, min(disk.CHUNK, size - SEAL - at), at)
        found.update(chunk)
        at += len(chunk)
    said = tail[len(OPENING) : -len(CLOSING)].decode("ascii", "replace")
    return said if said == found.hexdigest() else ""


def _tables(file: Any) -> dict[str, Rows]:
    """Of a sealed file: a line is a row, or opens a table."""
    tables: dict[str, Rows] = {}
    lines: dict[int, bytes] = {}
    for line in file:
        if line[:1] == b'"':
            lines[int(line[1 : line.index(b'"', 1)])] = line.rstrip(b",\n")
        elif not line.startswith(OPENING):
            lines = {}
            tables[line.split(b'"')[1].decode()] = Rows(lines)
    return tables


def _sealed(data: Mapping[str, Mapping[str, Any]], seal: Any) -> Iterator[bytes]:
    for chunk in _chunks(data):
        seal.update(chunk)
        yield chunk
    yield OPENING + seal.hexdigest().encode() + CLOSING


def _chunks(data: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    opening = b"{"
    for name, documents in data.items():
        yield b'%b"%b":{\n' % (opening, name.encode())
        rows = iter(Rows.of(documents).lines.values())
        joint = b""
        while some := list(islice(rows, 500)):
            yield joint + b",\n".join(some)
            joint = b",\n"
        yield b"\n" if joint else b""
        opening = b"},"
