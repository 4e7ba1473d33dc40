"""Whoever leaves a meeting, a talk or the program: what is taken out of which calendar, and who still meets."""

from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from coordinator.cli.common import changing
from coordinator.config import load
from coordinator.core.booking import moved
from coordinator.core.calls import wanted
from coordinator.core.meeting import Call
from coordinator.core.records import Participant
from coordinator.core.zones import zone
from coordinator.simulate.letters import Received
from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, day, on_maildir
from tests.e2e.entries import entries, entry_in, stands

ALL = (MONA, MAYA, ADAM)


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """Nobody picked a time, and both have an invitation."""
    chapter = on_maildir(tmp_path / "chapter")
    chapter.tick()
    chapter.wait(days=6)
    return chapter


def talk_of(chapter: Chapter, who: str) -> Call:
    return chapter.person(who).calls[-1]


def offered(chapter: Chapter, words: str) -> Received:
    """Adam answers his summary with these words, and the mentee has times to choose from."""
    chapter.wait(until=day("2026-01-19"))
    chapter.reply(chapter.last(ADAM, "pair"), words)
    return chapter.last(MAYA, "When can you talk with")


@pytest.fixture
def three(chapter: Chapter) -> Chapter:
    """A talk of three stands in the calendars of all."""
    chapter.reply(offered(chapter, "pair 1 call both"), {1: "a"})
    chapter.wait(days=1)
    return chapter


# A talk of three


def test_an_advisor_calls_both_and_all_three_are_invited_to_the_time_that_the_mentee_picked(chapter: Chapter):
    letter = offered(chapter, "pair 1 call both")
    assert "Adam would like to talk with you and Mona" in letter.parent.text
    assert "I offer Maya three times for a talk of the three of you" in chapter.last(ADAM, "three times").parent.text
    chapter.reply(letter, {1: "b"})
    chapter.wait(days=1)
    talk = talk_of(chapter, MAYA).meeting
    assert talk.end - talk.start == timedelta(minutes=30)
    for who in ALL:
        assert stands(chapter, who)[talk.uid] == (0, talk.start)
        assert entries(chapter, who, talk.uid)[-1].people == {*ALL}


@pytest.mark.parametrize("gone", [MONA, ADAM])
def test_one_of_three_leaves_and_is_cancelled_alone_while_the_others_are_told_who_still_meets(
    three: Chapter, gone: str
):
    talk = talk_of(three, MAYA).meeting
    three.reply(three.last(gone, "a talk with"), "STOP")
    three.wait(days=1)
    assert talk.uid not in stands(three, gone)
    off = entries(three, gone, talk.uid)[-1]
    assert (off.method, off.people) == ("CANCEL", {gone})
    assert off.status != "CANCELLED", "for the others it goes on (RFC 5546 §3.2.5)"
    for who in {*ALL} - {gone}:
        assert stands(three, who)[talk.uid] == (1, talk.start)
        assert entries(three, who, talk.uid)[-1].people == {*ALL} - {gone}


def test_when_the_mentee_of_three_leaves_the_talk_is_off_for_all(three: Chapter):
    talk = talk_of(three, MAYA).meeting
    three.reply(three.last(MAYA, "a talk with"), "STOP")
    three.wait(days=1)
    assert not any(talk.uid in stands(three, who) for who in ALL)


def test_a_no_of_one_of_three_brings_times_that_suit_all_and_moves_the_same_entry(three: Chapter):
    talk = talk_of(three, MAYA).meeting
    three.rsvp(three.last(MONA, "a talk with"), "DECLINED", client="gmail_web")
    three.wait(days=1)
    assert len(three.to(MAYA, "When can you talk with")) == 2
    three.reply(three.last(MAYA, "When can you talk with"), {1: "c"})
    three.wait(days=1)
    moved = talk_of(three, MAYA).meeting
    assert (moved.uid, moved.sequence, moved.start != talk.start) == (talk.uid, 1, True)
    assert {stands(three, who)[talk.uid] for who in ALL} == {(1, moved.start)}


@pytest.mark.parametrize("who", ALL)
def test_a_place_named_below_its_invitation_is_that_of_the_talk_and_reaches_all_calendars(three: Chapter, who: str):
    talk, meeting = talk_of(three, MAYA).meeting, three.pair.meetings[0]
    assert {entry.place for entry in entries(three, who, talk.uid)} == {"to be agreed"}
    three.reply(three.last(who, "a talk with"), "place: https://meet.example/elm")
    three.wait(days=1)
    assert three.pair.meetings[0].place == meeting.place, "the meeting of the pair is another one"
    for each in ALL:
        last = entries(three, each, talk.uid)[-1]
        assert (last.place, last.sequence, last.start) == ("https://meet.example/elm", 0, talk.start)
        assert "Where: https://meet.example/elm" in last.description.splitlines()
    before = len(three.letters)
    three.tick(three.now + timedelta(minutes=5))
    assert len(three.letters) == before
    assert not three.held()


def test_a_place_named_beside_the_time_stands_in_the_first_invitation(chapter: Chapter):
    chapter.reply(offered(chapter, "pair 1 call both"), "b\n\nplace: Adam rings")
    chapter.wait(days=1)
    for who in ALL:
        assert [entry.place for entry in entries(chapter, who, talk_of(chapter, MAYA).meeting.uid)] == ["Adam rings"]


def test_a_time_that_cannot_be_taken_is_refused_for_the_calendar_and_others_are_offered(three: Chapter):
    talk = talk_of(three, MAYA).meeting
    night = talk.start.replace(hour=2) + timedelta(days=1)
    proposed = (night, night + timedelta(minutes=30))
    three.rsvp(three.last(ADAM, "a talk with"), "TENTATIVE", client="outlook_web", counter=proposed)
    three.wait(days=1)
    (told,) = three.to(ADAM, "does not suit everybody")
    refusal = entry_in(told)
    assert (refusal.method, refusal.uid, refusal.sequence, refusal.start) == ("DECLINECOUNTER", talk.uid, 0, talk.start)
    assert refusal.people == {ADAM}
    assert "03:00" in told.subject
    assert len(three.to(MAYA, "When can you talk with")) == 2
    assert {stands(three, who)[talk.uid] for who in (MONA, MAYA)} == {(0, talk.start)}


def test_an_advisor_reads_in_the_summary_when_they_talk_with_whom(three: Chapter):
    talk = talk_of(three, MAYA).meeting
    three.wait(until=day("2026-01-26"))
    summary = three.last(ADAM, "Coming up")
    at = talk.start.astimezone(zone("Europe/Berlin"))
    assert f"you talk with Maya & Mona on {at:%a} {at.day} {at:%B %Y, %H:%M}" in summary.parent.text


def test_what_was_moved_before_anybody_heard_of_it_is_taken_out_of_the_calendars_when_it_is_off(tmp_path: Path):
    chapter = on_maildir(tmp_path / "chapter")
    chapter.tick()
    times = chapter.last(MAYA)
    chapter.reply(chapter.last(MONA), "weekdays 8-20")
    chapter.now = day("2026-01-12", hour=22)
    chapter.reply(times, "1. a")
    with changing(load(chapter.folder), chapter.now) as work:
        pair = work.pairing("p1")
        (meeting,) = pair.meetings
        later = meeting.start + timedelta(hours=1)
        again = moved(pair, meeting.ordinal, later, later + timedelta(minutes=45), chapter.now)
        work.stage((replace(again, version=pair.version + 1, due=chapter.now),))
        work.commit()
    chapter.wait(days=1)
    assert stands(chapter, MONA) == {meeting.uid: (1, later)}
    chapter.reply(chapter.last(MONA), "STOP")
    chapter.wait(days=1)
    assert (stands(chapter, MONA), stands(chapter, MAYA)) == ({}, {})


# STOP


@pytest.mark.parametrize("gone", [MONA, MAYA])
def test_who_stops_has_no_meeting_left_in_their_calendar_and_neither_has_the_other(chapter: Chapter, gone: str):
    assert stands(chapter, gone)
    last = chapter.last(gone, "")
    chapter.reply(last, "STOP")
    assert (stands(chapter, MONA), stands(chapter, MAYA)) == ({}, {})
    (off,) = chapter.to(gone, "is off")
    assert b"method=CANCEL" in off.raw
    assert "another time" not in off.parent.text, "they wanted no more"
    said = chapter.last(gone, "This is the last mail you get, but for one that takes a planned meeting")
    assert said.subject == "No more mail from me"
    before = len(chapter.to(gone))
    chapter.wait(days=40)
    assert len(chapter.to(gone)) == before


def test_a_cancellation_waits_for_the_end_of_the_night_and_nothing_else_follows(chapter: Chapter):
    letter = chapter.last(MAYA)
    chapter.now = day("2026-01-19", hour=23)
    chapter.reply(letter, "STOP")
    assert chapter.to(MAYA, "This is the last mail")
    assert stands(chapter, MAYA)
    chapter.wait(days=1)
    assert (stands(chapter, MONA), stands(chapter, MAYA)) == ({}, {})


def test_what_is_off_leaves_the_calendar_of_somebody_who_paused_as_well(chapter: Chapter):
    chapter.reply(chapter.last(MONA), "PAUSE until 20 March")
    chapter.reply(chapter.last(MAYA), "STOP")
    assert chapter.person(MONA).status == "paused"
    assert stands(chapter, MONA) == {}


# An event of the program

CIRCLE = """
[[events]]
id = "circle"
title = "Conversation circle"
start = 2026-02-05T18:00:00
minutes = 90
place = "Town hall"
"""


@pytest.fixture
def invited(tmp_path: Path) -> Chapter:
    """Both are invited to a meeting and to a circle, and Mona goes."""
    chapter = on_maildir(tmp_path / "chapter")
    path = chapter.folder / "config.toml"
    path.write_text(path.read_text() + CIRCLE)
    chapter.tick()
    chapter.wait(days=6)
    chapter.rsvp(chapter.last(MONA, "together?"), "ACCEPTED", client="gmail_web")
    return chapter


@pytest.mark.req("AHE-27")
def test_both_hear_that_both_go_to_an_event(invited: Chapter):
    invited.reply(invited.last(MAYA, "together?"), "yes, gladly")
    invited.wait(days=4)
    for who in (MONA, MAYA):
        assert invited.to(who, "You are both going: Conversation circle")


def test_another_time_for_an_event_is_refused_for_the_calendar_since_it_is_for_everybody(invited: Chapter):
    circle = next(m for m in invited.pair.meetings if m.kind == "event")
    later = circle.start + timedelta(days=1)
    proposed = (later, later + timedelta(minutes=90))
    invited.rsvp(invited.last(MAYA, "together?"), "TENTATIVE", client="gmail_web", counter=proposed)
    invited.wait(days=1)
    (told,) = invited.to(MAYA, "is for everybody")
    refusal = entry_in(told)
    assert (refusal.method, refusal.uid, refusal.people) == ("DECLINECOUNTER", circle.uid, {MAYA})
    assert not invited.to(MONA, "suggests another time")


@pytest.mark.req("AHE-27")
def test_who_leaves_is_taken_out_of_an_event_that_the_other_still_goes_to(invited: Chapter):
    circle = next(m for m in invited.pair.meetings if m.kind == "event")
    invited.reply(invited.last(MAYA), "STOP")
    assert stands(invited, MAYA) == {}
    assert stands(invited, MONA) == {circle.uid: (1, circle.start)}
    off, on = entries(invited, MAYA, circle.uid)[-1], entries(invited, MONA, circle.uid)[-1]
    assert (off.method, off.people, off.status) == ("CANCEL", {MAYA}, "")
    assert (on.method, on.people, on.place) == ("REQUEST", {MONA}, "Town hall")
    assert "is off for you" in invited.last(MAYA, "Off: Conversation circle").parent.text
    told = invited.last(MONA, "is not coming")
    assert "together" not in told.subject
    invited.wait(days=14)
    assert stands(invited, MONA) == {circle.uid: (1, circle.start)}, "also after the pairing ended without her"
    assert not invited.to(MONA, "You are both going")


def test_a_pairing_that_ends_for_both_takes_the_event_out_of_both_calendars(invited: Chapter):
    at = f"{invited.now:%Y-%m-%dT%H:%M}"
    assert run("--chapter", invited.folder, "pairing", "set", "p1", "status=ended", "--now", at).code == 0
    invited.wait(days=2)
    assert (stands(invited, MONA), stands(invited, MAYA)) == ({}, {})


# An advisor who advises no longer


def set_advisors(chapter: Chapter, *advisors: str) -> None:
    at = f"{chapter.now:%Y-%m-%dT%H:%M}"
    done = run("--chapter", chapter.folder, "pairing", "set", "p1", f"advisors={','.join(advisors)}", "--now", at)
    assert done.code == 0, done.err


def test_an_advisor_who_is_taken_from_a_pair_is_taken_out_of_the_talk_about_it(three: Chapter):
    talk = talk_of(three, MAYA).meeting
    set_advisors(three)
    three.wait(days=1)
    assert talk.uid not in stands(three, ADAM)
    assert {stands(three, who)[talk.uid] for who in (MONA, MAYA)} == {(1, talk.start)}


def test_a_talk_of_two_leaves_both_calendars_when_its_advisor_is_taken_from_the_pair(chapter: Chapter):
    with_a_talk(chapter)
    talk = talk_of(chapter, MAYA).meeting
    assert talk.uid in stands(chapter, ADAM)
    set_advisors(chapter)
    chapter.wait(days=1)
    assert not any(talk.uid in stands(chapter, who) for who in (MAYA, ADAM))
    assert talk_of(chapter, MAYA).closed == "withdrawn"


def with_a_talk(chapter: Chapter) -> None:
    """Maya rather talks with Adam than answering a check-in, and they have a time."""
    chapter.wait(until=day("2026-01-19"))
    with changing(load(chapter.folder), chapter.now) as work:
        maya, adam = work.participant_at(MAYA), work.participant_at(ADAM)
        call = Call(key="u2/t", about="check_in", people=(maya.id, adam.id), wanted=chapter.now, pairing="p1")
        asked: Participant = wanted(maya, call)
        work.stage((replace(asked, version=maya.version + 1, due=chapter.now),))
        work.commit()
    chapter.reply(chapter.wait_for(MAYA, "When can you talk with", days=3), {1: "c"})
    chapter.wait(days=1)


# Forgotten at night


def test_who_is_forgotten_at_night_is_gone_only_when_the_others_calendars_are_right(chapter: Chapter):
    with_a_talk(chapter)
    talk = talk_of(chapter, MAYA).meeting
    chapter.now = day("2026-01-22", hour=22)
    at = f"{chapter.now:%Y-%m-%dT%H:%M}"
    assert run("--chapter", chapter.folder, "people", "forget", MAYA, "--yes", "--now", at).code == 0
    chapter.tick(chapter.now + timedelta(minutes=10))
    assert talk.uid in stands(chapter, ADAM), "it is night"
    chapter.tick(chapter.now.astimezone(UTC) + timedelta(hours=12))
    for who in ALL:
        assert stands(chapter, who) == {}
    assert "Maya" in entries(chapter, ADAM, talk.uid)[-1].names, "it still says what is off"
    assert chapter.work().participant_at(MAYA) is None
