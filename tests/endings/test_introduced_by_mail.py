"""An introduction played with real mail: three letters, everybody's yes, and nobody learns of a no."""

from typing import Any

import pytest

from tests.endings.test_bad_input import number, office_of_two
from tests.enrolment.office import Office

LENA = "lena@example.com"


def wanted() -> tuple[Office, Any]:
    """Mona thought of somebody, Maya says yes; with the letter that asks Mona for the address, and for more."""
    office = office_of_two()
    office.wait(8)
    office.reply(office.last("Mona"), "intro: a colleague who runs the night team")
    office.wait(3)
    office.reply(office.last("Maya", "Mona could introduce you"), {1: "yes please"})
    office.wait(2)
    letter = office.last("Mona", "would like that introduction")
    assert len(letter.asks) > 1
    return office, letter


@pytest.mark.req("AHE-22")
@pytest.mark.parametrize("how", ["{n}. Lena Sommer, {a}", "Lena Sommer <{a}>", "She is glad to: {a}", "{n}: {a}"])
def test_an_address_is_read_with_the_name_beside_it_and_both_have_it_then(how: str):
    office, letter = wanted()
    office.reply(letter, how.format(n=number(letter, "address"), a=LENA))
    office.wait(2)
    for name in ("Maya", "Mona"):
        assert LENA in office.last(name, "An introduction, with everybody's yes").parent.text
    checkins = [a for p in office.pairings for a in p.answers if a.prompt == "check-in"]
    assert not checkins, "the number of a question is no mark"


@pytest.mark.req("AHE-22")
def test_who_takes_a_break_in_between_has_the_address_when_they_are_back():
    office, letter = wanted()
    office.write("Maya", "PAUSE until 12 February")
    office.reply(letter, {number(letter, "address"): LENA})
    office.wait(10)
    assert LENA in office.last("Mona", "An introduction").parent.text
    assert not [x for x in office.to("Maya") if LENA in x.parent.text]
    office.wait(10)
    assert LENA in office.last("Maya", "An introduction").parent.text


@pytest.mark.req("AHE-22")
def test_nobody_is_introduced_to_somebody_who_left_meanwhile():
    office, letter = wanted()
    office.write("Maya", "STOP")
    before = len(office.letters)
    office.reply(letter, {number(letter, "address"): LENA})
    office.wait(12)
    later = [x for _, x in office.letters[before:]]
    assert not [x for x in later if "An introduction" in x.subject]
    assert {x.parent.recipient for x in later if LENA in x.parent.text} <= {"mona@example.org"}
    assert not office.held


@pytest.mark.parametrize("said", ["-- \nLena Sommer\nlena@example.com", "Best regards,\nLena Sommer\n+49 30 1234567"])
def test_an_address_in_what_looks_like_a_signature_is_asked_for_once_more(said: str):
    office, letter = wanted()
    before = len(office.to("Mona"))
    office.reply(letter, said)
    office.wait(1)
    assert any("To which address" in again.parent.text for again in office.to("Mona")[before:])
    office.wait(1)
    assert not [x for x in office.to("Maya") if LENA in x.parent.text]
