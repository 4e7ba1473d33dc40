"""Everything that a mail says of anybody: its headers, both bodies, its calendar, and its bytes as they stand."""

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
        raw.decode("utf-8", "replace"),
    )
    return message, "\n".join(said)


def mbox(raws: list[bytes]) -> bytes:
    """Mails as one file that mail programs import (RFC 4155, "mboxrd")."""
    return b"".join(map(_entry, raws))


def _entry(raw: bytes) -> bytes:
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    quoted = (b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)
    return b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n" + b"\n".join(quoted).rstrip(b"\n") + b"\n\n"
