"""Entities and headers written byte by byte, because each client has its own way of doing so."""

import quopri
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from textwrap import wrap


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A MIME part: headers in order and an encoded body with CRLF."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def text(subtype: str, content: str, *, charset: str, encoding: str, params: str = "", quoted: bool = True) -> Entity:
    """A text part. encoding: "7bit" and "8bit" give way to quoted-printable where a line would not survive.

    A charset that cannot hold the content gives way to UTF-8, as it does in the clients.
    """
    charset, data = _encoded(content, charset)
    how = _fitting(data, encoding)
    kind = f'text/{subtype}; charset="{charset}"' if quoted else f"text/{subtype}; charset={charset}"
    headers = (("Content-Type", kind + params), ("Content-Transfer-Encoding", how))
    return Entity(headers=headers, body=_transfer(data, how))


def _encoded(content: str, charset: str) -> tuple[str, bytes]:
    flat = content.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        return charset, flat.encode(charset)
    except UnicodeEncodeError:
        return "utf-8", flat.encode()


def _fitting(data: bytes, encoding: str) -> str:
    too_long = any(len(line) > 990 for line in data.split(b"\r\n"))
    if encoding == "base64":
        return "base64"
    if encoding == "qp" or too_long or (encoding == "7bit" and not data.isascii()):
        return "quoted-printable"
    return "8bit" if encoding == "8bit" and not data.isascii() else "7bit"


def _transfer(data: bytes, how: str) -> bytes:
    if how == "base64":
        return encodebytes(data).replace(b"\n", b"\r\n")
    if how == "quoted-printable":
        lines = data.split(b"\r\n")
        return b"\r\n".join(quopri.encodestring(line).replace(b"=\n", b"=\r\n") for line in lines)
    return data


def multipart(kind: str, parts: Sequence[Entity], *, boundary: str, params: str = "") -> Entity:
    delimiter = f"--{boundary}\r\n".encode()
    body = b"".join(delimiter + entity_bytes(part) + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
    content_type = f'multipart/{kind}; boundary="{boundary}"{params}'
    return Entity(headers=(("Content-Type", content_type),), body=body)


def entity_bytes(entity: Entity) -> bytes:
    return head(entity.headers) + b"\r\n" + entity.body


def message(headers: Sequence[tuple[str, str]], entity: Entity) -> bytes:
    """A whole mail, CRLF."""
    return head((*headers, ("MIME-Version", "1.0"), *entity.headers)) + b"\r\n" + entity.body


def head(headers: Sequence[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {_folded(name, value)}\r\n" for name, value in headers if value).encode()


def _folded(name: str, value: str) -> str:
    if not value.isascii():
        return Header(value, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")
    if len(name) + len(value) < 77 or "\n" in value:
        return value
    return "\r\n ".join(wrap(value, 74, break_long_words=False, break_on_hyphens=False))


def mailbox(name: str, address: str) -> str:
    """`Ana Ruiz <ana@example.org>`; a name beyond ASCII becomes an encoded word, the address never."""
    if not name:
        return address
    if name.isascii():
        special = any(char in name for char in '(),.:;<>@[]"\\')
        return f'"{name}" <{address}>' if special else f"{name} <{address}>"
    return f"{Header(name, 'utf-8').encode()} <{address}>"
