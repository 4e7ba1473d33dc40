"""A mentee whose pairing is over looks again, before all who came later."""

import pytest

from coordinator.core.records import Pairing
from tests.enrolment.office import Office, two


def paired() -> Office:
    """Maya has Mona as her mentor; Nora has a place free."""
    office = two()
    office.tick()
    office.wait(4)
    cards = office.last("Maya", "request")
    office.reply(cards, f"request {number_of(office, 'Mona')}\nShe has led a ward like mine.")
    office.reply(office.last("Mona", "Maya"), "yes")
    assert office.pairings
    assert office.person("Maya").seat("mentee").state == "taken"
    return office


def number_of(office: Office, name: str) -> int:
    candidate = office.match_of("Maya").candidate_of(office.person(name).id)
    assert candidate is not None
    return candidate.number


def the_pair(office: Office) -> Pairing:
    return office.pairings[0]


@pytest.mark.req("S-9")
def test_a_mentee_whose_mentor_left_says_yes_and_is_shown_the_others_at_once():
    office = paired()
    office.wait(10)
    office.reply(office.last("Mona"), "STOP")
    office.wait(5)
    waiting = office.person("Maya").waiting_since
    assert waiting is not None
    assert waiting.date() == the_pair(office).start
    before = office.match_of("Maya").id
    office.reply(office.last("Maya", "somebody else"), "yes")
    office.wait(2)
    search = office.match_of("Maya")
    assert search.id != before
    assert [c.mentor for c in search.candidates] == [office.person("Nora").id]


@pytest.mark.req("S-9")
def test_when_the_pairing_has_ended_the_search_begins_even_without_an_answer():
    office = paired()
    office.wait(10)
    office.reply(office.last("Mona"), "STOP")
    office.wait(25)
    assert the_pair(office).status == "ended"
    assert office.match_of("Maya").state == "open"


@pytest.mark.req("S-9")
def test_a_mentee_who_wants_nobody_else_is_shown_nobody():
    office = paired()
    office.wait(10)
    office.reply(office.last("Mona"), "STOP")
    office.wait(5)
    office.reply(office.last("Maya", "somebody else"), "no")
    office.wait(25)
    assert office.person("Maya").seat("mentee").state == "left"
    assert office.match_of("Maya").state == "paired"
