"""How letters say what was noted and what holds: days and rhythms in words, each remark once."""

import re
from datetime import date

import pytest

from tests.endings.test_bad_input import office_of_two, only, said_to
from tests.enrolment.office import Office

ISO = re.compile(r"\b20\d\d-\d\d-\d\d\b")
WISH = "That is a wish so far: Maya is asked"


def with_rules(answers: dict[int, str]) -> Office:
    """The mentor answers the letter about small rules, on the day on which it comes."""
    office = office_of_two(program="action-steps")
    while not office.to("Mona", "How you and Maya keep in touch"):
        office.wait(1)
    office.reply(office.last("Mona", "How you and Maya keep in touch"), answers)
    return office


def test_three_wishes_in_one_answer_are_called_wishes_once():
    office = with_rules({1: "a", 2: "5", 3: "2"})
    office.wait(4)
    told = said_to(office, "Mona")
    assert "Within how many days do you answer each other? – 5" in told
    assert told.count(WISH) == 1


@pytest.mark.req("IMA-8")
def test_the_agreement_says_its_last_day_and_its_rhythm_in_words():
    office = office_of_two()
    office.wait(14)
    sheet = " ".join(office.last("Maya", "what it is about").parent.text.split())
    assert "How often you meet: every month" in sheet
    assert "Last day: Sat 11 July 2026" in sheet
    spanish = office_of_two(language="es")
    spanish.wait(14)
    words = " ".join(" ".join(x.parent.text.split()) for x in spanish.to("Maya"))
    assert ": cada mes" in words
    assert "1 month" not in words
    assert ": sáb 11 de julio de 2026" in words


@pytest.mark.req("AAHA-33")
@pytest.mark.parametrize(
    ("language", "which", "day"),
    [("en", "which shall it be", "Tue 12 May 2026"), ("es", "Último día", "mar 12 de mayo de 2026")],
)
def test_two_last_days_are_put_to_both_in_words_and_one_letter_settles_it(language: str, which: str, day: str):
    office = office_of_two(program="action-steps", language=language)
    office.wait(1)
    office.reply(office.last("Maya"), "until: 30 June 2026" if language == "en" else "hasta: 30 de junio de 2026")
    office.reply(office.last("Mona"), "until: 12 May 2026" if language == "en" else "hasta: 12 de mayo de 2026")
    while not any(which in ask.words for x in office.to("Maya") for ask in x.asks):
        office.wait(1)
        assert office.now.month < 3
    letter = office.to("Maya")[-1]
    asked = next(ask for ask in letter.asks if which in ask.words)
    assert day in " ".join(letter.parent.text.split())
    assert not ISO.search(letter.parent.text)
    office.reply(letter, {asked.number: "b"})
    assert only(office).end == date(2026, 5, 12), "which is what the other wants"
