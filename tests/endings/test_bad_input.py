"""What people really send back when it does not fit: each gets a clear answer or a question, and nothing is lost."""

from datetime import date, timedelta
from typing import Any

import pytest

from coordinator.core.records import Pairing
from tests.enrolment.office import Office


def office_of_two(days_to_the_end: int = 180, program: str = "six-month", language: str = "", **changes: Any) -> Office:
    """Mona mentors Maya since today."""
    office = Office(program=program)
    mona, maya = (
        office.add(n, r, consent=True, invited=False, language=language)
        for n, r in (("Mona", "mentor"), ("Maya", "mentee"))
    )
    today = office.now.date()
    defaults: dict[str, Any] = {
        "id": "p1", "version": 1, "mentor": mona.id, "mentee": maya.id, "start": today, "due": office.now,
        "end": today + timedelta(days=days_to_the_end),
    }  # fmt: skip
    office.stage(Pairing(**{**defaults, **changes}))
    office.tick()
    return office


GO_ON = "Would you like to go on with"


def only(office: Office) -> Pairing:
    (pairing,) = office.pairings
    return pairing


def said_to(office: Office, name: str) -> str:
    """What the newest mails say, on one line."""
    return " ".join(" ".join(x.parent.text.split()) for x in office.to(name)[-3:])


def number(letter: Any, words: str) -> int:
    return next(ask.number for ask in letter.asks if words in ask.words)


def test_an_end_date_in_the_past_is_refused_with_the_way_out():
    office = office_of_two()
    before = only(office).end
    office.reply(office.last("Maya", "Meet Mona"), "until: 1 January 2020")
    assert "is past or today, so nothing was noted" in said_to(office, "Maya")
    assert only(office).end == before
    assert not only(office).proposals
    assert not office.held


def test_clauses_that_contradict_each_other_are_put_to_both_and_neither_is_lost():
    office = office_of_two()
    office.reply(office.last("Maya", "Meet Mona"), "length: 60 minutes")
    assert only(office).proposals["minutes"] == {only(office).mentee: "60"}
    office.reply(office.last("Mona", "Meet Maya"), "length: 30 minutes")
    assert only(office).proposals["minutes"] == {only(office).mentee: "60", only(office).mentor: "30"}
    assert "minutes" not in only(office).terms, "each change is a proposal until both agree"
    told = said_to(office, "Mona")
    assert "Maya would like something else: 60 minutes. Nothing changes until you both say the same" in told
    office.wait(2)
    asked = office.last("Mona", "Maya suggests")
    assert "60 minutes (so far: 45 minutes)" in asked.parent.text
    office.reply(asked, "no")
    office.wait(3)
    theirs = office.last("Maya", "Mona suggests")
    assert "30 minutes" in theirs.parent.text
    office.reply(theirs, "yes")
    assert only(office).terms["minutes"] == "30"


def test_a_goal_of_four_thousand_words_is_kept_whole_and_told_back_in_few():
    office = office_of_two()
    office.wait(4)
    letter = office.last("Maya", "What would you like to reach")
    office.reply(letter, {number(letter, "What would you like to reach"): "word " * 4000})
    (goal,) = only(office).goals
    assert len(goal.text.split()) == 4000
    office.wait(1)
    newest = office.to("Maya")[-1].parent.text
    assert len(newest.split()) < 900, "nobody is sent four thousand words"
    assert not office.held


def test_thirty_goals_are_all_kept_and_asked_about_five_at_a_time():
    office = office_of_two()
    office.wait(4)
    letter = office.last("Maya", "What would you like to reach")
    lines = "\n".join(f"Learn thing number {n}" for n in range(1, 31))
    office.reply(letter, {number(letter, "What would you like to reach"): lines})
    assert [g.number for g in only(office).goals] == list(range(1, 31))
    office.wait(14)
    asked = [ask for x in office.to("Maya") for ask in x.asks if ask.goals]
    assert asked
    assert all(len(ask.goals) == 5 for ask in asked)


def test_a_step_that_would_wait_for_itself_is_refused_and_the_goal_stays():
    office = office_of_two()
    office.wait(4)
    letter = office.last("Maya", "What would you like to reach")
    office.reply(letter, {number(letter, "What would you like to reach"): "Lead a meeting"})
    office.reply(letter, "G1 steps: ask Tom > write it down > ask Tom")
    (goal,) = only(office).goals
    assert (goal.text, goal.steps) == ("Lead a meeting", ())
    office.wait(4)
    assert "ask Tom" in said_to(office, "Maya")
    assert not office.held


def test_a_criterion_answered_with_a_word_is_asked_again_or_is_the_number_that_it_means():
    today = date(2026, 1, 12)
    office = office_of_two(terms={"criteria": "we keep what we agree; we laugh"}, start=today - timedelta(days=80))
    while not any("we keep" in ask.words for x in office.to("Maya") for ask in x.asks):
        office.wait(1)
        assert office.now.date() < today + timedelta(days=60)
    letter = next(x for x in reversed(office.to("Maya")) if any("we keep" in ask.words for ask in x.asks))
    office.reply(letter, {number(letter, "we keep"): "great", number(letter, "we laugh"): "so lala"})
    office.wait(1)
    said = {a.field: a.value for a in only(office).answers if a.prompt == "check"}
    again = [x.parent.text for x in office.to("Maya") if "I could not make sure" in x.parent.text]
    for field, words in (("c1", "we keep"), ("c2", "we laugh")):
        assert said.get(field) == 5 or any(words in ask for ask in again), words
    assert not office.held


def office_that_looks() -> tuple[Office, Any]:
    """With the letter that asks Maya for a number to each of their criteria, and for nothing but numbers."""
    start = date(2026, 1, 12) - timedelta(days=82)
    office = office_of_two(days_to_the_end=98, terms={"criteria": "we keep what we agree; we laugh"}, start=start)
    while not any("we keep" in ask.words for x in office.to("Maya") for ask in x.asks):
        office.tick(days=1)
        assert office.now.date() < date(2026, 3, 12)
    letter = office.to("Maya")[-1]
    assert {ask.kind for ask in letter.asks} == {"scale"}
    return office, letter


@pytest.mark.parametrize("words", ["great", "1. great", "1: great", "purple", "Great, as ever"])
def test_one_word_to_several_criteria_is_asked_about_and_never_taken_for_a_kind_word(words: str):
    office, letter = office_that_looks()
    before = len(office.letters)
    office.reply(letter, words)
    (told,) = [x for _, x in office.letters[before:]]
    assert "I could not make sure" in told.parent.text
    assert "we keep what we agree" in told.parent.text
    office.reply(told, {number(told, "we keep"): "4"})
    assert {a.field: a.value for a in only(office).answers if a.prompt == "check"} == {"criterion_1": 4}
    assert not office.held


def test_thanks_for_a_look_are_only_thanks():
    office, letter = office_that_looks()
    before = len(office.letters)
    office.reply(letter, "Thanks a lot!")
    assert office.letters[before:] == []
    assert not office.held


def test_renewal_answered_twice_counts_as_said_last_and_nobody_hears_of_the_first():
    office = office_of_two(days_to_the_end=16)
    while not any(GO_ON in ask.words for x in office.to("Maya") for ask in x.asks):
        office.wait(1)
        assert office.now.date() < date(2026, 2, 12)
    letter = next(x for x in reversed(office.to("Maya")) if any(GO_ON in ask.words for ask in x.asks))
    office.reply(letter, {number(letter, GO_ON): "yes"})
    office.reply(letter, {number(letter, GO_ON): "no, I would rather not"})
    renewed = [
        a for a in only(office).answers if a.by == only(office).mentee and a.prompt == "renewal" and a.field == "renew"
    ]
    assert [a.value for a in renewed] == [False]
    theirs = next(x for x in reversed(office.to("Mona")) if any(GO_ON in ask.words for ask in x.asks))
    office.reply(theirs, {number(theirs, GO_ON): "yes"})
    office.wait(20)
    assert only(office).renewals == 0
    assert not [x for x in office.to("Mona") if "rather not" in x.parent.text]


def asked_to_go_on(office: Office, name: str) -> Any:
    while not any(GO_ON in ask.words for x in office.to(name) for ask in x.asks):
        office.wait(1)
    return next(x for x in reversed(office.to(name)) if any(GO_ON in ask.words for ask in x.asks))


@pytest.mark.req("AAHA-34")
@pytest.mark.parametrize("ends", [True, False])
def test_a_no_right_after_two_yeses_is_asked_about_before_anybody_reads_that_it_goes_on(ends: bool):
    office = office_of_two(days_to_the_end=16)
    letters = {name: asked_to_go_on(office, name) for name in ("Mona", "Maya")}
    for letter in letters.values():
        office.reply(letter, {number(letter, GO_ON): "yes"})
    assert only(office).renewals == 1
    office.reply(letters["Maya"], {number(letters["Maya"], GO_ON): "no"})
    asked = office.last("Maya", "Shall I close it?")
    if not ends:
        office.wait(1)
        office.reply(asked, "1 no")
    office.wait(12)
    told = {name: bool(office.to(name, "You both said yes")) for name in letters}
    over = {
        name: bool(office.to(name, "thank you")) and bool(office.to(name, "last of these letters")) for name in letters
    }
    assert told == dict.fromkeys(letters, not ends)
    assert over == dict.fromkeys(letters, ends)


@pytest.mark.req("S-5")
def test_a_goal_of_somebody_in_two_pairings_who_does_not_say_which_is_asked_about():
    office = office_of_two()
    cleo = office.add("Cleo", "mentee", consent=True, invited=False)
    mona = only(office).mentor
    today = office.now.date()
    office.stage(
        Pairing(
            id="p2",
            version=1,
            mentor=mona,
            mentee=cleo.id,
            start=today,
            end=today + timedelta(days=180),
            due=office.now,
        )
    )
    office.tick()
    office.write("Mona", "until 30 June 2026")
    asked = office.last("Mona", "Which of your pairings")
    office.reply(asked, "b")
    proposed = {p.id: dict(p.proposals) for p in office.pairings}
    assert sorted(map(bool, proposed.values())) == [False, True]
    assert not office.held


@pytest.mark.req("S-2")
def test_what_somebody_writes_during_their_break_is_asked_about_at_once_and_holds():
    office = office_of_two()
    office.wait(1)
    office.write("Maya", "PAUSE until 1 March")
    office.wait(2)
    before = len(office.letters)
    office.write("Maya", "length: 60 minutes")
    ((_, asked),) = office.letters[before:]
    assert "This is what I understood: - length: 60 minutes" in " ".join(asked.parent.text.split())
    office.reply(asked, "yes")
    assert only(office).proposals["minutes"] == {only(office).mentee: "60"}
    before = len(office.letters)
    office.wait(10)
    assert not [x for _, x in office.letters[before:] if x.parent.recipient.startswith("maya")]


@pytest.mark.req("AHE-12")
@pytest.mark.parametrize(
    ("said", "told", "wished"),
    [
        (
            "length: 15 minutes",
            "Meetings here last 30 to 60 minutes; 15 minutes each time hold if you both mean it.",
            "15",
        ),
        ("length: 50 minutes", "", "50"),
        ("length: 0 minutes", "“0 minutes”: I could not read that, so nothing was noted.", ""),
        ("length: -5", "“-5”: I could not read that, so nothing was noted.", ""),
        ("length: whatever", "“whatever”: I could not read that, so nothing was noted.", ""),
    ],
)
def test_a_length_that_is_unusual_or_none_is_said_to_be_so(said: str, told: str, wished: str):
    office = office_of_two()
    office.reply(office.last("Maya", "Meet Mona"), {1: "a"})
    office.wait(1)
    office.reply(office.last("Maya", "Meet Mona"), said)
    office.wait(4)
    newest = " ".join(" ".join(x.parent.text.split()) for x in office.to("Maya")[-3:])
    assert told in newest if told else "Meetings here last" not in newest
    assert only(office).proposals.get("minutes", {}) == ({only(office).mentee: wished} if wished else {})
    assert not office.held


@pytest.mark.req("S-2")
@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("en", "PAUSE until yesterday", "“yesterday” is no day to come that I can read"),
        ("en", "PAUSE: until 1 January 2020", "“1 January 2020” is no day to come that I can read"),
        ("es", "PAUSA hasta ayer", "«ayer» no es un día por venir que yo entienda"),
    ],
)
def test_a_break_whose_last_day_is_past_begins_and_its_day_is_asked_for(language: str, said: str, asked: str):
    office = office_of_two(language=language)
    office.reply(office.last("Maya"), said)
    assert asked in said_to(office, "Maya")
    assert (office.person("Maya").status, office.person("Maya").paused_until) == ("paused", None)
    office.reply(office.last("Maya"), "PAUSE until 1 March" if language == "en" else "PAUSA hasta el 1 de marzo")
    assert office.person("Maya").paused_until is not None
    assert asked not in " ".join(office.to("Maya")[-1].parent.text.split())
