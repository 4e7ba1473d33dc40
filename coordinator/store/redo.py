"""One commit written down so that it can be done again elsewhere, on a copy of the state as it was before.

A whole state and the commits since are the state as it is, without deciding anything a second time.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coordinator.errors import UnreadableError
from coordinator.store import codec, disk, jsons, segments
from coordinator.store.meta import Meta

Rows = Mapping[str, Mapping[str, bytes | None]]


@dataclass(frozen=True, kw_only=True)
class Redo:
    """meta: as the commit left it. rows: table → id → the record as JSON, None = it is gone.

    seen: digest → day of messages taken. entries: pieces of the segment of frozen letters named after the generation.
    closed: lines for the archive. held: id → bytes of messages put aside. given_up: ids of those no longer kept.
    """

    meta: Meta
    rows: Rows = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    entries: Sequence[bytes] = ()
    closed: bytes = b""
    held: Mapping[str, bytes] = field(default_factory=dict)
    given_up: tuple[str, ...] = ()


def packed(redo: Redo) -> bytes:
    """A line of JSON, then what needs no quoting, all of it compressed."""
    plain = {
        "meta": codec.encode(redo.meta),
        "rows": {name: {id_: line and line.decode() for id_, line in rows.items()} for name, rows in redo.rows.items()},
        "seen": dict(redo.seen),
        "entries": sum(map(len, redo.entries)),
        "closed": redo.closed.decode(),
        "held": {id_: len(raw) for id_, raw in redo.held.items()},
        "given_up": list(redo.given_up),
    }
    # Piece by piece: the letters of a large commit are the most that a tick holds, and once is enough.
    press = zlib.compressobj(1)
    pieces = (jsons.dumps(plain), b"\n", *redo.entries, *redo.held.values())
    return b"".join((*map(press.compress, pieces), press.flush()))


def unpacked(raw: bytes) -> Redo:
    """UnreadableError when it is not whole."""
    try:
        line, _, rest = zlib.decompress(raw).partition(b"\n")
        return _read(jsons.loads(line), rest)
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableError("a change of the state that was kept in the mailbox is damaged") from None


def _read(plain: Mapping[str, Any], rest: bytes) -> Redo:
    entries, rest = rest[: plain["entries"]], rest[plain["entries"] :]
    held = {}
    for id_, size in plain["held"].items():
        held[id_], rest = rest[:size], rest[size:]
    return Redo(
        meta=codec.decode(Meta, plain["meta"]),
        rows={
            name: {id_: line and line.encode() for id_, line in rows.items()} for name, rows in plain["rows"].items()
        },
        seen=plain["seen"],
        entries=(entries,) if entries else (),
        closed=plain["closed"].encode(),
        held=held,
        given_up=tuple(plain["given_up"]),
    )


def lay_down(folder: Path, redos: Iterable[Redo]) -> None:
    """The files that these commits brought, durable; the records follow with `Work.redo` and a commit. DiskError."""
    for redo in redos:
        if redo.entries:
            segments.write(folder / "drafts", str(redo.meta.generation), redo.entries)
        if redo.closed:
            disk.append(folder / "archive.jsonl", redo.closed, label="archive")
        for id_, raw in redo.held.items():
            disk.make_folder(folder / "held")
            disk.replace(folder / "held" / f"{id_}.eml", [raw], label="held")
