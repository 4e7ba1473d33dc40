"""Roundcube: 8 bit, a VTIMEZONE without its rules, an alarm in the answer, event.ics."""

from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, local, utc
from coordinator.simulate.calendar.mailing import mail, multipart, part
from coordinator.simulate.calendar.words import verb


def _write(answer: Answer) -> bytes:
    who = answer.name or answer.address
    subject = f'"{answer.invitation.summary}" has been {verb(answer.partstat)} by {who}'
    note = f"\r\n\r\n{answer.comment}" if answer.comment else ""
    text = f"{who} has {verb(answer.partstat)} the invitation to the following event:{note}\r\n"
    eight = "Content-Transfer-Encoding: 8bit"
    content = multipart(
        "alternative",
        f"=_{answer.id[:32]}",
        [
            part((eight, "Content-Type: text/plain; charset=UTF-8;\r\n format=flowed"), text.encode()),
            part(
                (eight, f"Content-Type: text/calendar; charset=UTF-8; method={answer.method};\r\n name=event.ics"),
                _calendar(answer).encode(),
            ),
        ],
    )
    return mail(answer, subject, ("User-Agent: Roundcube Webmail/1.6.9",), content, domain="webmail.example")


def _calendar(answer: Answer) -> str:
    invited = answer.invitation
    known = invited.zone != "UTC"
    return calendar_text(
        answer,
        [
            "VERSION:2.0",
            "PRODID:-//Roundcube 1.6.9//Sabre VObject 4.5.4//EN",
            "CALSCALE:GREGORIAN",
            f"METHOD:{answer.method}",
            *(("BEGIN:VTIMEZONE", f"TZID:{invited.zone}", "END:VTIMEZONE") if known else ()),
        ],
        _event(answer),
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    known = invited.zone != "UTC"

    def time(called: str, start: bool) -> str:
        instant = answer.start if start else answer.end
        if known:
            return f"{called};TZID={invited.zone}:{local(instant, invited.zone)}"
        return f"{called};VALUE=DATE-TIME:{utc(instant)}"

    name = (answer.name or answer.address).replace('"', "'")
    who = (
        f'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={answer.partstat};CUTYPE=INDIVIDUAL;CN="{name}"'
        f"{answer.sent_by}:mailto:{answer.address}"
    )
    return [
        f"UID:{invited.uid}",
        f"DTSTAMP:{utc(answer.now)}",
        f"CREATED:{utc(answer.now)}",
        f"LAST-MODIFIED:{utc(answer.now)}",
        time("DTSTART", start=True),
        time("DTEND", start=False),
        f"SUMMARY:{escaped(invited.summary)}",
        f"LOCATION:{escaped(invited.place)}",
        f"SEQUENCE:{invited.sequence}",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        "ATTENDEE:mailto:alarm@example.org",
        "END:VALARM",
        who,
        f"COMMENT:{escaped(answer.comment)}" if answer.comment else "",
        f"ORGANIZER;CN={invited.organizer_name}:mailto:{invited.organizer}",
    ]


answer = client(_write)
