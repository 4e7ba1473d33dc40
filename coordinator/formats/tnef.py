"""What Outlook puts into a winmail.dat (MS-OXTNEF): the text, or an answer to an invitation; nothing else of it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from coordinator.formats.charsets import to_text
from coordinator.formats.html_text import to_text as html_to_text

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_BODY: Final = 0x0002800C
_PROPERTIES: Final = 0x00069003
_CODEPAGE: Final = 0x00069007
_CLASS: Final = 0x00078008
_PLAIN, _HTML, _PROPERTY_CLASS = 0x1000, 0x1013, 0x001A
_MOST_ATTRIBUTES: Final = 500
_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MANY: Final = frozenset((0x0D, 0x1E, 0x1F, 0x102))
_MEETING: Final = bytes.fromhex("90da d86e 0b45 1b10 98da 00aa 003f 1305".replace(" ", ""))
_APPOINTMENT: Final = bytes.fromhex("0220 0600 0000 0000 c000 0000 0000 0046".replace(" ", ""))
_GLOBAL_IDS: Final = (0x23, 0x03)
"""PidLidCleanGlobalObjectId, then PidLidGlobalObjectId."""
_PROPOSED: Final = (0x8250, 0x8251)
_FOREIGN: Final = b"vCal-Uid\x01\x00\x00\x00"
"""What stands before the UID of an invitation that Exchange did not make itself (MS-OXCICAL 2.1.3.1.1.20.26)."""
_ID_HEAD: Final = 40
_ANSWERS: Final = {
    "resp.pos": "ACCEPTED",
    "resp.neg": "DECLINED",
    "resp.tent": "TENTATIVE",
    "mtgrespp": "ACCEPTED",
    "mtgrespn": "DECLINED",
    "mtgrespa": "TENTATIVE",
}
"""Ends of message classes, in the form of today and in that of old (MS-OXTNEF 2.1.3.3)."""
_ERAS: Final = datetime(1601, 1, 1, tzinfo=UTC)


def text_of(raw: bytes) -> str:
    """The plain text, else the text of the HTML; "" for anything that is broken or holds neither."""
    try:
        return _text(_attributes(raw)) if raw.startswith(_SIGNATURE) else ""
    except (struct.error, IndexError, ValueError):
        return ""


def answer_of(raw: bytes) -> bytes:
    """An answer to an invitation, as the calendar that other clients send; b"" for anything else."""
    try:
        return _answer(_attributes(raw)) if raw.startswith(_SIGNATURE) else b""
    except (struct.error, IndexError, ValueError, OverflowError):
        return b""


@dataclass(frozen=True, slots=True)
class _Property:
    """name: its number; of a named one the number below its group. group: b"" for one that is not named."""

    name: int
    group: bytes
    kind: int
    value: bytes


def _attributes(raw: bytes) -> dict[int, bytes]:
    """By name, of the message and not of what is attached to it."""
    found: dict[int, bytes] = {}
    position = 6
    for _ in range(_MOST_ATTRIBUTES):
        if position + 9 > len(raw):
            break
        level, name, length = struct.unpack_from("<BII", raw, position)
        if level == 1:
            found.setdefault(name, raw[position + 9 : position + 9 + length])
        position += length + 11
    return found


def _text(attributes: dict[int, bytes]) -> str:
    codepage, plain = attributes.get(_CODEPAGE, b""), attributes.get(_BODY, b"")
    charset = f"cp{struct.unpack_from('<I', codepage)[0]}" if len(codepage) >= 4 else ""
    if plain:
        return to_text(plain.rstrip(b"\0"), charset)[0]
    html = ""
    for each in _properties(attributes.get(_PROPERTIES, b"")):
        if each.name == _PLAIN and not each.group and each.value:
            return each.value.decode("utf-16-le", "replace") if each.kind == 0x1F else to_text(each.value, charset)[0]
        if each.name == _HTML and not each.group and each.value:
            html = html_to_text(to_text(each.value.rstrip(b"\0"), charset)[0])
    return html


def _answer(attributes: dict[int, bytes]) -> bytes:
    properties = tuple(_properties(attributes.get(_PROPERTIES, b"")))
    names = [attributes.get(_CLASS, b"").decode("latin-1").rstrip("\0")]
    names += [_as_text(each) for each in properties if each.name == _PROPERTY_CLASS and not each.group]
    partstat = next((said for name in names for end, said in _ANSWERS.items() if name.lower().endswith(end)), "")
    meeting = {each.name: each.value for each in properties if each.group == _MEETING}
    uid = next((found for name in _GLOBAL_IDS if (found := _uid(meeting.get(name, b"")))), "")
    if not partstat or not uid:
        return b""
    proposed = {each.name: each.value for each in properties if each.group == _APPOINTMENT}
    start, end = (_instant(proposed.get(name, b"")) for name in _PROPOSED)
    lines = ["BEGIN:VCALENDAR", f"METHOD:{'COUNTER' if start else 'REPLY'}", "BEGIN:VEVENT", f"UID:{uid}"]
    lines += [f"DTSTART:{start:%Y%m%dT%H%M%SZ}"] if start else []
    lines += [f"DTEND:{end:%Y%m%dT%H%M%SZ}"] if start and end else []
    # Nobody's address stands in it: whoever sent the mail has answered.
    lines += [f"ATTENDEE;PARTSTAT={partstat}:unknown", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def _as_text(each: _Property) -> str:
    return each.value.decode("utf-16-le" if each.kind == 0x1F else "latin-1", "replace")


def _uid(value: bytes) -> str:
    """The UID that we gave; "" for an event that Exchange itself began, which is none of ours."""
    data = value[_ID_HEAD:]
    if not data.startswith(_FOREIGN):
        return ""
    uid = data[len(_FOREIGN) :].partition(b"\0")[0].decode("ascii", "replace")
    return uid if uid.isprintable() and " " not in uid else ""


def _instant(value: bytes) -> datetime | None:
    """A FILETIME: tenths of microseconds since 1601."""
    ticks = struct.unpack("<Q", value)[0] if len(value) == 8 else 0
    return _ERAS + timedelta(microseconds=ticks // 10) if ticks else None


def _properties(raw: bytes) -> Iterator[_Property]:
    if len(raw) < 4:
        return
    count, position = struct.unpack_from("<I", raw)[0], 4
    for _ in range(min(count, _MOST_ATTRIBUTES)):
        kind, name = struct.unpack_from("<HH", raw, position)
        position, group = position + 4, b""
        if name >= 0x8000:
            group, name, position = _named(raw, position)
        value, position = _value(raw, position, kind)
        yield _Property(name, group, kind, value)


def _named(raw: bytes, position: int) -> tuple[bytes, int, int]:
    """A named property's group and number (-1 where it has a word instead), and where its value begins."""
    form, number = struct.unpack_from("<II", raw, position + 16)
    group, end = raw[position : position + 16], position + 24
    return (group, -1, end + _padded(number)) if form else (group, number, end)


def _value(raw: bytes, position: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, without its ending NUL, and where the next property begins."""
    base, several = kind & 0xFFF, kind & 0x1000
    count = 1
    if several or base in _MANY:
        count, position = struct.unpack_from("<I", raw, position)[0], position + 4
    if base in _FIXED:
        return raw[position : position + _FIXED[base]], position + _FIXED[base] * count
    if base not in _MANY:
        raise ValueError("a property of a kind that is not known")
    first = b""
    for number in range(min(count, _MOST_ATTRIBUTES)):
        length = struct.unpack_from("<I", raw, position)[0]
        first = raw[position + 4 : position + 4 + length] if number == 0 else first
        position += 4 + _padded(length)
    if base in (0x1E, 0x1F):
        first = first.removesuffix(b"\0\0" if base == 0x1F else b"\0")
    return first, position


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
