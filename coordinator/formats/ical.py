"""Invites out: the calendar part of a mail for Outlook, Gmail, Apple and Thunderbird, and a feed to look at."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from coordinator.core.effects import Attendee, Invite
from coordinator.core.zones import zone
from coordinator.formats import ical_lines as lines
from coordinator.formats import vtimezone

_OPENING = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coordinator//mentoring//EN", "CALSCALE:GREGORIAN")
_METHODS = ("REQUEST", "CANCEL")
_PARTSTATS = ("NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE")
_SHORT, _LONG = 250, 8000
"""Characters of a name or title, and of a description; longer texts are cut."""


def calendar_part(invite: Invite, *, organizer_name: str, organizer_address: str) -> bytes:
    """The text/calendar body (RFC 5545, 5546): one VEVENT, CRLF, folded, in UTF-8; the same for every recipient.

    Times stand in the invite's zone where a yearly rule says that zone exactly, else in UTC. ValueError for an
    unknown method or zone, a meeting without length, and an address that cannot stand in a calendar.
    """
    _check(invite)
    home = _home(invite)
    return lines.joined(
        (
            *_OPENING,
            f"METHOD:{invite.method}",
            *_zones({home: invite.start} if home else {}),
            "BEGIN:VEVENT",
            *_event(invite, home),
            f"ORGANIZER;CN={_name(organizer_name, organizer_address)}:{_mailto(organizer_address)}",
            *map(_attendee, invite.attendees),
            *_manners(invite),
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )


def feed(invites: Iterable[Invite], *, name: str) -> bytes:
    """A calendar to subscribe to or to open: what, when and where, and nobody's address."""
    homes: dict[str, datetime] = {}
    events: list[str] = []
    for invite in sorted(invites, key=lambda invite: (invite.start, invite.uid)):
        home = _home(invite)
        if home:
            homes.setdefault(home, invite.start)
        events += ("BEGIN:VEVENT", *_event(invite, home), "END:VEVENT")
    called = lines.text(_line(name))
    return lines.joined(
        (*_OPENING, f"NAME:{called}", f"X-WR-CALNAME:{called}", *_zones(homes), *events, "END:VCALENDAR")
    )


def new_uid(secret: bytes, key: str, domain: str) -> str:
    """Of the meeting with that key: always the same, and not to be guessed without the secret."""
    if not secret:
        raise ValueError("a meeting's UID needs the chapter's secret")
    return f"{hmac.new(secret, f'uid:{key}'.encode(), hashlib.sha256).hexdigest()[:32]}@{domain}"


def _check(invite: Invite) -> None:
    if invite.method not in _METHODS:
        raise ValueError(f"an invite is a REQUEST or a CANCEL, not {invite.method!r}")
    if invite.end <= invite.start:
        raise ValueError("a meeting must end after it starts")
    if invite.sequence < 0 or not invite.attendees:
        raise ValueError("an invite needs attendees and a sequence of 0 or more")


def _home(invite: Invite) -> str:
    """The zone that the meeting's times are written in, "" for UTC."""
    if invite.zone in {"UTC", "Etc/UTC"}:
        return ""
    return invite.zone if vtimezone.lines(invite.zone, invite.start) else ""


def _event(invite: Invite, home: str) -> Iterator[str]:
    yield f"UID:{lines.text(invite.uid)}"
    yield f"DTSTAMP:{lines.stamp(invite.stamp)}"
    yield f"SEQUENCE:{invite.sequence}"
    yield f"DTSTART{_wall(invite.start, home)}"
    yield f"DTEND{_wall(invite.end, home)}"
    yield f"SUMMARY:{lines.text(_line(invite.summary))}"
    yield f"DESCRIPTION:{lines.text(_paragraphs(invite.description))}"
    yield f"LOCATION:{lines.text(_line(invite.place))}"
    yield f"STATUS:{'CANCELLED' if invite.method == 'CANCEL' else 'CONFIRMED'}"


def _wall(instant: datetime, home: str) -> str:
    return f";TZID={home}:{instant.astimezone(zone(home)):%Y%m%dT%H%M%S}" if home else f":{lines.stamp(instant)}"


def _manners(invite: Invite) -> Iterator[str]:
    """What Outlook and the others should do with it, beyond showing it."""
    cancelled = invite.method == "CANCEL"
    yield f"TRANSP:{'TRANSPARENT' if cancelled else 'OPAQUE'}"
    yield "CLASS:PUBLIC"
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{'FREE' if cancelled else 'BUSY'}"
    yield "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE"
    yield "X-MICROSOFT-CDO-IMPORTANCE:1"
    yield "X-MICROSOFT-DISALLOW-COUNTER:FALSE"
    # What two people say to each other under this invite is theirs alone.
    yield "X-MICROSOFT-DONOTFORWARDMEETING:TRUE"
    if not cancelled:
        yield "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{lines.text(_line(invite.summary))}")
        yield from ("TRIGGER:-PT15M", "END:VALARM")


def _attendee(attendee: Attendee) -> str:
    if attendee.partstat not in _PARTSTATS:
        raise ValueError(f"no such answer to an invite: {attendee.partstat!r}")
    name, role = _name(attendee.name, attendee.address), "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT"
    return f"ATTENDEE;CN={name};{role};PARTSTAT={attendee.partstat};RSVP=TRUE:{_mailto(attendee.address)}"


_ADDRESS = re.compile(r'[^\s"<>,;:\\^@\x00-\x1f\x7f-\x9f]{1,64}@[^\s"<>,;:\\^@\x00-\x1f\x7f-\x9f]{1,250}')


def _mailto(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("an address of this invite cannot stand in a calendar")
    return f"mailto:{address}"


def _name(name: str, address: str) -> str:
    # Several clients cut a name at a quotation mark, whether or not it was encoded.
    return lines.parameter(_line(name).replace('"', "'").replace("^", " ").strip() or address)


def _zones(homes: Mapping[str, datetime]) -> Iterator[str]:
    """Each zone before the first event, where Outlook looks for it."""
    for home, start in sorted(homes.items()):
        yield from vtimezone.lines(home, start) or ()


_BREAKS = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def _paragraphs(text: str) -> str:
    """The text with plain line ends, and nothing that a reader cannot see."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
    shown = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    shown = "".join(sign for sign in shown if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return shown if len(shown) <= _LONG else f"{shown[: _LONG - 1]}…"


def _line(text: str) -> str:
    shown = " ".join(_paragraphs(text).split())
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1]}…"
