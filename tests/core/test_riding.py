"""What goes with another letter so that nobody gets a mail too many, and how long it may wait for one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator.core.booking import moved
from coordinator.core.receipts import NEAR, patience_for, receipt_due
from coordinator.core.records import Pairing
from coordinator.core.stages import moments
from coordinator.core.stages.ahead import next_meeting
from coordinator.core.standing import standing
from tests.core.pairs import click, letter, meeting, program, six_months, slot
from tests.core.situations import Season, command

DAY = timedelta(days=1)


def sections(season: Season, to: str, prompt: str) -> list[list[str]]:
    """The prompts of each letter to somebody with that one in it."""
    return [[s.prompt for s in e.sections] for e in season.letters(prompt, to)]


def put(season: Season, pair: Pairing) -> None:
    season.work.stage([replace(pair, version=season.pair().version + 1, due=season.now)])


def picked(**changes) -> Season:
    """The mentee took the first time that was offered, on the first day."""
    season = six_months(**changes)
    season.tick()
    first = letter(season, "introduction-mentee", "u2")
    number = next(q.number for q in first.letter.questions if q.slots)
    season.reply(first, {number: slot(first)})
    season.tick()
    return season


def test_a_wish_about_later_meetings_is_put_to_the_other_with_the_sheet_for_the_first() -> None:
    season = picked()
    wish = command("rhythm", "rhythm: 1st tuesday 12:00", text="1st tuesday 12:00")
    season.reply(letter(season, "introduction-mentee", "u2"), text=wish.words, commands=(wish,), again=1)
    assert "rhythm" in season.pair().proposals
    season.pass_days(8)
    (asked,) = sections(season, "u1", "confirm-change")
    assert "agenda-sheet" in asked
    assert meeting(season).start > season.letters("confirm-change", "u1")[0].letter.at


@pytest.mark.parametrize("fills", ["checkin", "lesson", "score", "gained"])
def test_no_receipt_waits_for_longer_than_three_days(fills: str) -> None:
    fields = [f for p in program().prompts.values() for text in p.values() for f in text.fields if f.fills == fills]
    season = six_months()
    season.tick()
    first = letter(season, "introduction-mentee", "u2").letter.questions[0]
    assert fields
    assert patience_for([replace(first, field=fields[0])]) == NEAR == 3 * DAY


def test_a_receipt_is_not_kept_for_a_letter_that_waits_for_another_itself() -> None:
    season = picked()
    season.pass_days(28)
    where = standing(season.program, season.chapter, season.work, season.pair())
    soon = [m for m in moments(where) if m.recipient == "u1" and season.now < m.at <= season.now + NEAR]
    assert soon
    assert all(m.patient for m in soon)
    assert receipt_due(where, "u1", season.now, at_once=False) == season.now


def test_a_receipt_waits_for_what_had_no_place_in_the_mail_of_today() -> None:
    season = picked()
    where = standing(season.program, season.chapter, season.work, season.pair())
    mine = (m for m in moments(where) if m.recipient == "u2" and m.kind == "ask" and not m.patient)
    asked = next(m.at for m in mine if m.at > season.now + DAY)
    now = asked + timedelta(hours=1)
    maya = next(p for p in season.work.participants() if p.id == "u2")
    found = []
    for written in (now - DAY, asked):
        season.work.stage([maya := replace(maya, version=maya.version + 1, written=written)])
        where = standing(season.program, season.chapter, season.work, season.pair())
        found.append(receipt_due(where, "u2", now, at_once=False))
        assert receipt_due(where, "u2", now, at_once=True) == now
    assert found[0] != asked + DAY
    assert found[1] == asked + DAY, "the morning after the day whose mail was another one"


def test_the_times_for_a_meeting_that_is_moved_lie_around_it_and_in_its_month() -> None:
    season = picked()
    season.pass_days(14)
    later = meeting(season, 1)
    assert later.start - season.now > 14 * DAY
    click(season, "u1", "DECLINED")
    season.pass_days(1)
    question = next(q for q in letter(season, "moved", "u2").letter.questions if q.slots)
    starts = [start for start, _ in question.slots]
    assert all((start.year, start.month) == (later.start.year, later.start.month) for start in starts)
    assert min(starts) > later.start - 5 * DAY


@pytest.mark.req("AHE-11")
@pytest.mark.parametrize(("by", "month"), [(-20, 4), (30, 5)])
def test_a_meeting_that_is_moved_into_another_month_takes_none_from_it_and_gives_it_no_second(
    by: int, month: int
) -> None:
    season = picked()
    season.pass_days(45)
    last = season.pair().meetings[-1]
    assert last.start.month == 3
    pair = moved(season.pair(), last.ordinal, last.start + by * DAY, last.end + by * DAY, season.now)
    where = standing(season.program, season.chapter, season.work, pair)
    following = next_meeting(where)
    assert following is not None
    assert following.month == month


@pytest.mark.req("AHE-4")
def test_two_who_answer_are_not_asked_for_news_in_the_days_around_a_meeting() -> None:
    silent, talking = six_months(), picked()
    silent.pass_days(50)
    assert silent.letters("no-news", "u2")
    talking.pass_days(30)
    second = meeting(talking, 1)
    put(talking, moved(talking.pair(), 2, second.start + 10 * DAY, second.end + 10 * DAY, talking.now))
    talking.pass_days(10)
    talking.reply(letter(talking, "introduction-mentor", "u1"), {1: ["a"]})
    talking.pass_days(10)
    assert not talking.letters("no-news", "u2")


def test_who_answers_nothing_is_asked_how_it_went_with_the_next_invitation() -> None:
    season = picked()
    season.reply(letter(season, "introduction-mentor", "u1"), {1: ["a"]})
    season.pass_days(75, answered_by_the_mentor)
    (_, *later) = sections(season, "u2", "debrief")
    assert later


def answered_by_the_mentor(season: Season, effect) -> None:
    if effect.letter.recipient == "u1" and any(q.field.fills == "meeting_met" for q in effect.letter.questions):
        number = next(q.number for q in effect.letter.questions if q.field.fills == "meeting_met")
        season.reply(effect, {number: True})


def test_a_meeting_that_is_moved_close_comes_with_its_sheet_in_one_mail() -> None:
    season = picked()
    start = season.now + 2 * DAY
    put(season, moved(season.pair(), 1, start, start + timedelta(minutes=45), season.now))
    season.tick(season.now + timedelta(hours=1))
    assert len(sections(season, "u1", "agenda-sheet")) == 1
    assert sections(season, "u1", "agenda-sheet")[0][:2] == ["invitation", "agenda-sheet"]
