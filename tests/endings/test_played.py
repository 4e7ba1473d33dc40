"""Endings played with real mail, read as the people who get it would: who hears what, and what nobody hears any more."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.endings.test_bad_input import GO_ON, asked_to_go_on, number, office_of_two, only
from tests.enrolment.office import Office

ROLES = re.compile(r"\b(mentors?|mentees?)\b", re.IGNORECASE)
DAYS = 40
"""So short are these pairings, to come to their end soon."""


def with_an_advisor() -> Office:
    office = office_of_two(days_to_the_end=DAYS)
    adam = office.add("Adam", "advisor", consent=True, invited=False)
    pairing = only(office)
    office.stage(replace(pairing, version=pairing.version + 1, advisors=(adam.id,)))
    return office


def since(office: Office, at: datetime, name: str) -> list[str]:
    """The subjects of what somebody got from then on."""
    address = f"{name.casefold()}@example.org"
    return [letter.subject for sent, letter in office.letters if sent >= at and letter.parent.recipient == address]


@pytest.mark.req("S-9")
def test_between_a_mentors_stop_and_word_of_somebody_new_the_mentee_is_asked_nothing_about_them():
    office = with_an_advisor()
    office.wait(8)
    at = office.now
    office.write("Mona", "STOP")
    office.wait(2)
    assert since(office, at, "Maya") == ["Off: your meeting with Mona"]
    office.wait(2)
    assert since(office, at, "Maya") == ["Off: your meeting with Mona", "Somebody new for you?"]
    words = " ".join(office.last("Maya").parent.text.split())
    assert "It has nothing to do with you, and what you reached so far stays yours." in words
    assert "STOP" not in words.partition("---")[0], "nobody learns how she left"


@pytest.mark.req("S-9")
def test_a_mentor_who_comes_back_at_once_finds_everything_as_it_was():
    office = with_an_advisor()
    office.wait(8)
    at = office.now
    office.write("Mona", "STOP")
    office.write("Mona", "RESUME")
    office.wait(20)
    assert not only(office).ending
    assert "Somebody new for you?" not in since(office, at, "Maya")
    assert any("How are you and Mona?" in x or "(and" in x for x in since(office, at, "Maya"))


@pytest.mark.req("AHE-30")
def test_nobody_is_reminded_of_anything_behind_the_last_letter():
    office = office_of_two(days_to_the_end=16)
    office.wait(16)
    closing = max(
        at
        for at, letter in office.letters
        if "thank you" in letter.parent.text and "last of these" in letter.parent.text
    )
    office.wait(20)
    for name in ("Maya", "Mona"):
        assert since(office, closing + timedelta(hours=1), name) == []


@pytest.mark.req("AHE-30", "IMA-35")
def test_the_lines_after_the_end_come_as_often_as_both_like_and_know_two_people_and_no_roles():
    office = with_an_advisor()
    for name, goes_on, how_often in (("Maya", "no", "b"), ("Mona", "yes", "c")):
        letter = asked_to_go_on(office, name)
        office.reply(letter, {number(letter, GO_ON): goes_on, number(letter, "how often"): how_often})
    office.wait(DAYS)
    over = office.now
    office.wait(366)
    for name, other in (("Maya", "Mona"), ("Mona", "Maya")):
        assert since(office, over, name) == [f"How are you and {other}?"], "once a year, which is the rarer"
        assert not ROLES.search(office.last(name).parent.text.partition("\n---\n")[0])


@pytest.mark.req("AHE-31")
@pytest.mark.parametrize(
    "said", ["intro please: infection control", "Intro: infection control", "2: infection control"]
)
def test_a_wish_to_get_to_know_somebody_after_the_end_is_a_line_to_the_advisor_alone(said: str):
    office = with_an_advisor()
    for name in ("Maya", "Mona"):
        letter = asked_to_go_on(office, name)
        office.reply(letter, {number(letter, GO_ON): "no", number(letter, "how often"): "b"})
    office.wait(DAYS + 80)
    before = len(office.letters)
    office.reply(office.last("Maya", "How are you and Mona?"), said)
    office.wait(2)
    told = [x for _, x in office.letters[before:] if "infection control" in x.parent.text]
    assert {x.parent.recipient for x in told} == {"adam@example.org", "maya@example.org"}
    assert {p.status for p in office.pairings} <= {"ended"}, "the pairing stays closed"
    office.wait(100)
    assert not [x for x in office.to("Mona") if "infection control" in x.parent.text]
    assert not office.held
