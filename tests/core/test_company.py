"""Which letter a question goes with that can wait, and what is not asked a second time in other words."""

from dataclasses import replace

from coordinator.core.company import is_better_elsewhere
from coordinator.core.compose import fitting, part
from coordinator.core.moments import Part, Situation
from coordinator.core.stages import moments
from tests.core.situations import CHAPTER, DAY, Season, command
from tests.endings.some import busy, pair


def where(season: Season) -> Situation:
    return Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())


def check_in(season: Season) -> Part:
    """The mentor's next one, which can wait."""
    stands = where(season)
    found = next(m for m in moments(stands) if m.stage == "check-in" and m.recipient == "u1")
    return part(stands, found, season.now)


def sections(season: Season, to: str, prompt: str) -> list[list[str]]:
    return [[s.prompt for s in e.sections] for e in season.letters(prompt, to)]


def test_a_question_waits_for_a_letter_that_has_room_for_it_and_for_no_other() -> None:
    season = pair()
    season.pass_days(95, busy)
    one = check_in(season)
    assert is_better_elsewhere(one, season.now), "the one after the meeting"
    assert not is_better_elsewhere(replace(one, questions=one.questions * 6), season.now)


def test_a_question_waits_for_no_letter_that_may_never_come() -> None:
    season = pair()
    season.pass_days(31, busy)
    alone = [s for s in season.program.stages if s.id in ("check-in", "gap")]
    season.program = replace(season.program, stages=tuple(alone))
    assert {m.stage for m in moments(where(season)) if m.recipient == "u1"} == {"check-in", "gap"}
    assert not is_better_elsewhere(check_in(season), season.now)


def test_what_two_letters_ask_is_asked_once_where_they_are_one() -> None:
    season = pair()
    season.pass_days(158, busy)
    stands = where(season)
    both = [m for m in moments(stands) if m.recipient == "u2" and m.stage in ("meetings", "review") and m.kind == "ask"]
    made = [part(stands, replace(m, at=season.now), season.now) for m in both]
    merged = [q.field.fills for p in fitting(made) for q in p.questions]
    assert merged.count("goal_progress") <= 1
    assert merged.count("score") <= 1


def test_the_look_back_goes_with_the_letter_after_a_meeting_with_five_questions_at_most() -> None:
    season = pair()
    season.pass_days(160, busy)
    (mentee,), (mentor,) = (season.letters("review", who) for who in ("u2", "u1"))
    for effect, fact in ((mentee, "keep_going"), (mentor, "lesson")):
        asked = [q.field.fills for q in effect.letter.questions]
        assert fact in asked
        assert len(asked) <= 5


def later(season: Season, effect) -> None:
    """Answers a letter when the next one has come."""
    to, before = effect.letter.recipient, [e for _, e in season.sent if e.letter.recipient == effect.letter.recipient]
    if len(before) > 1 and to in ("u1", "u2"):
        busy(season, before[-2])


def test_whoever_answers_late_is_asked_how_it_went_with_the_next_invitation_and_not_reminded() -> None:
    season = pair()
    season.pass_days(140, later)
    for who, prompt in (("u1", "debrief-mentor"), ("u2", "debrief")):
        asked = sections(season, who, prompt)
        assert all(prompts[0] == "invitation" for prompts in asked[1:]), asked
        assert len(asked) >= 4
        assert not any(s.nudge for e in season.letters(prompt, who)[2:] for s in e.sections)


def not_met(season: Season, effect) -> None:
    numbers = [q.number for q in effect.letter.questions if q.field.fills == "meeting_met"]
    season.reply(effect, dict.fromkeys(numbers, False)) if numbers else busy(season, effect)


def test_whoever_says_after_each_meeting_that_they_did_not_talk_is_not_asked_the_same_in_between() -> None:
    season = pair()
    season.pass_days(100, not_met)
    assert sections(season, "u1", "debrief-mentor")
    assert not sections(season, "u1", "no-news")
    assert not sections(season, "u2", "no-news")


def test_a_goal_that_is_reached_just_before_a_mail_about_a_meeting_goes_with_it() -> None:
    season = pair()
    season.pass_days(30, busy)
    meeting = season.pair().meetings[-1]
    season.pass_days((meeting.start - season.now).days, busy)
    newest = [e for _, e in season.sent if e.letter.recipient == "u2"][-1]
    season.reply(newest, commands=(command("goal_done", "G1 done", number=1),), text="G1 done")
    season.tick(season.now + DAY / 24)
    assert not season.letters("goal-met")
    season.pass_days(3, busy)
    assert [("debrief" in prompts[0], "goal-met" in prompts) for prompts in sections(season, "u1", "goal-met")] == [
        (True, True)
    ]
    assert len(sections(season, "u2", "goal-met")) == 1
