"""Exchange: text/calendar last and in base64, METHOD before PRODID, its own SEQUENCE, the note in COMMENT."""

from collections.abc import Sequence

from coordinator.simulate.calendar import microsoft
from coordinator.simulate.calendar.answer import Answer, calendar_text, client, escaped, local, utc
from coordinator.simulate.calendar.mailing import base64_lines, mail, multipart, part, quoted_printable
from coordinator.simulate.calendar.words import prefix

_LANGUAGES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "pt": "pt-BR", "it": "it-IT", "nl": "nl-NL"}


def _write(answer: Answer) -> bytes:
    return written(answer, domain="EUR05.prod.example.com", headers=("X-MS-Has-Attach:", "X-MS-TNEF-Correlator:"))


def written(answer: Answer, *, domain: str, headers: tuple[str, ...]) -> bytes:
    """With the headers of the service that it runs as."""
    invited = answer.invitation
    subject = f"{prefix(answer.partstat, answer.language, counter=answer.counter is not None)} {invited.subject}"
    thread = (f"Thread-Topic: {invited.uid[:20]}", f"In-Reply-To: {invited.message_id}")
    references = f"References: {invited.message_id}"
    boundary = f"_000_{answer.id[:32].upper()}_"
    text = quoted_printable(f"{answer.comment}\r\n".encode("iso-8859-1", "replace"))
    page = f"<html><body><p>{answer.comment}</p></body></html>\r\n".encode("iso-8859-1", "xmlcharrefreplace")
    encoded = "Content-Transfer-Encoding: quoted-printable"
    content = multipart(
        "alternative",
        boundary,
        [
            part(('Content-Type: text/plain; charset="iso-8859-1"', encoded), text),
            part(('Content-Type: text/html; charset="iso-8859-1"', encoded), quoted_printable(page)),
            part(
                (
                    f'Content-Type: text/calendar; charset="utf-8"; method={answer.method}',
                    "Content-Transfer-Encoding: base64",
                ),
                base64_lines(_calendar(answer, subject).encode()),
            ),
        ],
    )
    return mail(answer, subject, (*thread, references, *headers), content, domain=domain)


def _calendar(answer: Answer, subject: str) -> str:
    windows, iana = microsoft.zone_of(answer)
    return calendar_text(
        answer,
        [
            f"METHOD:{answer.method}",
            "PRODID:Microsoft Exchange Server 2010",
            "VERSION:2.0",
            *microsoft.zone_lines(windows, iana, answer.start.year),
        ],
        _event(answer, subject),
    )


def _event(answer: Answer, subject: str) -> Sequence[str]:
    invited = answer.invitation
    windows, iana = microsoft.zone_of(answer)
    spoken = f";LANGUAGE={_LANGUAGES.get(answer.language.partition('-')[0], 'en-US')}"
    name = answer.name or answer.address

    def time(called: str, instant_text: str) -> str:
        return f"{called};TZID={windows}:{instant_text}"

    original = (
        time("X-MS-OLK-ORIGINALSTART", local(invited.start, iana)),
        time("X-MS-OLK-ORIGINALEND", local(invited.end, iana)),
    )
    return [
        f"ATTENDEE;PARTSTAT={answer.partstat};CN={_parameter(name)}{answer.sent_by}:mailto:{answer.address}",
        f"COMMENT{spoken}:{escaped(answer.comment)}\\n" if answer.comment else "",
        f"UID:{invited.uid}",
        f"SUMMARY{spoken}:{escaped(subject)}",
        time("DTSTART", local(answer.start, iana)),
        time("DTEND", local(answer.end, iana)),
        "CLASS:PUBLIC",
        "PRIORITY:5",
        f"DTSTAMP:{utc(answer.now)}",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        f"SEQUENCE:{invited.sequence + 2}",
        f"LOCATION{spoken}:{escaped(invited.place)}",
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{invited.sequence}" if "SEQUENCE" not in answer.without else "",
        "X-MICROSOFT-CDO-OWNERAPPTID:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-CDO-INSTTYPE:0",
        *(original if answer.counter else ()),
        "X-MICROSOFT-DONOTFORWARDMEETING:FALSE",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
    ]


def _parameter(name: str) -> str:
    plain = name.replace('"', "'")
    return f'"{plain}"' if any(sign in plain for sign in ",;:") else plain


answer = client(_write)
