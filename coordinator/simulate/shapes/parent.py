"""One of our letters as the client of its reader opens it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache

_QUICK = re.compile(r'href="(mailto:[^"]*[?&](?:amp;)?body=[^"]*)"', re.IGNORECASE)
REF = re.compile(r"\bRef:?\s+([A-Za-z0-9]{4}-[A-Za-z0-9]{4}|[A-Za-z0-9]{8})\b")


@dataclass(frozen=True, kw_only=True)
class Parent:
    """The letter that is answered. name, address: its From. reply_to: where an answer goes.

    return_path: where a bounce goes. references: ids of the thread before it. to: as displayed.
    html, calendar: "" when none.
    """

    name: str
    address: str
    reply_to: str
    return_path: str
    to: str
    recipient: str
    subject: str
    message_id: str
    references: tuple[str, ...]
    date: datetime
    text: str
    html: str
    calendar: str
    language: str
    headers: tuple[tuple[str, str], ...]

    @property
    def quick_links(self) -> tuple[str, ...]:
        """The `mailto:` addresses of quick-answer buttons, in order."""
        return tuple(dict.fromkeys(link.replace("&amp;", "&") for link in _QUICK.findall(self.html)))

    @property
    def ref(self) -> str:
        found = REF.search(self.text) or REF.search(self.html)
        return found.group(1) if found else ""


@lru_cache(maxsize=256)
def read(raw: bytes) -> Parent:
    """Headers and both bodies of a letter. A letter without a sound Date counts as of 1970."""
    message = message_from_bytes(raw)
    name, address = parseaddr(_header(message, "From"))
    to = _header(message, "To")
    return Parent(
        name=name,
        address=address,
        reply_to=parseaddr(_header(message, "Reply-To"))[1] or address,
        return_path=parseaddr(_header(message, "Return-Path"))[1] or address,
        to=to,
        recipient=(_header(message, "Delivered-To") or parseaddr(to)[1]).casefold(),
        subject=_header(message, "Subject"),
        message_id=_header(message, "Message-ID").strip(),
        references=tuple(_header(message, "References").split()),
        date=_date(_header(message, "Date")),
        text=_body(message, "text/plain"),
        html=_body(message, "text/html"),
        calendar=_body(message, "text/calendar"),
        language=_header(message, "Content-Language") or "en",
        headers=tuple((name, str(value)) for name, value in message.items()),
    )


def _header(message: Message, name: str) -> str:
    value = re.sub(r"\r?\n(?=[ \t])", "", str(message.get(name, "")))
    return str(make_header(decode_header(value))) if "=?" in value else value


def _date(value: str) -> datetime:
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _body(message: Message, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
    return ""
