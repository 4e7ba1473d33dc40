"""Thunderbird: quoted-printable, a folded UID, X-LIC-ERROR, and the note only in the text of the mail."""

from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, timed, utc, zone_lines
from coordinator.simulate.calendar.mailing import mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import verb

_SUBJECTS = {"ACCEPTED": "Accepted", "DECLINED": "Invitation Declined", "TENTATIVE": "Tentative"}


def _write(answer: Answer) -> bytes:
    subject = f"{_SUBJECTS[answer.partstat]}: {answer.invitation.summary}"
    line = f"{answer.name or answer.address} <{answer.address}> has {verb(answer.partstat)} your event invitation."
    text = f"{answer.comment}\r\n\r\n{line}\r\n" if answer.comment else f"{line}\r\n"
    calendar = _calendar(answer).encode()
    encoded = "Content-Transfer-Encoding: quoted-printable"
    inner = multipart(
        "alternative",
        f"------------ALT{answer.id[:20]}",
        [
            part(("Content-Type: text/plain; charset=UTF-8", encoded), quoted_printable(text.encode())),
            part(
                (f"Content-Type: text/calendar; charset=UTF-8; method={answer.method}", encoded),
                quoted_printable(calendar),
            ),
        ],
    )
    attached = part(
        (
            'Content-Type: application/ics; name="invite.ics"',
            'Content-Disposition: attachment; filename="invite.ics"',
            encoded,
        ),
        quoted_printable(calendar),
    )
    content = multipart("mixed", f"------------MIX{answer.id[:20]}", [inner, attached])
    return mail(answer, subject, ("User-Agent: Mozilla Thunderbird",), content, domain="example.org")


def _calendar(answer: Answer) -> str:
    return calendar_text(
        answer,
        [
            "PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
            "VERSION:2.0",
            f"METHOD:{answer.method}",
            *zone_lines(answer),
        ],
        _event(answer),
        width=48,
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    name = (answer.name or answer.address).replace('"', "'")
    who = (
        f'ATTENDEE;CN="{name}";PARTSTAT={answer.partstat};CUTYPE=INDIVIDUAL;RSVP=TRUE'
        f"{answer.sent_by}:mailto:{answer.address}"
    )
    return [
        f"CREATED:{utc(answer.now)}",
        f"LAST-MODIFIED:{utc(answer.now)}",
        f"DTSTAMP:{utc(answer.now)}",
        f"UID:{invited.uid}",
        f"SUMMARY:{escaped(invited.summary)}",
        f"ORGANIZER;CN={invited.organizer_name}:mailto:{invited.organizer}",
        who,
        timed(answer, "DTSTART", answer.start),
        timed(answer, "DTEND", answer.end),
        f"LOCATION:{escaped(invited.place)}",
        f"SEQUENCE:{invited.sequence}",
        "TRANSP:OPAQUE",
        "X-LIC-ERROR;X-LIC-ERRORTYPE=VALUE-PARSE-ERROR:No value for DESCRIPTION proper",
        " ty. Removing entire property:",
        "X-MOZ-RECEIVED-SEQUENCE:0",
    ]


answer = client(_write)
