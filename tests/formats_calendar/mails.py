"""The calendar parts of a mail, as a mail reader hands them to the reader of answers."""

from datetime import UTC
from email import message_from_bytes, policy
from email.utils import parseaddr, parsedate_to_datetime

from coordinator.formats.itip import read_calendar


def calendar_parts(raw: bytes) -> list[bytes]:
    mail = message_from_bytes(raw, policy=policy.compat32)
    kinds = ("text/calendar", "application/ics")
    return [part.get_payload(decode=True) for kind in kinds for part in mail.walk() if part.get_content_type() == kind]


def read_mail(raw: bytes):
    mail = message_from_bytes(raw, policy=policy.compat32)
    sender = parseaddr(mail["From"])[1].casefold()
    sent = parsedate_to_datetime(mail["Date"]).astimezone(UTC)
    return read_calendar(calendar_parts(raw), sender=sender, sent=sent)
