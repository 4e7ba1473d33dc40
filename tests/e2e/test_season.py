"""A pair's first months, played with the replies of real mail programs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.e2e.chapters import ADAM, BERLIN, MAYA, MONA, Chapter, day, number, on_maildir, on_servers
from tests.e2e.seasons import GOALS, debriefed, introduced, met, with_goals
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink


def story(chapter: Chapter) -> list[tuple[datetime, str, str]]:
    return sorted((at, letter.parent.recipient, letter.subject) for at, letter in chapter.letters)


def test_a_season_is_the_same_on_a_folder_and_on_real_servers(tmp_path: Path, imap_server: Dovecot, sink: Sink):
    (tmp_path / "there").mkdir()
    here = on_maildir(tmp_path / "elm")
    there = on_servers(tmp_path / "there" / "elm", imap_server, sink, "season@example.org")
    for chapter in (here, there):
        debriefed(chapter)
        chapter.wait(days=3)
    assert story(there) == story(here)
    assert [(g.text, g.scores[-1][1:3]) for g in there.pair.goals] == [
        (g.text, g.scores[-1][1:3]) for g in here.pair.goals
    ]
    for chapter in (here, there):
        assert chapter.mail.waiting() == []
        assert chapter.mail.quarantined() == []
        assert len(chapter.mail.processed()) == 6
        assert chapter.held() == []


@pytest.mark.req("AHE-7")
def test_the_time_that_a_mentee_picks_is_in_both_calendars_at_once(chapter: Chapter):
    introduced(chapter)
    invites = [chapter.last(who, ", 08:00 (Berlin): you and").invitation for who in (MAYA, MONA)]
    assert all(i is not None for i in invites)
    assert {(i.method, i.uid, i.start) for i in invites if i} == {
        ("REQUEST", chapter.pair.meetings[0].uid, datetime(2026, 1, 22, 7, 0, tzinfo=UTC))
    }


@pytest.mark.req("AHE-12")
def test_a_meeting_lasts_forty_five_minutes_unless_agreed_otherwise(chapter: Chapter):
    introduced(chapter)
    (meeting,) = chapter.pair.meetings
    assert meeting.end - meeting.start == timedelta(minutes=45)


@pytest.mark.req("AHE-16")
def test_each_gets_the_story_of_the_other(chapter: Chapter):
    introduced(chapter)
    chapter.wait(days=9)
    assert chapter.to(MONA, "restore old boats")
    assert chapter.to(MAYA, "Twenty years in hospitals")


@pytest.mark.req("AHE-14")
def test_the_ways_of_talking_that_both_named_are_told_to_both(chapter: Chapter):
    introduced(chapter)
    chapter.wait(days=9)
    for who in (MAYA, MONA):
        sheet = chapter.last(who, "what it is about").parent.text
        assert "You both named: email" in " ".join(sheet.split())


@pytest.mark.req("AHE-17")
def test_two_goals_are_numbered_and_told_back(chapter: Chapter):
    with_goals(chapter)
    assert [(g.number, g.text) for g in chapter.pair.goals] == list(enumerate(GOALS.split("\n"), start=1))
    assert {g.owner for g in chapter.pair.goals} == {chapter.person(MAYA).id}
    chapter.wait(days=3)
    assert chapter.to(MAYA, "Pass the CHESP exam by October")


@pytest.mark.req("AHE-18", "AHE-19")
def test_what_is_to_get_better_and_what_is_looked_for_are_kept(chapter: Chapter):
    with_goals(chapter)
    said = {a.field: a.value for a in chapter.pair.answers if a.key == "p1/goals/mentee"}
    assert said["improve"] == "public speaking"
    assert said["purpose"] == "a challenging issue"


def test_the_mentor_gets_the_mentees_points_by_mail_and_in_the_calendar(chapter: Chapter):
    debriefed(chapter)
    letter = chapter.wait_for(MAYA, "What is it to be about")
    chapter.reply(letter, {1: "the exam\nthe team meeting"}, client="thunderbird")
    assert chapter.pair.meetings[1].agenda == ("the exam", "the team meeting")
    sheet = chapter.wait_for(MONA, "the team meeting")
    assert "the exam" in sheet.parent.calendar


@pytest.mark.req("AHE-23")
def test_progress_on_each_goal_is_noted_after_the_meeting(chapter: Chapter):
    debriefed(chapter)
    first, second = chapter.pair.goals
    assert first.scores[-1][1] == 6
    assert second.scores[-1][2] == "stuck"
    assert chapter.pair.meetings[0].status == "held"
    assert chapter.pair.meetings[0].minutes == 50


@pytest.mark.req("AHE-11")
def test_without_any_answer_a_meeting_a_month_is_always_ahead(chapter: Chapter):
    chapter.tick()
    for _ in range(5):
        chapter.wait(days=28)
        assert any(m.start > chapter.now and m.status == "invited" for m in chapter.pair.meetings)
    chapter.wait(until=day("2026-07-20"))
    meetings = chapter.pair.meetings
    assert len(meetings) == len({m.uid for m in meetings}) == 6
    assert {x.invitation.uid for x in chapter.to(MAYA) if x.invitation} == {m.uid for m in meetings}
    assert chapter.held() == []


@pytest.mark.req("AHE-9")
def test_the_pairing_ends_kindly_after_six_months(chapter: Chapter):
    chapter.tick()
    chapter.wait(until=day("2026-08-20"))
    assert chapter.pair.status == "ended"
    for who in (MAYA, MONA):
        assert "thank you" in chapter.to(who)[-1].subject
        assert abs(chapter.to(who)[-1].parent.date - day("2026-07-12")) < timedelta(days=2)


@pytest.mark.req("AHE-28")
def test_a_month_before_the_end_both_look_back_on_each_goal(chapter: Chapter):
    debriefed(chapter)
    chapter.wait(until=day("2026-06-20", 12))
    for who in (MAYA, MONA):
        review = chapter.last(who, "How the goals moved")
        assert day("2026-06-12") <= review.parent.date < day("2026-06-19"), (
            "with another letter, or alone six days later"
        )
        assert "G1: Lead a team meeting every month – 6" in review.parent.text
        assert "G2: Pass the CHESP exam by October" in review.parent.text
    letter = chapter.last(MAYA, "How the goals moved")
    chapter.reply(letter, {number(letter, "proud"): "We both learned to listen", number(letter, "goal stand"): "G1 9"})
    assert chapter.pair.goals[0].scores[-1][1] == 9


@pytest.mark.req("AHE-25")
def test_the_mentors_praise_reaches_the_mentee_in_their_words(chapter: Chapter):
    met(chapter)
    debrief = chapter.last(MONA, "Did you two talk")
    said = {
        number(debrief, "Did you two"): "yes",
        number(debrief, "does well"): "She asks the right questions",
        number(debrief, "suggestion"): "Try it out loud first",
        number(debrief, "1 to 5"): "4",
    }
    chapter.reply(debrief, said, client="outlook_web", style="html_top")
    assert "Try it out loud first" in chapter.wait_for(MAYA, "She asks the right questions").parent.text
    assert not chapter.to(ADAM, "right questions")


@pytest.mark.req("AHE-6", "AHE-24")
def test_what_is_told_in_confidence_never_reaches_the_advisor(chapter: Chapter):
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    said = {number(debrief, "Did you two"): "yes", number(debrief, "goal"): "G1 6 (canary ZX-77 at work)"}
    chapter.reply(debrief, said)
    chapter.wait(days=60)
    assert any("ZX-77" in str(a.value) for a in chapter.pair.answers)
    others = [x.parent.text for who in (ADAM, "chief@example.org") for x in chapter.to(who)]
    assert others
    assert not [text for text in others if "ZX-77" in text]


def test_the_advisor_hears_once_a_week_on_the_programs_day(chapter: Chapter):
    chapter.tick()
    chapter.wait(days=35)
    days = [at for at, letter in chapter.letters if letter.parent.recipient == ADAM]
    assert {at.strftime("%A") for at in days} == {"Monday"}
    assert len(days) == len({at.date() for at in days}) >= 4


@pytest.mark.req("AHE-4")
def test_a_long_silence_is_noticed_and_any_word_ends_it(chapter: Chapter):
    chapter.tick()
    chapter.wait(until=day("2026-03-02", 12))
    asked = chapter.last(MAYA, "I have heard nothing from you two")
    chapter.wait(until=day("2026-03-09", 12))
    assert "no news for" in chapter.last(ADAM).parent.text
    chapter.reply(asked, "called 10 min")
    chapter.wait(days=7)
    assert "no news for" not in chapter.last(ADAM).parent.text


def test_ten_days_without_cron_come_back_as_one_mail_a_person(chapter: Chapter):
    introduced(chapter)
    before = len(chapter.letters)
    chapter.tick(chapter.now + timedelta(days=10))
    caught_up = [letter.parent.recipient for _, letter in chapter.letters[before:]]
    assert caught_up
    assert len(caught_up) == len(set(caught_up))


@pytest.mark.req("AAHA-34")
def test_a_pairing_that_the_volunteer_ends_is_closed_with_the_same_letter_to_both(chapter: Chapter):
    introduced(chapter)
    at = chapter.now.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")
    assert run("--chapter", chapter.folder, "pairing", "set", "p1", "status=ended", "--now", at).code == 0
    chapter.wait(days=2)
    assert chapter.to(MAYA, "thank you")
    assert chapter.to(MONA, "thank you")
    assert all(m.status != "invited" for m in chapter.pair.meetings)
    chapter.wait(days=16)
    plain = run("--chapter", chapter.folder, "status", "--json").json
    assert [p["stage"] for p in plain["pairings"]] in ([], ["ended"])
