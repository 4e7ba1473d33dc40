"""Everything that a mail says of anybody: its headers, all of its parts, its calendar, and its bytes as they stand."""

from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import Message as Part

from coordinator.formats.charsets import header_text
from coordinator.formats.charsets import to_text as decoded
from coordinator.formats.html_text import to_text
from coordinator.formats.mime import Message, Own, parse


def people_in(raw: bytes, own: Own) -> tuple[Message, str]:
    """The message, and one long text to look for names and addresses in."""
    message = parse(raw, own)
    outside = message.envelope
    said = (
        outside.sender or "",
        outside.sender_name,
        *outside.recipients,
        outside.subject,
        message.text,
        message.html or "",
        *(part.decode("utf-8", "replace").replace("\r\n ", "") for part in message.calendar),
    )
    return message, "\n".join((*said, said_in(raw)))


def said_in(raw: bytes) -> str:
    """Its bytes as they stand, and each header and part of it decoded, those of attachments and forwards as well."""
    found = [raw.decode("utf-8", "replace")]
    with suppress(Exception):  # whatever breaks a reader has its bytes looked through all the same
        for part in message_from_bytes(raw).walk():
            found.extend(_words_of(part))
    return "\n".join(found)


def _words_of(part: Part) -> Iterator[str]:
    yield from (header_text(str(value).encode("utf-8", "surrogateescape")) for value in part.values())
    yield part.get_filename() or ""
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        text, _ = decoded(content, part.get_content_charset() or "utf-8")
        yield text
        if part.get_content_subtype() == "html":
            yield to_text(text)
        if part.get_content_subtype() == "calendar":
            yield text.replace("\r\n ", "").replace("\n ", "")


def mbox(raws: list[bytes]) -> bytes:
    """Mails as one file that mail programs import (RFC 4155, "mboxrd")."""
    return b"".join(map(_entry, raws))


def _entry(raw: bytes) -> bytes:
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    quoted = (b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)
    return b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n" + b"\n".join(quoted).rstrip(b"\n") + b"\n\n"
