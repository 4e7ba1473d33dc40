"""Lines about goals as people write them, by mail: the other's goal, a measure and steps without a number, one's own goal."""

import pytest

from tests.endings.test_bad_input import number, office_of_two, only, said_to
from tests.endings.test_both_sides import flat, newest_asking
from tests.endings.test_goals_by_mail import with_goals
from tests.enrolment.office import Office


@pytest.mark.req("AAHA-16")
@pytest.mark.parametrize("said", ["G1: lead two meetings", "G1: change to lead two meetings"])
def test_a_mentors_words_for_a_mentees_goal_are_put_to_the_mentee_and_hold_with_their_yes(said: str):
    office = with_goals(1)
    office.reply(told_nothing_else(office, "Mona"), said)
    assert only(office).goals[0].texts == ("Learn thing 1",)
    office.wait(12)
    assert only(office).goals[0].texts == ("Learn thing 1",)
    asked = office.last("Maya", "Mona suggests")
    assert "lead two meetings" in flat(asked)
    office.reply(asked, {number(asked, "Is that right for you"): "yes"})
    assert only(office).goals[0].texts == ("Learn thing 1", "lead two meetings")
    assert not office.held


def told_nothing_else(office: Office, name: str):
    """A letter to somebody that asks for no words of their own: a line about a goal can be nothing else there."""
    for _ in range(30):
        letter = office.last(name)
        if not any("in your own words" in ask.words or ask.goals for ask in letter.asks):
            return letter
        office.wait(1)
    raise AssertionError(f"every letter to {name} asks for words")


@pytest.mark.req("AAHA-16")
def test_ones_own_goal_is_not_reworded_by_words_that_may_tell_how_it_goes():
    office = with_goals(1)
    office.reply(told_nothing_else(office, "Maya"), "G1: lead two meetings")
    office.wait(3)
    assert "a new wording of G1? Then answer “G1: change to …”" in said_to(office, "Maya")
    assert only(office).goals[0].texts == ("Learn thing 1",)
    assert not office.held


@pytest.mark.req("AAHA-30")
@pytest.mark.parametrize("said", ["measure: audit score monthly", "G1 measure: audit score monthly by mentee"])
def test_a_measure_is_asked_for_each_month_by_mail_and_its_numbers_are_kept(said: str):
    office = with_goals(1)
    office.reply(office.last("Maya"), said)
    goal = only(office).goals[0]
    assert goal.measure is not None
    assert (goal.measure.what, goal.measure.every, goal.measure.reporter) == (
        "audit score", "1 month", only(office).mentee,
    )  # fmt: skip
    for score in (60, 70):
        letter = newest_asking(office, "Maya", "audit score, which number is it now")
        office.reply(letter, {number(letter, "audit score"): str(score)})
        office.wait(20)
    assert [value for _, value in only(office).goals[0].measure.values] == [60.0, 70.0]
    assert not any("audit score" in ask.words for x in office.to("Mona") for ask in x.asks)
    assert not office.held


@pytest.mark.req("AAHA-30", "IMA-26")
@pytest.mark.parametrize("said", ["measure: audit score monthly", "steps: ask Tom > try it"])
def test_a_line_that_may_mean_any_of_several_goals_is_asked_about_and_changes_none(said: str):
    office = with_goals(2)
    before = only(office).goals
    office.reply(office.last("Maya"), said)
    office.wait(3)
    assert f"“{said}”: of which goal? Nothing was noted. Your goals are G1, G2; write it like this: G1 {said}" in (
        said_to(office, "Maya")
    )
    assert only(office).goals == before
    assert not office.held


@pytest.mark.req("AAHA-18")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "my goal: learn to listen"), ("es", "mi objetivo: aprender a escuchar")]
)
def test_whoever_says_my_goal_has_one_more_of_their_own(language: str, said: str):
    office = with_goals(1, language=language)
    office.reply(office.last("Mona"), said)
    goal = only(office).goals[-1]
    assert (goal.owner, goal.text) == (only(office).mentor, said.partition(": ")[2])
    assert not office.held


@pytest.mark.req("AAHA-18")
def test_the_example_of_an_answer_names_a_goal_that_is_asked_about():
    office = office_of_two(program="action-steps")
    office.reply(office.last("Mona"), "new goal: learn to listen")
    letter = newest_asking(office, "Maya", "What would you like to reach")
    office.reply(letter, {number(letter, "What would you like to reach"): "Lead a meeting"})
    debrief = newest_asking(office, "Maya", "Where does each goal stand")
    assert [goal for ask in debrief.asks for goal, _ in ask.goals] == ["G2"]
    assert "`yes, 40 min, G2 6" in flat(debrief)


@pytest.mark.req("IMA-36", "IMA-37")
def test_in_the_last_stage_whom_to_get_to_know_reaches_the_advisor_and_nothing_is_asked_twice():
    from tests.endings.test_said_first import with_an_advisor

    office = with_an_advisor("nine-stages")
    pairing = only(office)
    office.stage(
        type(pairing)(**{**vars(pairing), "version": pairing.version + 1, "end": office.now.date().replace(month=4)})
    )
    office.wait(45)
    office.reply(office.last("Adam"), "pair 1 stage 9")
    letter = newest_asking(office, "Maya", "What will you turn to Mona for")
    assert "`intro please: …`" in flat(letter)
    answer = f"{number(letter, 'turn to')}: a calm second look\nintro please: somebody who runs a clinic ZX-5"
    office.reply(letter, answer)
    office.wait(8)
    assert [x for x in office.to("Adam") if "somebody who runs a clinic ZX-5" in flat(x)]
    assert not [x for x in office.to("Mona") if "ZX-5" in flat(x)]
    office.wait(60)
    asked = {name: sum("turn to" in ask.words for x in office.to(name) for ask in x.asks) for name in ("Maya", "Mona")}
    assert asked["Maya"] == 1
    assert asked["Mona"] >= 1, "she has not said it yet"
    for name in asked:
        assert "Maya will turn to the other for: a calm second look" in flat(office.last(name, "thank you"))
