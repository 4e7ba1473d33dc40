"""Outlook on the desktop with an IMAP account: 7 bit, a quoted TZID, an empty COMMENT, X-ALT-DESC, no ORGANIZER."""

from collections.abc import Sequence

from coordinator.simulate.calendar import microsoft
from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, local, utc
from coordinator.simulate.calendar.mailing import mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix


def _write(answer: Answer) -> bytes:
    counter = answer.counter is not None
    subject = f"{prefix(answer.partstat, answer.language, counter=counter)} {answer.invitation.summary}"
    calendar = _calendar(answer, subject).encode()
    plain = calendar.isascii() and answer.comment.isascii()
    encoding = "7bit" if plain else "quoted-printable"
    write = bytes if plain else quoted_printable
    content = multipart(
        "alternative",
        f"----=_NextPart_000_{answer.id[:4].upper()}_01DC{answer.id[4:8].upper()}.{answer.id[8:16].upper()}",
        [
            part(
                ('Content-Type: text/plain;\r\n\tcharset="utf-8"', f"Content-Transfer-Encoding: {encoding}"),
                write(f"{answer.comment}\r\n".encode()),
            ),
            part(
                (
                    f'Content-Type: text/calendar; charset="utf-8"; method={answer.method}',
                    f"Content-Transfer-Encoding: {encoding}",
                ),
                write(calendar),
            ),
        ],
    )
    headers = (
        "X-Mailer: Microsoft Outlook 16.0",
        f"In-Reply-To: {answer.invitation.message_id}",
        f"References: {answer.invitation.message_id}",
        "Content-Language: en-us",
    )
    return mail(answer, subject, headers, content, domain="example.com")


def _calendar(answer: Answer, subject: str) -> str:
    windows, iana = microsoft.zone_of(answer)
    return calendar_text(
        answer,
        [
            "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
            "VERSION:2.0",
            f"METHOD:{answer.method}",
            "X-MS-OLK-FORCEINSPECTOROPEN:TRUE",
            *microsoft.zone_lines(windows, iana, answer.start.year),
        ],
        _event(answer, subject),
    )


def _event(answer: Answer, subject: str) -> Sequence[str]:
    invited = answer.invitation
    windows, iana = microsoft.zone_of(answer)
    return [
        f'ATTENDEE;PARTSTAT={answer.partstat};CN="{answer.address}"{answer.sent_by}:mailto:{answer.address}',
        "CLASS:PUBLIC",
        f"COMMENT:{escaped(answer.comment)}\\n",
        f"CREATED:{utc(answer.now)}",
        f'DTEND;TZID="{windows}":{local(answer.end, iana)}',
        f"DTSTAMP:{utc(answer.now)}",
        f'DTSTART;TZID="{windows}":{local(answer.start, iana)}',
        f"LAST-MODIFIED:{utc(answer.now)}",
        f"LOCATION:{escaped(invited.place)}",
        "PRIORITY:5",
        f"SEQUENCE:{invited.sequence}",
        f"SUMMARY;LANGUAGE=en-us:{escaped(subject)}",
        "TRANSP:OPAQUE",
        f"UID:{invited.uid}",
        "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>&nbsp\\;</p></body></html>",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        *(_original(answer) if answer.counter else ()),
    ]


def _original(answer: Answer) -> tuple[str, str]:
    start, end = answer.invitation.start, answer.invitation.end
    return f"X-MS-OLK-ORIGINALSTART:{utc(start)}", f"X-MS-OLK-ORIGINALEND:{utc(end)}"


answer = client(_write)
