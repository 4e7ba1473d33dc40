"""A pair's half year, decided purely: what goes out, to whom, when, and what stops it."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator.core.booking import cancelled
from coordinator.core.effects import Effect
from coordinator.core.reading import Bounce, CalendarReply, Cut, Unclear
from tests.core.situations import DAY, MONDAY, Season, command, one_pair, prompt, question, small_program


def answer_everything(season: Season, effect) -> None:
    """Somebody keen: picks the first time, has goals, met for 40 minutes."""
    answers = {}
    for q in season.work.letter(effect.letter.id).questions:
        match q.field.kind:
            case "slots":
                start, end = q.slots[0]
                answers[q.number] = [{"start": start.isoformat(), "end": end.isoformat()}]
            case "yes_no":
                answers[q.number] = True
            case "duration":
                answers[q.number] = 40
            case "goals":
                answers[q.number] = {str(n): {"score": 6, "state": None, "note": ""} for n, _ in q.goals}
            case _:
                answers[q.number] = "Lead a meeting\nPass the exam"
    if answers:
        season.reply(effect, answers)


@pytest.mark.req("AHE-11")
def test_a_pair_that_never_answers_is_invited_to_a_meeting_each_month():
    season = one_pair()
    season.pass_days(181)
    meetings = season.pair().meetings
    assert len({m.uid for m in meetings}) == len(meetings)
    months = [(m.start.year, m.start.month) for m in meetings]
    assert months == sorted(set(months))
    assert len(months) in (5, 6)
    first = meetings[0].booked
    for before, after in itertools.pairwise(meetings):
        assert after.booked <= before.end + timedelta(days=1), "there is always one ahead"
    assert first <= MONDAY + 6 * DAY


def test_the_same_instant_twice_sends_nothing_the_second_time():
    season = one_pair()
    for _ in range(40):
        season.tick(season.now.replace(hour=9))
        assert season.tick(season.now.replace(hour=9)) == []
        season.now += DAY


def test_ten_days_without_a_tick_bring_one_merged_mail_and_never_more_in_all():
    kept, missed = one_pair(), one_pair()
    kept.pass_days(60)
    missed.pass_days(3)
    missed.now += 10 * DAY
    missed.tick(missed.now.replace(hour=9))
    on_that_day = [e for at, e in missed.sent if at == missed.now and e.letter.recipient == "u2" and not e.letter.uid]
    assert len(on_that_day) <= 1
    missed.pass_days(47)
    assert len(missed.sent) <= len(kept.sent)


def test_nobody_gets_two_unasked_mails_a_day_or_any_in_quiet_hours():
    season = one_pair()
    season.pass_days(181, answer_everything)
    days = [
        (e.letter.recipient, at.date()) for at, e in season.sent if e.letter.purpose in ("prompt", "nudge", "summary")
    ]
    assert len(days) == len(set(days))
    assert all(8 <= at.hour < 20 for at, _ in season.sent)


@pytest.mark.req("AHE-7", "ACHE-26")
def test_the_mentee_picks_a_time_and_both_get_the_invitation():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    start, end = letter.letter.questions[0].slots[1]
    season.reply(letter, {1: [{"start": start.isoformat(), "end": end.isoformat()}]})
    invited = season.tick()
    assert {e.letter.recipient for e in invited if e.invite} == {"u1", "u2"}
    assert all(e.invite.start == start and e.invite.sequence == 0 for e in invited if e.invite)
    assert len({e.invite.uid for e in invited if e.invite}) == 1
    mine = next(e for e in invited if e.letter.recipient == "u2")
    assert mine.receipts, "the invitation tells what was understood"


@pytest.mark.req("AHE-17", "AHE-23", "AHE-10")
def test_goals_are_numbered_and_asked_about_after_each_meeting():
    season = one_pair()
    season.pass_days(45, answer_everything)
    pair = season.pair()
    assert [g.text for g in pair.goals] == ["Lead a meeting", "Pass the exam"]
    assert {g.owner for g in pair.goals} == {"u2"}
    assert all(g.scores for g in pair.goals)
    assert pair.meetings[0].status == "held"
    assert pair.meetings[0].minutes == 40


def test_a_late_answer_still_ends_the_reminders():
    season = one_pair()
    season.pass_days(8)
    (goals,) = season.letters("goals", "u2")[:1]
    before = len(season.letters("goals", "u2"))
    season.reply(goals, {1: "Learn to present"})
    season.pass_days(20)
    assert len(season.letters("goals", "u2")) == before


def test_whoever_never_answers_is_reminded_of_the_first_letters_and_then_left_in_peace():
    season = one_pair()
    season.pass_days(120)
    nudges = [(at, e.letter.recipient) for at, e in season.sent if any(s.nudge for s in e.sections)]
    assert {who for _, who in nudges} >= {"u2"}
    assert all(sum(1 for _, who in nudges if who == person) <= 3 for person in ("u1", "u2"))
    assert max(at for at, _ in nudges) < MONDAY + 60 * DAY


@pytest.mark.req("AHE-4")
def test_a_silence_of_45_days_is_noticed_once_and_reaches_the_advisor_after_52():
    season = one_pair()
    season.pass_days(60)
    assert len(season.letters("no-news", "u1")) == len(season.letters("no-news", "u2")) == 1
    texts = [line["text"] for e in season.letters("summary") for line in e.sections[0].context["summary"]["attention"]]
    assert any("no news for" in t for t in texts)
    assert not any("no news for 4" in t for t in texts)


@pytest.mark.req("AHE-6")
def test_an_advisor_never_reads_what_is_private_or_for_the_pair():
    season = one_pair()

    def with_canaries(_: Season, effect) -> None:
        letter = season.work.letter(effect.letter.id)
        answers = {q.number: "canary ZX-77" for q in letter.questions if q.field.kind == "text"}
        if answers:
            season.reply(effect, answers)

    season.pass_days(100, with_canaries)
    assert any(a.value == "canary ZX-77" for a in season.pair().answers)
    to_advisor = [repr(e) for _, e in season.sent if e.letter.recipient == "u3"]
    assert to_advisor
    assert not any("ZX-77" in text for text in to_advisor)


def test_a_private_note_never_reaches_the_partner():
    season = one_pair()

    def note(_: Season, effect) -> None:
        letter = season.work.letter(effect.letter.id)
        for q in letter.questions:
            if q.field.name == "note":
                season.reply(effect, {q.number: "canary QQ-13"})

    season.pass_days(60, note)
    assert any(a.value == "canary QQ-13" for a in season.pair().answers)
    others = [repr(e) for _, e in season.sent if e.letter.recipient != "u2"]
    assert not any("QQ-13" in text for text in others)


@pytest.mark.req("AHE-25")
def test_feedback_of_the_mentor_is_passed_on_once_with_the_next_invitation():
    season = one_pair()
    said = []

    def respond(_: Season, effect) -> None:
        letter = season.work.letter(effect.letter.id)
        for q in letter.questions:
            if q.field.fills == "feedback" and not said:
                said.append(True)
                season.reply(effect, {q.number: "You listened well"})
            if q.field.fills == "agenda":
                season.reply(effect, {q.number: "The exam"})

    season.pass_days(75, respond)
    told = [e for _, e in season.sent if any(s.context.get("feedback") for s in e.sections)]
    assert [e.letter.recipient for e in told] == ["u2"]
    assert told[0].sections[0].prompt in ("agenda", "invitation")
    assert told[0].sections[0].context["feedback"] == ["You listened well"]


@pytest.mark.req("ACHE-27")
def test_the_agenda_goes_into_the_event_without_a_new_sequence():
    season = one_pair()

    def respond(_: Season, effect) -> None:
        for q in season.work.letter(effect.letter.id).questions:
            if q.field.fills == "agenda":
                season.reply(effect, {q.number: "- The exam\n- My team"})

    season.pass_days(65, respond)
    meeting = season.pair().meetings[1]
    assert meeting.agenda == ("The exam", "My team")
    sheet = season.letters("update", "u1")[-1]
    assert "- The exam" in sheet.invite.description
    assert sheet.invite.sequence == meeting.sequence == 0


def test_declining_by_calendar_offers_the_mentee_other_times_and_moves_the_same_event():
    season = one_pair()
    season.pass_days(6)
    meeting = season.pair().meetings[0]
    invite = season.letters("invitation", "u1")[0]
    reply = CalendarReply(
        method="REPLY", uid=meeting.uid, attendee="mona@example.org", partstat="DECLINED", sequence=0, stamp=season.now
    )
    season.reply(invite, kind="calendar", calendar=reply)
    offered = [e for e in season.tick(season.now.replace(hour=15)) if e.sections[0].prompt == "moved"]
    season.pass_days(1)
    offered = offered or season.letters("moved", "u2")
    (q,) = offered[0].letter.questions
    start, end = q.slots[0]
    season.reply(offered[0], {1: [{"start": start.isoformat(), "end": end.isoformat()}]})
    again = [e for e in season.tick() if e.invite]
    moved = season.pair().meetings[0]
    assert (moved.uid, moved.sequence, moved.start) == (meeting.uid, 1, start)
    assert {e.letter.recipient for e in again} == {"u1", "u2"}
    assert set(moved.partstats.values()) == {"NEEDS-ACTION"}


@pytest.mark.req("AHE-15", "AHE-3", "AHE-12")
def test_a_change_counts_when_both_have_said_it():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.reply(letter, commands=(command("minutes", "length: 60", minutes=60),))
    assert season.pair().terms == {}
    season.pass_days(2)
    (ask,) = season.letters("confirm-change", "u1")
    number = next(q.number for q in ask.letter.questions if q.field.fills == "agree")
    season.reply(ask, {number: True})
    assert season.pair().terms == {"minutes": "60"}
    season.pass_days(6)
    meeting = season.pair().meetings[0]
    assert meeting.end - meeting.start == timedelta(minutes=60)


@pytest.mark.req("AHE-26")
def test_a_goal_is_reworded_by_its_owner_its_history_kept_and_another_may_only_propose():
    season = one_pair()
    season.pass_days(4)
    goals = season.letters("goals", "u2")[0]
    season.reply(goals, {1: "Present to the board"})
    season.reply(goals, commands=(command("goal_change", "G1: change to pass CHESP", number=1, text="pass CHESP"),))
    assert season.pair().goals[0].texts == ("Present to the board", "pass CHESP")
    mentor_letter = next(e for _, e in season.sent if e.letter.recipient == "u1")
    outcome = season.reply(mentor_letter, commands=(command("goal_change", "G1: mine", number=1, text="mine"),))
    assert outcome.outcome == "applied"
    assert season.pair().goals[0].text == "pass CHESP", "what the mentor writes is a proposal"
    assert season.pair().proposals == {"G1": {"u1": "mine"}}


@pytest.mark.req("AHE-13")
def test_a_short_call_counts_as_contact():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.reply(letter, commands=(command("contact", "called 10 min", kind="call", minutes=10),))
    (contact,) = season.pair().contacts
    assert (contact.kind, contact.minutes) == ("call", 10)


def test_an_unclear_answer_is_asked_once_more_and_then_a_human_looks():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    first = season.reply(goals, {1: Unclear(evidence="well", reason="?")})
    assert first.outcome == "applied"
    (again,) = [e for e in season.tick() if any(s.prompt == "unclear" for s in e.sections)]
    assert [q.field.name for q in again.letter.questions] == ["goals"]
    second = season.reply(again, {again.letter.questions[0].number: Unclear(evidence="hm", reason="?")})
    assert second.outcome == "held"


def wishes(**more) -> tuple[Season, Effect]:
    """A letter that only asks what one may leave out, two questions in one's own words."""
    own = [question(name, "text", optional=True, **more) for name in ("skill", "measure")]
    season = one_pair(program={"prompts": {**small_program().prompts, "goals": prompt("goals", *own)}})
    season.pass_days(3)
    return season, season.letters("goals", "u2")[0]


TWO_LINES = "Write the business case for the new shelves\nCut expired stock by a third before the summer"


def test_words_that_may_belong_to_either_of_two_free_questions_are_asked_about_and_wait_for_nobody():
    season, letter = wishes()
    assert season.reply(letter, text=TWO_LINES).outcome == "applied"
    (again,) = [e for e in season.tick() if any(s.prompt == "unclear" for s in e.sections)]
    assert [q.field.name for q in again.letter.questions] == ["skill", "measure"]
    assert season.reply(again, text=TWO_LINES, again=1).outcome == "held", "once; then a human looks"


def test_a_question_of_their_own_below_a_letter_of_free_questions_goes_to_a_human():
    season, letter = wishes()
    assert season.reply(letter, text=f"{TWO_LINES}\nBut who is my advisor now?").outcome == "held"


def test_words_below_free_questions_that_were_answered_go_to_a_human():
    season, letter = wishes()
    season.reply(letter, {1: "records", 2: "audits"})
    assert season.reply(letter, text=TWO_LINES, again=1).outcome == "held"


def test_a_first_answer_gets_its_receipt_in_the_same_tick():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    season.reply(goals, {1: "Learn to present"})
    (receipt,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    assert any(
        "Learn to present" in line for line in (*receipt.receipts, *receipt.sections[0].context.get("received", ()))
    )


def test_fix_changes_what_was_recorded():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    season.reply(goals, {1: "Learn to present"})
    (receipt,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.reply(receipt, commands=(command("fix", "fix 1: Learn to lead", number=1, text="Learn to lead"),))
    assert season.pair().goals[0].text == "Learn to lead"


def test_a_stranger_with_a_forwarded_letter_changes_nothing():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    outcome = season.reply(goals, {1: "Take over"}, sender="carol@example.com")
    assert outcome.outcome == "held"
    assert not outcome.changes
    assert not outcome.effects


def test_stop_ends_the_mail_and_the_other_hears_that_the_meeting_is_off():
    season = one_pair()
    season.pass_days(7)
    letter = season.letters("goals", "u2")[0]
    decision = season.reply(letter, kind="stop", text="STOP")
    assert [s.prompt for e in decision.effects for s in e.sections] == ["stopped"]
    season.pass_days(30)
    later = [e for at, e in season.sent if at >= season.now - 30 * DAY]
    assert [e.invite and e.invite.method for e in later if e.letter.recipient == "u2"] == ["CANCEL"]
    assert [e.invite.method for e in later if e.letter.recipient == "u1" and e.invite][:1] == ["CANCEL"]


def test_help_reaches_the_writer_and_the_advisor_at_once_without_its_words():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    decision = season.reply(letter, kind="help", text="HELP he shouts at me")
    assert [(s.prompt, e.letter.recipient) for e in decision.effects for s in e.sections] == [
        ("help-received", "u2"),
        ("help-alert", "u3"),
    ]
    assert "shouts" not in repr(decision.effects)


def test_a_pause_holds_every_letter_until_its_day():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    told = season.reply(letter, commands=(command("pause", "pause until 1 Feb", until="2026-02-01"),))
    assert [(s.prompt, s.context["due"]) for e in told.effects for s in e.sections] == [
        ("paused", "Sun 1 February 2026")
    ]
    season.pass_days(20)
    assert not [e for at, e in season.sent if e.letter.recipient == "u2" and at > MONDAY + DAY and at.month == 1]
    season.pass_days(5)
    assert [e for at, e in season.sent if e.letter.recipient == "u2" and at.month == 2]


@pytest.mark.req("AHE-9")
def test_the_pairing_ends_on_its_day_and_says_goodbye_to_both():
    season = one_pair()
    season.pass_days(200, answer_everything)
    assert {e.letter.recipient for e in season.letters("closing")} == {"u1", "u2"}
    assert season.pair().status == "ended"
    assert season.pair().due is None


def test_the_mails_of_a_keen_pair_stay_within_the_budget():
    season = one_pair()
    season.pass_days(181, answer_everything)
    for person, first, typical in (("u2", 7, 4), ("u1", 6, 3)):
        counts = [0] * 7
        for at, effect in season.sent:
            if effect.letter.recipient == person:
                counts[(at - MONDAY).days // 30] += 1
        assert counts[0] <= first, counts
        assert sum(counts[1:5]) <= 4 * typical, counts


def test_a_calendar_that_lost_the_event_gets_it_again():
    season = one_pair()
    season.pass_days(6)
    meeting = season.pair().meetings[0]
    invite = season.letters("invitation", "u1")[0]
    refresh = CalendarReply(
        method="REFRESH", uid=meeting.uid, attendee="mona@example.org", partstat="NEEDS-ACTION", sequence=0, stamp=None
    )
    (again,) = season.reply(invite, kind="calendar", calendar=refresh).effects
    assert (again.invite.uid, again.invite.sequence, again.letter.recipient) == (meeting.uid, 0, "u1")


def test_an_older_calendar_answer_never_overrules_a_newer_one():
    season = one_pair()
    season.pass_days(6)
    meeting = season.pair().meetings[0]
    invite = season.letters("invitation", "u1")[0]
    for again, (partstat, hours) in enumerate((("ACCEPTED", 5), ("DECLINED", 1))):
        said = CalendarReply(
            method="REPLY",
            uid=meeting.uid,
            attendee="mona@example.org",
            partstat=partstat,
            sequence=0,
            stamp=season.now + timedelta(hours=hours),
        )
        season.reply(invite, kind="calendar", calendar=said, again=again)
    assert season.pair().meetings[0].partstats["u1"] == "ACCEPTED"


def test_a_mail_to_no_letter_is_told_back_and_taken_only_after_a_yes():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    wish = (command("goal_add", "goal: learn to present", text="learn to present"),)
    asked = season.write("maya@example.org", "goal: learn to present", commands=wish)
    assert asked.outcome == "unconfirmed"
    (echo,) = asked.effects
    assert echo.sections[0].context["alert"] == ["goal: learn to present"]
    assert season.pair().goals == ()
    yes = season.reply(echo, {1: True})
    assert yes.confirmed == (echo.letter.id.rpartition("/")[2],)
    assert goals.letter.recipient == "u2"


def test_a_strangers_mail_to_no_letter_gets_silence():
    season = one_pair()
    season.pass_days(3)
    outcome = season.write("carol@example.com", "I would like to join")
    assert (outcome.outcome, outcome.effects, outcome.changes) == ("quarantined", (), ())


@pytest.mark.req("AHE-1")
def test_a_pair_may_meet_every_two_weeks_while_the_program_stays_monthly():
    season = one_pair(terms={"every": "2 weeks"})
    season.pass_days(90)
    starts = [m.start.date() for m in season.pair().meetings]
    assert len(starts) >= 5
    assert {(b - a).days for a, b in itertools.pairwise(starts)} == {14}
    assert season.program.every == "1 month"


@pytest.mark.req("AHE-24", "AHE-14")
def test_a_lesson_or_a_method_is_kept_for_the_two_even_where_nobody_asked():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    season.reply(
        goals,
        commands=(
            command("note", "lesson: ask early", fact="lesson", text="ask early"),
            command("methods", "methods: phone", methods=["phone"]),
        ),
    )
    kept = {a.field: (a.value, a.visibility) for a in season.pair().answers}
    assert kept == {"lesson": ("ask early", "pair"), "methods": (["phone"], "pair")}
    season.pass_days(16)
    assert season.letters("update", "u1")[0].sections[0].context["plan"]["theirs"]["methods"] == ["phone"]


def test_a_private_goal_is_shown_to_nobody_else():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    season.reply(
        goals,
        {1: "Leave quietly ZX-1"},
        commands=(command("visibility", "1 private", number=1, visibility="private"),),
    )
    season.pass_days(60)
    others = [repr(e) for _, e in season.sent if e.letter.recipient != "u2"]
    assert others
    assert not any("ZX-1" in text for text in others)


def test_receipts_told_together_are_numbered_throughout_and_fixed_by_those_numbers():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    intro = season.letters("introduction", "u2")[0]
    journey = next(q.number for q in intro.letter.questions if q.field.name == "journey")
    season.reply(intro, {journey: "I grew up on a farm"}, again=1)
    season.reply(goals, {1: "Learn to present"}, again=2)
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    assert [q.number for q in letter.letter.told] == [1, 2]
    fixing = next(q.number for q in letter.letter.told if q.field.name == "goals")
    season.reply(letter, commands=(command("fix", "fix", number=fixing, text="Learn to lead"),), again=3)
    assert season.pair().goals[0].text == "Learn to lead"
    season.pass_days(4)
    second = [e for _, e in season.sent if e.letter.recipient == "u2" and e.letter.told][-1]
    season.reply(second, commands=(command("fix", "fix", number=1, text="Learn to teach"),), again=4)
    assert season.pair().goals[0].text == "Learn to teach"


def test_an_advisor_can_neither_decline_for_the_pair_nor_add_to_its_goals():
    season = one_pair()
    season.pass_days(8)
    meeting = season.pair().meetings[0]
    summary = season.letters("summary", "u3")[0]
    said = CalendarReply(
        method="REPLY", uid=meeting.uid, attendee="adam@example.org", partstat="DECLINED", sequence=0, stamp=season.now
    )
    assert season.reply(summary, kind="calendar", calendar=said).outcome == "held"
    wish = (command("goal_add", "goal: be on time", text="be on time"),)
    puzzled = season.reply(summary, text="goal: be on time", commands=wish, again=1)
    assert "could not do anything" in puzzled.effects[0].sections[0].context["alert"][0]
    assert season.pair().goals == ()


def test_words_beside_an_invitation_are_about_the_date_unless_they_name_a_question():
    season = one_pair()
    said = []

    def answer_first(_: Season, effect) -> None:
        if effect.letter.recipient == "u2" and not said:
            said.append(True)
            season.reply(effect, {q.number: "a farm" for q in effect.letter.questions if q.field.kind == "text"})

    season.pass_days(45, answer_first)
    both = next(e for _, e in season.sent if e.invite and e.letter.questions)
    uid = both.invite.uid
    plain = Cut(text="No, sorry, I cannot make it", spans=(), pieces=())
    season.reply(both, {1: False}, text=plain.text, cut=plain)
    assert all(m.status != "missed" for m in season.pair().meetings)
    (meeting,) = (m for m in season.pair().meetings if m.uid == uid)
    assert meeting.partstats[both.letter.recipient] == "DECLINED"


def test_a_time_picked_late_moves_the_meeting_and_a_past_one_is_asked_again():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.pass_days(7)
    booked = season.pair().meetings[0]
    times = [s for s in letter.letter.questions[0].slots if s[0] != booked.start]
    start, end = times[-1]
    season.reply(letter, {1: [{"start": start.isoformat(), "end": end.isoformat()}]})
    moved = season.pair().meetings[0]
    assert (moved.start, moved.sequence, moved.uid) == (start, 1, booked.uid)
    season.reply(letter, {1: []}, again=1)
    asked_again = [
        e for e in season.tick(season.now.replace(hour=16)) if any(s.prompt == "unclear" for s in e.sections)
    ]
    assert asked_again
    assert asked_again[0].letter.questions[-1].slots[0][0] > season.now


def test_a_yes_to_an_old_proposal_is_no_yes_to_a_newer_one():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.reply(letter, commands=(command("minutes", "length: 60", minutes=60),))
    season.pass_days(2)
    (ask,) = season.letters("confirm-change", "u1")
    season.reply(letter, commands=(command("minutes", "length: 30", minutes=30),), again=1)
    number = next(q.number for q in ask.letter.questions if q.field.fills == "agree")
    season.reply(ask, {number: True}, again=2)
    assert season.pair().terms == {}
    season.pass_days(2)
    newer = season.letters("confirm-change", "u1")[-1]
    number = next(q.number for q in newer.letter.questions if q.field.fills == "agree")
    season.reply(newer, {number: True}, again=3)
    assert season.pair().terms == {"minutes": "30"}


def test_nobody_is_invited_to_meet_somebody_who_left():
    season = one_pair()
    season.pass_days(8)
    season.reply(season.letters("goals", "u2")[0], kind="stop", text="STOP")
    season.pass_days(60)
    later = [e for at, e in season.sent if at > MONDAY + 10 * DAY and e.letter.recipient == "u1"]
    assert [e for e in later if e.invite and e.invite.method == "REQUEST"] == []


def test_an_ended_pairing_takes_its_meeting_out_of_both_calendars():
    season = one_pair()
    season.pass_days(8)
    ended = replace(cancelled(season.pair(), season.now), status="ended", ended=season.now, due=season.now)
    season.work.stage([replace(ended, version=ended.version + 1)])
    gone = season.tick(season.now.replace(hour=16))
    assert {(e.letter.recipient, e.invite.method) for e in gone if e.invite} == {("u1", "CANCEL"), ("u2", "CANCEL")}


def test_a_call_for_help_reaches_the_coordinator_when_the_alert_comes_back():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    alert = season.reply(letter, kind="help", text="HELP").effects[1]
    bounce = Bounce(recipient="adam@example.org", hard=True, status="5.1.1", message_id=alert.letter.message_id)
    again = season.reply(alert, kind="bounce", bounce=bounce, sender="mailer-daemon@example.org")
    assert [e.letter.recipient for e in again.effects] == ["coordinator"]


def test_a_time_for_a_meeting_that_is_over_is_noted_and_not_asked_again():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    season.pass_days(30)
    start, end = letter.letter.questions[0].slots[0]
    late = season.reply(letter, {1: [{"start": start.isoformat(), "end": end.isoformat()}]})
    assert late.outcome == "applied"
    assert not [p for p in season.work.participants() if any(r.unclear for r in p.receipts)]


@pytest.mark.req("AHE-28", "AHE-29")
def test_both_read_in_the_closing_letter_how_the_other_looks_back():
    season = one_pair()
    season.pass_days(3)
    goals = season.letters("goals", "u2")[0]
    season.reply(goals, commands=(command("note", "lesson: ask early", fact="lesson", text="ask early"),))
    season.pass_days(185)
    (mine,) = season.letters("closing", "u2")
    (theirs,) = season.letters("closing", "u1")
    assert [person["lesson"] for person in mine.sections[0].context["look_back"]] == ["ask early", ""]
    assert theirs.sections[0].context["look_back"] == mine.sections[0].context["look_back"]


@pytest.mark.req("AHE-16")
def test_a_journey_is_exchanged_and_never_handed_over_one_sided():
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    number = next(q.number for q in letter.letter.questions if q.field.name == "journey")
    season.reply(letter, {number: "From nursing to logistics"})
    season.pass_days(25)
    assert "From nursing" not in repr([e for _, e in season.sent if e.letter.recipient == "u1"])
    assert "From nursing" in repr(season.letters("update", "u2"))


@pytest.mark.parametrize(("days", "is_booked"), [(0, True), (20, True), (40, False), (170, False)])
def test_words_book_a_first_meeting_near_the_times_that_were_offered_and_on_no_day_far_from_them(
    days: int, is_booked: bool
) -> None:
    season = one_pair()
    (letter,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    last = letter.letter.questions[0].slots[-1][0]
    wanted = (last + timedelta(days=days, hours=1)).replace(hour=11, minute=0)
    season.reply(
        letter, {1: Unclear(reason="none of them", evidence="x")}, text=f"I am free on {wanted:%d %B} at 11:00"
    )
    found = [m.start.date() for m in season.pair().meetings]
    assert found == ([wanted.date()] if is_booked else [])
