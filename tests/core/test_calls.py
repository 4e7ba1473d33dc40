"""A talk with an advisor, for somebody who has no pairing yet: times, a pick, invitations, changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator.core.calls import closed, wanted, without
from coordinator.core.meeting import Call
from coordinator.core.reading import CalendarReply
from tests.core.situations import DAY, MONDAY, Season, person, prompt, question, small_program

LETTERS = {
    "call-times": prompt("call-times", question("slots", "slots")),
    "call-invitation": prompt("call-invitation"),
    "call-cancelled": prompt("call-cancelled"),
}


def somebody_new() -> Season:
    """Nora has applied; Adam wants to talk with her before anything else, and Olga listens."""
    program = small_program()
    program = replace(program, prompts={**program.prompts, **LETTERS})
    nora = person("u7", "Nora", roles=("mentee",))
    adam, olga = person("u3", "Adam", roles=("advisor",)), person("u9", "Olga", roles=("advisor",))
    call = Call(key="u7/gate/1", about="gate", people=("u7", "u3", "u9"), wanted=MONDAY)
    return Season(program, (wanted(nora, call), adam, olga), ())


def change(season: Season, changed) -> None:
    season.work.stage([replace(changed, version=changed.version + 1, due=season.now)])


def call(season: Season) -> Call:
    return season.work.participant("u7").calls[0]


def pick(season: Season, effect, place: int = 0):
    (q,) = effect.letter.questions
    start, end = q.slots[place]
    season.reply(effect, {q.number: [{"start": start.isoformat(), "end": end.isoformat()}]})
    return start


def test_a_call_finds_its_time_without_any_pairing_and_all_three_are_invited():
    season = somebody_new()
    (letter,) = season.tick()
    assert letter.letter.recipient == "u7"
    assert len(letter.letter.questions[0].slots) == 3
    start = pick(season, letter, 1)
    invited = season.tick()
    assert {e.letter.recipient for e in invited} == {"u7", "u3", "u9"}
    assert {e.invite.start for e in invited} == {start}
    assert len({e.invite for e in invited}) == 1
    assert season.tick() == []


def test_the_same_wish_twice_is_one_call_and_nobody_else_can_hold_it():
    nora = somebody_new().work.participant("u7")
    assert wanted(nora, nora.calls[0]) is nora
    with pytest.raises(ValueError, match="must be the first"):
        wanted(nora, replace(nora.calls[0], key="other", people=("u3", "u7")))


def test_silence_brings_other_times_once_and_then_a_human():
    season = somebody_new()
    season.pass_days(12)
    assert len(season.letters("call-times", "u7")) == 2
    assert call(season).closed == "stuck"


def test_a_decline_brings_other_times_and_a_pick_moves_the_same_event():
    season = somebody_new()
    first = pick(season, season.tick()[0])
    invited = next(e for e in season.tick() if e.letter.recipient == "u3")
    no = CalendarReply(
        method="REPLY",
        uid=invited.invite.uid,
        attendee="adam@example.org",
        partstat="DECLINED",
        sequence=0,
        stamp=season.now,
    )
    season.reply(invited, kind="calendar", calendar=no)
    season.now += DAY
    (again,) = [e for e in season.tick() if e.sections[0].prompt == "call-times"]
    assert all(start != first for start, _ in again.letter.questions[0].slots)
    start = pick(season, again)
    moved = [e for e in season.tick() if e.invite]
    assert {e.letter.recipient for e in moved} == {"u7", "u3", "u9"}
    assert {(e.invite.uid, e.invite.sequence, e.invite.start) for e in moved} == {(invited.invite.uid, 1, start)}


def test_one_person_is_taken_out_alone_and_the_others_still_meet():
    season = somebody_new()
    pick(season, season.tick()[0])
    season.tick()
    change(season, without(season.work.participant("u7"), "u7/gate/1", "u9", season.now))
    letters = {e.letter.recipient: e.invite for e in season.tick()}
    assert {name: invite.method for name, invite in letters.items()} == {
        "u7": "REQUEST",
        "u3": "REQUEST",
        "u9": "CANCEL",
    }
    assert [a.address for a in letters["u9"].attendees] == ["olga@example.org"]
    assert letters["u9"].goes_on


def test_a_call_that_nobody_needs_any_more_leaves_all_calendars():
    season = somebody_new()
    pick(season, season.tick()[0])
    season.tick()
    change(season, closed(season.work.participant("u7"), "u7/gate/1", "withdrawn"))
    assert {(e.letter.recipient, e.invite.method) for e in season.tick()} == {
        ("u7", "CANCEL"),
        ("u3", "CANCEL"),
        ("u9", "CANCEL"),
    }


def test_a_call_that_nobody_answers_is_reminded_on_its_eve():
    season = somebody_new()
    pick(season, season.tick()[0], 2)
    season.pass_days(14)
    reminded = [at for at, e in season.sent if "/remind/" in e.letter.id]
    assert len(reminded) == 3
    assert all(call(season).meeting.start - at < timedelta(days=2) for at in reminded)
