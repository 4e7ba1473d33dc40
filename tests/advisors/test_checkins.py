"""Check-ins: to each of the two alone, merged into letters that go anyway, as often and by the means that suit."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from coordinator.core.fields import KINDS
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.stages.checkin import bank, question_for
from coordinator.programs import load
from tests.advisors.desk import desk, id_of, shipped, summary_of, texts
from tests.core.situations import MONDAY, Season
from tests.programs.some import written


def check_ins(season: Season, name: str) -> list[tuple[int, str, str]]:
    """(days since the match, key, question of the bank) of each check-in to them."""
    return [
        ((at - MONDAY).days, question.key, question.field.hint)
        for at, effect in season.sent
        for question in effect.letter.questions
        if question.field.fills == "checkin" and effect.letter.recipient == id_of(season, name)
    ]


def answered(season: Season, effect) -> None:
    """Everybody says that they met, so that the season goes on as usual."""
    met = {q.number: True for q in effect.letter.questions if q.field.fills == "meeting_met"}
    if met:
        season.reply(effect, met)


@pytest.fixture(scope="module")
def lived() -> Season:
    season = desk()
    season.pass_days(190, answered)
    return season


@pytest.mark.req("AMIA-26", "AMIA-30", "AMIA-33", "AMIA-15")
@pytest.mark.parametrize("name", ["Maya", "Mona"])
def test_each_is_asked_twice_in_the_first_month_and_then_in_every_month(lived: Season, name: str) -> None:
    days = [day for day, _, _ in check_ins(lived, name)]
    assert len([day for day in days if day < 30]) == 2
    assert days[0] >= 2
    for month in range(1, 6):
        assert [day for day in days if 30 * month <= day < 30 * (month + 1)], (month, days)
    assert len(days) >= 6
    assert days[-1] < 181


@pytest.mark.req("AMIA-14")
def test_each_has_a_thread_of_their_own(lived: Season) -> None:
    letters = [e.letter for _, e in lived.sent if any(q.field.fills == "checkin" for q in e.letter.questions)]
    assert len({letter.token for letter in letters}) == len(letters)
    assert all(
        len({q.key.rpartition("/")[2] for q in letter.questions if q.field.fills == "checkin"}) == 1
        for letter in letters
    )


def test_most_ride_with_a_letter_that_goes_anyway(lived: Season) -> None:
    asking = [e for _, e in lived.sent if any(s.prompt == "check-in" for s in e.sections)]
    alone = [e for e in asking if len(e.sections) == 1]
    assert len(alone) <= len(asking) / 4
    assert all(e.footer["from"] == "Adam" for e in alone)
    assert all(len(e.letter.questions) <= 5 for e in asking)


@pytest.mark.req("AMIA-35")
def test_no_question_comes_twice_before_all_have_come(lived: Season) -> None:
    asked = [hint for _, _, hint in check_ins(lived, "Maya")]
    assert len(bank(shipped().prompt("check-in-questions", "en").body)) == 8
    assert len(set(asked)) == len(asked)


@pytest.mark.req("AMIA-35")
def test_a_line_of_data_puts_another_question_into_rotation(tmp_path) -> None:
    text = '+++\nid = "check-in-questions"\nsubject = "Bank"\n+++\n- One?\n- Two?\n- Three?\n'
    own = written(tmp_path, {"base/program.toml": 'extends = "base"\n', "base/check-in-questions.md": text})
    season = desk()
    where_program = load("base", own=own)
    stage = where_program.stage("check-in")
    where = season_where(season, where_program)
    assert [question_for(where, stage, n, "en") for n in (1, 2, 3, 4)] == ["One?", "Two?", "Three?", "One?"]


def season_where(season: Season, program):
    from coordinator.core.moments import Situation

    return Situation(program=program, chapter=season.chapter, cohort=season.work, pairing=season.pair())


@pytest.mark.req("AMIA-31")
def test_a_pair_is_asked_as_often_as_its_advisor_says_and_no_other_pair() -> None:
    season = desk(("Mona", "Maya"), ("Mark", "Mila"))
    pair = season.pair()
    season.work.stage([replace(pair, terms={**pair.terms, "checkin": "14"}, version=pair.version + 1)])
    season.pass_days(85, answered)
    mine, others = ([day for day, _, _ in check_ins(season, name)] for name in ("Maya", "Mila"))
    assert len(mine) >= 5
    assert all(later - before <= 20 for before, later in pairwise(mine))
    assert len(others) == 4


@pytest.mark.req("AMIA-32")
def test_a_program_may_not_ask_less_than_once_a_month(tmp_path) -> None:
    text = 'extends = "base"\n[[stages]]\nid = "check-in"\nevery = "60 days"\n'
    own = written(tmp_path, {"mine/program.toml": text})
    with pytest.raises(Exception, match="never less than once a month"):
        load("mine", own=own)


def maya_rates(season: Season, score: int, note: str) -> None:
    """Maya answers her newest check-in."""
    letter = next(
        e
        for _, e in reversed(season.sent)
        if e.letter.recipient == id_of(season, "Maya") and any(q.field.fills == "checkin" for q in e.letter.questions)
    )
    (number,) = [q.number for q in letter.letter.questions if q.field.fills == "checkin"]
    season.reply(letter, {number: {"score": score, "note": note}})
    season.pass_days(1)


@pytest.mark.req("AMIA-27")
def test_a_low_number_with_a_word_is_in_the_summary_and_never_with_the_mentor() -> None:
    season = desk()
    season.pass_days(15)
    maya_rates(season, 2, "slow start ZX-77")
    assert any("Maya rates it 2 of 5: “slow start ZX-77”" in text for text in texts(summary_of(season)))
    season.pass_days(60)
    assert not [e for _, e in season.sent if e.letter.recipient == id_of(season, "Mona") and "ZX-77" in str(e)]


@pytest.mark.req("AMIA-27")
def test_a_number_that_is_nothing_to_worry_about_is_told_once_to_each_advisor_and_nobody_else() -> None:
    season = desk(advisors=("Adam", "Anna"))
    season.pass_days(15)
    maya_rates(season, 3, "slow start ZX-77")
    season.pass_days(60)
    for name in ("Adam", "Anna"):
        told = [e for _, e in season.sent if e.letter.recipient == id_of(season, name) and "ZX-77" in str(e)]
        (said,) = [line["text"] for e in told for line in e.sections[0].context["summary"]["said"]]
        assert said == "Maya rates it 3 of 5: “slow start ZX-77”"
    assert not [e for _, e in season.sent if e.letter.recipient == id_of(season, "Mona") and "ZX-77" in str(e)]


@pytest.mark.req("AMIA-34")
def test_who_prefers_the_phone_gets_an_invitation_with_the_number_and_the_advisor_logs_it() -> None:
    season = desk()
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    profile = {"checkin_mode": "phone", "phone": "+49 30 5550 1234"}
    season.work.stage([replace(maya, profile=profile, version=maya.version + 1)])
    season.pass_days(18)
    assert check_ins(season, "Maya") == []
    times = next(e for _, e in season.sent if e.sections[0].prompt == "call-times")
    assert times.letter.recipient == id_of(season, "Maya")
    slot = times.letter.questions[0].slots[0]
    season.reply(times, {1: [{"start": slot[0].isoformat(), "end": slot[1].isoformat()}]})
    season.pass_days(3)
    invites = [e for _, e in season.sent if e.sections[0].prompt == "call-invitation"]
    assert {e.letter.address for e in invites} == {"maya@example.org", "adam@example.org"}
    assert {e.invite.place for e in invites if e.invite} == {"+49 30 5550 1234"}
    season.pass_days(6)
    assert any("wanted to talk with Maya" in text for text in texts(summary_of(season)))


@pytest.mark.req("AMIA-34")
def test_who_prefers_a_text_message_becomes_a_task_with_the_number() -> None:
    season = desk()
    maya = season.work.participant(id_of(season, "Maya"))
    assert maya is not None
    profile = {"checkin_mode": "text", "phone": "+49 30 5550 1234"}
    season.work.stage([replace(maya, profile=profile, version=maya.version + 1)])
    season.pass_days(20)
    assert any("+49 30 5550 1234" in text for text in texts(summary_of(season)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 – slow start", {"score": 3, "note": "slow start"}),
        ("4", {"score": 4, "note": ""}),
        ("5, we talk every week", {"score": 5, "note": "we talk every week"}),
        ("4 we talk more", {"score": 4, "note": "we talk more"}),
        ("3: it is hard to find time - but good", {"score": 3, "note": "it is hard to find time - but good"}),
        ("four. We laugh a lot", {"score": 4, "note": "We laugh a lot"}),
    ],
)
def test_points_and_words_are_told_apart(text: str, value: dict[str, object]) -> None:
    found = rated(text)
    assert isinstance(found, Value)
    assert found.value == value


@pytest.mark.parametrize("text", ["3 or 4, hard to say", "9 – great"])
def test_what_is_no_point_on_the_scale_is_asked_again(text: str) -> None:
    assert isinstance(rated(text), Unclear)


def rated(text: str):
    field = shipped().prompt("check-in", "en").fields[0]
    context = Context(language="en", timezone="UTC", now=MONDAY, words=shipped().words)
    return KINDS["rating"].read(text, Question(number=1, pairing="", prompt="", key="", field=field), context)


def test_no_check_in_before_the_pair_began() -> None:
    season = desk(start=(MONDAY + timedelta(days=20)).date(), end=(MONDAY + timedelta(days=200)).date())
    season.pass_days(20)
    assert check_ins(season, "Maya") == []
