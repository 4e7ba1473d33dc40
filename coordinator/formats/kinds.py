"""Which kind of mail it is, decided in a fixed order, and whether it may be answered at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator.core.reading import Bounce, Envelope
from coordinator.formats import autoreplies, bounces
from coordinator.formats.addresses import domain_of
from coordinator.formats.bodies import Body
from coordinator.formats.fields import Head
from coordinator.formats.own import OWN_HEADER, Own, is_stamp
from coordinator.formats.parts import Part

_METHOD: Final = re.compile(rb"^METHOD[^:\n]{0,80}:[ \t]*([A-Za-z-]{1,30})", re.IGNORECASE | re.MULTILINE)
_ANSWERS: Final = frozenset((b"REPLY", b"COUNTER", b"REFRESH", b"DECLINECOUNTER", b"CANCEL", b"ADD"))
_ROBOTS: Final = re.compile(
    r"(?:mailer[-_.]?daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|nao-?responda|ne-?pas-?repondre|noresponder?|"
    r"bounces?|listserv|majordomo|mailman|autoresponder|auto-?reply|notifications?|daemon)(?:[-_.+].*)?@",
    re.IGNORECASE,
)
_LISTS: Final = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "list-help",
    "list-subscribe",
    "list-owner",
    "mailing-list",
)
_MOST_RECEIVED: Final = 25


@dataclass(frozen=True, kw_only=True)
class Kind:
    """name: as in `mime.Message.kind`. problems: what a human should know about why."""

    name: str
    bounce: Bounce | None = None
    back: date | None = None
    problems: tuple[str, ...] = ()


def kind_of(head: Head, leaves: Sequence[Part], envelope: Envelope, body: Body, own: Own) -> Kind:
    """Own mail before bounces before calendar answers before robots before replies.

    Calendar answers come before robots, since calendar services mark what they send for people as automatic.
    """
    if _is_own(head, envelope, own):
        return Kind(name="own")
    report = bounces.report_type(head, leaves)
    if bounces.is_bounce(head, leaves, report, envelope.subject, body.text):
        bounce = bounces.read_bounce(head, leaves, _all_text(leaves, body.text), own)
        delivered = Kind(name="auto_reply", problems=("a confirmation that a mail was delivered",))
        return Kind(name="bounce", bounce=bounce) if bounce else delivered
    if report:
        return Kind(name="auto_reply", problems=(_REPORTS.get(report, "a report by a mail program"),))
    if _is_calendar(leaves, envelope, body):
        return Kind(name="calendar")
    if autoreplies.is_automatic(head, envelope.subject, body.text):
        return Kind(name="auto_reply", back=autoreplies.back(envelope.subject, body.text, envelope.date))
    return Kind(name="reply")


def may_answer(head: Head, envelope: Envelope, kind: str, own: Own) -> bool:
    """False wherever an answer could start a loop, reach a list, or go to nobody (RFC 3834 §2)."""
    sender = envelope.sender
    if sender is None or kind in {"unsafe", "own", "bounce", "auto_reply"} or own.is_mailbox(sender):
        return False
    if autoreplies.is_marked(head) or any(head.has(name) for name in (*_LISTS, OWN_HEADER)):
        return False
    if own.domain and own.has_made(envelope.message_id):
        return False
    if head.first("return-path").replace(b" ", b"") == b"<>" or _ROBOTS.match(sender):
        return False
    return head.first("precedence").lower() not in _SUPPRESSING and len(head.every("received")) < _MOST_RECEIVED


_SUPPRESSING: Final = frozenset((b"bulk", b"list", b"junk", b"auto_reply"))
_REPORTS: Final = {
    "disposition-notification": "a read receipt",
    "feedback-report": "a complaint that somebody called a mail of ours junk",
}


def _is_own(head: Head, envelope: Envelope, own: Own) -> bool:
    """Our own mail come back to us as it was sent: our header is not enough, since anybody can copy it."""
    stamped = is_stamp(head.first(OWN_HEADER))
    return (
        stamped
        and own.is_mailbox(envelope.sender)
        and bool(envelope.message_id)
        and domain_of((envelope.message_id or "").strip("<>")) == (own.domain or domain_of(own.address)).lower()
    )


def _is_calendar(leaves: Sequence[Part], envelope: Envelope, body: Body) -> bool:
    """An answer to an invitation, or an invitation that is not quoted by a reply."""
    method = b""
    for raw in body.calendar:
        found = _METHOD.search(raw[: 64 * 1024])
        if found:
            method = found[1].upper()
            break
    else:
        named = (part.parameters.get("method", "") for part in leaves if part.type == "text/calendar")
        method = next(named, "").upper().encode("ascii", "replace")
    return method in _ANSWERS or (method in {b"REQUEST", b"PUBLISH"} and not envelope.references)


def _all_text(leaves: Sequence[Part], text: str) -> str:
    """What a bounce says, with what it returns as further text."""
    others = [part for part in leaves if part.type == "text/plain"][1:4]
    return "\n\n".join((text, *(part.text()[0][:20_000] for part in others if part.text()[0] not in text)))
