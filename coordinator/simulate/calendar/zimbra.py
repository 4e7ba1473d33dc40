"""Zimbra: 7 bit where it can be, zone rules from 1601 under an IANA name, the organizer and RSVP in the answer."""

from collections.abc import Sequence

from coordinator.simulate.calendar import microsoft
from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, local, utc
from coordinator.simulate.calendar.mailing import mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix, verb


def _write(answer: Answer) -> bytes:
    counter = answer.counter is not None
    subject = f"{prefix(answer.partstat, answer.language, counter=counter)} {answer.invitation.summary}"
    line = f"{answer.name or answer.address} has {verb(answer.partstat)} your invitation.\r\n\r\n{answer.comment}\r\n"
    calendar = _calendar(answer).encode()
    text_plain, calendar_plain = line.isascii(), calendar.isascii()
    content = multipart(
        "alternative",
        f"----=_Part_{answer.id[:5]}_{answer.id[5:14]}.{answer.id[14:24]}",
        [
            part(
                ("Content-Type: text/plain; charset=utf-8", _encoding(text_plain)),
                line.encode() if text_plain else quoted_printable(line.encode()),
            ),
            part(
                (
                    f"Content-Type: text/calendar; charset=utf-8; method={answer.method}; name=meeting.ics",
                    _encoding(calendar_plain),
                ),
                calendar if calendar_plain else quoted_printable(calendar),
            ),
        ],
    )
    headers = ("X-Mailer: Zimbra 10.1.4", f"In-Reply-To: {answer.invitation.message_id}")
    return mail(answer, subject, headers, content, domain="zimbra.example")


def _encoding(plain: bool) -> str:
    return f"Content-Transfer-Encoding: {'7bit' if plain else 'quoted-printable'}"


def _calendar(answer: Answer) -> str:
    windows, iana = microsoft.zone_of(answer)
    known = windows != microsoft.UTC_NAME
    return calendar_text(
        answer,
        [
            "PRODID:Zimbra-Calendar-Provider",
            "VERSION:2.0",
            f"METHOD:{answer.method}",
            *(microsoft.zone_lines(iana, iana, answer.start.year) if known else ()),
        ],
        _event(answer),
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    windows, iana = microsoft.zone_of(answer)
    known = windows != microsoft.UTC_NAME

    def time(called: str, start: bool) -> str:
        instant = answer.start if start else answer.end
        return f'{called};TZID="{iana}":{local(instant, iana)}' if known else f"{called}:{utc(instant)}"

    name = (answer.name or answer.address).replace('"', "'")
    who = (
        f'ATTENDEE;CN="{name}";ROLE=REQ-PARTICIPANT;PARTSTAT={answer.partstat};RSVP=FALSE'
        f"{answer.sent_by}:mailto:{answer.address}"
    )
    return [
        f"UID:{invited.uid}",
        who,
        f"ORGANIZER;CN={invited.organizer_name}:mailto:{invited.organizer}",
        f"SUMMARY:{escaped(invited.summary)}",
        f"LOCATION:{escaped(invited.place)}",
        f"COMMENT:{escaped(answer.comment)}" if answer.comment else "",
        time("DTSTART", start=True),
        time("DTEND", start=False),
        "STATUS:CONFIRMED",
        "CLASS:PUBLIC",
        "TRANSP:OPAQUE",
        f"DTSTAMP:{utc(answer.now)}",
        f"SEQUENCE:{invited.sequence}",
    ]


answer = client(_write)
