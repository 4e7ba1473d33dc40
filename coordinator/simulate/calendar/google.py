"""Google Calendar: UTC, the organizer named, the note in X-RESPONSE-COMMENT, the calendar twice in one mail."""

import html
from collections.abc import Sequence

from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, utc
from coordinator.simulate.calendar.mailing import base64_lines, mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix, verb


def _write(answer: Answer) -> bytes:
    invited = answer.invitation
    proposed = " and proposed a new time" if answer.counter else ""
    subject = f"{prefix(answer.partstat, answer.language)} {invited.summary} @ {invited.start:%a %b %d, %Y}"
    line = f"{answer.name or answer.address} has {verb(answer.partstat)} this invitation{proposed}."
    note = f"\r\n\r\nWith the note:\r\n\r\n{answer.comment}\r\n" if answer.comment else "\r\n"
    calendar = _calendar(answer).encode()
    alternative = multipart(
        "alternative",
        f"0000000000{answer.id[:16]}",
        [
            part(
                (
                    'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
                    "Content-Transfer-Encoding: base64",
                ),
                base64_lines(f"{line}{note}".encode()),
            ),
            part(
                ('Content-Type: text/html; charset="UTF-8"', "Content-Transfer-Encoding: quoted-printable"),
                quoted_printable(f"<span>{html.escape(line)}</span><p>{html.escape(answer.comment)}</p>".encode()),
            ),
            part(
                (
                    f'Content-Type: text/calendar; charset="UTF-8"; method={answer.method}',
                    "Content-Transfer-Encoding: quoted-printable",
                ),
                quoted_printable(calendar),
            ),
        ],
    )
    content = multipart("mixed", f"0000000000{answer.id[16:32]}", [alternative, _attachment(calendar)])
    headers = (f"Reply-To: {answer.sender}", f"Sender: Google Calendar <calendar-{answer.id[:8]}@example.com>")
    return mail(answer, subject, headers, content, domain="google.example")


def _attachment(calendar: bytes) -> bytes:
    return part(
        (
            'Content-Type: application/ics; name="invite.ics"',
            'Content-Disposition: attachment; filename="invite.ics"',
            "Content-Transfer-Encoding: base64",
        ),
        base64_lines(calendar),
    )


def _calendar(answer: Answer) -> str:
    return calendar_text(
        answer,
        [
            "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{answer.method}",
        ],
        _event(answer),
    )


def _event(answer: Answer) -> Sequence[str]:
    invited = answer.invitation
    note = f';X-RESPONSE-COMMENT="{_note(answer.comment)}"' if answer.comment else ""
    name = (answer.name or answer.address).replace('"', "'")
    who = (
        f'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer.partstat};CN="{name}"'
        f"{answer.sent_by};X-NUM-GUESTS=0{note}:mailto:{answer.address}"
    )
    return [
        f"DTSTART:{utc(answer.start)}",
        f"DTEND:{utc(answer.end)}",
        f"DTSTAMP:{utc(answer.now)}",
        f"ORGANIZER;CN={invited.organizer_name}:mailto:{invited.organizer}",
        f"UID:{invited.uid}",
        who,
        # With a proposal the note comes in the standard's own property as well.
        f"COMMENT:{escaped(answer.comment)}" if answer.comment and answer.counter else "",
        f"CREATED:{utc(invited.start)}",
        "DESCRIPTION:",
        f"LAST-MODIFIED:{utc(answer.now)}",
        f"LOCATION:{escaped(invited.place)}",
        f"SEQUENCE:{invited.sequence}",
        "STATUS:CONFIRMED",
        f"SUMMARY:{escaped(invited.summary)}",
        "TRANSP:OPAQUE",
    ]


def _note(comment: str) -> str:
    """Escaped for a web page, then for a calendar, and never with a quotation mark of its own."""
    return escaped(html.escape(comment).replace("&#x27;", "&#39;"))


answer = client(_write)
