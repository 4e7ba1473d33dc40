"""Invitations in other hands: forwarded to a stranger who answers, or answered from two calendars of one person."""

from collections import Counter

import pytest

from coordinator.simulate import rsvp
from tests.cli.running import run
from tests.e2e.chapters import MAYA, MONA, Chapter, on_maildir
from tests.e2e.seasons import introduced

STRANGER, WORK = "stranger@example.net", "maya.roy@work.example"
INVITATION = ", 08:00 (Berlin): you and"
CLIENTS = ("gmail_web", "outlook_web", "outlook_classic", "apple_mail", "thunderbird", "mutt", "yahoo")


@pytest.fixture
def chapter(tmp_path) -> Chapter:
    return on_maildir(tmp_path / "elm")


def _from(raw: bytes, old: str, new: str) -> bytes:
    """The same mail by another sender, with what its calendar says left as it is."""
    head, blank, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
    return head.replace(old.encode(), new.encode()) + blank + body


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("attendee", ["their own", "hers"])
def test_a_stranger_who_answers_a_forwarded_invitation_changes_nothing_and_hears_nothing(
    chapter: Chapter, client: str, attendee: str
):
    introduced(chapter)
    letter = chapter.last(MAYA, INVITATION)
    before = chapter.pair
    who = STRANGER if attendee == "their own" else MAYA
    raw = rsvp.answer(letter.raw, client, attendee=who, partstat="ACCEPTED", comment="See you!", now=chapter.now)
    account = chapter.deliver(_from(raw, MAYA, STRANGER))
    assert account.applied == 0
    assert account.held + account.quarantined == 1
    assert chapter.pair.meetings == before.meetings
    chapter.wait(days=14)
    assert not chapter.to(STRANGER)
    assert chapter.pair.meetings[0].partstats[chapter.person(MAYA).id] != "ACCEPTED"


@pytest.mark.parametrize(("first", "then"), [("ACCEPTED", "DECLINED"), ("DECLINED", "ACCEPTED")])
def test_of_two_calendars_of_one_person_the_later_answer_counts_and_nobody_is_written_to_twice(
    chapter: Chapter, first: str, then: str
):
    introduced(chapter)
    assert run("--chapter", chapter.folder, "people", "alias", MAYA, WORK).code == 0
    letter = chapter.last(MAYA, INVITATION)
    chapter.rsvp(letter, first)
    before = len(chapter.letters)
    raw = rsvp.answer(letter.raw, "outlook_web", attendee=MAYA, partstat=then, comment="", now=chapter.now)
    work = raw.replace(MAYA.encode(), WORK.encode())
    account = chapter.deliver(work)
    assert (account.applied, account.held) == (1, 0)
    uid = letter.invitation.uid if letter.invitation else ""
    (meeting,) = (m for m in chapter.pair.meetings if m.uid == uid)
    assert meeting.partstats[chapter.person(MAYA).id] == then
    chapter.deliver(work)
    assert chapter.pair.meetings[0].partstats[chapter.person(MAYA).id] == then
    chapter.wait(days=5)
    days = Counter((at.date(), letter.parent.recipient) for at, letter in chapter.letters[before:])
    assert max(days.values()) <= 2
    assert {letter.parent.recipient for _, letter in chapter.letters[before:]} <= {
        MAYA,
        MONA,
        "adam@example.com",
        "chief@example.org",
    }
