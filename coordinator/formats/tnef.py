"""The text inside Outlook's winmail.dat (MS-OXTNEF), and nothing else of it."""

import struct
from typing import Final

from coordinator.formats.charsets import to_text
from coordinator.formats.html_text import to_text as html_to_text

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_BODY: Final = 0x0002800C
_PROPERTIES: Final = 0x00069003
_CODEPAGE: Final = 0x00069007
_PLAIN, _HTML = 0x1000, 0x1013
_MOST_ATTRIBUTES: Final = 500
_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MANY: Final = frozenset((0x0D, 0x1E, 0x1F, 0x102))


def text_of(raw: bytes) -> str:
    """The plain text, else the text of the HTML; "" for anything that is broken or holds neither."""
    try:
        return _text(raw) if raw.startswith(_SIGNATURE) else ""
    except (struct.error, IndexError, ValueError):
        return ""


def _text(raw: bytes) -> str:
    charset, plain, properties = "", b"", b""
    position = 6
    for _ in range(_MOST_ATTRIBUTES):
        if position + 9 > len(raw):
            break
        level, name, length = struct.unpack_from("<BII", raw, position)
        value = raw[position + 9 : position + 9 + length]
        position += length + 11
        if level == 1 and name == _CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif level == 1 and name == _BODY:
            plain = value
        elif level == 1 and name == _PROPERTIES:
            properties = value
    if plain:
        return to_text(plain.rstrip(b"\0"), charset)[0]
    return _from_properties(properties, charset) if properties else ""


def _from_properties(raw: bytes, charset: str) -> str:
    count, position = struct.unpack_from("<I", raw)[0], 4
    html = ""
    for _ in range(min(count, _MOST_ATTRIBUTES)):
        kind, name = struct.unpack_from("<HH", raw, position)
        position += 4
        if name >= 0x8000:
            position = _behind_name(raw, position)
        value, position = _value(raw, position, kind)
        if name == _PLAIN and value:
            return value.decode("utf-16-le", "replace") if kind == 0x1F else to_text(value, charset)[0]
        if name == _HTML and value:
            html = html_to_text(to_text(value.rstrip(b"\0"), charset)[0])
    return html


def _behind_name(raw: bytes, position: int) -> int:
    """Skip a named property's GUID and its number or name."""
    form, length = struct.unpack_from("<II", raw, position + 16)
    return position + 24 + (_padded(length) if form else 0)


def _value(raw: bytes, position: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, without its ending NUL, and where the next property begins."""
    base, several = kind & 0xFFF, kind & 0x1000
    count = 1
    if several or base in _MANY:
        count, position = struct.unpack_from("<I", raw, position)[0], position + 4
    if base in _FIXED:
        return b"", position + _FIXED[base] * count
    if base not in _MANY:
        raise ValueError("a property of a kind that is not known")
    first = b""
    for number in range(min(count, _MOST_ATTRIBUTES)):
        length = struct.unpack_from("<I", raw, position)[0]
        first = raw[position + 4 : position + 4 + length] if number == 0 else first
        position += 4 + _padded(length)
    return first.removesuffix(b"\0\0" if base == 0x1F else b"\0"), position


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
