"""What the two agree on and tell each other: expectations, rhythm, contact beside the meetings."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.cli.running import run
from tests.e2e.chapters import ADAM, BERLIN, MAYA, MONA, Chapter, day, number
from tests.e2e.seasons import introduced, met, with_goals

HOPE, TAKE = "I hope for straight answers", "Please be on time"


@pytest.mark.req("AHE-8", "AHE-20")
def test_before_they_meet_both_see_what_each_expects(chapter: Chapter):
    chapter.tick()
    chapter.reply(chapter.last(MAYA), {1: "b"})
    chapter.wait_for(MAYA, "What would you like to reach")
    for who, words in ((MAYA, HOPE), (MONA, TAKE)):
        letter = next(x for x in reversed(chapter.to(who)) if any("expect" in a.words for a in x.asks))
        chapter.reply(letter, {number(letter, "expect"): words})
    chapter.wait(until=chapter.pair.meetings[0].start)
    for who in (MAYA, MONA):
        sheet = chapter.last(who, "what it is about").parent.text
        assert HOPE in sheet
        assert TAKE in sheet


@pytest.mark.req("AHE-8", "AHE-20")
def test_who_has_not_said_what_they_expect_is_shown_as_not_answered_yet(chapter: Chapter):
    with_goals(chapter)
    chapter.wait(until=chapter.pair.meetings[0].start)
    assert "not yet answered" in chapter.last(MAYA, "what it is about").parent.text


@pytest.mark.req("AHE-18")
def test_the_mentor_reads_what_the_mentee_wants_to_get_better_at(chapter: Chapter):
    with_goals(chapter)
    chapter.wait(until=chapter.pair.meetings[0].start)
    assert chapter.to(MONA, "public speaking")


@pytest.mark.req("AHE-1", "AHE-11")
def test_one_pair_meets_every_two_weeks_while_another_keeps_to_the_month(chapter: Chapter):
    roster = chapter.folder.parent / "more.csv"
    roster.write_text("email,first_name,roles,consent\nnoor@example.com,Noor,mentee,yes\n")
    at = ("--chapter", chapter.folder)
    assert run(*at, "people", "import", roster, "--now", "2026-01-12T08:00").code == 0
    assert run(*at, "pair", "mona@example.com", "noor@example.com", "--now", "2026-01-12T08:00").code == 0
    assert (
        run(*at, "pairing", "set", "p2", "every=2 weeks", "rhythm=tuesday 12:00", "--now", "2026-01-12T08:00").code == 0
    )
    chapter.tick()
    chapter.wait(days=70)
    work = chapter.work()
    monthly, fortnightly = work.pairing("p1"), work.pairing("p2")
    assert monthly is not None
    assert fortnightly is not None
    starts = [m.start.astimezone(BERLIN) for m in fortnightly.meetings]
    assert len(monthly.meetings) in (2, 3)
    assert len(starts) in (4, 5, 6)
    assert {b - a for a, b in pairwise(starts[1:])} == {timedelta(days=14)}


@pytest.mark.req("AHE-13")
def test_a_mail_to_the_partner_with_the_program_in_copy_counts_as_contact_and_is_not_kept(chapter: Chapter):
    introduced(chapter)
    raw = chapter.new_mail(
        "Dear Mona, canary ZX-99: shall we look at my slides?",
        "My slides",
        to=[("Mona Ek", MONA)],
        cc=[("Elm", "mentoring@example.org")],
    )
    account = chapter.deliver(raw)
    assert account.applied == 1
    assert [c.kind for c in chapter.pair.contacts] == ["email"]
    assert "ZX-99" not in (chapter.folder / "state" / "cohort.json").read_text()
    chapter.wait(days=10)
    assert not [x for _, x in chapter.letters if "ZX-99" in x.parent.text]


@pytest.mark.req("AHE-10")
def test_an_extra_call_is_logged_and_moves_no_meeting(chapter: Chapter):
    introduced(chapter)
    chapter.reply(chapter.last(MONA, "Meet Maya"), "we also spoke Tuesday 20 min")
    (contact,) = chapter.pair.contacts
    assert contact.minutes == 20
    assert len(chapter.pair.meetings) == 1


@pytest.mark.req("AHE-23")
def test_a_goal_that_was_not_mentioned_stays_and_is_asked_again_next_time(chapter: Chapter):
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    chapter.reply(letter, {1: "yes", number(letter, "goal"): "G1 6"})
    chapter.wait(until=day("2026-03-10", 12))
    later = chapter.last(MAYA, "Did you two talk")
    assert later.parent.message_id != letter.parent.message_id
    assert "G2" in later.parent.text
    assert [g.state for g in chapter.pair.goals] == ["open", "open"]


@pytest.mark.req("AHE-4")
def test_the_advisor_is_told_of_a_long_silence_in_words_that_accuse_nobody(chapter: Chapter):
    chapter.tick()
    chapter.wait(until=day("2026-03-12", 12))
    told = chapter.last(ADAM).parent.text
    assert "no news" in told
    assert "no contact" not in told
