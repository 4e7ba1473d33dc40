"""A real letter with an invite, as it is sent: every client shows its buttons, and every client's answer comes back."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from coordinator.core.effects import Chapter
from coordinator.formats.letters import sample_effect, write
from coordinator.programs import load
from coordinator.simulate.calendar.clients import CLIENTS
from tests.formats_calendar.incoming import faults_of_mail
from tests.formats_calendar.invites import ADA, NOON, PLAIN, PROGRAM, STAMP, invite
from tests.formats_calendar.mails import read_mail

CHAPTER = Chapter(
    name="Example Chapter",
    address=PROGRAM,
    sender_name="Mentoring",
    coordinator="carol@example.org",
    secret=b"of a test",
)


@cache
def letter(method: str = "REQUEST", zone: str = "Europe/Berlin") -> bytes:
    program = load("six-month", own=None)
    name = "invitation" if method == "REQUEST" else "cancelled"
    effect = sample_effect(program, program.prompt(name, "en"), "en")
    effect = replace(effect, invite=invite(method=method, zone=zone))
    return write(effect, program, CHAPTER, STAMP, "Europe/Berlin").raw


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Cairo"])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_letter_with_an_invite_passes_every_clients_check(method, zone):
    assert faults_of_mail(letter(method, zone), ADA) == []


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_every_client_answers_the_letter_and_is_understood(client):
    raw = CLIENTS[client](letter(), attendee=ADA, partstat="DECLINED", comment="no", now=STAMP + timedelta(days=1))
    reply, problems = read_mail(raw)
    assert (reply.uid, reply.attendee, reply.partstat, problems) == (PLAIN.uid, ADA, "DECLINED", ())
    moved = CLIENTS[client](
        letter(),
        attendee=ADA,
        partstat="TENTATIVE",
        counter=(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1)),
        now=STAMP,
    )
    assert read_mail(moved)[0].start == NOON + timedelta(days=1)
