"""Whether a client would show buttons, and at what time: the rules of Outlook, Gmail, Apple and Thunderbird.

Nothing of the program is used here: the lines are read by hand, and zones are expanded by dateutil from the five
properties that Outlook reads.
"""

import io
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache

from dateutil.tz import tzical

FIVE = ("TZID", "DTSTART", "RRULE", "TZOFFSETFROM", "TZOFFSETTO")
STRUCTURE = ("BEGIN", "END")


def unfolded(calendar: bytes) -> list[str]:
    return re.sub(rb"\r\n[ \t]", b"", calendar).decode("utf-8").removesuffix("\r\n").split("\r\n")


def name_of(line: str) -> str:
    return re.split("[;:]", line, maxsplit=1)[0]


def component(lines: list[str], name: str) -> list[str]:
    """The first component of that name: Outlook knows no second VEVENT."""
    return lines[lines.index(f"BEGIN:{name}") : lines.index(f"END:{name}") + 1]


def said(lines: list[str], name: str) -> list[str]:
    return [line for line in lines if name_of(line) == name]


def value(lines: list[str], name: str) -> str:
    """Of the first such line, "" when there is none."""
    return said(lines, name)[0].partition(":")[2] if said(lines, name) else ""


def reduced_zones(lines: list[str]) -> str:
    """Every VTIMEZONE with nothing but the five properties."""
    kept, inside = [], False
    for line in lines:
        inside = inside or line == "BEGIN:VTIMEZONE"
        if inside and name_of(line) in FIVE + STRUCTURE:
            kept.append(line)
        inside = inside and line != "END:VTIMEZONE"
    return "\r\n".join(["BEGIN:VCALENDAR", *kept, "END:VCALENDAR", ""])


@cache
def expanded(zones: str) -> tzical:
    return tzical(io.StringIO(zones))


def instant(lines: list[str], name: str) -> datetime:
    """When Outlook thinks that DTSTART or DTEND is."""
    (line,) = said(component(lines, "VEVENT"), name)
    params, _, text = line.partition(":")
    if text.endswith("Z"):
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    zones = expanded(reduced_zones(lines))
    return (
        datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(params.partition("TZID=")[2])).astimezone(UTC)
    )


def faults_of_calendar(calendar: bytes) -> list[str]:
    """What would keep some client from showing the event or its buttons."""
    found = []
    if calendar.count(b"\n") != calendar.count(b"\r\n") or re.search(rb"\r(?!\n)", calendar):
        found.append("a line end that is not CRLF")
    if any(len(line) > 75 for line in calendar.split(b"\r\n")):
        found.append("a line of more than 75 octets")
    if found:
        return found
    lines = unfolded(calendar)
    event = component(lines, "VEVENT")
    outside = lines[: lines.index("BEGIN:VEVENT")]
    found += [
        f"{name} is not once in VCALENDAR"
        for name in ("PRODID", "VERSION", "CALSCALE", "METHOD")
        if len(said(outside, name)) != 1
    ]
    found += [
        f"{name} is not once in VEVENT"
        for name in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY", "STATUS")
        if len(said(event, name)) != 1
    ]
    found += [
        f"{name} in VEVENT"
        for name in ("METHOD", "RRULE", "RDATE", "DURATION", "EXDATE", "RECURRENCE-ID")
        if said(event, name)
    ]
    if lines.count("BEGIN:VEVENT") != 1 or lines.count("BEGIN:VCALENDAR") != 1:
        found.append("not one event in one calendar")
    if found:
        return found
    return [*faults_of_people(event), *faults_of_status(lines, event), *faults_of_zones(lines, event)]


def faults_of_people(event: list[str]) -> list[str]:
    found = []
    organizer = value(event, "ORGANIZER")
    if not organizer.startswith("mailto:"):
        found.append("an organizer without mailto: (Gmail shows no buttons)")
    for line in said(event, "ATTENDEE"):
        if organizer in line:
            found.append("the organizer is an attendee (Gmail shows no buttons)")
        if "RSVP=TRUE" not in line:
            found.append("no RSVP=TRUE (Apple and Thunderbird show no buttons)")
        if not re.search(r"PARTSTAT=(NEEDS-ACTION|ACCEPTED|DECLINED|TENTATIVE)[;:]", line) or ":mailto:" not in line:
            found.append("an attendee that no client can match")
    return found if said(event, "ATTENDEE") else [*found, "no attendee"]


def faults_of_status(lines: list[str], event: list[str]) -> list[str]:
    method = value(lines[: lines.index("BEGIN:VEVENT")], "METHOD")
    wanted = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}.get(method)
    found = (
        []
        if wanted
        and value(event[: event.index("BEGIN:VALARM")] if "BEGIN:VALARM" in event else event, "STATUS") == wanted
        else ["STATUS does not fit METHOD"]
    )
    if event.count("BEGIN:VALARM") > (method == "REQUEST") or any(
        "ACTION:" in line and line != "ACTION:DISPLAY" for line in event
    ):
        found.append("an alarm that should not be there")
    if not value(event, "DTSTAMP").endswith("Z"):
        found.append("DTSTAMP is not in UTC")
    return found


def faults_of_zones(lines: list[str], event: list[str]) -> list[str]:
    times = [said(event, name)[0] for name in ("DTSTART", "DTEND")]
    used = {found.group(1) for line in times if (found := re.search(r";TZID=([^;:]+)", line))}
    given = {line.partition(":")[2] for line in said(lines, "TZID")}
    found = [] if used == given else ["a TZID without its VTIMEZONE, or the other way round"]
    if not used and not all(line.endswith("Z") for line in times):
        found.append("a floating time")
    if given:
        zone = component(lines, "VTIMEZONE")
        found += [f"{name} in VTIMEZONE" for name in ("RDATE", "TZUNTIL") if said(zone, name)]
        if "BEGIN:STANDARD" not in zone:
            found.append("no STANDARD (Outlook for Mac reads only that)")
        if any("BYDAY=" not in line for line in said(zone, "RRULE")):
            found.append("a rule without BYDAY")
        if said(zone, "RRULE") and "BEGIN:DAYLIGHT" not in zone:
            found.append("one half of a rule")
        if lines.index("BEGIN:VTIMEZONE") > lines.index("BEGIN:VEVENT"):
            found.append("a VTIMEZONE after its event")
    return found


def faults_of_mail(raw: bytes, recipient: str) -> list[str]:
    """Of the whole mail as one recipient gets it."""
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if len(parts) != 1:
        return ["not one text/calendar"]
    calendar = parts[0].get_payload(decode=True)
    lines = unfolded(calendar)
    found = faults_of_calendar(calendar)
    if str(parts[0].get_param("method")).upper() != value(lines[: lines.index("BEGIN:VEVENT")], "METHOD"):
        found.append("METHOD differs from Content-Type (others than Outlook ignore it)")
    if parts[0]["Content-Disposition"]:
        found.append("the invitation is an attachment")
    if parts[0]["Content-Transfer-Encoding"] not in {"base64", "quoted-printable"}:
        found.append("an encoding that a relay may break")
    event = component(lines, "VEVENT")
    if not any(line.casefold().endswith(f":mailto:{recipient}") for line in said(event, "ATTENDEE")):
        found.append("the recipient is no attendee (Gmail, Apple and Thunderbird show no buttons)")
    if value(event, "ORGANIZER").removeprefix("mailto:") not in str(mail["From"]):
        found.append("the organizer is not the sender")
    return [*found, *faults_of_tree(mail, calendar)]


def faults_of_tree(mail: EmailMessage, calendar: bytes) -> list[str]:
    top = list(mail.iter_parts())
    if mail.get_content_type() == "multipart/mixed":
        alternative, attached = top[0], top[1:]
    else:
        alternative, attached = mail, []
    if alternative.get_content_type() != "multipart/alternative":
        return ["the first child of multipart/mixed is no alternative (Outlook looks nowhere else)"]
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    found = (
        [] if kinds == ["text/plain", "text/html", "text/calendar"] else ["text/calendar is not the last alternative"]
    )
    if any(
        part.get_content_type() == "application/ics" and part.get_payload(decode=True) != calendar for part in attached
    ):
        found.append("the attachment differs from the invitation")
    return found
