"""A letter as bytes: headers and parts written by hand, then read again from the bytes to be sure.

`EmailMessage` takes ten times as long and, in some releases, lets an encoded word smuggle a header in.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from coordinator.errors import CoordinatorError
from coordinator.formats.letter_jinja import cleaned

LONGEST_VALUE = 200
_FOLD = 76
_CHUNK = 42
"""Bytes of UTF-8 in one encoded word: 56 base64 characters, 68 with their wrapping."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")
_NAME = re.compile(rb"([A-Za-z][A-Za-z-]*): ?")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Header = tuple[str, str]


def one_line(value: str) -> str:
    """Fit for a header: no control characters, one space between words, at most 200 characters."""
    return " ".join(cleaned(value).split())[:LONGEST_VALUE].rstrip()


def text_header(value: str) -> str:
    """Unstructured text, RFC 2047 where it is not plain ASCII or looks encoded already."""
    value = one_line(value)
    return value if value.isascii() and "=?" not in value else _encoded(value)


def address_header(name: str, address: str) -> str:
    """ "Name <address>". CoordinatorError for an address that is none."""
    if not _ADDRESS.fullmatch(address):
        raise CoordinatorError("a letter cannot be addressed: its address is malformed – correct it in the roster")
    name = one_line(name)
    if not name:
        return address
    if not name.isascii() or "=?" in name:
        return f"{_encoded(name)} <{address}>"
    if not _ATOMS.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>"


def _encoded(value: str) -> str:
    words, chunk = [], b""
    for character in value:
        raw = character.encode("utf-8", "replace")
        if len(chunk) + len(raw) > _CHUNK:
            words.append(chunk)
            chunk = b""
        chunk += raw
    return " ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in (*words, chunk))


def date_header(now: datetime) -> str:
    """RFC 5322, always in UTC and in English."""
    utc = now.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year} {utc:%H:%M:%S} +0000"


def boundary(message_id: str, level: str) -> str:
    """The same for the same letter. `=_` stands in no base64 and in no quoted-printable text."""
    return f"=_{level}{hashlib.sha256(message_id.encode()).hexdigest()[:24]}"


def text_part(kind: str, content: str) -> bytes:
    """A text in quoted-printable, readable in a folder of mail as well."""
    raw = content.replace("\n", "\r\n").encode("utf-8", "replace")
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + binascii.b2a_qp(raw, istext=True)


def base64_part(content_type: str, content: bytes, disposition: str = "") -> bytes:
    extra = f"Content-Disposition: {disposition}\r\n" if disposition else ""
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n{extra}\r\n"
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def attachment(name: str, media_type: str, content: bytes) -> bytes:
    """A named part. CoordinatorError for a media type that is none."""
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise CoordinatorError("an attachment has no sound media type")
    safe = _UNSAFE.sub("-", cleaned(name)).strip(".-")[:80] or "attachment"
    return base64_part(f'{media_type}; name="{safe}"', content, f'attachment; filename="{safe}"')


def multipart(subtype: str, mark: str, parts: Iterable[bytes]) -> bytes:
    line = f"--{mark}"
    body = b"".join(f"\r\n{line}\r\n".encode() + part for part in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{mark}"\r\n\r\n'
    return head.encode() + body + f"\r\n{line}--\r\n".encode()


def assembled(headers: Sequence[Header], content: bytes) -> bytes:
    """The whole mail. CoordinatorError when its bytes hold any header but those given, in their order."""
    head = "".join(f"{name}: {_folded(name, value)}\r\n" for name, value in headers).encode("ascii", "strict")
    raw = head + b"MIME-Version: 1.0\r\n" + content
    expected = [*(name for name, _ in headers), "MIME-Version", "Content-Type"]
    if header_names(raw) != expected:
        raise CoordinatorError("a letter's headers are not those that were meant; it was not sent")
    return raw


def _folded(name: str, value: str) -> str:
    lines, current = [], f"{name}:"
    for word in value.split(" "):
        if len(current) + 1 + len(word) > _FOLD and current != f"{name}:":
            lines.append(current)
            current = ""
        current += f" {word}"
    return "\r\n".join([*lines, current])[len(name) + 2 :]


def header_names(raw: bytes) -> list[str]:
    """Names of the headers as any receiver would count them; "?" for a line that is none."""
    head = raw.partition(b"\r\n\r\n")[0]
    if head.count(b"\r\n") != head.count(b"\n") or head.count(b"\r\n") != head.count(b"\r"):
        return ["?"]
    lines = [line for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    found = [_NAME.match(line) for line in lines]
    return [match[1].decode() if match else "?" for match in found]
