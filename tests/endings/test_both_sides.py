"""What is asked of both and told to both: what it is for, the mentor's own goals and gains, what was achieved."""

import pytest

from tests.endings.test_bad_input import asked_to_go_on, number, office_of_two, only
from tests.endings.test_played import with_an_advisor
from tests.enrolment.office import Office

BOTH = ("Maya", "Mona")


def flat(letter) -> str:
    return " ".join(letter.parent.text.split())


def newest_asking(office: Office, name: str, words: str):
    """The newest letter to somebody with that question, waited for."""
    for _ in range(120):
        found = [x for x in office.to(name) if any(words in ask.words for ask in x.asks)]
        if found:
            return found[-1]
        office.wait(1)
    raise AssertionError(f"{name} was never asked {words!r}")


@pytest.mark.req("IMA-9", "AAHA-13")
def test_what_each_says_it_is_for_stands_side_by_side_for_both_until_they_say_the_same():
    office = office_of_two(program="nine-stages")
    said = {"Maya": "So that I lead a ward", "Mona": "So that Maya finds her own way"}
    for name, words in said.items():
        letter = newest_asking(office, name, "What is this for, in one sentence?")
        office.reply(letter, {number(letter, "in one sentence"): words})
    assert "vision" not in only(office).terms
    letters = {name: newest_asking(office, name, "What it is for: which shall it be?") for name in BOTH}
    for letter in letters.values():
        for words in said.values():
            assert words in flat(letter)
    office.reply(letters["Mona"], {number(letters["Mona"], "What it is for"): "a"})
    assert only(office).terms["vision"] == said["Maya"]
    before = only(office).phases[-1].number
    office.wait(3)
    for name in BOTH:
        office.reply(office.last(name), "AGREE")
    office.wait(25)
    assert only(office).phases[-1].number > before, "agreed by both, the stage is over"


@pytest.mark.req("AMIA-2", "AAHA-18")
@pytest.mark.parametrize("program", ["six-month", "advisor-led", "action-steps"])
def test_a_mentors_own_goal_is_kept_as_theirs_and_asked_about_in_their_own_letter(program: str):
    office = office_of_two(program=program)
    office.wait(4)
    letter = newest_asking(office, "Maya", "What would you like to reach")
    office.reply(letter, {number(letter, "What would you like to reach"): "Lead a meeting"})
    office.reply(office.last("Mona"), "new goal: learn to listen")
    assert [(g.text, g.owner) for g in only(office).goals] == [
        ("Lead a meeting", only(office).mentee),
        ("learn to listen", only(office).mentor),
    ]
    office.wait(50)
    asked = {name: {goal for x in office.to(name) for ask in x.asks for goal, _ in ask.goals} for name in BOTH}
    assert asked == {"Maya": {"G1"}, "Mona": {"G2"}}


@pytest.mark.req("AMIA-2", "AAHA-18")
def test_where_no_letter_asks_the_mentor_for_goals_one_that_they_send_is_asked_about_all_the_same():
    office = office_of_two(program="nine-stages")
    office.wait(4)
    office.reply(office.last("Mona"), "new goal: learn to listen")
    (goal,) = only(office).goals
    assert (goal.text, goal.owner) == ("learn to listen", only(office).mentor)
    office.wait(80)
    asked = {name: {goal for x in office.to(name) for ask in x.asks for goal, _ in ask.goals} for name in BOTH}
    assert asked == {"Maya": set(), "Mona": {"G1"}}


@pytest.mark.req("AHE-39")
def test_what_the_mentor_gained_is_asked_of_them_and_stands_in_the_last_letter_to_both():
    office = with_an_advisor()
    letter = newest_asking(office, "Mona", "What did you learn or gain from it yourself?")
    office.reply(letter, {number(letter, "What did you learn or gain"): "To ask before I answer"})
    office.wait(45)
    for name in BOTH:
        assert "To ask before I answer" in flat(office.last(name, "thank you"))
    assert not [x for x in office.to("Adam") if "To ask before I answer" in x.parent.text]


@pytest.mark.req("AHE-24")
@pytest.mark.parametrize("share", ["no", "yes"])
def test_what_was_achieved_is_for_the_two_and_is_told_to_others_only_where_both_are_glad_of_it(share: str):
    office = with_an_advisor()
    office.wait(8)
    office.reply(office.last("Maya"), "achievement: I led the audit\nlesson: ask early\nchallenge: the nights")
    noted = {a.field: (a.value, a.visibility) for a in only(office).answers if a.prompt == "note"}
    assert noted == {
        "achievement": ("I led the audit", "pair"), "lesson": ("ask early", "pair"), "challenge": ("the nights", "pair"),
    }  # fmt: skip
    for name in BOTH:
        letter = asked_to_go_on(office, name)
        office.reply(letter, {number(letter, "May others hear"): share if name == "Mona" else "yes"})
    office.wait(60)
    for name in BOTH:
        assert "I led the audit" in flat(office.last(name, "thank you"))
    others = [x for who in ("Adam", "office@example.org") for x in office.to(who)]
    assert others
    assert not [x for x in others if "ask early" in x.parent.text or "the nights" in x.parent.text]
    if share == "no":
        assert not [x for x in others if "I led the audit" in x.parent.text]
