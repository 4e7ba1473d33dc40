"""Mail that nobody wrote: absences, returned mail, answers of calendars."""

from datetime import date, datetime, timedelta

import pytest

from coordinator.simulate import rsvp, shapes
from tests.e2e.chapters import BERLIN, MAYA, MONA, NAMES, Chapter, day
from tests.e2e.seasons import introduced, met

CHIEF = "chief@example.org"
CALENDARS = ["gmail_web", "outlook_web", "outlook_classic", "apple_mail", "apple_ios", "thunderbird", "yahoo", "mutt"]


def test_silence_brings_one_friendly_reminder(chapter: Chapter):
    introduced(chapter)
    chapter.wait_for(MAYA, "What would you like to reach")
    chapter.wait(until=day("2026-01-24", 20))
    assert len(chapter.to(MAYA, "second try")) == 1


@pytest.mark.parametrize("client", ["outlook_web", "gmail_web", "thunderbird"])
def test_an_absence_moves_the_reminders_behind_the_return(chapter: Chapter, client: str):
    introduced(chapter)
    letter = chapter.wait_for(MAYA, "What would you like to reach")
    at = chapter.now.astimezone(BERLIN)
    raw = shapes.auto_reply(letter.raw, sender=("Maya Roy", MAYA), now=at, until=date(2026, 1, 30), client=client)
    before = len(chapter.to(MAYA))
    assert chapter.deliver(raw).applied == 1
    assert len(chapter.to(MAYA)) == before
    chapter.wait(until=day("2026-01-29", 20))
    assert not chapter.to(MAYA, "second try")
    assert chapter.person(MAYA).status == "active"
    assert chapter.wait_for(MAYA, "second try", days=10).parent.date >= day("2026-01-30", 0)


@pytest.mark.parametrize("system", ["postfix", "exchange"])
def test_a_dead_address_is_noticed_and_a_human_told(chapter: Chapter, system: str):
    chapter.tick()
    raw = shapes.bounce(chapter.last(MAYA).raw, now=chapter.now, system=system)
    chapter.deliver(raw)
    chapter.wait(days=1)
    assert chapter.person(MAYA).status == "unreachable"
    assert chapter.to(CHIEF, "Maya Roy")
    so_far = len(chapter.to(MAYA))
    chapter.wait(days=14)
    assert len(chapter.to(MAYA)) == so_far


def test_a_delay_makes_nobody_unreachable(chapter: Chapter):
    chapter.tick()
    chapter.deliver(shapes.bounce(chapter.last(MAYA).raw, now=chapter.now, status="4.4.1"))
    assert chapter.person(MAYA).status == "active"


@pytest.mark.parametrize("client", CALENDARS)
@pytest.mark.parametrize("said", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_of_any_calendar_is_counted(chapter: Chapter, client: str, said: str):
    introduced(chapter)
    chapter.rsvp(chapter.last(MAYA, ", 08:00 (Berlin): you and"), said, client=client)
    assert chapter.pair.meetings[0].partstats[chapter.person(MAYA).id] == said
    assert chapter.held() == []


def test_a_meeting_that_is_declined_moves_under_the_same_uid(everywhere: Chapter):
    chapter = everywhere
    introduced(chapter)
    (before,) = chapter.pair.meetings
    chapter.rsvp(chapter.last(MONA, ", 08:00 (Berlin): you and"), "DECLINED", client="outlook_web")
    chapter.wait(days=1)
    asked = chapter.last(MAYA, "Pick another time")
    assert asked.subject.startswith("Another time with Mona?"), "whatever else the letter says"
    chapter.reply(asked, "b")
    (after,) = chapter.pair.meetings
    assert (after.uid, after.sequence, after.status) == (before.uid, before.sequence + 1, "invited")
    assert after.start > before.start
    for who in (MAYA, MONA):
        invitation = chapter.last(who, ": you and").invitation
        assert invitation is not None
        assert (invitation.method, invitation.uid, invitation.start) == ("REQUEST", before.uid, after.start)


def test_an_answer_to_the_old_time_does_not_count_for_the_new_one(chapter: Chapter):
    introduced(chapter)
    old = chapter.last(MONA, ", 08:00 (Berlin): you and")
    chapter.rsvp(old, "DECLINED")
    chapter.wait(days=1)
    chapter.reply(chapter.last(MAYA, "Pick another time"), "b")
    late = rsvp.answer(
        old.raw, "apple_mail", attendee=MONA, partstat="ACCEPTED", comment="", now=chapter.now - timedelta(days=1)
    )
    chapter.deliver(late)
    assert chapter.pair.meetings[0].partstats[chapter.person(MONA).id] == "NEEDS-ACTION"


def test_somebody_outside_cannot_answer_an_invitation_for_another(chapter: Chapter):
    introduced(chapter)
    invitation = chapter.last(MAYA, ", 08:00 (Berlin): you and")
    raw = rsvp.answer(
        invitation.raw, "gmail_web", attendee="eve@evil.example", partstat="DECLINED", comment="", now=chapter.now
    )
    chapter.deliver(raw)
    assert set(chapter.pair.meetings[0].partstats.values()) == {"NEEDS-ACTION"}


def test_another_time_proposed_in_the_calendar_is_put_to_the_partner(chapter: Chapter):
    introduced(chapter)
    (meeting,) = chapter.pair.meetings
    other = datetime(2026, 1, 23, 14, 0, tzinfo=BERLIN)
    raw = rsvp.answer(
        chapter.last(MONA, ", 08:00 (Berlin): you and").raw,
        "outlook_web",
        attendee=MONA,
        partstat="TENTATIVE",
        comment="",
        now=chapter.now,
        counter=(other, other + timedelta(minutes=45)),
    )
    chapter.deliver(raw)
    chapter.wait(days=1)
    assert chapter.pair.meetings[0].start == meeting.start
    asked = chapter.last(MAYA, "Mona suggests another time")
    assert "Does Fri 23 January 2026, 14:00 (Berlin) suit you?" in " ".join(asked.parent.text.split())
    chapter.reply(asked, "yes, that works")
    (moved,) = chapter.pair.meetings
    assert (moved.uid, moved.sequence, moved.start) == (meeting.uid, meeting.sequence + 1, other)
    for who in (MAYA, MONA):
        invitation = chapter.last(who, ": you and").invitation
        assert invitation is not None
        assert (invitation.method, invitation.uid, invitation.start) == ("REQUEST", meeting.uid, other)


def test_two_robots_do_not_keep_each_other_busy(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA)
    sent = len(chapter.letters)
    for n in range(20):
        at = chapter.now.astimezone(BERLIN)
        chapter.deliver(
            shapes.auto_reply(
                letter.raw, sender=(NAMES[MAYA], MAYA), now=at + timedelta(seconds=n), until=date(2026, 2, 1)
            )
        )
    assert not [x for _, x in chapter.letters[sent:] if x.parent.recipient == MAYA]
