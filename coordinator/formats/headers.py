"""What the headers say, as an Envelope; and what makes a message unsafe to look at any further."""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from coordinator.core.reading import Envelope
from coordinator.formats import addresses
from coordinator.formats.authentication import verdict
from coordinator.formats.charsets import header_text, one_line
from coordinator.formats.fields import MOST_BYTES, MOST_LINES, Head, after_mbox_line, read_head, unix_lines
from coordinator.formats.instants import instant
from coordinator.formats.parts import TooManyPartsError, walk

MOST_MESSAGE: Final = 10_000_000
_MOST_ADDRESS_FIELD: Final = 8 * 1024
_MOST_FIELD: Final = 16 * 1024
_ADDRESS_FIELDS: Final = frozenset(
    ("from", "to", "cc", "bcc", "reply-to", "sender", "resent-from", "resent-to", "delivered-to", "return-path")
)
_SINGLE: Final = (
    "from", "sender", "reply-to", "subject", "date", "message-id", "content-type", "content-transfer-encoding",
    "x-coordinator-id",
)  # fmt: skip
_TRACES: Final = frozenset(
    ("received", "delivered-to", "return-path", "envelope-to", "delivery-date", "authentication-results",
     "received-spf", "dkim-signature", "status", "lines", "content-length")
)  # fmt: skip
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,400}@[!-;=?-~]{1,400}>")
_ANY_ID: Final = re.compile(r"<[!-;=?-~]{1,900}>")
_REF: Final = re.compile(r"\bRef\s?[:：]\s*([a-z2-7]{4})[-‐‑–]?([a-z2-7]{4})(?![\w-])", re.IGNORECASE)


def unsafe_reason(raw: bytes) -> str | None:
    """Why this message must not be read any further, None when it may be. Scans bytes; no parser sees them before."""
    if len(raw) > MOST_MESSAGE:
        return f"larger than {MOST_MESSAGE // 1_000_000} MB"
    text = unix_lines(raw)
    start = after_mbox_line(text)
    head, body = read_head(text, start, len(text))
    reason = unsafe_head(text, head, start, body)
    if reason:
        return reason
    try:
        walk(head, text, body, len(text))
    except TooManyPartsError as error:
        return str(error)
    return None


def unsafe_head(text: bytes, head: Head, start: int, body: int) -> str | None:
    """The same for a header block text[start:body] alone."""
    if body - start > MOST_BYTES:
        return f"more than {MOST_BYTES // 1024} KB of headers"
    if text.count(b"\n", start, body) > MOST_LINES:
        return f"more than {MOST_LINES} header lines"
    if text.find(b"\x00", start, body) >= 0:
        return "a NUL in the headers"
    for name, value in head.fields:
        if len(value) > (_MOST_ADDRESS_FIELD if name in _ADDRESS_FIELDS else _MOST_FIELD):
            return f"an overlong {name.title() if name in _ADDRESS_FIELDS else 'header'} line"
    return _repeated(head)


def envelope_of(text: bytes, head: Head, body: int, size: int, trusted: Sequence[str]) -> Envelope:
    """What a sound header block says; `refs` are those of the subject alone."""
    sender, name, defects = addresses.sender(head)
    subject = one_line(header_text(head.first("subject")), 500)
    message_id = _message_id(head)
    return Envelope(
        message_id=message_id,
        fingerprint=_fingerprint(text, head, body, known=message_id is not None),
        sender=sender,
        sender_name=name,
        defects=defects,
        recipients=addresses.recipients(head),
        references=_references(head),
        refs=refs(subject),
        subject=subject,
        date=instant(head.first("date")),
        auth=verdict(head, sender, trusted) if sender else "unknown",
        size=size,
    )


def unsafe_envelope(text: bytes, head: Head, body: int, size: int, reason: str) -> Envelope:
    """Enough to tell a human which message was not read; nobody's address, no carrier."""
    message_id = _message_id(head)
    return Envelope(
        message_id=message_id,
        fingerprint=_fingerprint(text, head, body, known=message_id is not None),
        sender=None,
        defects=(reason,),
        subject=one_line(header_text(head.first("subject")[:2000]), 500),
        date=instant(head.first("date")),
        size=size,
    )


def refs(text: str) -> tuple[str, ...]:
    """`Ref` codes in a text, upper case without the dash, each once."""
    return tuple(dict.fromkeys(f"{match[1]}{match[2]}".upper() for match in _REF.finditer(text)))


def is_code(line: str) -> bool:
    """Whether a line is nothing but a `Ref` code, as a quick answer carries it."""
    return _REF.fullmatch(line.strip()) is not None


def new_refs(text: str) -> tuple[str, ...]:
    """`Ref` codes in the lines of a body that are not marked as quoted."""
    if "ref" not in text and "Ref" not in text and "REF" not in text:
        return ()
    return refs("\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">")))


def ids_in(value: bytes) -> tuple[str, ...]:
    """Message-IDs with their brackets, in order; some clients wrap long ones into encoded words."""
    return tuple(_ANY_ID.findall(header_text(value)))


def _repeated(head: Head) -> str | None:
    for name in _SINGLE:
        values = head.every(name)
        if len(values) > 1 and (name == "from" or len(set(values)) > 1):
            return f"more than one {name.title()} line"
    return None


def _message_id(head: Head) -> str | None:
    value = head.first("message-id").decode("latin-1")
    return value if _MESSAGE_ID.fullmatch(value) else None


def _references(head: Head) -> tuple[str, ...]:
    """Newest last: what is replied to stands last, wherever it stands in References."""
    found = [one for value in head.every("references") for one in ids_in(value)]
    found += [one for value in head.every("in-reply-to") for one in ids_in(value)]
    return tuple(reversed(dict.fromkeys(reversed(found))))


def _fingerprint(text: bytes, head: Head, body: int, *, known: bool) -> str:
    """The same for two deliveries of one message. known: it has a Message-ID, so that three things suffice."""
    digest = hashlib.sha256()
    if known:
        digest.update(head.first("from") + b"\n" + head.first("date") + b"\n")
    else:
        for name, value in head.fields:
            if name not in _TRACES and not name.startswith(("x-", "arc-")):
                digest.update(name.encode() + b":" + value + b"\n")
    digest.update(b"\n" + text[body:].rstrip())
    return digest.hexdigest()
