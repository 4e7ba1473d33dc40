"""What stands in somebody's calendar when it follows every mail that came, as another reader takes those."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes

from icalendar import Calendar

from coordinator.simulate.letters import Received
from tests.e2e.chapters import Chapter


@dataclass(frozen=True)
class Entry:
    """One calendar part as another reader takes it. people: addresses of the attendees."""

    method: str
    uid: str
    sequence: int
    start: datetime
    status: str
    names: str
    place: str
    description: str
    people: frozenset[str]


def entry_in(letter: Received) -> Entry:
    parts = [p for p in message_from_bytes(letter.raw).walk() if p.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(parts[0].get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    assert parts[0].get_param("method") == calendar["METHOD"]
    return Entry(
        method=calendar["METHOD"],
        uid=event["UID"],
        sequence=event["SEQUENCE"],
        start=event["DTSTART"].dt.astimezone(UTC),
        status=str(event.get("STATUS", "")),
        names=event["SUMMARY"],
        place=str(event.get("LOCATION", "")),
        description=str(event.get("DESCRIPTION", "")),
        people=frozenset(str(each).removeprefix("mailto:") for each in attendees),
    )


def entries(chapter: Chapter, who: str, uid: str = "") -> list[Entry]:
    """Every calendar part that came to somebody, in order."""
    found = [entry_in(letter) for letter in chapter.to(who) if letter.invitation]
    return [entry for entry in found if uid in ("", entry.uid)]


def stands(chapter: Chapter, who: str) -> dict[str, tuple[int, datetime]]:
    """UID → (SEQUENCE, start) of what a calendar shows that follows all that came."""
    shown: dict[str, tuple[int, datetime]] = {}
    for entry in entries(chapter, who):
        assert entry.sequence >= shown.get(entry.uid, (0,))[0], "never back to an older one"
        shown[entry.uid] = (entry.sequence, entry.start)
        if entry.method == "CANCEL":
            del shown[entry.uid]
    return shown
