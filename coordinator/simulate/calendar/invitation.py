"""An invitation as a calendar program takes it in, read with a library that is not ours."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

_SMTP = policy.SMTP


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What a client keeps of a mail with an invitation.

    zone: the TZID of its start, "UTC" for a time in UTC. start, end: UTC. organizer: the address that answers go to.
    zone_lines: the VTIMEZONE as it came, "" when none did.
    """

    message_id: str
    subject: str
    uid: str
    sequence: int
    start: datetime
    end: datetime
    zone: str
    summary: str
    place: str
    organizer: str
    organizer_name: str
    names: dict[str, str]
    zone_lines: str


def invitation(raw: bytes) -> Invitation:
    """ValueError for a mail that no calendar program would take for an invitation."""
    from icalendar import Calendar

    message = message_from_bytes(raw, policy=_SMTP)
    text = _calendar_text(message)
    # The library types a property as any of thirty classes; these are what its parser returns for them.
    event: Any = Calendar.from_ical(text).walk("VEVENT")[0]
    start, end = event["DTSTART"], event["DTEND"]
    people = event.get("ATTENDEE", [])
    everyone = people if isinstance(people, list) else [people]
    return Invitation(
        message_id=str(message["Message-ID"] or ""),
        subject=str(message["Subject"] or ""),
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        start=start.dt.astimezone(UTC),
        end=end.dt.astimezone(UTC),
        zone=str(start.params.get("TZID", "UTC")),
        summary=str(event.get("SUMMARY", "")),
        place=str(event.get("LOCATION", "")),
        organizer=_address(event["ORGANIZER"]),
        organizer_name=str(event["ORGANIZER"].params.get("CN", "")),
        names={_address(person): str(person.params.get("CN", "")) for person in everyone},
        zone_lines=_zone_lines(text),
    )


def _calendar_text(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload.decode("utf-8")
    raise ValueError("the mail holds no invitation")


def _address(value: object) -> str:
    return str(value).partition(":")[2].casefold()


def _zone_lines(text: str) -> str:
    before, begin, rest = text.partition("BEGIN:VTIMEZONE\r\n")
    inside, end, _ = rest.partition("END:VTIMEZONE\r\n")
    return f"{begin}{inside}{end}" if before and end else ""
