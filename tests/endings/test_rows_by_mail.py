"""Rows of the requirements played whole, as their last column tells them: mail in, ticks, letters and state out."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from tests.endings import test_bad_input
from tests.endings.test_bad_input import number, office_of_two, only
from tests.endings.test_both_sides import flat, newest_asking
from tests.endings.test_points_and_private import GOING, REACH, with_advisor
from tests.enrolment.office import Office

BOTH = ("Maya", "Mona")


def to_adam(office: Office, since: int) -> list[str]:
    return [flat(x) for _, x in office.letters[since:] if x.parent.recipient == "adam@example.org"]


@pytest.mark.req("AHE-2")
def test_a_cadence_that_one_wishes_holds_from_the_other_ones_ok_on():
    office = with_advisor()
    office.reply(office.last("Maya"), "cadence: every 2 weeks")
    office.wait(3)
    assert only(office).terms == {}
    asked = office.last("Mona", "How often you meet: every 2 weeks (so far: every month)")
    office.reply(asked, "ok")
    assert only(office).terms == {"every": "2 weeks"}
    office.wait(60)
    starts = [m.start for m in only(office).meetings]
    assert len(starts) >= 4
    assert {b - a for a, b in itertools.pairwise(starts)} == {timedelta(days=14)}


@pytest.mark.req("AHE-3")
def test_in_month_three_a_longer_meeting_makes_version_two_and_the_first_is_kept():
    office = with_advisor()
    office.wait(70)
    for name in BOTH:
        office.reply(office.last(name), "AGREE")
    office.reply(office.last("Maya"), "length: 60")
    office.wait(3)
    office.reply(office.last("Mona", "Length of a meeting: 60 minutes (so far: 45 minutes)"), "yes")
    office.wait(40)
    ahead = only(office).meetings[-1]
    assert ahead.end - ahead.start == timedelta(minutes=60)
    assert [(v.number, v.clauses["minutes"]) for v in only(office).agreement] == [(1, "45"), (2, "60")]
    for name in BOTH:
        assert len(office.to(name, "has a new version, number 2")) == 1
        assert "Length of a meeting: 60 minutes (before: 45 minutes)" in flat(office.last(name, "a new version"))


@pytest.mark.req("AHE-5")
def test_an_agreement_that_one_has_not_signed_is_a_line_to_the_advisor_and_no_more_when_both_have():
    office = with_advisor()
    office.wait(20)
    respect = "You treat each other with respect, and both of you are here to learn and to grow."
    assert all(any(respect in flat(x) for x in office.to(name)) for name in BOTH)
    office.reply(office.last("Maya"), "AGREE")
    before = len(office.letters)
    office.wait(30)
    assert any("the agreement lacks the yes of Mona" in text for text in to_adam(office, before))
    office.reply(office.last("Mona"), "AGREE")
    before = len(office.letters)
    office.wait(10)
    assert to_adam(office, before)
    assert not any("the agreement" in text for text in to_adam(office, before))


@pytest.mark.req("AHE-20")
def test_who_has_not_said_what_they_hope_for_is_reminded_once_and_the_other_sees_that_it_is_missing():
    office = with_advisor()
    office.reply(office.last("Maya"), {1: "c"})
    letter = newest_asking(office, "Maya", REACH)
    office.reply(letter, {number(letter, "take away"): "A next job"})
    office.wait(25)
    asked = [x for x in office.to("Mona") if any("What would you like to take away" in a.words for a in x.asks)]
    assert len(asked) == 2, "the question and one reminder"
    sheets = {name: flat(office.last(name, "what it is about")) for name in BOTH}
    assert "A next job" in sheets["Mona"]
    assert "From Mona: - Hopes: not yet answered" in sheets["Maya"]


@pytest.mark.req("AHE-21")
def test_the_community_is_named_in_week_one_and_who_joined_is_asked_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own = tmp_path / "templates"
    (own / "six-month").mkdir(parents=True)
    (own / "six-month" / "program.toml").write_text(
        'extends = "six-month"\ncommunity_link = "https://my.example.org"\n'
    )
    monkeypatch.setattr(test_bad_input, "Office", lambda program: Office(program=program, own=own))
    office = office_of_two()
    for name in BOTH:
        assert "https://my.example.org" in flat(office.last(name))
    office.reply(office.last("Maya"), {1: "a"})
    office.reply(office.last("Maya", "Meet Mona"), "connected")
    assert office.person("Maya").profile["connected"] == "yes"
    before = len(office.letters)
    office.wait(60)
    later = [x for _, x in office.letters[before:] if x.parent.recipient.startswith("maya")]
    assert later
    assert not [x for x in later if "my.example.org" in x.parent.text]


@pytest.mark.req("AHE-23", "AHE-10", "AHE-13")
def test_after_a_call_beside_the_rhythm_the_goals_are_asked_about_in_one_line_of_the_next_mail():
    office = with_advisor()
    letter = newest_asking(office, "Maya", REACH)
    office.reply(letter, {number(letter, REACH): "Lead a team\nPass the exam"})
    office.wait(13)
    office.reply(office.last("Maya", "Did you two talk"), "1: yes\n2: 40")
    office.wait(5)
    meetings = only(office).meetings
    office.reply(office.last("Maya"), "we also spoke Tuesday 20 min")
    assert only(office).meetings == meetings
    assert [c.minutes for c in only(office).contacts] == [40, 20]
    asked = office.last("Maya", "Did a goal move with it? A line such as `G1 6`, of 10, is enough.")
    office.reply(asked, "G1 8, G2 stuck")
    first, second = only(office).goals
    assert (first.scores[-1][1], second.scores[-1][2]) == (8, "stuck")
    office.reply(office.last("Mona"), "called 10 min")
    assert not office.to("Mona", "Did a goal move"), "whoever has none is not asked"


@pytest.mark.req("AHE-23")
@pytest.mark.parametrize(
    ("said", "score"), [("G1 8", 8), ("G1 60% done", 6), ("G1 now 6", 6), ("goal 1: 7/10", 7), ("G1 stuck", None)]
)
def test_where_a_goal_stands_may_be_told_to_any_letter(said: str, score: int | None):
    office = with_advisor()
    letter = newest_asking(office, "Maya", REACH)
    office.reply(letter, {number(letter, REACH): "Lead a team"})
    office.wait(2)
    office.reply(office.last("Maya"), said)
    ((_, told, _, _),) = only(office).goals[0].scores
    assert told == score
    assert not office.held


@pytest.mark.req("AHE-23")
@pytest.mark.parametrize(
    "said", ["G1 10 minutes a day", "G1 8 weeks left", "G1: talk about my exam", "G1 and G2", "G9 8"]
)
def test_what_is_no_report_on_a_goal_changes_none(said: str):
    office = with_advisor()
    letter = newest_asking(office, "Maya", REACH)
    office.reply(letter, {number(letter, REACH): "Lead a team\nPass the exam"})
    office.wait(2)
    office.reply(office.last("Maya"), said)
    assert all(goal.scores == () for goal in only(office).goals)


@pytest.mark.req("AHE-26")
def test_the_mentor_reads_the_new_words_of_a_goal_with_the_next_agenda():
    office = with_advisor()
    letter = newest_asking(office, "Maya", REACH)
    office.reply(letter, {number(letter, REACH): "Lead a team\nPass the exam"})
    office.wait(20)
    office.reply(office.last("Maya"), "G2: change to pass CHESP by October")
    assert only(office).goals[1].texts == ("Pass the exam", "pass CHESP by October")
    before = len(office.letters)
    office.wait(30)
    sheets = [x for _, x in office.letters[before:] if x.parent.recipient.startswith("mona") and x.invitation]
    assert any("G2: pass CHESP by October" in flat(x) for x in sheets)
    assert not any("Pass the exam" in flat(x) for x in sheets)


@pytest.mark.req("AHE-22")
def test_an_introduction_that_the_mentor_offers_is_made_when_everybody_said_yes():
    office = with_advisor()
    office.wait(3)
    office.reply(office.last("Mona"), "intro: a colleague for G2")
    offer = newest_asking(office, "Maya", "Would you like that introduction?")
    assert "a colleague for G2" in flat(offer)
    assert not office.to("Mona", "To which address")
    office.reply(offer, {number(offer, "Would you like that introduction?"): "yes"})
    asked = newest_asking(office, "Mona", "To which address")
    office.reply(asked, {number(asked, "To which address"): "lena@example.com"})
    office.wait(5)
    for name in BOTH:
        assert "lena@example.com" in flat(office.last(name, "An introduction"))
    assert not office.to("Adam", "lena@example.com")


@pytest.mark.req("AMIA-11")
def test_a_question_to_the_advisor_is_answered_by_mail_and_known_to_the_two_of_them_alone():
    office = with_advisor()
    office.wait(16)
    office.reply(office.last("Maya"), "ask: how do I say no?")
    office.reply(office.last("Adam", "how do I say no?"), "Kindly, and soon.")
    assert "Kindly, and soon." in flat(office.last("Maya", "Adam writes to you"))
    office.wait(20)
    assert not [x for x in office.to("Mona") if "say no" in x.parent.text or "Kindly, and soon" in x.parent.text]


@pytest.mark.req("AMIA-18")
def test_a_need_is_a_line_of_each_weeks_summary_until_it_is_done():
    office = with_advisor()
    office.wait(16)
    office.reply(office.last("Maya"), "need: intro to a lab")
    before = len(office.letters)
    office.wait(14)
    weeks = to_adam(office, before)
    assert len(weeks) == 2
    assert all("Maya needs something: “intro to a lab”" in text for text in weeks)
    line = weeks[-1].partition("Maya Roe & Mona Roe: Maya needs")[0].rsplit(".", 1)[0].split()[-1]
    office.reply(office.last("Adam"), f"{line} done")
    before = len(office.letters)
    office.wait(14)
    assert not any("Maya needs something" in text for text in to_adam(office, before)[-1:])


@pytest.mark.req("AMIA-31", "AMIA-32")
def test_a_pair_is_asked_as_often_as_the_advisor_says_and_once_a_month_at_least():
    office = with_advisor()
    office.wait(8)
    summary = office.last("Adam")
    office.reply(summary, "pair 1 every 8 weeks")
    assert "a check-in is never less than once a month" in flat(office.last("Adam"))
    office.reply(summary, "pair 1 every 2 weeks")
    assert only(office).terms["checkin"] == "14"
    before = len(office.letters)
    office.wait(60)
    asked = [at for at, x in office.letters[before:] if x.parent.recipient.startswith("maya")
             and any(GOING in ask.words for ask in x.asks)]  # fmt: skip
    assert len(asked) in (3, 4, 5)


@pytest.mark.req("S-8")
def test_when_the_only_advisor_leaves_the_coordinator_is_told_and_named_in_each_letter():
    office = with_advisor()
    office.wait(16)
    office.reply(office.last("Adam"), "STOP")
    assert office.to("office@example.org", "Adam Roe")
    before = len(office.letters)
    office.wait(30)
    later = [x for _, x in office.letters[before:] if not x.parent.recipient.startswith("office")]
    assert {x.parent.recipient for x in later} == {"maya@example.org", "mona@example.org"}
    assert all("Your advisor is Elm mentoring, office@example.org." in flat(x) for x in later)
