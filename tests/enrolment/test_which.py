"""Somebody in two pairings who does not say which one they mean."""

from datetime import timedelta

import pytest

from coordinator.core.records import Pairing
from tests.enrolment.office import Office


def two_pairings() -> Office:
    """Ida is Alma's mentee and Cleo's mentor, since today."""
    office = Office(program="six-month")
    alma, ida, cleo = (office.add(n, *r, consent=True, invited=False)
                       for n, r in (("Alma", ("mentor",)), ("Ida", ("mentor", "mentee")), ("Cleo", ("mentee",))))  # fmt: skip
    today = office.now.date()
    for id_, mentor, mentee in (("p1", alma, ida), ("p2", ida, cleo)):
        office.stage(
            Pairing(id=id_, version=1, mentor=mentor.id, mentee=mentee.id, advisors=(), start=today,
                    end=today + timedelta(days=180), due=office.now)
        )  # fmt: skip
    office.tick()
    return office


def contacts(office: Office) -> dict[str, int]:
    return {p.id: len(p.contacts) for p in office.pairings}


@pytest.mark.req("S-5", "AHE-37")
@pytest.mark.parametrize(("answer", "noted"), [("a", {"p1": 1, "p2": 0}), ("b", {"p1": 0, "p2": 1})])
def test_who_writes_without_saying_which_of_two_pairings_is_asked_and_nothing_waits_for_a_human(answer, noted):
    office = two_pairings()
    office.write("Ida", "we spoke on Saturday, 20 min")
    assert contacts(office) == {"p1": 0, "p2": 0}
    asked = office.last("Ida", "Which of your pairings")
    assert "we spoke on Saturday, 20 min" in asked.parent.text
    assert "Alma Roe" in asked.parent.text
    assert "Cleo Roe" in asked.parent.text
    office.reply(asked, answer)
    assert contacts(office) == noted
    assert not [h for h in office.held if h.state == "waiting"]


@pytest.mark.req("S-5")
def test_a_change_of_terms_by_somebody_in_two_pairings_reaches_the_partner_who_was_meant():
    office = two_pairings()
    office.write("Ida", "length: 60 minutes")
    office.reply(office.last("Ida", "Which of your pairings"), "b")
    one, other = sorted(office.pairings, key=lambda p: p.id)
    assert not one.proposals
    assert other.proposals["minutes"] == {other.mentor: "60"}


@pytest.mark.req("S-5")
def test_a_person_in_one_pairing_is_not_asked_which():
    office = two_pairings()
    office.write("Cleo", "we spoke on Saturday, 20 min")
    assert not office.to("Cleo", "Which of your pairings")
    assert contacts(office) == {"p1": 0, "p2": 1}


@pytest.mark.req("S-5")
def test_a_reply_to_a_letter_about_both_is_taken_at_once_and_only_what_is_not_clear_is_asked():
    office = two_pairings()
    office.wait(9)
    both = next(n for n in office.work().letters() if len(n.pairings) > 1 and n.questions and n.recipient == "u2")
    letter = next(x for _, x in office.letters if both.message_id in x.raw.decode())
    number = next(q.number for q in both.questions if q.field.kind == "rating")
    office.reply(letter, f"{number}: 4\nwe spoke on Saturday, 20 min")
    before = {p.id: len(p.answers) for p in office.pairings}
    assert sum(before.values()) > 0
    assert contacts(office) == {"p1": 0, "p2": 0}
    office.reply(office.last("Ida", "Which of your pairings"), "a")
    assert contacts(office) == {"p1": 1, "p2": 0}
    assert {p.id: len(p.answers) for p in office.pairings} == before
    assert not office.held


@pytest.mark.req("S-5")
@pytest.mark.parametrize(("answer", "noted"), [("Alma Roe", {"p1": 1, "p2": 0}), ("Cleo Roe", {"p1": 0, "p2": 1})])
def test_asked_once_more_in_another_letter_it_is_still_the_one_that_was_named(answer, noted):
    office = two_pairings()
    office.write("Ida", "we spoke on Saturday, 20 min")
    first = office.last("Ida", "Which of your pairings")
    office.reply(first, "hm, Alma or Cleo, whichever")
    office.wait(2)
    again = [x for x in office.to("Ida") if any("Cleo Roe" in option for a in x.asks for option in a.options)][-1]
    assert again is not first
    number = next(a.number for a in again.asks if any("Cleo Roe" in option for option in a.options))
    other = next((a.number for a in again.asks if a.number != number), None)
    office.reply(again, {number: answer, **({other: "Thank you"} if other else {})})
    assert contacts(office) == noted
    assert not [h for h in office.held if h.state == "waiting"]


@pytest.mark.req("S-5", "AHE-37")
def test_what_else_a_reply_says_beside_the_one_that_is_meant_is_heard_too():
    office = two_pairings()
    office.write("Ida", "we spoke on Saturday, 20 min")
    office.reply(office.last("Ida", "Which of your pairings"), "b\npause until 1 March")
    assert contacts(office) == {"p1": 0, "p2": 1}
    assert office.person("Ida").status == "paused"
