"""Ten calendar programs answer our own invite, alone and with each switch, and each answer is understood."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from importlib import import_module

import pytest

from coordinator.core.effects import Attendee
from coordinator.simulate.calendar.clients import CLIENTS
from tests.formats_calendar.invites import ADA, NOON, PLAIN, PROGRAM, invite, mailed
from tests.formats_calendar.mails import calendar_parts, read_mail

NOW = datetime(2026, 11, 25, 8, 5, 30, tzinfo=UTC)
COMMENT = 'It\'s fine; "Café" at 3, <ok> & done\\here\nsecond line'
CLOCKS = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Europe/Dublin",
    "UTC",
    "Africa/Cairo",
    "Australia/Lord_Howe",
]

SAYS_NOTHING_IN_THE_CALENDAR = {"thunderbird"}
"""Whose note is only in the text of the mail."""


def answered(client: str, asked=PLAIN, **said) -> bytes:
    said = {"attendee": ADA, "partstat": "ACCEPTED", "now": NOW} | said
    return import_module(f"tests.responders.{client}").answer(mailed(asked, ADA), **said)


@pytest.fixture(params=sorted(CLIENTS))
def client(request) -> str:
    return request.param


@pytest.mark.parametrize("partstat", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_is_understood(client, partstat):
    reply, problems = read_mail(answered(client, partstat=partstat))
    assert problems == ()
    assert (reply.method, reply.uid, reply.attendee, reply.partstat) == ("REPLY", PLAIN.uid, ADA, partstat)
    assert (reply.sequence, reply.stamp, reply.comment) == (0, NOW, "")
    assert (reply.start, reply.end) == (None, None)


@pytest.mark.req("AAHA-22")
@pytest.mark.parametrize("zone", CLOCKS)
def test_a_proposal_of_another_time_is_that_instant(client, zone):
    asked = invite(zone=zone)
    for start in (NOON + timedelta(days=2, hours=3), datetime(2027, 7, 6, 9, 30, tzinfo=UTC)):
        proposal = (start, start + timedelta(minutes=50))
        reply, problems = read_mail(answered(client, asked, partstat="TENTATIVE", counter=proposal))
        assert problems == ()
        assert (reply.method, reply.partstat) == ("COUNTER", "TENTATIVE")
        assert (reply.start, reply.end) == proposal


def test_a_proposal_may_come_with_a_no(client):
    proposal = (NOON + timedelta(days=1), NOON + timedelta(days=1, minutes=45))
    reply, _ = read_mail(answered(client, partstat="DECLINED", counter=proposal, comment="Earlier?"))
    assert (reply.method, reply.partstat, reply.start) == ("COUNTER", "DECLINED", proposal[0])


@pytest.mark.parametrize("comment", [COMMENT, "ünïcödé 👍 李", "a" * 200, "mailto:x@example.org; PARTSTAT=ACCEPTED"])
def test_a_note_reads_as_it_was_written(client, comment):
    raw = answered(client, partstat="DECLINED", comment=comment)
    reply, problems = read_mail(raw)
    assert problems == ()
    assert reply.partstat == "DECLINED"
    assert reply.comment == ("" if client in SAYS_NOTHING_IN_THE_CALENDAR else comment)


def test_an_alias_answers_under_its_own_name(client):
    reply, problems = read_mail(answered(client, alias="ada.lovelace@work.example"))
    assert problems == ()
    assert reply.attendee == "ada.lovelace@work.example"


def test_a_delegate_answers_for_the_attendee_and_is_named_as_a_problem(client):
    raw = answered(client, delegate="assistant@example.org")
    reply, problems = read_mail(raw)
    assert (reply.attendee, reply.partstat) == (ADA, "ACCEPTED")
    assert problems == ("answered by somebody else on behalf of the attendee",)
    assert "assistant@example.org" in str(message_from_bytes(raw)["From"])


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt-BR", "it", "nl", "xx"])
def test_the_language_of_the_client_says_nothing(client, language):
    assert read_mail(answered(client, language=language, partstat="DECLINED"))[0].partstat == "DECLINED"


@pytest.mark.parametrize("missing", ["ORGANIZER", "METHOD", "SEQUENCE", "DTSTAMP", "DTEND", "END", "PRODID", "VERSION"])
def test_a_missing_property_hides_no_answer(client, missing):
    reply, problems = read_mail(answered(client, partstat="DECLINED", without={missing}))
    assert problems == ()
    assert (reply.uid, reply.attendee, reply.partstat) == (PLAIN.uid, ADA, "DECLINED")
    assert reply.sequence == (None if missing == "SEQUENCE" else 0)
    assert reply.stamp == NOW  # the Date of the mail, where DTSTAMP is missing


def test_a_late_answer_says_which_invite_it_is_for(client):
    old, new = invite(sequence=1), invite(sequence=4)
    assert [read_mail(answered(client, asked))[0].sequence for asked in (old, new)] == [1, 4]


def test_an_answer_for_one_instance_is_an_answer_to_the_one_meeting_that_there_is(client):
    reply, problems = read_mail(answered(client, partstat="DECLINED", instance=True))
    assert b"RECURRENCE-ID" in calendar_parts(answered(client, partstat="DECLINED", instance=True))[0]
    assert (reply.uid, reply.partstat, problems) == (PLAIN.uid, "DECLINED", ())


def test_the_same_answer_twice_is_the_same_reading(client):
    raw = answered(client)
    assert raw == answered(client)
    assert read_mail(raw) == read_mail(raw)


def test_a_second_answer_is_newer_than_the_first(client):
    first = read_mail(answered(client, partstat="TENTATIVE"))[0]
    second = read_mail(answered(client, partstat="ACCEPTED", now=NOW + timedelta(minutes=1)))[0]
    assert (first.sequence, first.stamp) < (second.sequence, second.stamp)


@pytest.mark.parametrize("name", ['Ada "the first" Lovelace', "Lovelace, Ada; Countess", "Adá Löve 李 👩‍💻", ""])
def test_no_name_hides_an_answer(client, name):
    people = (Attendee(name=name, address=ADA), PLAIN.attendees[1])
    reply, problems = read_mail(answered(client, invite(attendees=people), partstat="DECLINED"))
    assert problems == ()
    assert (reply.attendee, reply.partstat) == (ADA, "DECLINED")


def test_an_answer_goes_to_the_organizer_and_is_a_sound_mail(client):
    raw = answered(client, comment="line one\nline two", language="fr")
    mail = message_from_bytes(raw, policy=policy.default)
    assert PROGRAM in str(mail["To"])
    assert not any(part.defects for part in mail.walk())
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert calendar_parts(raw)


def test_every_dialect_is_its_own():
    texts = {name: calendar_parts(answered(name, comment="no"))[0] for name in CLIENTS}
    assert len(set(texts.values())) == len(CLIENTS) - 1  # outlook.com is Exchange
    assert b"ORGANIZER" not in texts["exchange"] + texts["outlook_desktop"]
    assert b"tzone://Microsoft/Utc" in calendar_parts(answered("exchange", invite(zone="UTC")))[0]
    assert b"W. Europe Standard Time" in texts["exchange"]
    assert b"method" not in b"".join(line for line in answered("apple").split(b"\r\n") if b"alendar" in line).lower()


@pytest.mark.parametrize("raw", [b"", b"From: a@example.org\r\n\r\nhello\r\n"])
def test_a_client_answers_no_mail_without_an_invitation(client, raw):
    with pytest.raises(ValueError, match="no invitation"):
        CLIENTS[client](raw, attendee=ADA, partstat="ACCEPTED", now=NOW)


def test_nobody_can_answer_perhaps(client):
    with pytest.raises(ValueError, match="nobody can answer"):
        answered(client, partstat="PERHAPS")
