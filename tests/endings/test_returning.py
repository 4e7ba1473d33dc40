"""Somebody who went through a whole pairing takes part once more: from the wish to the next mentor, with real mail."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.core.endings.papers import shared_in
from coordinator.core.records import Pairing
from tests.cli.running import founded, run
from tests.e2e.chapters import ADAM, MAYA, MONA, NAMES, Chapter, number
from tests.e2e.seasons import GOALS, remembered

NORA = "nora@example.com"
NOW = "2026-01-12T08:00"
INVITED = f"""email,first_name,last_name,roles,timezone
{MONA},Mona,Ek,mentor,Europe/Berlin
{MAYA},Maya,Roy,mentee,Europe/Berlin
{NORA},Nora,Lind,mentor,Europe/Berlin
"""
KNOWN = f"email,first_name,last_name,roles,timezone,consent\n{ADAM},Adam,Poe,advisor,Europe/Berlin,yes\n"
OF_A_MENTEE = {1: "Hold a speech", 2: "1", 3: "nursing, nurse, Elm Hospital"}
OF_A_MENTOR = {1: "leading a team", 2: "7", 3: "nursing, ward manager, Oak Hospital", 4: "1"}
FORM, GO_ON, HOW_OFTEN = "a few lines for your match", "Would you like to go on with", "how often may I ask you two"
CARDS = "may suit you"


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """Nobody is in it yet."""
    return Chapter.at(founded(tmp_path / "elm", now=NOW))


def bring_in(chapter: Chapter, people: str, *flags: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        table = Path(place) / "people.csv"
        table.write_text(people)
        assert run("--chapter", chapter.folder, "people", "import", table, "--now", NOW, *flags).code == 0


def join(chapter: Chapter, who: str, words: str, form: dict[int, str]) -> None:
    chapter.reply(chapter.last(who, "Would you like to take part"), words)
    chapter.reply(chapter.last(who, FORM), form, client="apple_mail", style="bottom")


def asks(chapter: Chapter, mentor: str) -> None:
    """Maya asks whoever of her cards that is, and hears a yes."""
    name = NAMES.get(mentor, "Nora Lind")
    cards = chapter.last(MAYA, CARDS)
    place = next(n for n in (1, 2, 3) if f"{n} – {name}" in cards.parent.text)
    chapter.reply(cards, f"request {place}\nShe leads a ward like mine.\nI hope to learn how to delegate.")
    asked = chapter.last(mentor, "would like you as a mentor")
    chapter.reply(asked, {number(asked, "Will you mentor"): "yes"}, client="gmail_android")


@remembered
def under_way(chapter: Chapter) -> None:
    """Maya found Mona by mail, named two goals, and they met once."""
    bring_in(chapter, INVITED, "--invite")
    bring_in(chapter, KNOWN)
    chapter.tick()
    join(chapter, MONA, "join mentor", OF_A_MENTOR)
    join(chapter, NORA, "join mentor", OF_A_MENTOR)
    join(chapter, MAYA, "join mentee", OF_A_MENTEE)
    chapter.wait_for(MAYA, CARDS)
    asks(chapter, MONA)
    chapter.reply(chapter.wait_for(MAYA, "What would you like to reach by"), {1: GOALS, 2: "public speaking"})
    debrief = chapter.wait_for(MAYA, "Did you two talk")
    said = {number(debrief, "Did you two"): "yes", number(debrief, "How long"): "50 min"}
    chapter.reply(debrief, {**said, number(debrief, "goal"): "G1 6, G2 stuck"})


def first(chapter: Chapter) -> Pairing:
    return shared_in(chapter.work(), chapter.person(MAYA).id)[0]


def newest(chapter: Chapter) -> Pairing:
    return shared_in(chapter.work(), chapter.person(MAYA).id)[-1]


def after_the_end(chapter: Chapter, days: int) -> None:
    end = first(chapter).end
    chapter.wait(until=datetime(end.year, end.month, end.day, 12, tzinfo=UTC) + timedelta(days=days))


@remembered
def closing(chapter: Chapter) -> None:
    """Three days after the closing letters; both want to hear of each other every three months."""
    under_way(chapter)
    for who in (MAYA, MONA):
        if not chapter.to(who, HOW_OFTEN):
            chapter.wait_for(who, HOW_OFTEN, days=200)
        letter = chapter.last(who, HOW_OFTEN)
        chapter.reply(letter, {number(letter, GO_ON): "no", number(letter, HOW_OFTEN): "b"})
    after_the_end(chapter, 3)


@remembered
def ended(chapter: Chapter) -> None:
    """The pairing is closed."""
    closing(chapter)
    after_the_end(chapter, 20)
    assert first(chapter).status == "ended"


def between(chapter: Chapter, since: int, who: str) -> str:
    return "\n".join(x.parent.text for _, x in chapter.letters[since:] if x.parent.recipient == who)


@pytest.mark.req("AHE-30", "S-9")
@pytest.mark.parametrize("when", ["while it closes", "after it closed", "long after STOP"])
def test_a_mentee_who_comes_back_is_asked_for_new_goals_alone_and_finds_somebody_new(chapter: Chapter, when: str):
    (closing if when == "while it closes" else ended)(chapter)
    if when == "long after STOP":
        chapter.reply(chapter.last(MAYA), "STOP")
        chapter.wait(days=90)
        assert chapter.work().pairing("p1") is None, "the archive has it"
        chapter.deliver(chapter.new_mail("join mentee", "Hello again"))
    else:
        chapter.reply(chapter.last(MAYA), "join mentee", client="apple_ios")
    form = chapter.last(MAYA, FORM)
    asked = " ".join(form.parent.text.split())
    assert "What would you like to reach in your career" in asked
    assert "How many years have you worked" not in asked, "what still holds is not asked twice"
    assert "Work: nursing, nurse, Elm Hospital" in asked
    assert "Hold a speech" not in asked, "the old goal was for the time that is over"
    chapter.reply(form, "Run a ward", client="outlook_web")
    chapter.wait_for(MAYA, CARDS, days=15)
    cards = chapter.last(MAYA, CARDS)
    assert "Nora Lind" in cards.parent.text
    assert "Mona" not in cards.parent.text, "who was a mentor of theirs before is not shown as somebody new"
    since = len(chapter.letters)
    asks(chapter, NORA)
    chapter.wait(days=40)
    assert (newest(chapter).mentor, newest(chapter).goals) == (chapter.person(NORA).id, ())
    for who in (MAYA, NORA):
        told = between(chapter, since, who)
        assert "Nora" in told
        assert not [x for x in ("Lead a team meeting", "CHESP", "public speaking", "Hold a speech") if x in told]
    assert [g.text for g in first(chapter).goals] == GOALS.split("\n"), "and what was reached is kept"
    assert not chapter.held()


def test_the_papers_of_both_times_are_told_apart_and_the_lines_afterwards_still_come(chapter: Chapter):
    ended(chapter)
    chapter.reply(chapter.last(MAYA), "join mentee")
    chapter.reply(chapter.last(MAYA, FORM), "Run a ward")
    chapter.wait_for(MAYA, CARDS)
    asks(chapter, NORA)
    chapter.reply(chapter.last(MAYA, "Meet Nora"), "certificate")
    of_the_new = chapter.last(MAYA, "The letter you asked for")
    assert b"Nora" in of_the_new.raw
    care = chapter.wait_for(MAYA, "How are you and Mona?", days=100)
    since = len(chapter.letters)
    chapter.reply(care, {number(care, "A line for Mona"): "I got the post at last"})
    chapter.reply(care, "certificate")
    page = chapter.last(MAYA, "The letter you asked for")
    assert b"Mona" in page.raw
    chapter.wait(days=100)
    assert "I got the post at last" in between(chapter, since, MONA)
    assert "I got the post" not in between(chapter, since, NORA)
    assert not chapter.held()


def test_a_mentee_who_comes_back_as_a_mentor_gets_that_form_and_is_shown_as_one(chapter: Chapter):
    ended(chapter)
    chapter.reply(chapter.last(MAYA), "join mentor")
    form = chapter.last(MAYA, "You as a mentor")
    assert "How many years have you worked" not in form.parent.text
    said = {1: "night shifts", number(form, "How many mentees"): "1"}
    chapter.reply(form, said, client="thunderbird", style="inline")
    assert chapter.person(MAYA).seat("mentor").state == "open"
    assert chapter.person(MAYA).seat("mentee").state == "taken"


def test_who_is_in_it_already_hears_that_and_gets_no_form(chapter: Chapter):
    under_way(chapter)
    before = len(chapter.to(MAYA, FORM))
    for who, words, told in (
        (MAYA, "join mentee", "you have a mentor here; ask me once more when that time is over"),
        (NORA, "join mentor", "you are on the list as a mentor already"),
    ):
        chapter.reply(chapter.last(who), words)
        chapter.wait(days=3)
        assert any(told in " ".join(x.parent.text.split()) for x in chapter.to(who)), words
    assert len(chapter.to(MAYA, FORM)) == before
    assert chapter.person(MAYA).seat("mentee").state == "taken"


def test_who_asked_for_somebody_new_is_not_asked_whether_they_want_somebody_new(chapter: Chapter):
    under_way(chapter)
    chapter.reply(chapter.last(MAYA), "end the mentorship")
    chapter.reply(chapter.last(MAYA, "Shall I close it?"), "yes")
    chapter.reply(chapter.last(MAYA), "join mentee")
    since = len(chapter.letters)
    chapter.reply(chapter.last(MAYA, FORM), "Run a ward")
    chapter.wait(days=25)
    told = between(chapter, since, MAYA)
    assert "Would you like somebody new?" not in told
    assert "1 – Nora Lind" in told


def test_who_was_deleted_and_comes_back_starts_from_nothing(chapter: Chapter):
    ended(chapter)
    chapter.reply(chapter.last(MAYA), "forget me")
    chapter.reply(chapter.last(MAYA, "Shall I delete everything"), "yes")
    chapter.wait(days=2)
    assert chapter.work().participant_at(MAYA) is None
    bring_in(chapter, INVITED, "--invite", "--even-so")
    since = len(chapter.letters)
    chapter.wait(days=2)
    join(chapter, MAYA, "join mentee", {**OF_A_MENTEE, 1: "Run a ward"})
    chapter.wait_for(MAYA, CARDS)
    told = between(chapter, since, MAYA)
    assert not [x for x in ("Lead a team meeting", "CHESP", "Hold a speech") if x in told]


def test_a_letter_about_silence_names_no_meeting_that_is_over(chapter: Chapter):
    under_way(chapter)
    letter = chapter.wait_for(MAYA, "I have heard nothing from you two", days=90)
    text = " ".join(letter.parent.text.split())
    ahead = [m for m in first(chapter).meetings if m.start > chapter.now]
    assert ("Your next meeting is on" in text) == bool(ahead)
