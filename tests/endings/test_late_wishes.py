"""Wishes to end it or to talk it over that come when the last day has come: played with real mail, to the very close."""

from datetime import date

import pytest

from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, day, number
from tests.e2e.seasons import debriefed, remembered

LAST = date(2026, 7, 12)
GO_ON = "Would you like to go on with"


@remembered
def closed(chapter: Chapter) -> None:
    """Two days after the closing letters, twelve before the pairing closes; nobody said anything about going on."""
    debriefed(chapter)
    chapter.wait(until=day("2026-07-14"))


def subjects(chapter: Chapter, address: str, since: int) -> list[str]:
    return [x.subject for _, x in chapter.letters[since:] if x.parent.recipient == address]


def words(chapter: Chapter, address: str) -> str:
    return " ".join(chapter.to(address)[-1].parent.text.split())


@pytest.mark.req("AAHA-34", "ACHE-37")
@pytest.mark.parametrize(("who", "other"), [(MONA, MAYA), (MAYA, MONA)])
@pytest.mark.parametrize("said", ["yes", None, "twice"])
def test_who_wants_to_end_it_after_the_last_day_shows_in_no_letter_and_in_no_count(
    chapter: Chapter, who: str, other: str, said: str | None
):
    closed(chapter)
    since = len(chapter.letters)
    chapter.reply(chapter.last(who, "thank you"), "I want to end it.", client="apple_ios")
    assert "it ends by itself: 12 July 2026 is its last day" in words(chapter, who)
    if said == "yes":
        chapter.reply(chapter.last(who, "Shall I close it?"), "yes", client="gmail_android")
    elif said == "twice":
        chapter.reply(chapter.last(who, "Shall I close it?"), "end the mentorship")
        assert "so there is nothing to end" in words(chapter, who)
    chapter.wait(days=30)
    assert subjects(chapter, other, since) == [], "nobody is told, and nobody is offered somebody new"
    assert not [x for x in subjects(chapter, who, since) if "new" in x]
    assert (chapter.pair.status, chapter.pair.ending, chapter.pair.end) == ("ended", "", LAST)
    assert chapter.person(MAYA).waiting_since is None
    assert not chapter.held()
    assert "waits for a mentor" not in " ".join(x.parent.text for x in chapter.to(ADAM))


@pytest.mark.parametrize("said", ["yes", None])
def test_a_wish_to_end_it_takes_an_earlier_yes_back_so_that_a_late_yes_of_the_other_prolongs_nothing(
    chapter: Chapter, said: str | None
):
    debriefed(chapter)
    chapter.wait_for(MONA, GO_ON, days=200)
    letter = chapter.last(MONA, GO_ON)
    chapter.reply(letter, {number(letter, GO_ON): "yes"})
    chapter.wait(until=day("2026-07-14"))
    chapter.reply(chapter.last(MONA, "thank you"), "I want to end it.")
    if said:
        chapter.reply(chapter.last(MONA, "Shall I close it?"), said)
    since = len(chapter.letters)
    late = chapter.last(MAYA, GO_ON)
    chapter.reply(late, {number(late, GO_ON): "yes"})
    chapter.wait(days=30)
    assert subjects(chapter, MAYA, since) == ["Noted, thank you"]
    assert (chapter.pair.status, chapter.pair.end, chapter.pair.renewals) == ("ended", LAST, 0)


def test_who_takes_the_wish_back_still_goes_on_with_two_yeses(chapter: Chapter):
    debriefed(chapter)
    chapter.wait_for(MONA, GO_ON, days=200)
    letter = chapter.last(MONA, GO_ON)
    chapter.reply(letter, {number(letter, GO_ON): "yes"})
    chapter.wait(until=day("2026-07-14"))
    chapter.reply(chapter.last(MONA, "thank you"), "I want to end it.")
    chapter.reply(chapter.last(MONA, "Shall I close it?"), "no")
    late = chapter.last(MAYA, GO_ON)
    chapter.reply(late, {number(late, GO_ON): "yes"})
    chapter.wait(days=2)
    assert (chapter.pair.renewals, chapter.pair.end) == (1, date(2027, 1, 12))
    assert all(chapter.to(who, "You both said yes. So it goes on as it was") for who in (MAYA, MONA))


@pytest.mark.req("ACHE-36")
@pytest.mark.parametrize(
    "said", ["I've outgrown this", "discuss", "end the mentorship", "I don't want to do this anymore"]
)
def test_a_wish_long_after_the_end_is_told_that_it_is_over_and_promises_no_agenda(chapter: Chapter, said: str):
    closed(chapter)
    chapter.wait(days=24)
    since = len(chapter.letters)
    chapter.reply(chapter.last(MAYA, "thank you"), said, client="outlook_web")
    assert subjects(chapter, MAYA, since) == ["You and Mona: nothing is left to end"]
    assert "12 July 2026 is on record as the last day of your time with Mona" in words(chapter, MAYA)
    chapter.wait(days=10)
    assert subjects(chapter, MONA, since) == []
    assert not chapter.held()


def test_a_guide_to_a_talk_names_a_meeting_that_is_ahead_or_none(chapter: Chapter):
    debriefed(chapter)
    chapter.wait(until=day("2026-06-26"))
    assert all(m.start < chapter.now for m in chapter.pair.meetings)
    chapter.reply(chapter.last(MONA), "discuss")
    assert "As soon as your next meeting stands, its agenda has a point for both of you" in words(chapter, MONA)


def test_the_advisor_is_not_sent_after_a_pair_whose_last_day_has_come(chapter: Chapter):
    closed(chapter)
    since = len(chapter.letters)
    chapter.wait(days=11)
    told = " ".join(x.parent.text for _, x in chapter.letters[since:] if x.parent.recipient == ADAM)
    assert "no news for" not in told
    assert "not signed" not in told


def test_an_advisors_word_still_finds_the_mentee_somebody_new_after_the_last_day(chapter: Chapter):
    debriefed(chapter)
    chapter.wait(until=day("2026-07-13", 12))
    assert chapter.pair.status == "active"
    chapter.reply(chapter.last(ADAM), "rematch pair 1")
    chapter.reply(chapter.last(ADAM), "yes 1")
    chapter.wait(days=6)
    assert chapter.to(MAYA, "Would you like somebody new?")
