"""A reply that calls for help and answers questions as well: both are kept, and the words of the call stay apart."""

from typing import Any

import pytest

from coordinator.simulate.letters import Received
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, number, on_maildir
from tests.e2e.seasons import met


@pytest.fixture
def chapter(tmp_path: Any) -> Chapter:
    made = on_maildir(tmp_path / "elm")
    met(made)
    return made


def debrief(chapter: Chapter) -> Received:
    return chapter.last(MAYA, "Did you two talk")


def answers(chapter: Chapter) -> dict[str, object]:
    """What Maya answered in her debrief, by field."""
    return {a.field: a.value for a in chapter.pair.answers if a.by == chapter.pair.mentee and "debrief" in a.key}


def needs(chapter: Chapter) -> list[str]:
    return [need.text for need in chapter.pair.care.needs if need.kind == "help"]


@pytest.mark.req("AAHA-26")
@pytest.mark.parametrize("shape", ["{met}. yes\n\nHELP\nhe shouts at me", "HELP\nhe shouts at me\n\n{met}. yes"])
def test_the_answers_beside_a_call_are_kept_and_its_words_stay_apart(chapter: Chapter, shape: str):
    letter = debrief(chapter)
    chapter.reply(letter, shape.format(met=number(letter, "Did you two talk")))
    assert chapter.to(ADAM, "asks for help")
    assert True in answers(chapter).values()
    assert needs(chapter) == ["he shouts at me"]
    assert not any("shouts" in str(value) for value in answers(chapter).values())


@pytest.mark.req("AAHA-26")
def test_free_words_behind_a_call_belong_to_it_whatever_number_they_bear(chapter: Chapter):
    letter = debrief(chapter)
    before = answers(chapter)
    chapter.reply(letter, "HELP\n1. he shouts at me all day\n2. he wants my money\n3. he laughs at me\n4. and so on")
    assert answers(chapter) == before
    assert "he wants my money" in needs(chapter)[0]
    assert not any("money" in x.parent.text for _, x in chapter.letters if x.parent.recipient != MAYA)


def test_words_before_a_call_that_name_no_question_are_not_taken_for_an_answer(chapter: Chapter):
    before = answers(chapter)
    chapter.reply(debrief(chapter), "I cannot go on like this, he threatens to have me dismissed.\n\nHELP")
    assert answers(chapter) == before
    assert "dismissed" in needs(chapter)[0]


def test_a_plain_yes_above_a_call_is_an_answer(chapter: Chapter):
    chapter.reply(debrief(chapter), "yes\n\nHELP")
    assert True in answers(chapter).values()
    assert needs(chapter) == [""]


def test_a_command_beside_a_call_is_obeyed(chapter: Chapter):
    chapter.reply(debrief(chapter), "HELP\n\ngoal: learn to say no")
    assert any("say no" in goal.text for goal in chapter.pair.goals)
    assert chapter.to(ADAM, "asks for help")


@pytest.mark.req("AAHA-26")
def test_stop_and_help_in_one_mail_are_both_heard(chapter: Chapter):
    chapter.reply(debrief(chapter), "HELP\nSTOP")
    assert chapter.to(ADAM, "asks for help")
    assert chapter.person(MAYA).status == "stopped"


def test_an_advisor_who_calls_for_help_under_the_summary_is_heard_and_obeyed(chapter: Chapter):
    summary = chapter.wait_for(ADAM, "Your pair")
    chapter.reply(summary, "away 1–14 August\n\nHELP")
    assert chapter.person(ADAM).care.absent is not None
    assert chapter.to("chief@example.org", "asks for help")
    assert not chapter.to(MONA, "asks for help")


@pytest.mark.req("AAHA-26")
def test_the_words_of_a_second_call_within_the_hour_are_kept_and_asked_about_and_alarm_nobody_twice(chapter: Chapter):
    chapter.reply(debrief(chapter), "HELP")
    alerts = len(chapter.to(ADAM, "asks for help"))
    chapter.reply(debrief(chapter), "HELP\nhe shouts at me")
    assert needs(chapter) == ["", "he shouts at me"]
    assert "Who may read what you wrote?" in chapter.last(MAYA, "You asked for help").parent.text
    assert len(chapter.to(ADAM, "asks for help")) == alerts
    chapter.reply(chapter.last(MAYA, "You asked for help"), "1 b")
    assert "he shouts at me" in chapter.last(ADAM, "lets you read this").parent.text


@pytest.mark.req("AAHA-26")
def test_the_foot_of_an_alert_says_who_runs_the_program_and_why_the_coordinator_gets_it(chapter: Chapter):
    chapter.reply(debrief(chapter), "HELP")
    chapter.wait(days=1)
    assert "is run by Elm, chief@example.org" in chapter.last(ADAM, "asks for help").parent.text
    told = chapter.last("chief@example.org", "asks for help").parent.text
    assert "because you look after" in told
    assert "STOP" not in told
