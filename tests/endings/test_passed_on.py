"""What one of the two wrote for the other, in a program that writes less and less: it is read all the same."""

from dataclasses import replace

import pytest

from tests.endings.test_bad_input import number, office_of_two, only
from tests.enrolment.office import Office

DAYS = 150
OTHER = {"Maya": "Mona", "Mona": "Maya"}


def fading(stage: int) -> Office:
    """In the last third, and their advisor has set the stage; nothing goes out before a meeting any more but invitations."""
    office = office_of_two(program="nine-stages", days_to_the_end=DAYS)
    adam = office.add("Adam", "advisor", consent=True, invited=False)
    pairing = only(office)
    office.stage(replace(pairing, version=pairing.version + 1, advisors=(adam.id,)))
    office.wait(8)
    for name in OTHER:  # people who are heard of are not asked whether all is well
        office.write(name, "we spoke yesterday, 20 min")
    office.wait(84)
    office.reply(office.last("Adam"), f"pair 1 stage {stage}")
    assert only(office).phases[-1].number == stage
    return office


def flat(letter) -> str:
    return " ".join(letter.parent.text.split())


def says(office: Office, name: str, question: str, words: str) -> None:
    """Answers the newest letter in which somebody is asked this."""
    for _ in range(20):
        asked = [x for x in office.to(name) if any(question in ask.words for ask in x.asks)]
        if asked:
            office.reply(asked[-1], {number(asked[-1], question): words})
            return
        office.wait(1)
    raise AssertionError(f"{name} was never asked {question!r}")


def read_by(office: Office, name: str, words: str) -> list[str]:
    """The subjects of the letters in which somebody read these words."""
    return [x.subject for x in office.to(name) if words in flat(x)]


@pytest.mark.req("IMA-22")
def test_a_strength_that_the_mentor_saw_is_read_by_the_mentee_once_before_the_end_and_once_in_the_last_letter():
    office = fading(6)
    says(office, "Mona", "Which strength have you seen", "You stay calm when all others run")
    office.wait(DAYS - 92)
    told = read_by(office, "Maya", "You stay calm when all others run")
    assert len(told) == 2
    assert "thank you" in told[1]
    assert not read_by(office, "Adam", "You stay calm")


@pytest.mark.req("IMA-23")
def test_what_each_would_love_to_do_one_day_is_exchanged_once_both_have_said_it():
    office = fading(6)
    says(office, "Maya", "love to do one day", "Run a clinic on a boat")
    office.wait(3)
    assert not read_by(office, "Mona", "clinic on a boat"), "she has not told hers yet"
    says(office, "Mona", "love to do one day", "Teach at a school")
    office.wait(DAYS - 95)
    assert len(read_by(office, "Mona", "clinic on a boat")) == 1
    assert len(read_by(office, "Maya", "Teach at a school")) == 1


@pytest.mark.req("IMA-30", "IMA-31")
def test_feedback_goes_both_ways_in_the_stage_that_is_about_it():
    office = fading(8)
    says(office, "Maya", "keep, or to do differently", "Keep asking before you answer")
    says(office, "Mona", "learned from Maya", "To write things down first")
    office.wait(DAYS - 92)
    assert len(read_by(office, "Mona", "Keep asking before you answer")) == 1
    told = read_by(office, "Maya", "To write things down first")
    assert told
    assert "thank you" in told[-1], "what a mentor learned stands in the last letter, too"
