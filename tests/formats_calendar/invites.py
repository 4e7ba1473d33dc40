"""Invites of two invented people, and the mail that carries one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

from coordinator.core.effects import Attendee, Invite
from coordinator.core.tokens import uid
from coordinator.formats.ical import calendar_part

ADA, BOB, PROGRAM = "ada@example.org", "bob@example.com", "program@mentoring.example"
ORGANIZER = {"organizer_name": "Mentoring, Example Chapter", "organizer_address": PROGRAM}
NOON = datetime(2026, 12, 8, 11, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)

PLAIN = Invite(
    method="REQUEST",
    uid=uid(b"secret of a test", "p1/meeting/1", "mentoring.example"),
    sequence=0,
    start=NOON,
    end=NOON + timedelta(minutes=45),
    zone="Europe/Berlin",
    stamp=STAMP,
    summary="Meeting 1: Ada and Bob",
    description="Agenda\n1. Hello; how are you?\n2. Goals, and the first step\n",
    place="https://meet.example/ada-bob",
    attendees=(Attendee(name="Ada Lovelace", address=ADA), Attendee(name="Bob Noyce", address=BOB)),
)


def invite(**changes) -> Invite:
    return replace(PLAIN, **changes)


def part_of(asked: Invite) -> bytes:
    return calendar_part(asked, **ORGANIZER)


@cache
def mailed(asked: Invite, recipient: str) -> bytes:
    """One copy for one recipient, in the tree of parts that every client knows."""
    calendar = part_of(asked)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Mentoring <{PROGRAM}>"
    mail["To"] = recipient
    mail["Subject"] = asked.summary
    mail["Message-ID"] = "<invite-1@mentoring.example>"
    mail.set_content("Please answer this invitation.\n")
    mail.add_alternative("<p>Please answer this invitation.</p>\n", subtype="html")
    mail.add_alternative(calendar, maintype="text", subtype="calendar", params={"method": asked.method}, cte="base64")
    mail.get_payload()[-1].set_param("charset", "UTF-8")
    del mail.get_payload()[-1]["Content-Disposition"]
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()
