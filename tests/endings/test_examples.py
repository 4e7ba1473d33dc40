"""What a letter gives as a good answer is understood, whole, by whoever sends just that back."""

import re

import pytest

from coordinator.core.receipts import NEAR
from coordinator.simulate.letters import Received
from tests.endings.test_bad_input import office_of_two
from tests.enrolment.office import Office

EXAMPLE = re.compile(r"(?:A good answer (?:can be|is)|Una buena respuesta puede)[^`]*`([^`]+)`", re.DOTALL)
UNSURE = ("I could not make sure", "No estoy seguro de qué")


def example(letter: Received) -> str:
    found = EXAMPLE.search(letter.parent.text)
    return " ".join(found[1].split()) if found else ""


def answered(office: Office, letter: Received) -> str:
    """The example, where there is one; what was told within the days that a receipt may wait, after it was sent back."""
    words = example(letter)
    if not words:
        return ""
    before = len(office.letters)
    office.reply(letter, words)
    told: list[str] = []
    until = office.now + NEAR
    while not told and office.now <= until:
        office.tick(days=1)
        told = [x.parent.text for _, x in office.letters[before:] if x.parent.recipient == letter.parent.recipient]
    return " ".join(told)


@pytest.mark.parametrize(("program", "language"), [("six-month", "en"), ("six-month", "es"), ("action-steps", "en")])
def test_what_a_letter_gives_as_an_example_is_understood_when_it_comes_back(program: str, language: str):
    office = office_of_two(program=program, language=language)
    sent_back: list[str] = []
    read = 0
    for _ in range(40):
        office.tick(days=1)
        for _, letter in office.letters[read:]:
            told = answered(office, letter)
            assert not any(words in told for words in UNSURE), (example(letter), told)
            sent_back += [example(letter)] if told else []
        read = len(office.letters)
    assert any("40 min, G1 6" in words for words in sent_back)
    smart = [x for x in sent_back if "by when: October" in x]
    (goal,) = office.pairings[0].goals
    assert goal.smart == ({"timely": "October", "measurable": "two wards use it"} if smart else {})
    assert bool(smart) == (program == "action-steps")
    assert not office.held
