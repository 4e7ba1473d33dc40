"""An end at any time by either, without fault and without a form; and what follows when somebody is gone."""

from dataclasses import replace
from datetime import date

import pytest

from coordinator.core.hours import at_local
from tests.core.situations import DAY
from tests.endings.some import answer, busy, pair, prompts, say, send, text
from tests.endings.test_renewal import neutral


def under_way(days: int = 70, **changes):
    season = pair(**changes)
    season.pass_days(days, busy)
    return season


@pytest.mark.req("ACHE-37")
@pytest.mark.parametrize("who", ["u1", "u2"])
def test_whoever_wants_to_end_it_is_asked_once_in_private_and_then_it_ends(who: str) -> None:
    season = under_way()
    (leave,) = send(season, say(season, who, "end"))
    assert leave.letter.recipient == who
    assert "close" in text(season, leave).lower()
    answer(season, leave, leave=True, reason="my goals changed")
    season.pass_days(2)
    (one,) = season.letters("closing", "u2")
    (other,) = season.letters("closing", "u1")
    assert neutral(text(season, one), "Maya", "Mona") == neutral(text(season, other), "Mona", "Maya")
    assert season.pair().ending == "asked"
    assert season.pair().reason == "changed"
    season.pass_days(15)
    assert season.pair().status == "ended"


def test_no_form_blocks_an_ending_silence_closes_it_in_three_days() -> None:
    season = under_way()
    send(season, say(season, "u2", "end"))
    season.pass_days(2)
    assert not season.letters("closing")
    season.pass_days(4)
    assert {e.letter.recipient for e in season.letters("closing")} == {"u1", "u2"}


def test_saying_it_twice_ends_it_now_and_taking_it_back_ends_nothing() -> None:
    twice = under_way()
    send(twice, say(twice, "u2", "end"))
    say(twice, "u2", "end")
    assert twice.pair().ending == "asked"
    back = under_way()
    (leave,) = send(back, say(back, "u2", "end"))
    answer(back, leave, leave=False)
    back.pass_days(20, busy)
    assert back.pair().ending == ""
    assert not back.letters("closing")


def test_meetings_to_come_leave_both_calendars() -> None:
    season = under_way()
    assert any(m.status == "invited" and m.start > season.now for m in season.pair().meetings)
    (leave,) = send(season, say(season, "u1", "end"))
    answer(season, leave, leave=True)
    season.pass_days(1)
    assert {e.letter.recipient for _, e in season.sent if e.invite and e.invite.method == "CANCEL"} == {"u1", "u2"}
    since = season.now
    season.pass_days(40)
    assert not [e for at, e in season.sent if at > since and e.invite]


@pytest.mark.req("ACHE-36")
def test_outgrown_is_answered_to_the_writer_alone() -> None:
    season = under_way()
    before = len(season.effects)
    decision = say(season, "u2", "doubt")
    assert [(e.sections[0].prompt, e.letter.recipient) for e in decision.effects] == [("doubt", "u2")]
    send(season, decision)
    season.pass_days(10)
    others = [e for e in season.effects[before:] if e.letter.recipient != "u2"]
    assert not any(s.prompt in ("doubt", "wish", "guide") for e in others for s in e.sections)
    assert season.pair().ending == ""


@pytest.mark.req("ACHE-36")
def test_the_advisor_learns_only_that_somebody_wants_to_speak_and_only_if_they_say_so() -> None:
    season = under_way()
    (doubt,) = send(season, say(season, "u2", "doubt"))
    wish = next(q for q in doubt.letter.questions if q.field.name == "wish").field.options[2]
    decision = answer(season, doubt, wish=wish)
    (told,) = decision.effects
    assert told.letter.recipient == "u3"
    words = text(season, told)
    assert "Maya" in words
    assert "outgrown" not in words.lower()


@pytest.mark.req("ACHE-38")
def test_a_talk_gets_a_guide_a_neutral_point_on_the_agenda_and_a_question_to_each_afterwards() -> None:
    season = under_way(62)
    (doubt,) = send(season, say(season, "u2", "doubt"))
    options = next(q for q in doubt.letter.questions if q.field.name == "wish").field.options
    decision = answer(season, doubt, wish=options[1])
    assert [(e.sections[0].prompt, e.letter.recipient) for e in decision.effects] == [("guide", "u2")]
    send(season, decision)
    since = season.now
    season.pass_days(16, busy)
    described = [
        e.invite.description for at, e in season.sent if at > since and e.invite and e.invite.method == "REQUEST"
    ]
    assert any("still what you both want" in words for words in described)
    assert not any("Maya asked" in words for words in described)
    asked = {e.letter.recipient for e in season.letters("going-on")}
    assert asked == {"u1", "u2"}
    (mentor,) = season.letters("going-on", "u1")
    answer(season, mentor, go_on=False)
    season.pass_days(1, busy)
    assert season.pair().ending == "", "a no does not show before the other has answered"
    (mentee,) = season.letters("going-on", "u2")
    answer(season, mentee, go_on=True)
    season.pass_days(3)
    (one,) = season.letters("closing", "u2")
    (other,) = season.letters("closing", "u1")
    mine, theirs = (neutral(text(season, e), *who) for e, who in ((one, ("Maya", "Mona")), (other, ("Mona", "Maya"))))
    assert mine.replace("Mona", "Maya") == theirs.replace("Mona", "Maya")


def test_two_who_want_to_go_on_after_their_talk_simply_go_on() -> None:
    season = under_way(62)
    send(season, say(season, "u1", "discuss"))
    season.pass_days(45, busy)
    for letter in season.letters("going-on"):
        answer(season, letter, go_on=True)
    season.pass_days(20, busy)
    assert season.pair().ending == ""
    assert not season.letters("closing")


@pytest.mark.req("ACHE-37", "AAHA-34")
def test_a_mentee_whose_pairing_was_ended_stands_at_the_head_of_the_queue() -> None:
    season = under_way()
    (leave,) = send(season, say(season, "u1", "end"))
    answer(season, leave, leave=True)
    mentee = season.work.participant("u2")
    assert mentee.waiting_since == at_local(season.pair().start, 0, 0, "UTC")
    season.pass_days(5)
    (ask,) = season.letters("rematch", "u2")
    assert not season.letters("rematch", "u1")
    answer(season, ask, rematch=False)
    assert season.work.participant("u2").waiting_since is None
    answer(season, ask, rematch=True)
    assert season.work.participant("u2").waiting_since is not None


def gone(season, who: str) -> None:
    newest = [e for _, e in season.sent if e.letter.recipient == who][-1]
    send(season, season.reply(newest, kind="stop", text="STOP"))


@pytest.mark.req("S-9")
def test_a_mentor_who_leaves_is_covered_and_the_mentee_goes_to_the_head_of_the_queue() -> None:
    season = under_way()
    gone(season, "u1")
    season.pass_days(5)
    (letter,) = season.letters("rematch", "u2")
    words = " ".join(text(season, letter).split())
    assert "nothing to do with you" in words
    assert season.work.participant("u2").waiting_since == at_local(season.pair().start, 0, 0, "UTC")
    assert not season.letters("closing")
    season.pass_days(15)
    assert season.pair().status == "ended"


def test_a_mentee_who_leaves_lets_the_mentor_know_kindly_and_waits_for_nobody() -> None:
    season = under_way()
    gone(season, "u2")
    season.pass_days(5)
    (letter,) = season.letters("left", "u1")
    assert "say nothing about you" in " ".join(text(season, letter).split())
    assert season.work.participant("u2").waiting_since is None
    season.pass_days(20)
    assert season.pair().status == "ended"


def test_whoever_comes_back_within_two_days_ends_nothing() -> None:
    season = under_way()
    gone(season, "u1")
    season.pass_days(1)
    mentor = season.work.participant("u1")
    season.work.stage([replace(mentor, status="active", version=mentor.version + 1)])
    season.pass_days(20, busy)
    assert season.pair().ending == ""


@pytest.mark.parametrize("last_days", [1, 2])
def test_who_leaves_so_late_that_the_last_day_comes_first_ends_nothing_early(last_days: int) -> None:
    season = under_way(181 - last_days)
    gone(season, "u1")
    season.pass_days(40, busy)
    assert len(season.letters("closing", "u2")) == 1
    assert not season.letters("rematch"), "one letter about the end is enough"
    assert (season.pair().status, season.pair().ending, season.pair().end) == ("ended", "", date(2026, 7, 12))


def test_a_wish_to_end_in_the_last_three_days_shows_in_no_letter_to_the_other() -> None:
    season = under_way(179)
    send(season, say(season, "u1", "end"))
    season.pass_days(40, busy)
    assert {e.letter.recipient for e in season.letters("closing")} == {"u1", "u2"}
    assert not season.letters("rematch", "u2")
    assert (season.pair().status, season.pair().ending, season.pair().end) == ("ended", "", date(2026, 7, 12))


def test_a_late_yes_beside_that_of_somebody_who_left_in_between_prolongs_nothing() -> None:
    season = under_way(172)
    (mentee,), (mentor,) = season.letters("renewal", "u2"), season.letters("renewal", "u1")
    answer(season, mentor, renew=True)
    season.pass_days(8, busy)
    gone(season, "u1")
    season.pass_days(3)
    answer(season, mentee, renew=True)
    season.pass_days(30)
    assert not season.letters("rematch")
    assert (season.pair().status, season.pair().ending, season.pair().end) == ("ended", "", date(2026, 7, 12))


def test_an_address_that_is_dead_for_four_weeks_counts_as_gone() -> None:
    season = under_way()
    mentor = season.work.participant("u1")
    season.work.stage([replace(mentor, status="unreachable", bounces=(season.now,), version=mentor.version + 1)])
    season.pass_days(20)
    assert season.pair().ending == ""
    season.pass_days(15)
    assert season.pair().ending == "left"
    assert season.letters("rematch", "u2")


@pytest.mark.req("S-8")
def test_an_advisor_who_leaves_is_covered_by_the_second_and_then_by_the_coordinator() -> None:
    season = under_way(advisors=("u3", "u4"))
    assert "adam@example.org" in text(season, season.letters("debrief", "u2")[-1])
    gone(season, "u3")
    season.pass_days(40, busy)
    assert "ada@example.org" in text(season, season.letters("debrief", "u2")[-1])
    gone(season, "u4")
    season.pass_days(40, busy)
    letter = text(season, season.letters("debrief", "u2")[-1])
    assert season.chapter.coordinator in letter
    assert "adam@example.org" not in letter


def test_after_an_early_end_nobody_is_asked_for_a_review_or_about_going_on() -> None:
    season = under_way()
    (leave,) = send(season, say(season, "u2", "end"))
    answer(season, leave, leave=True)
    since = season.now
    season.pass_days(120)
    after = prompts(season, "u1", since) + prompts(season, "u2", since)
    assert not {"review", "renewal", "agenda", "debrief", "no-news"} & set(after)
    assert season.now > since + 100 * DAY


@pytest.mark.req("S-2")
def test_who_is_on_a_break_may_end_it_all_the_same() -> None:
    season = under_way()
    mentee = season.work.participant("u2")
    season.work.stage([replace(mentee, status="paused", version=mentee.version + 1)])
    before = len(season.sent)
    (leave,) = send(season, say(season, "u2", "end"))
    assert [e.letter.id for _, e in season.sent[before:]] == [leave.letter.id]
    answer(season, leave, leave=True)
    assert season.pair().ending == "asked"


def test_a_conflict_of_interest_that_is_not_cleared_ends_with_the_same_neutral_letter_for_both() -> None:
    season = under_way()
    season.work.stage(
        [replace(season.pair(), blocked="conflict of interest", due=season.now, version=season.pair().version + 1)]
    )
    season.pass_days(2)
    (asked,) = season.letters("conflict-of-interest", "u3")
    answer(season, asked, go_on=False)
    season.pass_days(2)
    (one,) = season.letters("closing", "u2")
    (other,) = season.letters("closing", "u1")
    assert neutral(text(season, one), "Maya", "Mona") == neutral(text(season, other), "Mona", "Maya")
    season.pass_days(15)
    assert season.pair().status == "ended"
