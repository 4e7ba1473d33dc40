"""Gates of searches in an advisor's weekly summary, answered by the numbers of their lines."""

import pytest

from coordinator.core.records import Pairing
from coordinator.simulate.letters import Received
from tests.enrolment.office import MENTOR, Office, mentee, mentor, waived
from tests.enrolment.test_led import with_candidates


def with_summary() -> Office:
    """Adam looks after a pair already, so that there is a summary; candidates for Maya wait for his word."""
    office = with_candidates()
    office.add("Ida", "mentor", consent=True, invited=False)
    office.add("Kai", "mentee", consent=True, invited=False)
    start = office.now.date()
    pairing = Pairing(
        id="p1",
        version=1,
        mentor=office.person("Ida").id,
        mentee=office.person("Kai").id,
        advisors=(office.person("Adam").id,),
        start=start,
        end=start.replace(year=start.year + 1),
        due=office.now,
    )
    adam = office.person("Adam")
    office.stage(pairing)
    office.stage(waived(adam, due=office.now))
    office.wait(12)
    return office


def number(office: Office, words: str) -> int:
    text = " ".join(office.last("Adam", "for Maya Roe?").parent.text.split())
    assert words in text, text
    return int(text.split(words)[0].rsplit(". ", 1)[0].rsplit(" ", 1)[-1])


@pytest.mark.req("AMIA-10", "AMIA-21")
def test_a_candidate_is_approved_and_another_declined_by_the_lines_of_the_summary():
    office = with_summary()
    one, other = number(office, "Mona Roe for Maya Roe?"), number(office, "Nora Roe for Maya Roe?")
    office.reply(office.last("Adam", "for Maya Roe?"), f"{other} decline because they know each other\n{one} approve")
    search = office.match_of("Maya")
    states = {c.mentor: (c.state, c.why) for c in search.candidates}
    assert states[office.person("Mona").id][0] == "asked"
    assert states[office.person("Nora").id][0] == "refused"
    assert "know each other" in states[office.person("Nora").id][1]


def alone() -> Office:
    """Adam advises no pair yet; Maya waits, Mona applied with three years of experience."""
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    mentor(office, "Mona", years="3")
    mentee(office, "Maya")
    office.wait(9)
    return office


@pytest.mark.req("AMIA-16", "AMIA-22")
def test_an_advisor_without_a_pair_hears_each_week_who_waits_and_who_applies():
    office = alone()
    letter = office.last("Adam", "wait for a mentor, and for your word")
    text = " ".join(letter.parent.text.split())
    assert "Maya Roe waits for a mentor for" in text
    assert "no mentor has a place free" in text
    assert "Mona Roe would like to be a mentor" in text
    assert "of your 0 pairs" not in letter.subject
    before = len(office.to("Adam", "waits for a mentor for"))
    office.wait(7)
    assert len(office.to("Adam", "waits for a mentor for")) == before + 1


@pytest.mark.req("AMIA-22", "AHE-32")
def test_an_applicant_is_accepted_by_the_number_of_a_line_and_so_may_be_declined():
    for word, state in (("approve", "open"), ("decline", "refused")):
        office = alone()
        letter = office.last("Adam", "Mona Roe would like to be a mentor")
        line = number_of(letter, "Mona Roe would like to be a mentor")
        office.reply(letter, f"{line} {word}")
        assert office.person("Mona").seat("mentor").state == state
        office.wait(8)
        assert not office.to("Adam", "for your word for 1"), "what is decided is no line of the next summary"


def number_of(letter: Received, words: str) -> int:
    head = " ".join(letter.parent.text.split()).split(words)[0]
    return int(head.rsplit(". ", 1)[0].rsplit(" ", 1)[-1])


@pytest.mark.req("AMIA-16", "AHE-42")
def test_the_summary_names_the_rule_that_keeps_everybody_from_somebody_who_waits():
    office = Office(program="advisor-led")
    office.add("Adam", "advisor", invited=False)
    office.add("Ola", "mentor", consent=True, profile={**MENTOR, "years": "40"})
    mentee(office, "Maya", years="10")
    office.tick()
    office.reply(office.last("Adam", "would like to be a mentor"), {1: "accept"})
    office.wait(8)
    text = " ".join(office.last("Adam", "Maya Roe waits for a mentor").parent.text.split())
    assert "the rule level keeps every mentor away" in text
    other = Office(program="advisor-led")
    other.add("Adam", "advisor", invited=False, language="es")
    mentee(other, "Maya")
    other.wait(9)
    assert "ningún mentor tiene plaza libre" in " ".join(other.last("Adam", "Maya Roe espera").parent.text.split())
