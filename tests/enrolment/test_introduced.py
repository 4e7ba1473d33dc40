"""What an advisor reads of new pairs: at once, shortly, and in one mail however many there are on a day."""

from dataclasses import replace

import pytest

from coordinator.cli.pairs import brought_together, wake
from coordinator.simulate.letters import Received
from tests.enrolment.office import Office


def full(pairs: int, **more: str) -> Office:
    """Adam, an advisor, and so many mentors and mentees, all of them on the roster and not paired."""
    office = Office(program="base")
    office.add("Adam", "advisor", invited=False, **more)
    for number in range(1, pairs + 1):
        office.add(f"Mona{number}", "mentor", consent=True, invited=False)
        office.add(f"Maya{number}", "mentee", consent=True, invited=False)
    return office


def begin(office: Office, *numbers: int, source: str = "") -> None:
    """source: how they came together by themselves; "" = the volunteer paired them."""
    for number in numbers:
        work, both = office.work(), (office.person(f"Mona{number}"), office.person(f"Maya{number}"))
        adam = office.person("Adam")
        new = brought_together(work, *both, [adam], start=office.now.date(), months=6, now=office.now)
        work.stage((replace(new, version=new.version + 1, source=source, due=office.now),))
        wake(work, (adam.id,), office.now)
        work.commit()


def introduced(office: Office) -> list[Received]:
    return office.to("Adam", "introduced")


@pytest.mark.req("IMA-2", "AHE-12")
def test_of_twenty_new_pairs_an_advisor_reads_one_short_mail_with_a_line_for_each():
    office = full(20)
    begin(office, *range(1, 21))
    office.wait(6)
    (letter,) = introduced(office)
    text = letter.parent.text
    assert letter.subject == "20 pairs are introduced"
    for number in range(1, 21):
        assert f"- Maya{number} Roe and Mona{number} Roe\n" in text
    assert text.count("asked to write first") == 1
    assert len(text.split()) < 300
    assert "The program is run by Elm mentoring, office@example.org" in text, "and not by its reader"


@pytest.mark.req("IMA-2")
def test_an_advisor_hears_of_a_days_first_pair_at_once_and_of_all_others_in_one_mail_the_next_morning():
    office = full(6)
    for number in range(1, 7):
        begin(office, number, source="program-match")
        office.tick(hours=0.5)
    (first,) = introduced(office)
    assert first.subject == "Maya1 and Mona1 Roe are introduced"
    office.wait(4)
    _, others = introduced(office)
    assert others.subject == "5 pairs are introduced"
    assert "Maya1 " not in others.parent.text
    assert all(f"- Maya{number} Roe and Mona{number} Roe" in others.parent.text for number in range(2, 7))


@pytest.mark.req("IMA-2")
def test_an_advisor_who_reads_spanish_gets_the_list_in_spanish():
    office = full(2, language="es")
    begin(office, 1, 2)
    office.wait(6)
    (letter,) = office.to("Adam", "ya se conocen")
    assert letter.subject == "2 parejas ya se conocen"
    assert "- Maya2 Roe y Mona2 Roe" in letter.parent.text
