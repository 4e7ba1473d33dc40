"""What people write about their goals, as they write it: an order, a goal that there is none of, a plan for later."""

import pytest

from coordinator.core.records import Goal
from tests.endings.test_bad_input import number, office_of_two, only, said_to
from tests.enrolment.office import Office


def with_goals(count: int = 3, language: str = "") -> Office:
    """Maya has named so many goals."""
    office = office_of_two(language=language)
    office.wait(4)
    question = "What would you like to reach" if language != "es" else "¿Qué te gustaría"
    letter = office.last("Maya", question)
    office.reply(letter, {number(letter, question): "\n".join(f"Learn thing {n}" for n in range(1, count + 1))})
    office.wait(1)
    return office


def numbers(office: Office) -> list[int]:
    return [goal.number for goal in only(office).goals]


@pytest.mark.req("AAHA-15")
@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("order: G3 G1 G2", [3, 1, 2]),
        ("order: G3, G1", [3, 1, 2]),
        ("order: G2 > G3 > G2", [2, 3, 1]),
        ("order: 2, 3, 1", [2, 3, 1]),
        ("order: G3", [3, 1, 2]),
        ("order: G3 G1 G9", [1, 2, 3]),
        ("order: G9 G8", [1, 2, 3]),
    ],
)
def test_goals_stand_in_the_order_that_was_named_in_the_letters_to_both(said: str, order: list[int]):
    office = with_goals()
    office.reply(office.last("Maya"), said)
    assert numbers(office) == order
    assert f"“{said}”: there is no such goal here" in said_to(office, "Maya") or order != [1, 2, 3]
    assert not office.held
    office.wait(12)
    for name in ("Maya", "Mona"):
        sheet = office.last(name, "what it is about").parent.text
        assert sorted(order, key=lambda n: sheet.index(f"G{n}: Learn thing {n}")) == order


@pytest.mark.req("AAHA-15")
def test_of_thirty_goals_the_first_ones_are_those_that_are_asked_about():
    office = with_goals(30)
    office.reply(office.last("Maya"), "order: G30 G29 G3")
    assert sorted(numbers(office)) == list(range(1, 31))
    office.wait(14)
    asked = [ask for x in office.to("Maya") for ask in x.asks if ask.goals]
    assert asked
    assert {tuple(name for name, _ in ask.goals[:3]) for ask in asked} == {("G30", "G29", "G3")}


@pytest.mark.req("AHE-26")
@pytest.mark.parametrize("said", ["G9 done", "drop G9", "G9: change to sing", "G9 steps: a > b", "G9 keep: monthly"])
def test_words_about_a_goal_that_there_is_none_of_are_answered_with_the_goals_that_there_are(said: str):
    office = with_goals()
    before = only(office).goals
    office.reply(office.last("Maya"), said)
    office.wait(3)
    told = said_to(office, "Maya")
    assert f"“{said}”: there is no such goal here, so nothing changed. Your goals are G1, G2, G3" in told
    assert only(office).goals == before
    assert not office.held


def test_the_same_in_spanish_and_before_there_is_any_goal():
    office = with_goals(language="es")
    office.reply(office.last("Maya"), "G9 hecho")
    office.wait(3)
    assert "Vuestros objetivos son G1, G2, G3; uno nuevo empieza así: nuevo objetivo: …" in said_to(office, "Maya")
    none = office_of_two()
    none.wait(3)
    none.reply(none.last("Maya"), "drop G1")
    none.wait(3)
    assert "“drop G1”: you two have no goals yet" in said_to(none, "Maya")
    assert not none.held


def test_nobody_learns_the_number_of_a_goal_that_is_not_theirs_to_see():
    office = with_goals()
    pairing = only(office)
    secret = Goal(number=4, owner=pairing.mentee, texts=("Leave this place",), visibility="private")
    office.stage(type(pairing)(**{**vars(pairing), "version": pairing.version + 1, "goals": (*pairing.goals, secret)}))
    office.reply(office.last("Mona"), "drop G9")
    office.wait(3)
    assert "Your goals are G1, G2, G3;" in said_to(office, "Mona")


@pytest.mark.req("AHE-29")
def test_how_each_goal_is_kept_alive_stands_in_the_last_letter_to_both():
    office = with_goals()
    pairing = only(office)
    office.reply(office.last("Maya"), "G1 keep: monthly peer review\nG2 keep: a course a year")
    office.reply(office.last("Maya"), "G2 keep: two courses a year")
    office.stage(type(pairing)(**{
        **vars(only(office)), "version": only(office).version + 1, "end": office.now.date().replace(month=3),
    }))  # fmt: skip
    office.wait(65)
    for name in ("Maya", "Mona"):
        last = " ".join(office.last(name, "thank you").parent.text.split())
        assert "Maya keeps going: G1: monthly peer review; G2: two courses a year" in last
    assert not office.held


@pytest.mark.req("IMA-26", "IMA-27")
@pytest.mark.parametrize(
    ("said", "states", "told"),
    [
        ("G1 a done", {"a": "done", "b": "open", "c": "open"}, ""),
        ("stop b", {"a": "open", "b": "stopped", "c": "open"}, ""),
        ("stop step b", {"a": "open", "b": "stopped", "c": "open"}, ""),
        ("stop G1 b", {"a": "open", "b": "stopped", "c": "open"}, ""),
        ("stop f", {"a": "open", "b": "open", "c": "open"}, "I could not tell which step you mean"),
        ("stop G2 b", {"a": "open", "b": "open", "c": "open"}, "I could not tell which step you mean"),
        ("stop G7 b", {"a": "open", "b": "open", "c": "open"}, "there is no such goal here"),
    ],
)
def test_a_step_is_done_or_stopped_by_its_letter_and_the_history_stays(said: str, states: dict[str, str], told: str):
    office = with_goals()
    office.reply(office.last("Maya"), "G1 steps: ask Tom > write it down > try it")
    office.reply(office.last("Maya"), said)
    assert {step.name: step.state for step in only(office).goals[0].steps} == states
    office.wait(4)
    assert told in said_to(office, "Maya")
    assert office.person("Maya").status == "active"
    assert not office.held
