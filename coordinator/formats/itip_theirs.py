"""Invitations that people send each other with the program in copy: who, when and where; never what it is about."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coordinator.core.reading import OwnInvite
from coordinator.formats import itip_times
from coordinator.formats.itip import address_of, shown
from coordinator.formats.itip_lines import LARGEST, Component, document, text_of
from coordinator.formats.itip_times import moment

_METHODS = frozenset({"REQUEST", "CANCEL"})
_MOST_EVENTS, _MOST_PEOPLE = 20, 50
_LONGEST_UID, _LONGEST_PLACE = 400, 200
_USUAL, _LONGEST = timedelta(minutes=45), timedelta(hours=12)


def read_theirs(parts: Sequence[bytes]) -> OwnInvite | None:
    """The first invitation or cancellation among a mail's calendar parts; of a series only its first day."""
    for raw in parts[:8]:
        found = _read(raw) if len(raw) <= LARGEST else None
        if found:
            return found
    return None


def _read(raw: bytes) -> OwnInvite | None:
    found = document(text_of(raw))
    said = found.calendar.all("METHOD")
    method = said[-1].value.strip().upper() if said else ""
    if method not in _METHODS or not 1 <= len(found.events) <= _MOST_EVENTS:
        return None
    event = found.events[0]
    attendees, uid = event.all("ATTENDEE"), shown("".join(event.value("UID").split()))
    organizer = event.first("ORGANIZER")
    begins = moment(event.first("DTSTART"), found.zones, found.calendar.value("X-WR-TIMEZONE"))
    if not uid or len(uid) > _LONGEST_UID or len(attendees) > _MOST_PEOPLE or begins.at is None:
        return None
    end = itip_times.length(moment(event.first("DTEND"), found.zones), begins, event.value("DURATION"))
    return OwnInvite(
        method=method,
        uid=uid,
        organizer=address_of(organizer) if organizer else "",
        people=tuple(filter(None, map(address_of, attendees))),
        start=begins.at,
        end=_sound(begins.at, end),
        place=_place(event),
    )


def _sound(start: datetime, end: datetime | None) -> datetime:
    return end if end and start < end <= start + _LONGEST else start + _USUAL


def _place(event: Component) -> str:
    return " ".join(shown(event.value("LOCATION").replace("\\n", " ").replace("\\", "")).split())[:_LONGEST_PLACE]
