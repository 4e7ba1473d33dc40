"""Yahoo: a role that no standard knows, an empty X-COMMENT, STATUS and X-YAHOO-YID twice, the zone after the event."""

from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, timed, utc, zone_lines
from coordinator.simulate.calendar.mailing import base64_lines, mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix, verb


def _write(answer: Answer) -> bytes:
    subject = f"{prefix(answer.partstat, answer.language)} {answer.invitation.summary}"
    line = f"{answer.name or answer.address} has {verb(answer.partstat)} your event.\r\n{answer.comment}\r\n"
    calendar = _calendar(answer).encode()
    encoded = "Content-Transfer-Encoding: quoted-printable"
    inner = multipart(
        "alternative",
        f"----=_Part_{answer.id[:6]}_{answer.id[6:12]}",
        [
            part(("Content-Type: text/plain; charset=utf-8", encoded), quoted_printable(line.encode())),
            part(
                (
                    f"Content-Type: text/calendar; charset=utf-8; method={answer.method}",
                    "Content-Transfer-Encoding: base64",
                ),
                base64_lines(calendar),
            ),
        ],
    )
    attached = part(
        (
            "Content-Type: application/ics; name=invite.ics",
            "Content-Disposition: attachment; filename=invite.ics",
            "Content-Transfer-Encoding: base64",
        ),
        base64_lines(calendar),
    )
    content = multipart("mixed", f"----=_Part_{answer.id[12:18]}_{answer.id[18:24]}", [inner, attached])
    return mail(answer, subject, ("X-Mailer: WebService/1.1 YahooCalendar",), content, domain="mail.yahoo.example")


def _calendar(answer: Answer) -> str:
    return calendar_text(
        answer,
        [
            f"METHOD:{answer.method}",
            "PRODID://Yahoo//Calendar//EN",
            "VERSION:2.0",
        ],
        _event(answer),
        [
            *zone_lines(answer),
        ],
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    user = answer.address.partition("@")[0]
    who = (
        f"ATTENDEE;PARTSTAT={answer.partstat};CN={answer.name};ROLE=REQ_PARTICIPANT;RSVP=TRUE;X-COMMENT="
        f"{answer.sent_by}:mailto:MAILTO:{answer.address}"
    )
    return [
        f"SUMMARY:{escaped(invited.summary)}",
        "CLASS:PUBLIC",
        timed(answer, "DTSTART", answer.start),
        timed(answer, "DTEND", answer.end),
        f"LOCATION:{escaped(invited.place)}",
        "PRIORITY:0",
        f"SEQUENCE:{invited.sequence}",
        "STATUS:CONFIRMED",
        f"UID:{invited.uid}",
        f"DTSTAMP:{utc(answer.now)}",
        who,
        f"ORGANIZER;CN={invited.organizer_name}:mailto:MAILTO:{invited.organizer}",
        f"COMMENT:{escaped(answer.comment)}" if answer.comment else "",
        f"X-YAHOO-YID:{user}",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        f"X-YAHOO-YID:{user}",
        "X-YAHOO-USER-STATUS:BUSY",
    ]


answer = client(_write)
