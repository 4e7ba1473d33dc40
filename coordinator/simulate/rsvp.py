"""Which calendar program answers an invitation for somebody, given the mail client that they use."""

from datetime import datetime

from coordinator.simulate.calendar.clients import CLIENTS

_PROGRAMS = {
    "gmail_web": "google",
    "gmail_android": "google",
    "gmail_ios": "google",
    "outlook_classic": "outlook_desktop",
    "outlook_web": "exchange",
    "outlook_ios": "exchange",
    "apple_mail": "apple",
    "apple_ios": "icloud",
    "thunderbird": "thunderbird",
    "yahoo": "yahoo",
    "proton": "google",
    "gmx": "roundcube",
    "samsung": "outlook_com",
    "mutt": "zimbra",
}


def answer(
    raw: bytes,
    client: str,
    *,
    attendee: str,
    partstat: str,
    comment: str,
    now: datetime,
    counter: tuple[datetime, datetime] | None = None,
    language: str = "en",
) -> bytes:
    """The calendar answer to the invitation `raw`, as the program beside that mail client writes it."""
    return CLIENTS[_PROGRAMS[client]](
        raw, attendee=attendee, partstat=partstat, comment=comment, counter=counter, now=now, language=language
    )
