"""Mail that no person writes: out-of-office answers and returned mail."""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import format_datetime

from coordinator.simulate.shapes import mime, stamps
from coordinator.simulate.shapes.clients import CLIENTS
from coordinator.simulate.shapes.dates import DAYS, MONTHS
from coordinator.simulate.shapes.mime import Entity
from coordinator.simulate.shapes.parent import Parent, read

_AWAY = {
    "en": "Thank you for your message. I am out of the office until {until} and will answer when I am back.",
    "es": "Gracias por su mensaje. Estoy fuera de la oficina hasta el {until} y le responderé a mi regreso.",
    "de": "Vielen Dank für Ihre Nachricht. Ich bin bis zum {until} nicht im Büro und antworte danach.",
    "fr": "Merci de votre message. Je suis absente du bureau jusqu'au {until} et vous répondrai à mon retour.",
}
_DAY = {
    "en": "{weekday}, {month} {day}, {year}",
    "es": "{weekday}, {day} de {month} de {year}",
    "de": "{weekday}, den {day}. {month} {year}",
    "fr": "{weekday} {day} {month} {year}",
}
_SUBJECT = {
    "exchange": {
        "en": "Automatic reply: ",
        "es": "Respuesta automática: ",
        "de": "Automatische Antwort: ",
        "fr": "Réponse automatique : ",
    },
    "gmail": {
        "en": "Out of office Re: ",
        "es": "Fuera de la oficina Re: ",
        "de": "Abwesend Re: ",
        "fr": "Absence Re: ",
    },
    "sieve": {"en": "Auto: ", "es": "Auto: ", "de": "Auto: ", "fr": "Auto: "},
}


def auto_reply(
    raw: bytes,
    *,
    sender: tuple[str, str],
    now: datetime,
    until: date,
    client: str = "outlook_web",
    language: str = "en",
) -> bytes:
    """An out-of-office answer: Exchange's for the Outlooks, Gmail's responder for Gmail, else RFC 5230 vacation.

    until: the day that it states, in words.
    """
    parent, chosen = read(raw), CLIENTS[client]
    spoken = language if language in _AWAY else "en"
    system = "exchange" if client.startswith("outlook") else "gmail" if client.startswith("gmail") else "sieve"
    seed = stamps.digest(parent.message_id, sender[1], now.isoformat(), "auto")
    # Sieve answers the envelope sender, the others where a person would answer.
    to = parent.return_path if system == "sieve" else parent.reply_to
    named = (("To", to), ("Subject", _SUBJECT[system][spoken] + parent.subject))
    thread = (("In-Reply-To", parent.message_id), ("References", parent.message_id))
    head = (*stamps.opening(chosen, seed, sender, now, to), *named, *thread, *_marks(system))
    said = _AWAY[spoken].format(until=_in_words(until, spoken))
    body = f"{said}\n\n{sender[0]}\n"
    return mime.message(head, mime.text("plain", body, charset="utf-8", encoding="qp"))


def _marks(system: str) -> tuple[tuple[str, str], ...]:
    match system:
        case "exchange":
            return (("X-Auto-Response-Suppress", "All"), ("Auto-Submitted", "auto-generated"))
        case "gmail":
            return (("Precedence", "bulk"), ("X-Autoreply", "yes"), ("Auto-Submitted", "auto-replied"))
        case _:
            return (("Auto-Submitted", "auto-replied (vacation)"), ("X-Sieve", "Pigeonhole Sieve"))


def _in_words(day: date, language: str) -> str:
    return _DAY[language].format(
        weekday=DAYS[language].split()[day.weekday()],
        day=day.day,
        month=MONTHS[language].split()[day.month - 1],
        year=day.year,
    )


_REASONS = {
    "5.1.1": "550 5.1.1 <{address}>: Recipient address rejected: User unknown in virtual mailbox table",
    "5.2.1": "550 5.2.1 <{address}>: The email account that you tried to reach is disabled",
    "4.4.1": "451 4.4.1 connect to mx.example[192.0.2.25]:25: Connection timed out",
    "4.2.2": "452 4.2.2 <{address}>: The recipient's mailbox is over its quota",
}


def bounce(
    raw: bytes, *, now: datetime, status: str = "5.1.1", system: str = "postfix", address: str | None = None
) -> bytes:
    """The letter, returned: RFC 3464 as Postfix ("postfix") or Exchange ("exchange") writes it.

    status: an enhanced code; 4.x.x is a delay that was given up. address: who could not be reached, else the
    letter's recipient. The letter's headers come back in it, not its body.
    """
    parent = read(raw)
    who = address or parent.recipient
    reason = _REASONS.get(status, f"{status[0]}50 {status} <{{address}}>: not delivered").format(address=who)
    seed = stamps.digest(parent.message_id, who, now.isoformat(), "bounce")
    host = "mx.example.org" if system == "postfix" else "dm6pr04mb5678.namprd04.prod.outlook.example"
    parts = [_notice(system, who, reason), _report(system, host, (who, status, reason), now), _returned(parent)]
    boundary = f"{seed[:12].upper()}.{seed[12:22]}/{host}" if system == "postfix" else f"{seed[:8]}-{seed[8:24]}"
    entity = mime.multipart("report", parts, boundary=boundary, params='; report-type="delivery-status"')
    return mime.message(_bounce_headers(parent, system, host, seed, now), entity)


def _bounce_headers(parent: Parent, system: str, host: str, seed: str, now: datetime) -> tuple[tuple[str, str], ...]:
    common = (("Return-Path", "<>"), ("Date", format_datetime(now)), ("To", parent.return_path))
    if system == "postfix":
        return (
            *common,
            ("From", f"Mail Delivery System <MAILER-DAEMON@{host}>"),
            ("Subject", "Undelivered Mail Returned to Sender"),
            ("Auto-Submitted", "auto-replied"),
            ("Message-ID", f"<{seed[:14].upper()}@{host}>"),
        )
    return (
        *common,
        ("From", f"Microsoft Outlook <postmaster@{host}>"),
        ("Subject", f"Undeliverable: {parent.subject}"),
        ("Auto-Submitted", "auto-generated"),
        ("X-MS-Exchange-Message-Is-Ndr", "1"),
        ("Message-ID", f"<{seed[:32]}@{host}>"),
        ("In-Reply-To", parent.message_id),
        ("References", parent.message_id),
    )


def _notice(system: str, who: str, reason: str) -> Entity:
    if system == "postfix":
        words = (
            "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that your message could"
            " not\nbe delivered to one or more recipients. It's attached below.\n\n"
            f"<{who}>: host mx.example[192.0.2.25] said: {reason}\n    (in reply to RCPT TO command)\n"
        )
        return mime.text("plain", words, charset="us-ascii", encoding="7bit", quoted=False)
    words = (
        f"Delivery has failed to these recipients or groups:\n\n{who}\nThe email address you entered couldn't be found."
        f"\n\n\nDiagnostic information for administrators:\n\n{who}\nRemote server returned '{reason}'\n"
    )
    return mime.text("plain", words, charset="us-ascii", encoding="qp")


def _report(system: str, host: str, failure: tuple[str, str, str], now: datetime) -> Entity:
    who, status, reason = failure
    lines: Sequence[str] = (
        f"Reporting-MTA: dns; {host}" if system == "postfix" else f"Reporting-MTA: dns;{host}",
        f"Arrival-Date: {format_datetime(now)}",
        "",
        f"Final-Recipient: rfc822; {who}" if system == "postfix" else f"Final-Recipient: rfc822;{who}",
        "Action: failed",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {reason}" if system == "postfix" else f"Diagnostic-Code: smtp;{reason}",
        "",
    )
    headers = (("Content-Description", "Delivery report"), ("Content-Type", "message/delivery-status"))
    return Entity(headers=headers, body="\r\n".join(lines).encode())


def _returned(parent: Parent) -> Entity:
    headers = (("Content-Description", "Undelivered Message Headers"), ("Content-Type", "text/rfc822-headers"))
    known = [(name, value) for name, value in parent.headers if name != "Delivered-To"]
    return Entity(headers=headers, body=mime.head(known))
