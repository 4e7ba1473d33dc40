"""From raw bytes to a message: who sent it, which kind it is, and what it says. Nothing is decided about it here."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from coordinator.core.reading import Bounce, Envelope
from coordinator.formats import kinds
from coordinator.formats.bodies import Body, body_of
from coordinator.formats.fields import Head, after_mbox_line, read_head, unix_lines
from coordinator.formats.headers import MOST_MESSAGE, envelope_of, new_refs, unsafe_envelope, unsafe_head
from coordinator.formats.own import Own
from coordinator.formats.parts import TooManyPartsError, walk

__all__ = ["Message", "Own", "envelope", "parse"]

_LANGUAGE: Final = re.compile(rb"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, kw_only=True)
class Message:
    """An email that came in.

    kind: "unsafe", "own", "bounce", "auto_reply", "calendar" or "reply"; whether a reply is a stop, help or stray
    is for those who know the words. text: the best text of the body, LF line ends, at most 64 K characters, lines
    that HTML marks as quoted begin with "> "; "" when there is none. html: decoded, as sent. calendar: what may be
    calendar objects, the likeliest first. attachments: (safe name, bytes), never opened. back: the return day that
    an out-of-office states. answerable: False where we must never answer. language: a hint by the sender's program.
    problems: one line each, without a word of the message.
    """

    envelope: Envelope
    kind: str
    text: str = field(default="", repr=False)
    html: str | None = field(default=None, repr=False)
    calendar: tuple[bytes, ...] = field(default=(), repr=False)
    attachments: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    bounce: Bounce | None = field(default=None, repr=False)
    back: date | None = None
    answerable: bool = False
    language: str | None = None
    problems: tuple[str, ...] = ()


def parse(raw: bytes, own: Own) -> Message:
    """Never raises, whatever the bytes: what is beyond the caps or breaks a reader comes out as "unsafe"."""
    try:
        return _parse(raw, own)
    except TooManyPartsError as error:
        return _unsafe(raw, str(error))
    except Exception:  # noqa: BLE001 - one bad message must not keep the others from being read
        return _unsafe(raw, "a message that could not be read")


def envelope(raw: bytes, own: Own) -> Envelope:
    """What the headers say, at a tenth of the cost; `refs` are those of the subject. Never raises."""
    text, head, body, reason = _opened(raw)
    if reason:
        return unsafe_envelope(text, head, body, len(raw), reason)
    try:
        return envelope_of(text, head, body, len(raw), own.trusted_authserv_ids)
    except Exception:  # noqa: BLE001 - as above
        return unsafe_envelope(text, head, body, len(raw), "headers that could not be read")


def _parse(raw: bytes, own: Own) -> Message:
    text, head, start, reason = _opened(raw)
    if reason:
        return _unsafe(raw, reason)
    leaves = walk(head, text, start, len(text))
    outside = envelope_of(text, head, start, len(raw), own.trusted_authserv_ids)
    body = body_of(leaves)
    kind = kinds.kind_of(head, leaves, outside, body, own)
    return _message(head, outside, body, kind, own)


def _message(head: Head, outside: Envelope, body: Body, kind: kinds.Kind, own: Own) -> Message:
    refs = tuple(dict.fromkeys((*outside.refs, *new_refs(body.text))))
    return Message(
        envelope=replace(outside, refs=refs) if refs != outside.refs else outside,
        kind=kind.name,
        text=body.text,
        html=body.html,
        calendar=body.calendar,
        attachments=body.attachments,
        bounce=kind.bounce,
        back=kind.back,
        answerable=kinds.may_answer(head, outside, kind.name, own),
        language=_language(head),
        problems=(*kind.problems, *body.problems),
    )


def _opened(raw: bytes) -> tuple[bytes, Head, int, str | None]:
    """LF bytes, their headers, where the body begins, and why they must not be read any further."""
    text = unix_lines(raw[: MOST_MESSAGE + 1])
    start = after_mbox_line(text)
    head, body = read_head(text, start, len(text))
    reason = "larger than 10 MB" if len(raw) > MOST_MESSAGE else unsafe_head(text, head, start, body)
    return text, head, body, reason


def _unsafe(raw: bytes, reason: str) -> Message:
    text, head, body, _ = _opened(raw)
    outside = unsafe_envelope(text, head, body, len(raw), reason)
    return Message(envelope=outside, kind="unsafe", problems=(reason,))


def _language(head: Head) -> str | None:
    found = _LANGUAGE.match(head.first("content-language"))
    return found[0].decode("ascii") if found else None
