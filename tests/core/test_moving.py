"""When a meeting does not suit: proposals by calendar and in words, keeping it short, putting it off, their own time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coordinator.core.finding import with_free
from coordinator.core.other_times import free_ranges, proposed_start
from coordinator.core.postponed import postponements, streak
from coordinator.core.reading import Context, Envelope, OwnInvite, Reading, Unclear
from coordinator.core.receive import receive
from coordinator.core.zones import zone
from tests.core.pairs import click, invitation, invited, letter, meeting, program, say, six_months, slot
from tests.core.situations import DAY, command

BERLIN = zone("Europe/Berlin")
HOUR = timedelta(hours=1)


def context(text_now=datetime(2026, 1, 17, 9, tzinfo=UTC), language="en") -> Context:
    return Context(language=language, timezone="Europe/Berlin", now=text_now, words=program().words)


def at_four(season, days: int = 2) -> datetime:
    """Sixteen o'clock, so many days after the meeting."""
    local = (meeting(season).start + days * DAY).astimezone(BERLIN)
    return local.replace(hour=16, minute=0).astimezone(UTC)


# Proposals


@pytest.mark.req("AAHA-22")
def test_a_proposed_time_is_put_to_the_other_and_a_yes_moves_the_same_event():
    season = invited()
    first, start = meeting(season), at_four(season)
    click(season, "u1", "TENTATIVE", method="COUNTER", start=start, end=start + HOUR)
    (ask,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert ask.letter.recipient == "u2"
    assert "16:00" in ask.sections[0].context["proposed"]
    season.reply(ask, {1: True})
    moved = [e for e in season.tick() if e.invite]
    now = meeting(season)
    assert {e.letter.recipient for e in moved} == {"u1", "u2"}
    assert (now.uid, now.sequence, now.start, now.end) == (first.uid, 1, start, start + HOUR)
    assert set(now.partstats.values()) == {"NEEDS-ACTION"}
    assert now.postponed == 1


@pytest.mark.req("AAHA-22")
def test_a_no_leaves_the_meeting_and_tells_the_proposer_in_words_and_for_the_calendar():
    season = invited()
    first, start = meeting(season), at_four(season)
    click(season, "u1", "TENTATIVE", method="COUNTER", start=start, end=start + HOUR)
    (ask,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    season.reply(ask, {1: False})
    (told,) = [e for e in season.tick() if e.invite]
    assert (told.letter.recipient, told.sections[0].prompt) == ("u1", "counter-declined")
    assert (told.invite.method, told.invite.sequence) == ("DECLINECOUNTER", 0)
    assert [a.address for a in told.invite.attendees] == ["mona@example.org"]
    assert "does not suit" in told.invite.comment
    assert (meeting(season).start, meeting(season).sequence) == (first.start, 0)


def test_a_proposal_that_nobody_answers_lapses_and_the_proposer_hears_so():
    season = invited()
    first, start = meeting(season), at_four(season)
    click(season, "u2", "TENTATIVE", method="COUNTER", start=start, end=start + HOUR)
    season.pass_days(6)
    assert len(season.letters("counter", "u1")) == 1
    assert letter(season, "counter-declined", "u2").invite.method == "DECLINECOUNTER"
    assert meeting(season).start == first.start


def test_a_proposal_inside_the_hours_that_the_other_named_is_taken_at_once():
    season = invited()
    start = at_four(season)
    maya = season.work.participant("u2")
    ranges = free_ranges(f"{start:%A} afternoons", context())
    season.work.stage([replace(maya, version=maya.version + 1, free=with_free(maya, ranges, season.now))])
    click(season, "u1", "DECLINED", method="COUNTER", start=start, end=start + HOUR)
    assert {e.letter.recipient for e in season.tick() if e.invite} == {"u1", "u2"}
    assert (meeting(season).start, meeting(season).sequence) == (start, 1)
    assert not season.letters("counter")


def test_hours_that_are_taken_or_closed_are_not_taken_at_once():
    season = invited()
    start = at_four(season)
    maya = season.work.participant("u2")
    ranges = free_ranges(f"{start:%A} afternoons", context())
    season.work.stage([replace(maya, version=maya.version + 1, free=with_free(maya, ranges, season.now))])
    season.chapter = replace(season.chapter, closed=(start.astimezone(BERLIN).date(),))
    click(season, "u1", "DECLINED", method="COUNTER", start=start, end=start + HOUR)
    assert [e.letter.recipient for e in season.tick() if e.sections[0].prompt == "counter"] == ["u2"]


def test_both_propose_the_same_time_and_nobody_needs_to_be_asked():
    season = invited()
    start = at_four(season)
    for who in ("u1", "u2"):
        click(season, who, "TENTATIVE", method="COUNTER", start=start, end=start + HOUR)
    assert (meeting(season).start, meeting(season).sequence) == (start, 1)


@pytest.mark.parametrize("moved_by", [timedelta(0), -timedelta(days=40), timedelta(days=900)])
def test_a_proposal_of_no_sense_counts_as_a_no_and_other_times_are_offered(moved_by):
    season = invited()
    first = meeting(season)
    click(season, "u1", "TENTATIVE", method="COUNTER", start=first.start + moved_by, end=first.end + moved_by)
    assert meeting(season).partstats["u1"] == "DECLINED"
    season.pass_days(1)
    assert season.letters("moved", "u2")


@pytest.mark.parametrize(
    ("text", "days"),
    [("can't, Thursday 4?", 2), ("Sorry, I cannot. Thursday at 16:00?", 2), ("Thursday 4pm is better", 2)],
)
def test_another_time_in_plain_words_counts_as_much_as_a_click(text, days):
    season = invited()
    season.now += HOUR
    first = meeting(season)
    assert first.start.weekday() == 1, "a Tuesday"
    say(season, invitation(season, "u1"), text)
    (ask,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert ask.letter.recipient == "u2"
    season.reply(ask, {1: True})
    assert meeting(season).start == at_four(season, 0)
    assert (meeting(season).start - first.start).days == days


def test_the_other_may_answer_a_proposal_with_another_time_and_after_that_a_human_helps():
    season = invited()
    season.now += HOUR
    say(season, invitation(season, "u1"), "can't, Thursday 4?")
    (ask,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    say(season, ask, "no, Friday 10:00?", {1: False})
    (again,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert again.letter.recipient == "u1"
    third = say(season, again, "no, Wednesday 9:00?", {1: False})
    assert third.outcome in ("applied", "held")
    assert meeting(season).counter is None or meeting(season).counter.turn <= 2


def test_the_proposer_is_told_that_the_other_is_asked():
    season = invited()
    season.now += HOUR
    say(season, invitation(season, "u1"), "can't, Thursday 4?")
    season.pass_days(5)
    told = [line for _, e in season.sent if e.letter.recipient == "u1" for line in e.receipts]
    told += [line for e in season.letters("receipt", "u1") for line in e.sections[0].context["received"]]
    assert any("I asked Maya" in line and "16:00" in line for line in told)


def proposes(season, who: str, start):
    season.now += HOUR
    click(season, who, "TENTATIVE", method="COUNTER", start=start, end=start + HOUR, stamp=season.now)
    return [e for e in season.tick() if e.sections[0].prompt == "counter"]


def test_a_yes_to_a_proposal_that_lapsed_is_put_to_its_proposer_and_a_second_yes_moves_the_meeting():
    season = invited()
    start = at_four(season)
    (ask,) = proposes(season, "u1", start)
    season.pass_days(6)
    season.reply(ask, {1: True})
    (back,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert (back.letter.recipient, meeting(season).sequence) == ("u1", 0)
    season.reply(back, {1: True})
    assert (meeting(season).start, meeting(season).sequence) == (start, 1)


def test_who_takes_the_time_that_stands_takes_back_the_other_one_and_a_yes_to_it_moves_nothing():
    season = invited()
    first = meeting(season)
    (ask,) = proposes(season, "u1", at_four(season))
    click(season, "u1", "ACCEPTED", stamp=season.now + timedelta(minutes=1))
    assert meeting(season).counter is None
    season.reply(ask, {1: True})
    assert (meeting(season).start, meeting(season).sequence) == (first.start, 0)
    (back,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert back.letter.recipient == "u1"


def test_an_answer_to_an_older_proposal_says_nothing_about_the_newer_one():
    season = invited()
    first = meeting(season)
    (older,) = proposes(season, "u1", at_four(season))
    (newer,) = proposes(season, "u1", at_four(season, 3))
    season.reply(older, {1: True})
    assert (meeting(season).start, meeting(season).counter.start) == (first.start, at_four(season, 3))
    season.reply(newer, {1: True})
    assert (meeting(season).sequence, meeting(season).start.astimezone(BERLIN).hour) == (1, 16)


@pytest.mark.parametrize(("again", "asked"), [("u1", "u2"), ("u2", "u1")])
def test_a_time_that_was_refused_is_put_to_the_other_again_when_somebody_proposes_it_anew(again: str, asked: str):
    season = invited()
    start = at_four(season)
    (ask,) = proposes(season, "u1", start)
    season.reply(ask, {1: False})
    assert [e.letter.recipient for e in season.tick() if e.sections[0].prompt == "counter-declined"] == ["u1"]
    (second,) = proposes(season, again, start)
    assert second.letter.recipient == asked
    season.reply(second, {1: False})
    assert [e.letter.recipient for e in season.tick() if e.sections[0].prompt == "counter-declined"] == [again]


def test_a_proposal_sent_twice_is_asked_once():
    season = invited()
    assert len(proposes(season, "u1", at_four(season))) == 1
    assert proposes(season, "u1", at_four(season)) == []


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("yes works", True),
        ("Works for me, see you then!", True),
        ("I can't wait to see you", True),
        ("can't make it, sorry", False),
        ("no", False),
        ("sorry, something came up", False),
        ("Let us skip this month", False),
        ("Perfect, see you next week! See you then!", True),
    ],
)
def test_a_plain_yes_or_no_to_an_invitation_counts(text, comes):
    season = invited()
    season.now += HOUR
    say(season, invitation(season, "u1"), text)
    assert meeting(season).partstats["u1"] == ("ACCEPTED" if comes else "DECLINED")


# Notes beside a calendar answer


def test_a_note_that_names_another_time_is_put_to_the_other():
    season = invited()
    season.now += HOUR
    click(season, "u1", "DECLINED", comment="Could we do Thursday 4pm?")
    (ask,) = [e for e in season.tick() if e.sections[0].prompt == "counter"]
    assert ask.letter.recipient == "u2"
    assert meeting(season).partstats["u1"] == "DECLINED"


def test_a_note_under_a_yes_names_no_other_time():
    season = invited()
    click(season, "u1", "ACCEPTED", comment="Looking forward! Thursday would have been harder.")
    assert meeting(season).counter is None
    assert meeting(season).partstats["u1"] == "ACCEPTED"


def test_commands_in_a_note_are_obeyed_and_a_cry_for_help_is_heard():
    season = invited()
    pause = command("pause", "pause until 1 March", until="2026-03-01")
    told = click(season, "u2", "DECLINED", comment="pause until 1 March", commands=(pause,))
    assert [s.prompt for e in told.effects for s in e.sections] == ["paused"]
    helped = click(season, "u1", "ACCEPTED", comment="HELP", commands=(command("help", "HELP"),))
    assert {s.prompt for e in helped.effects for s in e.sections} == {"help-received", "help-alert"}


def test_a_note_that_asks_something_goes_to_a_human_and_the_answer_counts_all_the_same():
    season = invited()
    outcome = click(season, "u1", "ACCEPTED", comment="Who pays for the room?")
    assert outcome.outcome == "held"
    assert "room" not in outcome.reason
    assert meeting(season).partstats["u1"] == "ACCEPTED"


# Short rather than missed


def declined(season=None, who="u1"):
    season = season or invited()
    click(season, who, "DECLINED")
    season.pass_days(1)
    return season


def choose(season, prompt: str, who: str, option: int):
    effect = letter(season, prompt, who)
    question = next(q for q in effect.letter.questions if q.field.fills == "shorter")
    return season.reply(effect, {question.number: question.field.options[option]}, again=option)


@pytest.mark.req("ACHE-43", "AHE-12")
def test_both_would_rather_keep_a_quarter_of_an_hour_and_the_same_event_shrinks_and_counts():
    season = declined()
    first = meeting(season)
    choose(season, "moved", "u2", 0)
    assert meeting(season).sequence == 0, "one of the two is not both"
    choose(season, "shorter", "u1", 0)
    invites = [e.invite for e in season.tick() if e.invite]
    assert {(i.uid, i.sequence, i.start, i.end - i.start) for i in invites} == {
        (first.uid, 1, first.start, timedelta(minutes=15))
    }
    season.now = first.end + HOUR
    season.tick()
    assert meeting(season).status == "held"
    assert meeting(season).shortened == "15 minutes"
    assert streak(season.pair(), season.now) == (1, 1)
    assert [c.minutes for c in season.pair().contacts] == [15]


@pytest.mark.parametrize(
    ("mine", "theirs", "shortened"),
    [(1, 1, "phone"), (0, 1, "phone"), (2, 2, "email"), (0, 2, ""), (3, 0, ""), (3, 3, "")],
)
def test_what_both_say_holds_and_what_they_disagree_on_changes_nothing(mine, theirs, shortened):
    season = declined()
    choose(season, "moved", "u2", mine)
    choose(season, "shorter", "u1", theirs)
    assert meeting(season).shortened == shortened


def test_a_meeting_that_becomes_a_mail_leaves_both_calendars_and_counts():
    season = declined()
    first = meeting(season)
    choose(season, "moved", "u2", 2)
    choose(season, "shorter", "u1", 2)
    off = [e for e in season.tick() if e.invite]
    assert {(e.letter.recipient, e.invite.method) for e in off} == {("u1", "CANCEL"), ("u2", "CANCEL")}
    season.now = first.end + HOUR
    season.tick()
    assert streak(season.pair(), season.now) == (1, 1)
    assert [c.kind for c in season.pair().contacts] == ["email"]
    season.pass_days(20)
    asked = [s.key for e in season.letters("debrief", "u2") for s in e.sections]
    assert not any("/debrief/1/" in key for key in asked), "nobody is asked how a meeting went that was none"


@pytest.mark.req("ACHE-41")
def test_postponements_are_plain_then_offer_the_short_way_then_no_more_times():
    season = invited()
    prompts = []
    for turn in range(3):
        click(season, "u1", "DECLINED")
        season.pass_days(2)
        effect = next(
            e for _, e in reversed(season.sent) for s in e.sections if e.letter.recipient == "u2" and "/move/" in s.key
        )
        prompts.append(effect.sections[0].prompt)
        if turn < 2:
            question = next(q for q in effect.letter.questions if q.slots)
            season.reply(effect, {question.number: slot(effect)}, again=turn)
            season.tick()
    assert prompts == ["moved", "shorter-or-moved", "shorter"]
    assert postponements(season.pair()) == 2


@pytest.mark.req("ACHE-41")
def test_a_meeting_that_took_place_ends_the_count():
    season = declined()
    effect = letter(season, "moved", "u2")
    season.reply(effect, {1: slot(effect)})
    assert postponements(season.pair()) == 1
    pair = season.pair()
    held = tuple(replace(m, status="held") for m in pair.meetings)
    assert postponements(replace(pair, meetings=held)) == 0


# Hours of the week


def test_free_hours_bring_times_inside_them_and_are_taken_at_once_when_the_other_named_some_too():
    season = six_months()
    (first,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    say(
        season,
        first,
        "Mon/Wed afternoons",
        {1: Unclear(evidence="Mon/Wed afternoons", reason="?")},
    )
    again = next(e for e in season.tick() if e.letter.recipient == "u2")
    (times,) = [q.slots for q in again.letter.questions if q.slots]
    local = [start.astimezone(BERLIN) for start, _ in times]
    assert all(at.weekday() in (0, 2) and 12 <= at.hour < 18 for at in local)
    mona = season.work.participant("u1")
    ranges = free_ranges("Wednesdays after 2pm", context())
    season.work.stage([replace(mona, version=mona.version + 1, free=with_free(mona, ranges, season.now))])
    say(season, again, "Wed afternoons, Fri mornings")
    start = meeting(season).start.astimezone(BERLIN)
    assert (start.weekday(), start.hour >= 14) == (2, True)


def test_times_leave_out_what_either_of_them_has_already():
    season = invited()
    taken = meeting(season)
    click(season, "u1", "DECLINED")
    season.pass_days(1)
    slots = next(q.slots for q in letter(season, "moved", "u2").letter.questions if q.slots)
    assert all(end <= taken.start or taken.end <= start for start, end in slots)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue/Thu afternoons", [(1, 720, 1080), (3, 720, 1080)]),
        ("Fridays after 3pm", [(4, 900, 1320)]),
        ("Mondays 2-5pm", [(0, 840, 1020)]),
        ("Wed mornings please", [(2, 480, 720)]),
        ("none of these, I am free Wednesday mornings", [(2, 480, 720)]),
        ("not on Friday mornings", []),
        ("I had a hard time on Tuesday", []),
        ("b", []),
        ("", []),
    ],
)
def test_hours_of_the_week_are_read_or_left_alone(text, expected):
    assert [(f.weekday, f.begin, f.end) for f in free_ranges(text, context())] == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("can't, Thursday 4?", "en", "2026-01-29T16:00"),
        ("no puedo, ¿el jueves a las 16:00?", "es", "2026-01-29T16:00"),
        ("Donnerstag 16 Uhr passt besser", "de", "2026-01-29T16:00"),
        ("same time on Thursday", "en", "2026-01-29T12:00"),
        ("how about the 30th at 3pm", "en", "2026-01-30T15:00"),
        ("could we do 4pm instead?", "en", "2026-01-27T16:00"),
        ("Wednesday or Thursday?", "en", None),
        ("not Thursday", "en", None),
        ("I have 3 kids at home", "en", None),
        ("One hour later would be better", "en", "2026-01-27T13:00"),
        ("half an hour earlier?", "en", "2026-01-27T11:30"),
        ("same time next week?", "en", "2026-02-03T12:00"),
        ("a week later please", "en", "2026-02-03T12:00"),
        ("two days later?", "en", "2026-01-29T12:00"),
        ("The day after works better, same time", "en", "2026-01-28T12:00"),
        ("eine Stunde später wäre besser", "de", "2026-01-27T13:00"),
        ("¿una hora más tarde?", "es", "2026-01-27T13:00"),
        ("une demi-heure plus tôt ?", "fr", "2026-01-27T11:30"),
        ("un’ora dopo?", "it", "2026-01-27T13:00"),
        ("een uur later?", "nl", "2026-01-27T13:00"),
        ("uma hora mais cedo?", "pt", "2026-01-27T11:00"),
        ("see you next week!", "en", None),
        ("I read it later", "en", None),
        ("a year later", "en", None),
        ("works for me, but could we do 30 minutes?", "en", None),
        ("no puedo, ¿el jueves a las 16:00?", "en", "2026-01-29T16:00"),
        ("28 January 3pm instead?", "en", "2026-01-28T15:00"),
        ("Thursday or Friday at 4?", "en", "2026-01-29T16:00"),
        ("yes", "en", None),
        ("only until 31 May, please", "en", None),
        ("any day before Friday", "en", None),
        ("from Thursday on", "en", None),
        ("nur bis 31. Mai", "de", None),
        ("vanaf donderdag", "nl", None),
        ("move it from Tuesday to Thursday at 4", "en", "2026-01-29T16:00"),
    ],
)
def test_another_time_is_read_from_words_with_what_the_meeting_has(text, language, expected):
    noon = datetime(2026, 1, 27, 11, tzinfo=UTC)
    found = proposed_start(text, context(language=language), noon)
    assert (f"{found.astimezone(BERLIN):%Y-%m-%dT%H:%M}" if found else None) == expected


# Their own time


def own_invite(season, who: str, *, method="REQUEST", uid="theirs-1@outlook.example", days=2, people=None):
    name, other = {"u1": ("mona", "maya"), "u2": ("maya", "mona")}[who]
    start = meeting(season).start + days * DAY if season.pair().meetings else season.now + days * DAY
    invite = OwnInvite(
        method=method,
        uid=uid,
        organizer=f"{name}@example.org",
        people=people if people is not None else (f"{other}@example.org", "mentoring@example.org"),
        start=start,
        end=start + HOUR,
        place="Café Central",
    )
    return _post(season, f"{name}@example.org", invite)


def _post(season, sender, invite):
    name = f"own-{invite.uid}-{invite.method}-{season.now.isoformat()}-{invite.start.isoformat()}"
    envelope = Envelope(
        message_id=f"<{name}@example.org>",
        fingerprint=name,
        sender=sender,
        recipients=("mentoring@example.org",),
        date=season.now,
    )
    reading = Reading(kind="calendar", envelope=envelope, text="See you there", own_invite=invite)
    return season.take(receive(season.program, season.chapter, season.work, reading, season.now))


def test_an_invitation_of_their_own_is_adopted_and_ours_is_called_off():
    season = invited()
    ours = meeting(season)
    assert own_invite(season, "u1").outcome == "applied"
    off = [e for e in season.tick() if e.invite]
    assert {(e.letter.recipient, e.invite.method, e.invite.uid) for e in off} == {
        ("u1", "CANCEL", ours.uid),
        ("u2", "CANCEL", ours.uid),
    }
    theirs = meeting(season, 1)
    assert (theirs.uid, theirs.organizer, theirs.place) == ("theirs-1@outlook.example", "u1", "Café Central")
    season.pass_days(30)
    assert not [e for e in season.effects if e.invite and e.invite.uid == theirs.uid], "it is theirs to invite to"
    assert "p1/debrief/2/mentee" in letter(season, "debrief", "u2").letter.keys, "and ours to ask about"


def test_their_own_change_and_cancellation_follow_and_other_times_are_offered():
    season = invited()
    own_invite(season, "u1")
    own_invite(season, "u1", days=5)
    assert len(season.pair().meetings) == 2
    own_invite(season, "u1", method="CANCEL")
    assert meeting(season, 1).status == "cancelled"
    season.pass_days(2)
    effect = letter(season, "again", "u2")
    question = next(q for q in effect.letter.questions if q.slots)
    season.reply(effect, {question.number: slot(effect)})
    assert meeting(season, 2).organizer == ""
    assert {e.letter.recipient for e in season.tick() if e.invite} == {"u1", "u2"}


@pytest.mark.req("AHE-10")
def test_an_extra_meeting_of_theirs_stands_beside_the_rhythm():
    plain, more = invited(), invited()
    own_invite(more, "u2", days=14, uid="extra@example.org")
    assert more.pair().meetings[1].kind == "extra"
    for season in (plain, more):
        season.pass_days(60)
    regular = [[m.start for m in s.pair().meetings if m.kind == "meeting"] for s in (plain, more)]
    assert regular[0] == regular[1]
    assert more.pair().contacts, "it counts as contact"


def test_an_invitation_to_somebody_else_or_from_a_stranger_is_not_adopted():
    season = invited()
    before = season.pair().meetings
    own_invite(season, "u1", people=("friend@example.com",))
    assert _post(season, "carol@example.com", _invite_of_a_stranger(season)).outcome == "quarantined"
    assert season.pair().meetings == before


def _invite_of_a_stranger(season):
    start = meeting(season).start
    return OwnInvite(
        method="REQUEST",
        uid="x@y.example",
        organizer="carol@example.com",
        people=("maya@example.org", "mona@example.org"),
        start=start,
        end=start + HOUR,
    )


def test_our_own_invitation_forwarded_back_to_us_changes_nothing():
    season = invited()
    own_invite(season, "u1", uid=meeting(season).uid)
    assert len(season.pair().meetings) == 1
    assert meeting(season).organizer == ""


def test_we_arranged_it_ourselves_is_enough():
    season = invited()
    season.now += HOUR
    ours = meeting(season)
    said = command("arranged", "we arranged it ourselves: Thursday 4pm", text="Thursday 4pm")
    say(season, invitation(season, "u2"), said.words, commands=(said,))
    assert meeting(season).status == "cancelled"
    theirs = meeting(season, 1)
    assert (theirs.organizer, theirs.start.astimezone(BERLIN).hour) == ("u2", 16)
    assert (theirs.start - ours.start).days == 2


# Silence


def test_a_meeting_that_nobody_answers_is_reminded_three_days_and_one_day_before_and_asked_about_afterwards():
    season = invited()
    season.pass_days(30)
    start = meeting(season).start
    for who in ("u1", "u2"):
        sheets = [
            at
            for at, e in season.sent
            if e.letter.recipient == who and any(s.prompt == "agenda-sheet" for s in e.sections)
        ]
        reminders = [
            at for at, e in season.sent if e.letter.recipient == who and any(s.prompt == "reminder" for s in e.sections)
        ]
        assert next((start.date() - at.date()).days for at in sheets) == 3
        assert next((start.date() - at.date()).days for at in reminders) == 1
    sheet = letter(season, "agenda-sheet", "u1")
    assert season.letters("debrief-mentor", "u1")
    assert sheet.invite is not None, "with buttons"


def test_one_answer_ends_the_reminders():
    season = invited()
    click(season, "u1", "ACCEPTED")
    season.pass_days(14)
    assert not season.letters("reminder")


@pytest.mark.req("ACHE-26", "AHE-7")
def test_the_mentor_is_offered_times_only_after_five_days_of_the_mentees_silence():
    season = six_months()
    season.pass_days(5)
    assert season.letters("introduction-mentee", "u2")
    assert not season.letters("times")
    season.pass_days(2)
    (asked,) = season.letters("times", "u1")
    assert len(next(q.slots for q in asked.letter.questions)) == 3
    assert asked.invite, "it goes with the invitation, and is no mail of its own"
    say(season, asked, "b", {1: slot(asked, 1)})
    assert meeting(season).sequence == 1
    assert not season.letters("times", "u2")


@pytest.mark.parametrize("words", ["yes works", "works for me", "See you then!"])
def test_a_plain_yes_to_an_invitation_that_also_offers_times_is_a_yes_to_the_invitation(words):
    season = six_months()
    season.pass_days(7)
    (asked,) = season.letters("times", "u1")
    say(season, asked, words, {1: Unclear(evidence=words, reason="?")})
    assert meeting(season).partstats["u1"] == "ACCEPTED"
    assert not season.letters("unclear")


def test_words_that_pick_none_of_the_times_beside_an_invitation_are_asked_about():
    season = six_months()
    season.pass_days(7)
    (asked,) = season.letters("times", "u1")
    say(season, asked, "q", {1: Unclear(evidence="q", reason="?")})
    season.tick()
    assert season.letters("unclear", "u1")
