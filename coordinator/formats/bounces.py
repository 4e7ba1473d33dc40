"""Returned mail: whose, for how long, and which of our mails it was (RFC 3464, and what servers wrote before it)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from coordinator.core.reading import Bounce
from coordinator.formats import bounce_words as words
from coordinator.formats.addresses import addresses_in_text, every_address
from coordinator.formats.away_words import MARKED_SUBJECT, REPLY_MARK
from coordinator.formats.fields import Head, read_head, unix_lines
from coordinator.formats.headers import ids_in
from coordinator.formats.own import Own
from coordinator.formats.parts import Part, media_type

_RETURNED_TYPES: Final = frozenset(
    ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
)
_STATUS_TYPES: Final = frozenset(("message/delivery-status", "message/global-delivery-status"))
_GROUP_TYPES: Final = _STATUS_TYPES | {"message/disposition-notification"}
_FAILED_FIELDS: Final = ("x-failed-recipients", "x-failed-recipient")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_CODE: Final = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_ID_LINE: Final = re.compile(r"^[ >\t|]*Message-Id:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_REPLY_LINE: Final = re.compile(r"^[ >\t|]*Reply-To:([^\n]{1,500})", re.IGNORECASE | re.MULTILINE)
_TO_LINE: Final = re.compile(r"^[ >\t|]*To:([^\n]{1,500})", re.IGNORECASE | re.MULTILINE)
_RETURNED: Final = re.compile(
    r"^[ >\t]*(?:Received|Return-Path|Message-Id|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
_REACHED: Final = frozenset(("delivered", "relayed", "expanded"))
_MOST_GROUPS: Final = 50
_MOST_TEXT: Final = 20_000


def report_type(head: Head, leaves: Iterable[Part]) -> str:
    """Of a multipart/report: "delivery-status", "disposition-notification", "feedback-report" …, else ""."""
    kind, given = media_type(head)
    if kind == "multipart/report" and given.get("report-type"):
        return given["report-type"].lower()
    types = {part.type for part in leaves if part.container in {"multipart/report", "multipart/mixed"}}
    if types & _STATUS_TYPES:
        return "delivery-status"
    return "disposition-notification" if "message/disposition-notification" in types else ""


def is_bounce(head: Head, leaves: Sequence[Part], report: str, subject: str, text: str) -> bool:
    """Whether this mail is a returned one, or a notice that it is late. A reply to such a notice is not."""
    if report == "delivery-status" or any(head.has(name) for name in _FAILED_FIELDS):
        return True
    titled = bool(words.SUBJECT.search(subject))
    if titled and (REPLY_MARK.match(subject) or MARKED_SUBJECT.match(subject)):
        titled = not head.has("in-reply-to") and _opens_so(text)
    author = head.first("from").decode("latin-1").lower()
    named = bool(words.DAEMON_NAME.search(author.partition("<")[0].strip(' "')))
    if report:
        return report == "disposition-notification" and titled and named
    local = next(every_address(author), author.strip(" <>")).partition("@")[0]
    if local in words.DAEMONS:
        return True
    null = head.first("return-path") in {b"<>", b"< >", b"<MAILER-DAEMON>"} or author.endswith("<>")
    if null and words.CAME_BACK.search(text[:4000]) and _RETURNED.search(text):
        return True  # No person's mail has an empty return path, whatever the subject says.
    return titled and (named or null or local in words.SERVANTS or _says_so(text, leaves))


def _opens_so(text: str) -> bool:
    """Whether the first words are those of a server, not of somebody who answers one."""
    first = next((line.strip() for line in text[:_MOST_TEXT].splitlines() if any(map(str.isalpha, line))), "")
    return bool(words.TO_THE_WRITER.search(first) and words.CAME_BACK.search(first))


def read_bounce(head: Head, leaves: Sequence[Part], text: str, own: Own) -> Bounce | None:
    """The returned mail; None for a report that every recipient was reached."""
    returned = tuple(_returned(leaves))
    said = text[:_MOST_TEXT]
    groups = tuple(_groups(leaves))
    actions = {_action(group) for group in groups} - {""}
    if actions and actions <= _REACHED:
        return None
    group = _worst(groups)
    status = _status(group, said)
    return Bounce(
        recipient=_recipient(head, group, returned, said, own),
        hard=_is_hard(status, actions, said),
        status=status,
        message_id=_ours(head, (*groups, *returned), text, own),
    )


def _groups(leaves: Sequence[Part]) -> Iterator[Head]:
    """The fields about each recipient."""
    for part in leaves:
        if part.type in _GROUP_TYPES:
            raw = unix_lines(part.content()).strip(b"\n")
            for group in re.split(rb"\n[ \t]*\n+", raw)[:_MOST_GROUPS]:
                head, _ = read_head(group, 0, len(group))
                if head.has("action") or head.has("status") or head.has("final-recipient"):
                    yield head


def _worst(groups: Sequence[Head]) -> Head | None:
    """The recipient that failed for good before one that is late before one that was reached."""
    order = {"delayed": 1, **dict.fromkeys(_REACHED, 2)}
    return min(groups, key=lambda group: order.get(_action(group), 0), default=None)


def _action(group: Head) -> str:
    """Some servers go on after the word that the standard gives."""
    word = group.first("action").lower().decode("latin-1").replace("(", " ").replace(";", " ").split()
    return word[0] if word else ""


def _status(group: Head | None, said: str) -> str:
    """The most telling code: many servers write 5.0.0 in the field and the reason behind it."""
    given = ""
    if group:
        found = _STATUS.search(group.first("status").decode("latin-1"))
        given = found[1] if found else ""
        if not given or given.endswith(".0.0"):
            reason = _STATUS.search(group.first("diagnostic-code").decode("latin-1"))
            given = reason[1] if reason else given
    if given and not given.endswith(".0.0"):
        return given
    for found in _STATUS.finditer(_RETURNED.split(said, maxsplit=1)[0]):
        if found[1][0] == (given or found[1])[0] != "2":
            return found[1]
    return given


def _is_hard(status: str, actions: set[str], said: str) -> bool:
    notice = _RETURNED.split(said, maxsplit=1)[0][:6000]
    if actions:
        late = not actions - _REACHED - {"delayed"}
    else:
        late = not status.startswith("5") and bool(words.DELAYED.search(notice)) and not words.HARD.search(notice)
    if late or status.startswith(("4", "2")) or status in {"5.2.2", "5.2.3", "5.3.1", "5.3.4"}:
        return False
    if status and not status.endswith(".0.0"):
        return True
    if words.SOFT.search(notice):
        return False
    code = _CODE.search(notice)
    return status.startswith("5") or (code[1] == "5" if code else bool(words.HARD.search(notice)))


def _returned(leaves: Sequence[Part]) -> Iterator[Head]:
    """The headers of our mail, where the bounce holds them as a part."""
    for part in leaves:
        if part.type in _RETURNED_TYPES:
            raw = unix_lines(part.content()).lstrip(b"\n")
            yield read_head(raw, 0, len(raw))[0]


def _recipient(head: Head, group: Head | None, returned: Sequence[Head], said: str, own: Own) -> str:
    given: list[bytes] = []
    if group:
        given += [group.first("original-recipient"), group.first("final-recipient")]
    given += [head.first(name) for name in _FAILED_FIELDS]
    for value in given:
        for address in every_address(value.decode("utf-8", "replace")):
            return address
    sent_to = [a for one in returned for a in every_address(one.first("to").decode("utf-8", "replace"))]
    named = [a for a in addresses_in_text(_RETURNED.split(said, maxsplit=1)[0]) if _may_be_meant(a, head, own)]
    sent_to += [a for match in _TO_LINE.finditer(said) for a in every_address(match[1]) if not own.is_mailbox(a)]
    both = [address for address in named if address in sent_to]
    return next(iter(both or named or sent_to), "")


def _may_be_meant(address: str, head: Head, own: Own) -> bool:
    local = address.partition("@")[0]
    author = head.first("from").decode("latin-1").lower()
    return not own.is_mailbox(address) and local not in words.DAEMONS | {"postmaster"} and address not in author


def _ours(head: Head, returned: Sequence[Head], text: str, own: Own) -> str:
    """Our Message-ID in what came back, else our token, without which a bounce counts for nothing."""
    ids = [i for one in returned for name in ("message-id", "original-message-id") for i in ids_in(one.first(name))]
    ids += _ID_LINE.findall(text)
    ids += [i for name in ("in-reply-to", "references") for i in ids_in(head.first(name))] if own.domain else []
    for found in ids:
        if own.is_id(found):
            return found
    replies = [one.first("reply-to").decode("utf-8", "replace") for one in returned]
    replies += [match[1] for match in _REPLY_LINE.finditer(text)]
    replies += [head.first(name).decode("utf-8", "replace") for name in ("to", "delivered-to", "x-original-to")]
    return next((token for value in replies for a in every_address(value) if (token := own.token_in(a))), "")


def _says_so(text: str, leaves: Sequence[Part]) -> bool:
    """Whether the text is a server's notice. A human who tells of a mail that came back shows no server's reply."""
    notice = text[:4000]
    if not words.CAME_BACK.search(notice):
        return False
    shown = any(part.type in _RETURNED_TYPES for part in leaves) or _CODE.search(notice) or _RETURNED.search(text)
    return bool(shown or words.TO_THE_WRITER.search(notice))
