"""What everybody may attend: each pair is invited together, unless its own meeting is in the way (AHE-27)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from coordinator.core.chapter import Event
from coordinator.core.finding import is_busy
from coordinator.core.hours import at_local
from coordinator.core.meeting import Meeting
from coordinator.core.moments import Moment, Situation

AHEAD = timedelta(days=21)
"""How long before it a pair is invited."""


def events(where: Situation) -> Iterator[Moment]:
    """A silent moment for each event inside the pairing's time: `core.settling` puts it into the record."""
    for event in where.chapter.events:
        begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
        last = at_local(where.pairing.end, 0, 0, where.zone)
        if begin < event.start < last and "event" in where.program.prompts:
            yield Moment(
                at=max(begin, event.start - AHEAD),
                kind="event",
                key=key_of_event(where, event),
                stage=event.id,
                pairing=where.pairing.id,
            )


def event_changes(where: Situation) -> Iterator[Moment]:
    """A silent moment for each event that both have in their calendars and that the chapter moved or took back."""
    for meeting in where.meetings:
        if meeting.event and meeting.status == "invited" and not _is_as_announced(where, meeting):
            yield Moment(
                at=meeting.booked,
                kind="event-changed",
                key=f"{where.pairing.id}/event/{meeting.event}/{meeting.sequence}",
                stage=meeting.event,
                pairing=where.pairing.id,
                ordinal=meeting.ordinal,
            )


def _is_as_announced(where: Situation, meeting: Meeting) -> bool:
    event = announced(where, meeting.event)
    return event is not None and all(getattr(meeting, name) == value for name, value in entry_of(event).items())


def announced(where: Situation, name: str) -> Event | None:
    """The event of that name, None = the chapter names it no more."""
    return next((event for event in where.chapter.events if event.id == name), None)


def entry_of(event: Event) -> dict[str, Any]:
    """What stands in the calendars of all who are invited."""
    return {
        "start": event.start,
        "end": event.end,
        "zone": event.timezone,
        "title": event.title,
        "place": event.place,
    }


def key_of_event(where: Situation, event: Event) -> str:
    return f"{where.pairing.id}/event/{event.id}"


def is_in_the_way(where: Situation, event: Event) -> bool:
    """Whether one of the two has something else then, or the day is theirs."""
    people = (where.person(where.pairing.mentee), where.person(where.pairing.mentor))
    return any(is_busy(where.cohort, person, event.start, event.end) for person in people)
