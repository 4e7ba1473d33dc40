"""A talk with an advisor, for somebody who has no pairing yet: times, a pick, invitations, changes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coordinator.core.calls import closed, wanted, without
from coordinator.core.finding import is_busy
from coordinator.core.meeting import Call
from coordinator.core.reading import CalendarReply, Cut, Piece
from tests.core.situations import DAY, MONDAY, Season, pairing, person, prompt, question, small_program

LETTERS = {
    "call-times": prompt("call-times", question("slots", "slots")),
    "call-invitation": prompt("call-invitation"),
    "call-cancelled": prompt("call-cancelled"),
    "call-refused": prompt("call-refused"),
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


# Changes by calendar and in words


def met_at(season: Season) -> Season:
    """All three have the invitation to the second of the times."""
    pick(season, season.tick()[0], 1)
    season.tick()
    return season


def invited_one(season: Season, who: str):
    return [e for _, e in season.sent if e.invite and e.letter.recipient == who][-1]


def click(season: Season, who: str, name: str, partstat: str, **more):
    effect = invited_one(season, who)
    said = {"method": "REPLY", "sequence": effect.invite.sequence, "stamp": season.now, **more}
    reply = CalendarReply(uid=effect.invite.uid, attendee=f"{name}@example.org", partstat=partstat, **said)
    return season.reply(effect, kind="calendar", calendar=reply, again=len(season.effects))


def say(season: Season, who: str, text: str):
    return season.reply(invited_one(season, who), text=text, cut=Cut(text=text, spans=(), pieces=(Piece(text=text),)))


def at_ten(season: Season, days: int) -> datetime:
    return (call(season).meeting.start + days * DAY).replace(hour=10, minute=0)


@pytest.mark.parametrize("days", [1, 2])
def test_a_time_proposed_by_calendar_that_suits_all_as_far_as_known_moves_the_call(days: int):
    season = met_at(somebody_new())
    start = at_ten(season, days)
    click(season, "u3", "adam", "TENTATIVE", method="COUNTER", start=start, end=start + timedelta(minutes=15))
    moved = {e.letter.recipient: e.invite for e in season.tick() if e.invite}
    assert set(moved) == {"u7", "u3", "u9"}
    assert {(invite.sequence, invite.start) for invite in moved.values()} == {(1, start)}
    assert set(call(season).meeting.partstats.values()) == {"NEEDS-ACTION"}


@pytest.mark.req("AAHA-22")
def test_a_time_proposed_for_the_night_is_refused_for_the_calendar_as_well_and_others_are_offered():
    season = met_at(somebody_new())
    start = at_ten(season, 1).replace(hour=3)
    click(season, "u3", "adam", "TENTATIVE", method="COUNTER", start=start, end=start + timedelta(minutes=15))
    season.now += DAY
    told, times = sorted(season.tick(), key=lambda e: e.sections[0].prompt)
    assert (told.letter.recipient, told.sections[0].prompt) == ("u3", "call-refused")
    assert (told.invite.method, told.invite.sequence, told.invite.start) == (
        "DECLINECOUNTER", 0, call(season).meeting.start,
    )  # fmt: skip
    assert [a.address for a in told.invite.attendees] == ["adam@example.org"]
    assert told.sections[0].context["proposed"] in told.invite.comment
    assert (times.letter.recipient, times.sections[0].prompt) == ("u7", "call-times")
    assert call(season).meeting.sequence == 0
    assert season.tick() == []


def test_a_calendar_that_proposes_the_time_that_stands_has_declined_and_moved_nothing():
    season = met_at(somebody_new())
    stands = call(season).meeting.start
    click(season, "u3", "adam", "DECLINED", method="COUNTER", start=stands, end=stands + timedelta(minutes=15))
    assert (call(season).meeting.sequence, call(season).meeting.partstats["u3"]) == (0, "DECLINED")
    assert not [e for e in season.tick() if e.invite]


def test_a_changed_rule_of_a_zone_keeps_the_wall_time_of_a_call_and_issues_it_again():
    season = met_at(somebody_new())
    nora, known = season.work.participant("u7"), call(season).meeting
    # As if the rules of today had put that hour sixty minutes later: the record says otherwise than the clock.
    old = replace(known, start=known.start + timedelta(hours=1), end=known.end + timedelta(hours=1))
    change(season, replace(nora, calls=(replace(nora.calls[0], meeting=old),)))
    issued = {e.letter.recipient: e.invite for e in season.tick() if e.invite}
    assert set(issued) == {"u7", "u3", "u9"}
    assert {(i.uid, i.sequence, i.start) for i in issued.values()} == {(known.uid, 1, known.start)}
    assert call(season).meeting.postponed == 0, "nobody put it off"
    assert season.tick() == []


@pytest.mark.parametrize(
    ("words", "partstat"), [("yes works", "ACCEPTED"), ("Fine with me!", "ACCEPTED"), ("Sorry, I can't", "DECLINED")]
)
def test_plain_words_to_the_invitation_of_a_call_count_as_much_as_a_click(words: str, partstat: str):
    season = met_at(somebody_new())
    assert say(season, "u3", words).outcome == "applied"
    assert call(season).meeting.partstats["u3"] == partstat


def test_another_time_in_plain_words_moves_the_call():
    season = met_at(somebody_new())
    start = at_ten(season, 1)
    say(season, "u9", f"can't, {start:%A} at 10:00?")
    assert {(e.invite.sequence, e.invite.start) for e in season.tick() if e.invite} == {(1, start)}


def test_a_note_beside_an_answer_to_a_call_is_read_like_any_reply():
    season = met_at(somebody_new())
    start = at_ten(season, 1)
    click(season, "u3", "adam", "DECLINED", comment=f"Could we do {start:%A} at 10?")
    assert call(season).meeting.start == start
    season = met_at(somebody_new())
    assert click(season, "u3", "adam", "ACCEPTED", comment="May I bring my dog?").outcome == "held"
    assert call(season).meeting.partstats["u3"] == "ACCEPTED"


def test_who_answers_the_old_time_of_a_call_hears_the_new_one():
    season = met_at(somebody_new())
    start = at_ten(season, 1)
    click(season, "u3", "adam", "DECLINED", method="COUNTER", start=start, end=start + timedelta(minutes=15))
    season.tick()
    click(season, "u9", "olga", "ACCEPTED", sequence=0)
    assert call(season).meeting.partstats["u9"] == "NEEDS-ACTION"
    (line,) = [line for r in season.work.participant("u9").receipts for line in r.lines]
    assert "older invitation" in line


def test_a_calendar_that_lost_the_invitation_of_a_call_gets_it_again():
    season = met_at(somebody_new())
    decision = click(season, "u9", "olga", "NEEDS-ACTION", method="REFRESH")
    (again,) = decision.effects
    assert (again.letter.recipient, again.invite.method, again.invite.uid) == (
        "u9", "REQUEST", call(season).meeting.uid,
    )  # fmt: skip


# Who leaves


def stops(season: Season, who: str, name: str) -> None:
    season.reply(invited_one(season, who), kind="stop", sender=f"{name}@example.org")


@pytest.mark.parametrize(("who", "name"), [("u9", "olga"), ("u3", "adam")])
def test_when_one_of_three_leaves_the_others_still_meet_and_their_calendars_say_so(who: str, name: str):
    season = met_at(somebody_new())
    season.work.stage([pairing("p9", mentee="u7", mentor="u3", advisors=("u9",), due=None)])
    stops(season, who, name)
    letters = {e.letter.recipient: e.invite for e in season.tick() if e.invite}
    left = {"u7", "u3", "u9"} - {who}
    assert {to: (invite.method, invite.sequence) for to, invite in letters.items()} == {
        **dict.fromkeys(left, ("REQUEST", 1)),
        who: ("CANCEL", 1),
    }
    assert [a.address for a in letters[who].attendees] == [f"{name}@example.org"], "and it names nobody else"
    assert sum(1 for _, e in season.sent if e.letter.recipient == who and e.invite) == 2
    assert {a.address for a in letters["u7"].attendees} == {
        season.work.participant(id_).address for id_ in left
    }  # fmt: skip


def test_when_the_one_whom_the_call_is_about_leaves_it_leaves_the_calendars_of_the_others():
    season = met_at(somebody_new())
    stops(season, "u7", "nora")
    assert {(e.letter.recipient, e.invite.method) for e in season.tick() if e.invite} == {
        ("u7", "CANCEL"),
        ("u3", "CANCEL"),
        ("u9", "CANCEL"),
    }
    assert invited_one(season, "u7").invite.method == "CANCEL", "it went out, although they get no other mail"
    assert season.tick() == []


def test_an_advisor_is_not_called_to_two_talks_at_once():
    season = met_at(somebody_new())
    taken = call(season).meeting
    season.work.stage([person("u8", "Nils", roles=("mentee",)), pairing("p9", mentee="u7", mentor="u8", due=None)])
    adam = season.work.participant("u3")
    assert is_busy(season.work, adam, taken.start, taken.end)
