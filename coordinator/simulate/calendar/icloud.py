"""iCloud: the calendar of Apple's server as an attachment in base64, with the zone's whole history before the event."""

import html
from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, timed, utc, zone_lines
from coordinator.simulate.calendar.mailing import base64_lines, mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix, verb

_PAST = (
    "BEGIN:STANDARD", "DTSTART:18930401T000000", "RDATE:18930401T000000", "TZNAME:LMT", "TZOFFSETFROM:+005328",
    "TZOFFSETTO:+0100", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:19160430T230000", "RDATE:19160430T230000", "RDATE:19400401T020000", "TZNAME:SUMMER",
    "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19161001T010000", "RRULE:FREQ=YEARLY;UNTIL=19181001T000000Z;BYMONTH=10;BYMONTHDAY=1",
    "TZNAME:WINTER", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD",
)  # fmt: skip


def _write(answer: Answer) -> bytes:
    subject = f"{prefix(answer.partstat, answer.language)} {answer.invitation.summary}"
    line = f"{answer.name or answer.address} has {verb(answer.partstat)} your invitation."
    encoded = "Content-Transfer-Encoding: quoted-printable"
    text = part(("Content-Type: text/plain; charset=UTF-8", encoded), quoted_printable(f"{line}\r\n".encode()))
    page = part(
        ("Content-Type: text/html; charset=UTF-8", encoded),
        quoted_printable(f"<p>{html.escape(line)}</p><p>{html.escape(answer.comment)}</p>".encode()),
    )
    calendar = part(
        (
            f"Content-Type: text/calendar; charset=utf-8; method={answer.method}; name=iCloud-Event.ics",
            "Content-Disposition: attachment; filename=iCloud-Event.ics",
            "Content-Transfer-Encoding: base64",
        ),
        base64_lines(_calendar(answer).encode()),
    )
    alternative = multipart("alternative", f"----=_Part_1_{answer.id[:12]}", [text, page])
    content = multipart("mixed", f"----=_Part_0_{answer.id[:12]}", [alternative, calendar])
    headers = (f"Reply-To: {answer.sender}", "X-Mailer: iCloud Calendar")
    return mail(answer, subject, headers, content, domain="icloud.example")


def _with_past(lines: Sequence[str]) -> tuple[str, ...]:
    return (*lines[:-1], *_PAST, lines[-1]) if lines else ()


def _calendar(answer: Answer) -> str:
    return calendar_text(
        answer,
        [
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{answer.method}",
            "PRODID:-//CALENDARSERVER.ORG//NONSGML Version 1//EN",
            *_with_past(zone_lines(answer)),
        ],
        _event(answer),
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    who = f'ATTENDEE;CN="{answer.name or answer.address}";CUTYPE=INDIVIDUAL;EMAIL="{answer.address}"'
    return [
        f"UID:{invited.uid}",
        timed(answer, "DTSTART", answer.start),
        timed(answer, "DTEND", answer.end),
        f"{who};PARTSTAT={answer.partstat};ROLE=REQ-PARTICIPANT{answer.sent_by}:mailto:{answer.address}",
        f"COMMENT:{escaped(answer.comment)}" if answer.comment else "",
        f"DTSTAMP:{utc(answer.now)}",
        f'ORGANIZER;CN="{invited.organizer_name}":mailto:{invited.organizer}',
        "REQUEST-STATUS:2.0;Success",
        f"SEQUENCE:{invited.sequence}",
        f"SUMMARY:{escaped(invited.summary)}",
        "X-CALENDARSERVER-PRIVATE-COMMENT:",
    ]


answer = client(_write)
