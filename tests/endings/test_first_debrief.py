"""The first letter after a meeting, which also asks for the agreement, answered in one line as people do."""

import pytest

from tests.endings.test_bad_input import office_of_two, only
from tests.enrolment.office import Office

TALKED = "Did you two talk"


def after_the_first_meeting() -> Office:
    office = office_of_two()
    office.wait(16)
    (asked,) = office.to("Maya", TALKED)
    assert [ask.kind for ask in asked.asks][:3] == ["yes_no", "minutes", "yes_no"], "it asks for two things with a yes"
    return office


@pytest.mark.req("AHE-13", "S-14")
@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("called 10 min", 10),
        ("yes, called 10 min", 10),
        ("spoke Tuesday 20 min", 20),
        ("Yes, we met for 20 min", 20),
        ("yes, spoke 20 min", 20),
        ("yes, 40 min", 40),
        ("yes", None),
    ],
)
def test_a_line_that_tells_of_the_talk_is_taken_for_it_and_signs_nothing(said: str, minutes: int | None):
    office = after_the_first_meeting()
    office.reply(office.last("Maya", TALKED), said)
    (meeting,) = [m for m in only(office).meetings if m.start < office.now]
    assert (meeting.status, meeting.minutes) == ("held", minutes)
    assert not only(office).agreement[-1].signed
    assert not office.to("Maya", "I could not make sure")
    assert not office.held


@pytest.mark.parametrize("said", ["no", "No we did not meet"])
def test_a_no_is_a_fine_answer_as_the_letter_says(said: str):
    office = after_the_first_meeting()
    office.reply(office.last("Maya", TALKED), said)
    assert [(a.field, a.value) for a in only(office).answers if a.prompt == "debrief"] == [("met", False)]
    assert not office.to("Maya", "I could not make sure")


@pytest.mark.req("AHE-5")
@pytest.mark.parametrize("said", ["I agree", "agreed", "I agree.", "AGREE"])
def test_i_agree_signs_the_agreement_and_says_nothing_of_a_meeting(said: str):
    office = after_the_first_meeting()
    office.reply(office.last("Maya", TALKED), said)
    assert [m.status for m in only(office).meetings if m.start < office.now] == ["invited"]
    assert set(only(office).agreement[-1].signed) == {only(office).mentee}


@pytest.mark.req("AHE-13")
@pytest.mark.parametrize(("said", "kind"), [("we emailed twice", "email"), ("we texted yesterday", "text")])
def test_mails_are_a_contact_and_no_meeting(said: str, kind: str):
    office = after_the_first_meeting()
    office.reply(office.last("Maya", TALKED), said)
    assert [contact.kind for contact in only(office).contacts] == [kind]
    assert [m.status for m in only(office).meetings if m.start < office.now] == ["invited"]
    assert not office.held


@pytest.mark.req("AHE-5")
@pytest.mark.parametrize("days", [16, 30, 50])
def test_the_word_that_our_letters_print_signs_below_any_of_them(days: int):
    for name in ("Maya", "Mona"):
        office = office_of_two()
        office.wait(days)
        office.reply(office.last(name), "AGREE")
        assert set(only(office).agreement[-1].signed) == {office.person(name).id}
        assert not only(office).answers
        assert not office.held
