"""What a person would see of a message: its text, its HTML, calendar objects, and the names of what is attached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coordinator.formats import flowed, tnef
from coordinator.formats.charsets import lines_of_text
from coordinator.formats.html_text import MOST_HTML, to_text
from coordinator.formats.parts import Part, safe_name

MOST_TEXT: Final = 64 * 1024
_MOST_CALENDAR: Final = 256 * 1024
_MOST_CALENDARS: Final = 8
_STUB: Final = re.compile(
    r"html|browser|e-?mail client|mail program|view this|affich|anzeig|ansehen|visualiz|weergeven", re.IGNORECASE
)
_ARMOR: Final = "-----BEGIN PGP SIGNED MESSAGE-----\n"


@dataclass(frozen=True, kw_only=True)
class Body:
    """text: "" when nothing is written. html: as sent, decoded. The rest as in `mime.Message`."""

    text: str
    html: str | None
    calendar: tuple[bytes, ...]
    attachments: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]


def body_of(leaves: Sequence[Part]) -> Body:
    problems: list[str] = []
    shown = [part for part in leaves if part.type in {"text/plain", "text/html"} and not _is_attached(part)]
    plain = "\n".join(_plain(part, problems) for part in shown if part.type == "text/plain").strip("\n")
    html = "\n".join(_decoded(part, problems) for part in shown if part.type == "text/html") or None
    text = plain if not html or _says_enough(plain) else to_text(html) or plain
    if not text.strip() and not html:
        text = _from_outlook(leaves)
    if len(text) > MOST_TEXT or len(html or "") > MOST_HTML:
        problems.append("the text is longer than is read")
    calendar = _calendars(leaves)
    return Body(
        text=text[:MOST_TEXT],
        html=html,
        calendar=calendar,
        attachments=tuple((safe_name(part.name) or _nameless(part), part.size) for part in leaves if _is_listed(part)),
        problems=(*dict.fromkeys(problems), *_unreadable(leaves, text, read=bool(calendar))),
    )


def _plain(part: Part, problems: list[str]) -> str:
    text = _decoded(part, problems)
    if part.parameters.get("format", "").lower() == "flowed":
        text = flowed.joined(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    return _unarmored(text) if text.startswith(_ARMOR) else text


def _decoded(part: Part, problems: list[str]) -> str:
    text, problem = part.text()
    if problem:
        problems.append(problem)
    return lines_of_text(text)


def _says_enough(plain: str) -> bool:
    """Whether the text part is a text: one that only points to the HTML part is not."""
    stripped = plain.strip()
    return bool(stripped) and (len(stripped) > 300 or not _STUB.search(stripped))


def _unarmored(text: str) -> str:
    """What stands between the lines of a PGP clear-text signature (RFC 9580 §7)."""
    text = text.partition("\n\n")[2].partition("\n-----BEGIN PGP SIGNATURE-----")[0]
    return "\n".join(line.removeprefix("- ") for line in text.split("\n"))


def _from_outlook(leaves: Sequence[Part]) -> str:
    for part in leaves:
        if _is_tnef(part):
            return lines_of_text(tnef.text_of(part.content()))[:MOST_TEXT]
    return ""


def _calendars(leaves: Sequence[Part]) -> tuple[bytes, ...]:
    """What may be a calendar object, the likeliest first, each once. Mails commonly hold two equal copies."""
    ranked = sorted((rank, number) for number, part in enumerate(leaves) if (rank := _calendar_rank(part)) < 9)
    found: dict[bytes, bytes] = {}
    for rank, number in ranked[: 2 * _MOST_CALENDARS]:
        content = leaves[number].content()
        if len(content) <= _MOST_CALENDAR and (rank < 3 or content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR"):
            found.setdefault(content.replace(b"\r\n", b"\n").strip(), content)
    if not found:
        found = {answer: answer for part in leaves if _is_tnef(part) and (answer := tnef.answer_of(part.content()))}
    return tuple(found.values())[:_MOST_CALENDARS]


def _calendar_rank(part: Part) -> int:
    if part.type == "text/calendar":
        return 0
    if part.type in {"application/ics", "text/x-vcalendar", "application/calendar"}:
        return 1
    if part.name.lower().endswith((".ics", ".vcs")):
        return 2
    return 3 if part.type == "application/octet-stream" and part.size <= _MOST_CALENDAR else 9


def _is_attached(part: Part) -> bool:
    return part.disposition == "attachment" or bool(part.name)


def _is_listed(part: Part) -> bool:
    if part.type in {"text/plain", "text/html"}:
        return _is_attached(part)
    return part.type not in {"text/calendar", "message/delivery-status", "message/disposition-notification"}


def _nameless(part: Part) -> str:
    return "forwarded message" if part.type == "message/rfc822" else part.type


def _is_tnef(part: Part) -> bool:
    return part.type in {"application/ms-tnef", "application/vnd.ms-tnef"} or part.name.lower() == "winmail.dat"


def _unreadable(leaves: Sequence[Part], text: str, *, read: bool) -> tuple[str, ...]:
    """What the writer sent in a form that is not read, so that a human can ask for it in another."""
    types = {part.type for part in leaves}
    found = []
    if not read and any(_is_tnef(part) for part in leaves):
        found.append("an Outlook attachment (winmail.dat) that is not opened")
    if not read and any(_calendar_rank(part) < 3 and part.size > _MOST_CALENDAR for part in leaves):
        found.append("a calendar that is too large to be read")
    if "application/pgp-encrypted" in types or (types & _SMIME and not text.strip()):
        found.append("encrypted or sealed, so that the text cannot be read")
    return tuple(found)


_SMIME: Final = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
