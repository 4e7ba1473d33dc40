"""What both say before they meet, what they keep to themselves, and what nobody is said to owe who was never asked."""

import pytest

from coordinator.core.records import Pairing
from tests.endings.test_bad_input import number, office_of_two, only, said_to
from tests.endings.test_both_sides import flat, newest_asking
from tests.enrolment.office import Office

PROGRAMS = ("six-month", "advisor-led", "mentee-led", "action-steps", "nine-stages")
EXPECT = "What do you expect from"


def with_an_advisor(program: str) -> Office:
    office = office_of_two(program=program)
    adam = office.add("Adam", "advisor", consent=True, invited=False)
    pairing = only(office)
    office.stage(Pairing(**{**vars(pairing), "version": pairing.version + 1, "advisors": (adam.id,)}))
    return office


@pytest.mark.req("AHE-8", "AAHA-6", "IMA-7")
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_of_the_two_is_asked_what_they_expect_and_both_read_it(program: str):
    office = with_an_advisor(program)
    said = {"Maya": "honest words ZX-1", "Mona": "a call when it gets late ZX-2"}
    for name, words in said.items():
        letter = newest_asking(office, name, EXPECT)
        office.reply(letter, {number(letter, EXPECT): words})
    office.wait(50)
    for name in said:
        told = [flat(x) for x in office.to(name)]
        assert any(all(words in letter for words in said.values()) for letter in told), (name, "side by side")
    assert not [x for x in office.to("Adam") if "ZX-" in flat(x)]
    assert not [x for x in office.to("Adam") if "expectations missing" in flat(x)]


@pytest.mark.req("ACHE-15")
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_advisor_misses_expectations_only_of_those_who_were_asked(program: str):
    office = with_an_advisor(program)
    asked: set[str] = set()
    missed = 0
    for _ in range(40):
        office.wait(1)
        summaries = [flat(x) for at, x in office.letters if "adam@" in x.parent.recipient and at == office.now]
        for told in (text for text in summaries if "expectations missing:" in text):
            names = told.partition("expectations missing:")[2].partition("–")[0]
            assert {name for name in ("Maya", "Mona") if name in names} <= asked
            missed += 1
        asked |= {n for n in ("Maya", "Mona") if any(EXPECT in ask.words for x in office.to(n) for ask in x.asks)}
    assert asked == {"Maya", "Mona"}


@pytest.mark.req("AAHA-21")
@pytest.mark.parametrize("as_answer", [True, False])
def test_a_worry_brings_the_question_who_may_see_it_and_until_then_nobody_does(as_answer: bool):
    office = with_an_advisor("action-steps")
    letter = newest_asking(office, "Maya", "worries you")
    if as_answer:
        office.reply(letter, {number(letter, "worries you"): "I freeze in front of clients ZX-77"})
    else:
        office.reply(letter, "worry: I freeze in front of clients ZX-77")
    office.wait(4)
    assert "Only you see your worry. Should Mona see it? Answer: share my worry" in said_to(office, "Maya")
    office.wait(30)
    others = [x for _, x in office.letters if "maya@" not in x.parent.recipient]
    assert not [x for x in others if "ZX-77" in flat(x)]
    before = [a.visibility for a in only(office).answers if "ZX-77" in str(a.value)]
    office.reply(office.last("Maya"), "share my worry")
    after = [a.visibility for a in only(office).answers if "ZX-77" in str(a.value)]
    assert (before, after) == (["private"], ["pair"])
    office.wait(35)
    assert [x for x in office.to("Mona") if "ZX-77" in flat(x)], "what is shared is read"
    assert not [x for x in office.to("Adam") if "ZX-77" in flat(x)]


@pytest.mark.req("AAHA-21")
def test_whoever_has_no_worry_is_asked_nothing_about_it():
    office = with_an_advisor("action-steps")
    letter = newest_asking(office, "Maya", "worries you")
    office.reply(letter, {number(letter, "like to reach"): "Lead a meeting", number(letter, "worries you"): "no"})
    office.wait(4)
    assert "share my worry" not in said_to(office, "Maya")
