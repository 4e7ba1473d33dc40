"""Invites out: the calendar part of a mail for Outlook, Gmail, Apple and Thunderbird, and a feed to look at."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from coordinator.core.effects import Attendee, Invite
from coordinator.core.zones import zone
from coordinator.formats import vtimezone

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

_PRODUCT = "-//coordinator//mentoring//EN"
_METHODS = ("REQUEST", "CANCEL", "DECLINECOUNTER")
_PARTSTATS = ("NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE")
_SHORT, _LONG = 250, 8000
"""Characters of a name or title, and of a description; longer texts are cut."""


@lru_cache(maxsize=512)
def calendar_part(invite: Invite, *, organizer_name: str, organizer_address: str) -> bytes:
    """The text/calendar body (RFC 5545, 5546): one VEVENT, CRLF, folded, in UTF-8; the same for every recipient.

    Times stand in the invite's zone where a yearly rule says that zone exactly, else in UTC. ValueError for an
    unknown method or zone, a meeting without length, and an address that cannot stand in a calendar.
    """
    _check(invite)
    home = _home(invite)
    event = _event(invite, home)
    event.add("organizer", _person(organizer_name, organizer_address), encode=False)
    for attendee in invite.attendees:
        event.add("attendee", _attendee(attendee), encode=False)
    if invite.method == "DECLINECOUNTER":
        event.add("comment", _paragraphs(invite.comment))
    else:
        _add_manners(event, invite)
    document = _document()
    document.add("method", invite.method)
    document.add_component(event)
    return _with_zones(document.to_ical(), {home: invite.start} if home else {})


def feed(invites: Iterable[Invite], *, name: str) -> bytes:
    """A calendar to subscribe to or to open: what, when and where, and nobody's address."""
    document = _document()
    document.add("x-wr-calname", _line(name))
    document.add("name", _line(name))
    homes: dict[str, datetime] = {}
    for invite in sorted(invites, key=lambda invite: (invite.start, invite.uid)):
        home = _home(invite)
        if home:
            homes.setdefault(home, invite.start)
        document.add_component(_event(invite, home))
    return _with_zones(document.to_ical(), homes)


def _check(invite: Invite) -> None:
    if invite.method not in _METHODS:
        raise ValueError(f"an invite is a REQUEST, a CANCEL or a DECLINECOUNTER, not {invite.method!r}")
    if invite.end <= invite.start:
        raise ValueError("a meeting must end after it starts")
    if invite.sequence < 0 or not invite.attendees:
        raise ValueError("an invite needs attendees and a sequence of 0 or more")


def _document() -> "Calendar":
    # Loaded here: a tick that sends no invite must not pay for the library.
    from icalendar import Calendar

    document = Calendar()
    document.add("prodid", _PRODUCT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    return document


def _home(invite: Invite) -> str:
    """The zone that the meeting's times are written in, "" for UTC."""
    if invite.zone in {"UTC", "Etc/UTC"}:
        return ""
    return invite.zone if vtimezone.lines(invite.zone, invite.start) else ""


def _event(invite: Invite, home: str) -> "Event":
    from icalendar import Event

    clock = zone(home) if home else UTC
    event = Event()
    event.add("uid", invite.uid)
    event.add("dtstamp", invite.stamp.astimezone(UTC))
    event.add("sequence", invite.sequence)
    event.add("dtstart", invite.start.astimezone(clock))
    event.add("dtend", invite.end.astimezone(clock))
    event.add("summary", _line(invite.summary))
    event.add("description", _paragraphs(invite.description))
    event.add("location", _line(invite.place))
    # For the others the meeting goes on: the one who is taken out gets no STATUS (RFC 5546 §3.2.5).
    if not invite.goes_on:
        event.add("status", "CANCELLED" if invite.method == "CANCEL" else "CONFIRMED")
    return event


def _add_manners(event: "Event", invite: Invite) -> None:
    """What Outlook and the others should do with it, beyond showing it."""
    cancelled = invite.method == "CANCEL"
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("class", "PUBLIC")
    event.add("x-microsoft-cdo-busystatus", "FREE" if cancelled else "BUSY")
    event.add("x-microsoft-cdo-alldayevent", "FALSE")
    event.add("x-microsoft-cdo-importance", "1")
    event.add("x-microsoft-disallow-counter", "FALSE")
    # What two people say to each other under this invite is theirs alone.
    event.add("x-microsoft-donotforwardmeeting", "TRUE")
    if not cancelled:
        event.add("x-microsoft-cdo-intendedstatus", "BUSY")
        _add_alarm(event, _line(invite.summary))


def _add_alarm(event: "Event", text: str) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta(minutes=-15))
    event.add_component(alarm)


def _attendee(attendee: Attendee) -> "vCalAddress":
    if attendee.partstat not in _PARTSTATS:
        raise ValueError(f"no such answer to an invite: {attendee.partstat!r}")
    person = _person(attendee.name, attendee.address)
    person.params["CUTYPE"] = "INDIVIDUAL"
    person.params["ROLE"] = "REQ-PARTICIPANT"
    person.params["PARTSTAT"] = attendee.partstat
    person.params["RSVP"] = "TRUE"
    return person


_ADDRESS = re.compile(r'[^\s"<>,;:\\^@\x00-\x1f\x7f-\x9f]{1,64}@[^\s"<>,;:\\^@\x00-\x1f\x7f-\x9f]{1,250}')


def _person(name: str, address: str) -> "vCalAddress":
    from icalendar import vCalAddress

    if not _ADDRESS.fullmatch(address):
        raise ValueError("an address of this invite cannot stand in a calendar")
    person = vCalAddress(f"mailto:{address}")
    # Several clients cut a name at a quotation mark, whether or not it was encoded.
    person.params["CN"] = _line(name).replace('"', "'").replace("^", " ").strip() or address
    return person


def _with_zones(raw: bytes, homes: dict[str, datetime]) -> bytes:
    """Each zone before the first event, where Outlook looks for it."""
    content = [line for home, start in sorted(homes.items()) for line in vtimezone.lines(home, start) or ()]
    block = "".join(f"{line}\r\n" for line in content).encode("ascii")
    return raw.replace(b"\r\nBEGIN:VEVENT\r\n", b"\r\n" + block + b"BEGIN:VEVENT\r\n", 1)


_BREAKS = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def _paragraphs(text: str) -> str:
    """The text with plain line ends, and nothing that a reader cannot see."""
    shown = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    shown = "".join(sign for sign in shown if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return shown if len(shown) <= _LONG else f"{shown[: _LONG - 1]}…"


def _line(text: str) -> str:
    shown = " ".join(_paragraphs(text).split())
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1]}…"
