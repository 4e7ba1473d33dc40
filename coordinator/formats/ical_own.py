"""An invitation of ours, read back from the letter that carries it, and the same letter without it.

The frozen letter is what is remembered of an invitation that waits to go out; a calendar that invites by itself
takes it from there, so that both ways say the same.
"""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from coordinator.core.effects import Attendee, Invite

_BOUNDARY = re.compile(rb'^Content-Type: multipart/\w+; boundary="([^"]+)"', re.MULTILINE)
_FOLD, _LINE = re.compile(rb"\r?\n[ \t]"), 75
_CALENDAR, _ATTACHED = b"Content-Type: text/calendar", b"Content-Type: application/ics"


def invite_in(raw: bytes) -> Invite | None:
    """What the calendar part says; None when there is none."""
    part = next((part for part in _leaves(raw) if part.startswith(_CALENDAR)), None)
    if part is None:
        return None
    # Here, because most letters carry no calendar.
    from icalendar import Calendar

    document: Any = Calendar.from_ical(base64.b64decode(part.partition(b"\r\n\r\n")[2]))
    event: Any = next(iter(document.walk("VEVENT")))
    start = event["DTSTART"].dt
    return Invite(
        method=str(document["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        start=_utc(start),
        end=_utc(event["DTEND"].dt),
        zone=str(event["DTSTART"].params.get("TZID", "UTC")),
        stamp=_utc(event["DTSTAMP"].dt),
        summary=str(event.get("SUMMARY", "")),
        description=str(event.get("DESCRIPTION", "")),
        place=str(event.get("LOCATION", "")),
        attendees=tuple(_attendee(one) for one in _all(event.get("ATTENDEE"))),
    )


def without_calendar(raw: bytes) -> bytes:
    """The same letter without its invitation, byte for byte the same each time."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    kept = [part for part in map(_pruned, _parts(head, body)) if not part.startswith((_CALENDAR, _ATTACHED))]
    mark = _mark(head)
    joined = b"".join(b"\r\n--" + mark + b"\r\n" + part for part in kept)
    return head + gap + joined + b"\r\n--" + mark + b"--\r\n"


def with_attendee(raw: bytes, old: str, new: str) -> bytes:
    """The same letter with an invitation for the other address of one of those invited."""
    found = [part for part in _leaves(raw) if part.startswith((_CALENDAR, _ATTACHED))]
    for part in found:
        head, gap, body = part.partition(b"\r\n\r\n")
        lines = _FOLD.sub(b"", base64.b64decode(body)).split(b"\r\n")
        said = b"\r\n".join(_for(line, old.encode(), new.encode()) for line in lines)
        raw = raw.replace(part, head + gap + base64.encodebytes(said).replace(b"\n", b"\r\n").rstrip(), 1)
    return raw


def _for(line: bytes, old: bytes, new: bytes) -> bytes:
    name, colon, address = line.rpartition(b"mailto:")
    is_meant = line.startswith(b"ATTENDEE") and colon and address.lower() == old.lower()
    return _folded(name + colon + new if is_meant else line)


def _folded(line: bytes) -> bytes:
    """In pieces of at most 75 bytes, none of which ends inside a character (RFC 5545 §3.1)."""
    pieces = []
    while len(line) > _LINE:
        end = next(at for at in range(_LINE, 0, -1) if line[at] & 0xC0 != 0x80)
        pieces.append(line[:end])
        line = b" " + line[end:]
    return b"\r\n".join((*pieces, line))


def _pruned(part: bytes) -> bytes:
    head, gap, body = part.partition(b"\r\n\r\n")
    return without_calendar(part) if gap and _BOUNDARY.match(head) and _parts(head, body) else part


def _leaves(raw: bytes) -> Iterator[bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    parts = _parts(head, body)
    if not parts:
        yield raw
    for part in parts:
        yield from _leaves(part)


def _parts(head: bytes, body: bytes) -> list[bytes]:
    found = _BOUNDARY.search(head)
    if found is None:
        return []
    line = b"\r\n--" + found.group(1)
    inside = (b"\r\n" + body if not body.startswith(b"\r\n") else body).partition(line + b"--")[0]
    return [part.removeprefix(b"\r\n") for part in inside.split(line)[1:]]


def _mark(head: bytes) -> bytes:
    found = _BOUNDARY.search(head)
    assert found is not None, "a letter with a calendar has several parts"
    return found.group(1)


def _attendee(value: object) -> Attendee:
    params = getattr(value, "params", {})
    address = str(value).partition(":")[2]
    return Attendee(name=str(params.get("CN", address)), address=address, partstat=str(params.get("PARTSTAT", "")))


def _all(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
