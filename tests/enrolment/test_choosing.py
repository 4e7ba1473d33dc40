"""A mentee reads profiles, asks, and is accepted: both want it, or nothing happens."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from coordinator.core.records import Candidate, Match
from coordinator.simulate.letters import Received
from tests.enrolment.office import Office, mentee, mentor, two

WHY = "request 1\nShe leads a ward like mine.\nI hope to learn how to delegate."


@pytest.mark.req("AHE-35")
def test_cards_show_what_the_program_may_see_and_never_an_address():
    office = two()
    office.stage(
        replace(
            office.person("Mona"),
            version=office.person("Mona").version + 1,
            profile={**office.person("Mona").profile, "gains": "SECRET-GAIN", "religion": "SECRET-FAITH"},
        )
    )
    office.tick()
    cards = office.last("Maya", "Mentors who may suit you")
    assert "Mona Roe" in cards.parent.text
    assert "leading a team" in cards.parent.text
    assert "mona@example.org" not in cards.parent.text
    assert "SECRET" not in cards.parent.text
    again = office.reply(cards, "profile 2")[0].parent.text
    assert "Nora Roe" in again or "Mona Roe" in again


@pytest.mark.req("ACHE-13")
def test_the_line_that_encourages_stands_in_the_first_cards_only():
    office = two()
    office.tick()
    cards = office.last("Maya", "may suit you")
    assert "Shy to ask?" in cards.parent.text
    office.reply(cards, WHY)
    office.reply(office.last("Mona", "would like you"), "no, sorry")
    later = office.last("Maya", "may suit you")
    assert later is not cards
    assert "Shy to ask?" not in later.parent.text


@pytest.mark.req("ACHE-14")
def test_a_request_without_a_reason_is_asked_for_it_and_with_one_the_mentor_reads_both_lines():
    office = two()
    office.tick()
    cards = office.last("Maya", "may suit you")
    (asked,) = office.reply(cards, "request 1")
    assert "why this person" in asked.parent.text
    assert not office.to("Mona", "would like you")
    office.reply(cards, WHY)
    letter = office.last("Mona", "would like you")
    assert "She leads a ward like mine." in letter.parent.text
    assert "I hope to learn how to delegate." in letter.parent.text


@pytest.mark.req("ACHE-14")
def test_the_two_lines_why_may_answer_the_mail_that_asks_for_them():
    office = two()
    office.tick()
    (asked,) = office.reply(office.last("Maya", "may suit you"), "request 2")
    assert "Nothing more to do" not in asked.parent.text
    office.reply(asked, "She leads a ward like mine.\nI hope to learn how to delegate.")
    name = _numbers(office, "Maya")[2]
    assert "She leads a ward like mine." in office.last(name, "would like you").parent.text
    assert office.held == []


@pytest.mark.req("ACHE-14")
def test_a_no_to_the_two_lines_why_asks_nobody():
    office = two()
    office.tick()
    (asked,) = office.reply(office.last("Maya", "may suit you"), "request 2")
    office.reply(asked, "No, sorry, not for now after all.")
    assert {c.state for c in office.match_of("Maya").candidates} == {"shown"}
    assert office.pairings == []


@pytest.mark.req("AHE-35")
def test_a_profile_that_was_shown_again_may_be_answered_with_a_request():
    office = two()
    office.tick()
    (again,) = office.reply(office.last("Maya", "may suit you"), "profile 1")
    office.reply(again, WHY)
    assert office.last(_numbers(office, "Maya")[1], "would like you")


@pytest.mark.req("AAHA-1", "AHE-36", "ACHE-1")
def test_the_pair_begins_with_the_second_yes_in_the_same_tick_and_not_before():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    assert not office.pairings
    letters = office.reply(office.last("Mona", "would like you"), "Yes, I would love to")
    (pair,) = office.pairings
    assert (pair.source, pair.status) == ("program-match", "active")
    intros = {x.parent.recipient: x for x in letters}
    assert set(intros) == {"maya@example.org", "mona@example.org"}
    assert "Please write first" in " ".join(intros["maya@example.org"].parent.text.split())
    assert "12 January 2026" in intros["maya@example.org"].parent.text
    assert "12 July 2026" in intros["maya@example.org"].parent.text


@pytest.mark.req("IMA-2", "ACHE-25")
def test_the_introduction_names_both_in_its_to_line_and_chases_the_mentee_first():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.reply(office.last("Mona", "would like you"), "yes")
    for name, subject in (("Maya", "Meet Mona"), ("Mona", "Meet Maya")):
        assert addressed(office.last(name, subject)) == {"maya@example.org", "mona@example.org"}
    office.wait(3)
    assert office.to("Maya", "Have you written to Mona yet?")
    assert not office.to("Mona", "we have not")
    assert not office.to("Mona", "I do not know whether you two have spoken")
    office.wait(5)
    assert office.to("Mona", "I do not know whether you two have spoken")
    assert office.to("Maya", "I do not know whether you two have spoken")


def addressed(letter: Received) -> set[str]:
    message = message_from_bytes(letter.raw, policy=default)
    return {a.addr_spec for a in message["To"].addresses}


@pytest.mark.req("IMA-2")
def test_the_new_mentee_never_reads_that_the_mentor_said_no_to_somebody_else():
    office = Office()
    mona = mentor(office, "Mona", capacity="2")
    for n, name in enumerate(("Maya", "Zoe"), 1):
        candidate = Candidate(number=1, mentor=mona.id, state="asked", why="because it fits", since=office.now)
        search = Match(id=f"m{n}", mentee=mentee(office, name).id, mode="chosen", opened=office.now, due=office.now)
        office.stage(replace(search, version=1, candidates=(candidate,)))
    office.tick()
    for letter in office.to("Mona", "would like you"):
        said = {ask.number: "no" if "Zoe" in ask.words else "yes" for ask in letter.asks}
        office.deliver(letter, said)
    office.tick(hours=0.25)
    (pair,) = office.pairings
    assert pair.mentee == office.person("Maya").id
    for letter in office.to("Mona"):
        if "maya@example.org" in addressed(letter):
            assert "Zoe" not in letter.parent.text


@pytest.mark.req("IMA-2")
def test_an_introduction_that_carries_a_word_for_one_alone_names_that_one_only():
    """A "reply to all" carries along what it answers."""
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    letter = office.last("Mona", "would like you")
    office.reply(letter, "yes\ncapacity: 3")
    assert "capacity: 3" in office.last("Mona", "Meet Maya").parent.text
    assert addressed(office.last("Mona", "Meet Maya")) == {"mona@example.org"}
    assert addressed(office.last("Maya", "Meet Mona")) == {"maya@example.org", "mona@example.org"}


@pytest.mark.req("AHE-36")
def test_silence_is_reminded_after_three_days_and_expires_after_seven_with_the_next_one_offered():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.wait(4)
    assert len(office.to("Mona", "Will you mentor Maya?")) == 2
    office.wait(5)
    assert office.match_of("Maya").candidate(1).state == "expired"
    offered = office.last("Maya", "may suit you")
    assert "has not answered in a week" in offered.parent.text
    assert "Nora" in offered.parent.text
    assert "Mona Roe" not in offered.parent.text.split("**")[1]


def test_a_mentor_who_accepts_after_expiry_still_counts_while_nobody_else_was_asked():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    late = office.last("Mona", "would like you")
    office.wait(9)
    office.reply(late, "Sorry, I was away. Yes!")
    assert len(office.pairings) == 1


def test_a_mentor_who_accepts_after_somebody_else_was_asked_gets_a_clear_answer():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    late = office.last("Mona", "would like you")
    office.wait(9)
    office.reply(office.last("Maya", "may suit you"), "request 2\nShe knows another hospital.\nI hope to see more.")
    letters = office.reply(late, "yes")
    assert any("somebody else was asked" in x.parent.text for x in letters)
    assert not office.pairings


def test_a_mentor_who_accepts_when_full_gets_a_clear_answer_and_the_mentee_the_next_offer():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    letter = office.last("Mona", "would like you")
    from datetime import date

    from coordinator.core.records import Pairing

    other = office.add("Olga", "mentee", consent=True, invited=False)
    mona = office.person("Mona")
    office.stage(
        Pairing(id="p90", version=1, mentor=mona.id, mentee=other.id, start=date(2026, 1, 12), end=date(2026, 7, 12))
    )
    letters = office.reply(letter, "yes of course")
    assert any("places are all taken" in x.parent.text for x in letters)
    assert [p.id for p in office.pairings] == ["p90"]
    assert office.to("Maya", "Nora")


def test_a_candidate_who_left_meanwhile_is_replaced_without_anybody_asking():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.reply(office.last("Mona", "would like you"), "STOP")
    office.wait(1)
    assert office.match_of("Maya").candidate(1).state == "gone"
    assert "no place free any more" in office.last("Maya", "may suit you").parent.text


def test_a_request_for_somebody_whom_another_mentee_asked_already_is_not_sent_twice():
    office = two()
    mentee(office, "Zoe")
    office.tick()
    number = {w: n for n, w in _numbers(office, "Zoe").items()}["Mona"]
    office.reply(office.last("Maya", "may suit you"), WHY)
    fresh = office.reply(
        office.last("Zoe", "may suit you"), f"request {number}\nShe leads a ward like mine.\nI hope to learn from her."
    )
    assert len(office.to("Mona", "would like you")) == 1
    assert any("no place free at the moment" in x.parent.text for x in fresh)


def _numbers(office: Office, name: str) -> dict[int, str]:
    match = office.match_of(name)
    return {c.number: office.work().participant(c.mentor).first_name for c in match.candidates}


@pytest.mark.req("ACHE-12")
def test_another_ideal_reorders_the_cards():
    office = Office()
    mentor(office, "Fay", field="finance", offered="budgets")
    mentor(office, "Nia", field="nursing", offered="wards")
    mentee(office, "Ann", field="teaching", sought="Grow", ideal="finance")
    mentee(office, "Bea", field="teaching", sought="Grow", ideal="nursing")
    office.tick()
    assert _numbers(office, "Ann")[1] == "Fay"
    assert _numbers(office, "Bea")[1] == "Nia"
    assert "finance" in office.match_of("Ann").candidate(1).reason


@pytest.mark.req("ACHE-3")
def test_two_who_found_each_other_are_a_pair_once_the_other_confirms():
    office = two()
    office.tick()
    office.write("Maya", "we are a pair: gail@example.net maya@example.org")
    held = office.last("Maya")
    office.reply(held, "yes, that is right")
    question = office.last("gail@example.net")
    assert "maya@example.org" in question.parent.text
    assert not office.pairings
    office.reply(question, "Yes, that is so")
    (pair,) = office.pairings
    assert pair.source == "self-found"
    assert office.person("gail@example.net").consent is not None
    assert office.match_of("Maya").state in ("paired", "closed")


@pytest.mark.req("ACHE-3")
def test_two_who_are_not_confirmed_are_no_pair_and_the_writer_is_told():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), "we are a pair: gail@example.net maya@example.org")
    office.wait(10)
    assert not office.pairings
    assert len(office.to("gail@example.net")) <= 2
    assert office.to("Maya", "has not confirmed")


@pytest.mark.req("ACHE-11")
def test_help_me_ask_drafts_a_letter_for_the_mentee_alone():
    office = two()
    office.tick()
    letters = office.reply(office.last("Maya", "may suit you"), "help me ask")
    assert [x.parent.recipient for x in letters] == ["maya@example.org"]
    assert "Lead a team" in letters[0].parent.text
    assert not office.held


@pytest.mark.req("AHE-37", "S-5")
def test_somebody_with_both_roles_has_two_pairings_and_no_reply_crosses_over():
    office = Office()
    mentor(office, "Alma", years="12", offered="research")
    office.add(
        "Ida", "mentor", "mentee", consent=True,
        profile={"sought": "research", "offered": "night shifts", "years": "5", "field": "nursing", "capacity": "1"},
    )  # fmt: skip
    mentee(office, "Cleo", years="1", sought="night shifts")
    office.tick()
    _ask(office, "Ida", "Alma")
    _ask(office, "Cleo", "Ida")
    office.reply(office.last("Alma", "would like you"), "yes")
    office.reply(office.last("Ida", "Cleo would like you"), "yes")
    pairs = {(p.mentor, p.mentee) for p in office.pairings}
    alma, ida, cleo = (office.person(n).id for n in ("Alma", "Ida", "Cleo"))
    assert pairs == {(alma, ida), (ida, cleo)}
    office.wait(4)
    goals = office.last("Ida", "What would you like to get out of this?")
    office.reply(goals, {1: "Publish a paper"})
    by_pair = {p.mentee: [g.text for g in p.goals] for p in office.pairings}
    assert by_pair[ida] == ["Publish a paper"]
    assert by_pair[cleo] == []


def _ask(office: Office, who: str, whom: str) -> None:
    number = {w: n for n, w in _numbers(office, who).items()}[whom]
    office.reply(office.last(who, "may suit you"), f"request {number}\nWe do alike work.\nI hope to learn from that.")


def test_an_approval_by_somebody_who_is_no_advisor_changes_nothing_and_is_answered():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), "approve 1")
    assert office.match_of("Maya").candidate(1).state == "shown"
    assert any("only an advisor" in x.parent.text for x in office.to("Maya"))
    assert not office.to("Mona", "would like you")


def test_capacity_can_be_raised_by_a_line_and_a_second_mentee_fits():
    office = Office()
    mentor(office, "Mona", capacity="2")
    mentee(office, "Maya")
    mentee(office, "Zoe")
    office.tick()
    for name in ("Maya", "Zoe"):
        office.reply(office.last(name, "may suit you"), WHY)
    for letter in office.to("Mona", "would like you"):
        office.reply(letter, "yes")
    assert len(office.pairings) == 2


@pytest.mark.req("ACHE-14")
def test_what_was_in_doubt_and_is_answered_in_the_same_hour_is_not_asked_once_more():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    asked = office.last("Mona", "would like you")
    office.deliver(asked, "Hm, let me think about it over the weekend.")
    office.deliver(asked, "Yes, gladly")
    letters = office.tick(hours=0.25)
    assert len(office.pairings) == 1
    told = [x for x in letters if x.parent.recipient == "mona@example.org"]
    assert told
    assert not any("Will you mentor" in ask.words for letter in told for ask in letter.asks)


def test_what_is_missing_in_one_mail_and_stands_in_the_next_is_not_asked_for_any_more():
    office = two()
    office.tick()
    cards = office.last("Maya", "may suit you")
    office.deliver(cards, "request 1")
    office.deliver(cards, WHY)
    letters = office.tick(hours=0.25)
    assert [c.state for c in office.match_of("Maya").candidates].count("asked") == 1
    assert not any("why this person" in x.parent.text for x in letters if x.parent.recipient == "maya@example.org")


@pytest.mark.req("AHE-32")
def test_a_mentor_says_with_the_yes_how_many_they_could_take():
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.reply(office.last("Mona", "would like you"), "Yes, gladly\ncapacity: 3")
    assert len(office.pairings) == 1
    seat = office.person("Mona").seat("mentor")
    assert seat is not None
    assert seat.capacity == 3
    assert office.person("Mona").profile["capacity"] == "3"


def test_a_mentee_puts_their_years_right_with_a_request_and_prose_stays_prose():
    office = two()
    office.tick()
    cards = office.last("Maya", "may suit you")
    office.reply(cards, f"{WHY}\nyears: 4")
    assert office.person("Maya").profile["years"] == "4"
    why = office.last("Mona", "would like you").parent.text
    assert "I hope to learn how to delegate." in why
    assert "years: 4" not in why
    office.reply(office.last("Mona", "would like you"), "Yes!\nyears: it has been long, I know the ward well.")
    assert len(office.pairings) == 1
    assert office.person("Mona").profile["years"] == "7"


@pytest.mark.req("ACHE-14")
@pytest.mark.parametrize("words", ["Accepted!", "Yes. How do I start?"])
def test_a_yes_is_heard_whatever_stands_behind_it(words: str):
    office = two()
    office.tick()
    office.reply(office.last("Maya", "may suit you"), WHY)
    office.reply(office.last("Mona", "would like you"), words)
    assert len(office.pairings) == 1


@pytest.mark.req("AHE-36")
@pytest.mark.parametrize("words", ["None of them fits", "Sorry, none of these.", "neither"])
def test_a_mentee_whom_none_of_them_suits_is_shown_others(words: str):
    office = two()
    for name in ("Olga", "Ruth"):
        mentor(office, name, field="pharmacy", years="3")
    office.tick()
    first = office.last("Maya", "may suit you")
    shown = {c.mentor for c in office.match_of("Maya").candidates}
    letters = office.reply(first, words)
    assert not any("did not understand" in x.subject for x in letters)
    office.wait(2)
    again = office.last("Maya", "may suit you")
    assert again is not first
    states = {c.mentor: c.state for c in office.match_of("Maya").candidates}
    assert {states[one] for one in shown} == {"refused"}
    assert "shown" in states.values()
    assert office.held == []
