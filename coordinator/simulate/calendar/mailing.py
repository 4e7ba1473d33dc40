"""Mails written the way that calendar programs write them, oddities of structure and encoding included."""

import base64
import quopri
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from coordinator.simulate.calendar.answer import Answer

CRLF = b"\r\n"


def mail(answer: Answer, subject: str, headers: Sequence[str], content: bytes, *, domain: str) -> bytes:
    """headers: those of this program, after the usual ones. content: begins with its own Content-Type line."""
    name = answer.name if answer.sender == answer.address else ""
    usual = (
        f"From: {_person(name, answer.sender)}",
        f"To: {_person(answer.invitation.organizer_name, answer.invitation.organizer)}",
        f"Subject: {encoded(subject)}",
        f"Date: {date(answer.now)}",
        f"Message-ID: <{answer.id[:40]}@{domain}>",
        "MIME-Version: 1.0",
    )
    return "".join(f"{line}\r\n" for line in (*usual, *headers)).encode() + content


def date(now: datetime) -> str:
    return format_datetime(now)


def encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=400).encode()


def _person(name: str, address: str) -> str:
    if not name:
        return f"<{address}>"
    plain = name.replace("\\", "").replace('"', "")
    return f'"{plain}" <{address}>' if plain.isascii() else f"{encoded(plain)} <{address}>"


def multipart(kind: str, boundary: str, parts: Sequence[bytes], *, header: str = "Content-Type") -> bytes:
    head = f'{header}: multipart/{kind};\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    opening = f"--{boundary}\r\n".encode()
    body = b"".join(opening + part.removesuffix(CRLF) + CRLF for part in parts)
    return head + body + f"--{boundary}--\r\n".encode()


def part(headers: Sequence[str], content: bytes) -> bytes:
    body = content.replace(CRLF, b"\n").replace(b"\n", CRLF)
    return "".join(f"{line}\r\n" for line in headers).encode() + CRLF + body


def base64_lines(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", CRLF)


def quoted_printable(content: bytes) -> bytes:
    """Text with line ends kept as line ends."""
    return quopri.encodestring(content.replace(CRLF, b"\n"), quotetabs=False).replace(b"\n", CRLF)


def quoted_printable_binary(content: bytes) -> bytes:
    """Line ends written out as =0D=0A, as for data that is no text."""
    signs = (f"={byte:02X}" if byte in b"\r\n=" or byte > 126 or byte < 32 else chr(byte) for byte in content)
    lines, line = [], ""
    for sign in signs:
        if len(line) + len(sign) > 75:
            lines.append(f"{line}=")
            line = ""
        line += sign
    return CRLF.join(text.encode() for text in (*lines, line)) + CRLF
