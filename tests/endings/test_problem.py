"""A problem that somebody names, played with real mail: a sheet, both mails before the next meeting, its result."""

import pytest

from tests.endings.test_bad_input import office_of_two, only, said_to
from tests.enrolment.office import Office

PROBLEM = "the orders always come too late on Fridays"
TAKEN_APART = {
    1: "Since last spring",
    2: "We run out of gloves",
    3: "Called twice",
    4: "Talk to the pharmacy\nOrder on Wednesdays",
    5: "30 January",
}


def taken_apart() -> Office:
    """Maya names a problem on the first days, and fills in its sheet."""
    office = office_of_two(program="nine-stages")
    office.wait(2)
    office.reply(office.last("Maya", "Meet Mona"), f"problem: {PROBLEM}")
    office.wait(2)
    office.reply(office.last("Maya", "Since when is it so?"), TAKEN_APART)
    return office


def flat(letter) -> str:
    return " ".join(letter.parent.text.split())


@pytest.mark.req("IMA-17")
def test_the_sheet_is_told_back_in_words_and_stands_in_both_mails_before_the_next_meeting():
    office = taken_apart()
    told = said_to(office, "Maya")
    assert "By when will you know whether it worked? – Fri 30 January 2026" in told
    assert "What else could be tried? – Talk to the pharmacy / Order on Wednesdays" in told
    office.wait(12)
    mine, theirs = (flat(office.last(name, "what it is about")) for name in ("Maya", "Mona"))
    assert f"A problem to look at together: {PROBLEM}" in mine
    assert f"Maya wrote for the two of you: - {PROBLEM}" in theirs
    assert "What else could be tried? – Talk to the pharmacy; Order on Wednesdays" in theirs
    assert not [x for x in office.to("office@example.org") if PROBLEM in flat(x)]


RESULT = "How did it go?"


def answered(office: Office, words: str) -> None:
    """To the newest letter that asks for the result."""
    letter = asking(office)[-1]
    office.reply(letter, {next(ask.number for ask in letter.asks if RESULT in ask.words): words})


def asking(office: Office) -> list:
    return [letter for letter in office.to("Maya") if any(RESULT in ask.words for ask in letter.asks)]


@pytest.mark.req("IMA-17", "IMA-19")
def test_its_result_is_asked_for_on_the_day_and_once_more_where_it_was_not_yet_there():
    office = taken_apart()
    office.wait(25)
    assert [PROBLEM in flat(letter) for letter in asking(office)] == [True]
    answered(office, "not yet")
    office.wait(20)
    assert len(asking(office)) == 2
    answered(office, "solved")
    office.wait(30)
    assert len(asking(office)) == 2
    assert [a.value for a in only(office).answers if a.field == "result"] == ["not yet", "solved"]
