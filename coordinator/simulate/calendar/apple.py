"""Apple Calendar: a mixed part inside the alternative, the calendar as an attachment, no method in Content-Type."""

import html
from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, timed, utc, zone_lines
from coordinator.simulate.calendar.mailing import mail, multipart, part, quoted_printable, quoted_printable_binary
from coordinator.simulate.calendar.words import prefix, verb


def _write(answer: Answer) -> bytes:
    invited = answer.invitation
    subject = f"{prefix(answer.partstat, answer.language)} {invited.summary}"
    line = f"{answer.name or answer.address} has {verb(answer.partstat)} the invitation to the event: {invited.summary}"
    text = f"{line}\r\n\r\n{answer.comment}\r\n".encode()
    day = f"{answer.now:%Y%m%d-%H%M%S}"
    calendar = part(
        (
            f"Content-type: text/calendar;\r\n\tcharset=UTF-8;\r\n\tname=iCal-{day}.ics",
            f"Content-disposition: attachment;\r\n\tfilename=iCal-{day}.ics",
            "Content-transfer-encoding: quoted-printable",
        ),
        quoted_printable_binary(_calendar(answer).encode()),
    )
    page = part(
        ("Content-type: text/html;\r\n\tcharset=UTF-8", "Content-transfer-encoding: quoted-printable"),
        quoted_printable(f"<html><body>{html.escape(line)}<br>{html.escape(answer.comment)}</body></html>".encode()),
    )
    mixed = multipart("mixed", f"Apple-Mail=_{answer.id[:20].upper()}", [page, calendar], header="Content-type")
    plain = part(
        ("Content-type: text/plain;\r\n\tcharset=UTF-8", "Content-transfer-encoding: quoted-printable"),
        quoted_printable(text),
    )
    boundary = f"Apple-Mail=_{answer.id[20:40].upper()}"
    content = multipart("alternative", boundary, [plain, mixed], header="Content-type")
    return mail(answer, subject, (), content, domain="mail.example")


def _calendar(answer: Answer) -> str:
    return calendar_text(
        answer,
        [
            "CALSCALE:GREGORIAN",
            f"METHOD:{answer.method}",
            "PRODID:-//Apple Inc.//macOS 15.1//EN",
            "VERSION:2.0",
            *zone_lines(answer),
        ],
        _event(answer),
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    note = f"COMMENT:{escaped(answer.comment)}" if answer.comment else ""
    who = (
        f'ATTENDEE;CN="mail@{answer.address.partition("@")[2]}";CUTYPE=INDIVIDUAL;EMAIL="{answer.address}"'
        f";PARTSTAT={answer.partstat};ROLE=REQ-PARTICIPANT{answer.sent_by}:mailto:{answer.address}"
    )
    return [
        who,
        note,
        timed(answer, "DTEND", answer.end),
        f"LAST-MODIFIED:{utc(answer.now)}",
        f"UID:{invited.uid}",
        f"DTSTAMP:{utc(answer.now)}",
        f"LOCATION:{escaped(invited.place)}",
        "STATUS:CONFIRMED",
        f"SEQUENCE:{invited.sequence}",
        f'ORGANIZER;CN="{invited.organizer_name}";EMAIL="{invited.organizer}":mailto:{invited.organizer}',
        f"SUMMARY:{escaped(invited.summary)}",
        timed(answer, "DTSTART", answer.start),
        f"CREATED:{utc(answer.now)}",
    ]


answer = client(_write)
