"""The header block of a message or of a part, taken apart by bytes; nothing is decoded here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MOST_BYTES: Final = 64 * 1024
MOST_LINES: Final = 500

_SIGNED_NAMES: Final = ("-signature", "-seal", "-results", "-authentication-results")
_NAME: Final = re.compile(rb"[!-9;-~\x80-\xff]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Fields in order, name in lower case, value unfolded and stripped.

    defects: what makes parsers disagree about this block, one phrase each; empty for a sound one.
    """

    fields: tuple[tuple[str, bytes], ...]
    defects: tuple[str, ...] = ()
    by_name: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)

    def first(self, name: str) -> bytes:
        """The topmost field of that name, b"" when there is none."""
        values = self.by_name.get(name)
        return values[0] if values else b""

    def every(self, name: str) -> tuple[bytes, ...]:
        return self.by_name.get(name, ())

    def has(self, name: str) -> bool:
        return name in self.by_name


def unix_lines(raw: bytes) -> bytes:
    """The same bytes with every line ended by one LF, whatever ended it before."""
    if b"\r" not in raw:
        return raw
    raw = raw.replace(b"\r\n", b"\n")
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    while b"\r\n" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    return raw


def read_head(raw: bytes, start: int, end: int) -> tuple[Head, int]:
    """The header block of raw[start:end], which has LF line ends, and where the body behind it begins.

    Lines beyond the caps are left out. A line that cannot belong to a header ends the block, as in every parser.
    """
    if raw.startswith(b"\n", start):
        return _head([], []), start + 1
    stop = raw.find(b"\n\n", start, end)
    body = end if stop < 0 else stop + 2
    block = raw[start : min(end if stop < 0 else stop, start + MOST_BYTES)]
    found: list[tuple[str, bytes]] = []
    defects: list[str] = ["a stray carriage return in the headers"] if b"\r" in block else []
    for line in block.split(b"\n", MOST_LINES)[:MOST_LINES]:
        if line[:1] in {b" ", b"\t"}:
            _fold(found, defects, line)
        elif not _start_field(found, defects, line):
            return _head(found, defects), start
        start += len(line) + 1
    return _head(found, defects), body


def after_mbox_line(raw: bytes) -> int:
    """Where the headers begin: 0, or behind the "From " line of an mbox."""
    return raw.find(b"\n") + 1 if raw.startswith((b"From ", b">From ")) else 0


def _start_field(found: list[tuple[str, bytes]], defects: list[str], line: bytes) -> bool:
    """Take a line that begins a field; False, and a defect, when it does not."""
    name, colon, value = line.partition(b":")
    if name[-1:] in {b" ", b"\t"}:
        name = name.rstrip(b" \t")
        defects.append("a space before the colon of a header")
    if not colon or not _NAME.fullmatch(name):
        if line:
            defects.append("a line in the headers that is no header")
        return False
    found.append((name.decode("latin-1").lower(), value))
    return True


def _fold(found: list[tuple[str, bytes]], defects: list[str], line: bytes) -> None:
    """Join a continuation line to its field; one that looks like a From line of its own is a known trick."""
    if not found:
        defects.append("the headers begin with a folded line")
        return
    name, value = found[-1]
    start = line.lstrip(b" \t")
    if start[:4].lower() == b"from" and start[4:].lstrip(b" \t")[:1] == b":" and not name.endswith(_SIGNED_NAMES):
        defects.append("a folded line that looks like a From line")
    found[-1] = (name, value + line)


def _head(found: list[tuple[str, bytes]], defects: list[str]) -> Head:
    fields = tuple((name, value.strip(b" \t\n\r")) for name, value in found)
    by_name: dict[str, tuple[bytes, ...]] = {}
    for name, value in fields:
        by_name[name] = (*by_name.get(name, ()), value)
    return Head(fields=fields, defects=tuple(dict.fromkeys(defects)), by_name=by_name)
