"""Goals: proposed by others, taken apart into lines and steps, measured, practised as skills."""

from dataclasses import replace
from datetime import date

import pytest

from coordinator.core.asking import questions_of
from coordinator.core.context import context
from coordinator.core.goal_lines import lacking
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.reading import Cut, Piece
from coordinator.core.records import Goal, Measure, Step
from tests.core.situations import CHAPTER, DAY, MONDAY, Season, command, one_pair, prompt, question, small_program


def with_goals(*goals: Goal, **more) -> Season:
    season = one_pair(**more)
    season.work.stage([replace(season.pair(), goals=goals, version=season.pair().version + 1)])
    return season


def first_letter(season: Season, who: str):
    season.pass_days(3)
    return next(e for _, e in season.sent if e.letter.recipient == who)


def order(season: Season, who: str, name: str, words: str, **args):
    return season.reply(first_letter(season, who), text=words, commands=(command(name, words, **args),))


MINE = Goal(number=1, owner="u2", texts=("Lead a team meeting",))


def receipts(season: Season, who: str) -> str:
    season.pass_days(4)
    mine = [e for _, e in season.sent if e.letter.recipient == who]
    told = [
        line for e in mine for line in (*e.receipts, *(x for s in e.sections for x in s.context.get("received", ())))
    ]
    return "\n".join(told)


@pytest.mark.req("AAHA-16")
def test_a_mentors_wording_of_a_mentees_goal_holds_only_with_the_mentees_yes():
    season = with_goals(MINE)
    order(season, "u1", "goal_change", "G1: change to lead two", number=1, text="Lead two meetings")
    season.pass_days(2)
    assert season.pair().goals[0].text == "Lead a team meeting"
    (asked,) = season.letters("confirm-change", "u2")
    season.reply(asked, {1: True})
    assert season.pair().goals[0].texts == ("Lead a team meeting", "Lead two meetings")


def test_nobody_drops_the_goal_of_the_other():
    season = with_goals(MINE)
    order(season, "u1", "goal_drop", "drop G1", number=1)
    assert season.pair().goals[0].state == "open"
    assert "belongs to the other" in receipts(season, "u1")


@pytest.mark.req("AAHA-15")
def test_the_mentees_order_of_goals_is_that_of_each_later_mail():
    goals = tuple(Goal(number=n, owner="u2", texts=(f"Goal {n}",)) for n in (1, 2, 3))
    season = with_goals(*goals)
    order(season, "u2", "goal_order", "order: G3 G1 G2", numbers=[3, 1, 2])
    season.pass_days(40)
    debrief = season.letters("debrief", "u2")[0]
    asked = next(q for q in debrief.letter.questions if q.field.kind == "goals")
    assert [n for n, _ in asked.goals] == [3, 1, 2]


@pytest.mark.req("AAHA-19", "AAHA-18")
def test_a_goal_of_both_is_asked_of_both_and_a_mentors_own_goal_of_the_mentor_alone():
    shared = Goal(number=2, owner="pair", texts=("Audit together",))
    own = Goal(number=3, owner="u1", texts=("Listen longer",))
    season = with_goals(MINE, shared, own)
    where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())
    for who, numbers in (("u2", [1, 2]), ("u1", [2, 3])):
        moment = Moment(at=MONDAY, kind="ask", key="x", stage="", pairing="p1", recipient=who, prompt="debrief")
        asked = next(q for q in questions_of(where, moment, MONDAY) if q.field.kind == "goals")
        assert [n for n, _ in asked.goals] == numbers


@pytest.mark.req("AAHA-14", "AAHA-17")
@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Talk", {"specific", "measurable", "attainable", "realistic", "timely", "why"}),
        ("Lead the Monday huddle without notes by October", {"attainable", "realistic", "why"}),
    ],
)
def test_what_a_goal_lacks_is_seen_in_its_wording_and_its_lines(text: str, missing: set[str]):
    goal = Goal(number=1, owner="u2", texts=(text,))
    assert set(lacking(goal)) == missing
    assert "why" not in lacking(replace(goal, smart={"why": "I want to"}))


def smart_season(*goals: Goal) -> Season:
    program = small_program()
    prompts = {**program.prompts, "smart": prompt("smart", question("smart", "text", fills="smart", optional=True))}
    stages = (*program.stages, Stage(id="smart", kind="letter", prompt="smart", audience=("mentee",)))
    return with_goals(*goals, program={"prompts": prompts, "stages": stages})


@pytest.mark.req("AAHA-17")
def test_the_missing_lines_are_asked_for_once_and_the_goal_holds_regardless():
    season = smart_season(MINE)
    season.pass_days(3)
    (letter,) = season.letters("smart", "u2")
    asked = next(q for q in letter.letter.questions if q.field.fills == "smart")
    assert "by when" in asked.field.ask
    season.reply(letter, {asked.number: "by when: October\nwhy: the team needs it\nin the small room"})
    goal = season.pair().goals[0]
    assert goal.smart == {"timely": "October", "why": "the team needs it", "specific": "in the small room"}
    season.pass_days(60)
    assert len(season.letters("smart")) == 1


def test_a_letter_that_only_asks_about_goals_waits_until_there_are_any():
    season = smart_season()
    season.pass_days(5)
    assert not season.letters("smart")
    season.work.stage([replace(season.pair(), goals=(MINE,), version=season.pair().version + 1)])
    season.pass_days(3)
    assert len(season.letters("smart")) == 1


@pytest.mark.req("IMA-26", "IMA-27")
def test_steps_come_one_after_the_other_and_a_stopped_one_gives_way():
    season = with_goals(MINE)
    text = "ask two colleagues by 20 January > try it on one ward > show it to all"
    order(season, "u2", "goal_part", f"G1 steps: {text}", number=1, part="steps", text=text)
    steps = season.pair().goals[0].steps
    assert next((s.name, s.text, s.by) for s in steps) == ("a", "ask two colleagues", date(2026, 1, 20))
    letter = first_letter(season, "u2")
    season.reply(letter, commands=(command("step", "G1 a done", number=1, step="a", state="done"),), again=2)
    season.reply(letter, commands=(command("step", "stop G1 b", number=1, step="b", state="stopped"),), again=3)
    assert [s.state for s in season.pair().goals[0].steps] == ["done", "stopped", "open"]
    where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())
    moment = Moment(at=MONDAY, kind="tell", key="x", stage="", pairing="p1", recipient="u2", prompt="debrief")
    assert [s["text"] for s in context(where, moment)["steps"]] == ["show it to all"]


def test_a_cycle_in_the_steps_is_refused_kindly_and_changes_nothing():
    season = with_goals(MINE)
    text = "a plan > a trial > a plan"
    order(season, "u2", "goal_part", f"G1 steps: {text}", number=1, part="steps", text=text)
    assert season.pair().goals[0].steps == ()
    assert "would wait for itself" in receipts(season, "u2")


@pytest.mark.req("IMA-28")
def test_two_late_steps_bring_one_question_about_their_purpose_and_no_reminder():
    program = small_program()
    prompts = {**program.prompts, "purpose": prompt("purpose", question("holds", "yes_no", fills="purpose_holds"))}
    stages = (*program.stages, Stage(id="purposes", kind="purposes", prompt="purpose"))
    days = (date(2026, 1, 20), date(2026, 1, 25))
    steps = tuple(Step(name=n, text=f"step {n}", by=day) for n, day in zip("ab", days, strict=True))
    season = with_goals(replace(MINE, steps=steps), program={"prompts": prompts, "stages": stages})
    season.pass_days(40)
    (asked,) = season.letters("purpose")
    assert asked.letter.recipient == "u2"
    place = next(q.number for q in asked.letter.questions if q.field.name == "holds")
    season.reply(asked, {place: False})
    assert {s.state for s in season.pair().goals[0].steps} == {"stopped"}


@pytest.mark.req("AAHA-30")
def test_a_measure_is_asked_for_each_month_and_its_numbers_are_kept():
    program = small_program()
    debrief = prompt(
        "debrief", question("met", "yes_no", fills="meeting_met"), question("m", "number", fills="measure")
    )
    goal = replace(MINE, measure=Measure(what="audit score", every="1 month", reporter="u2"))
    season = with_goals(goal, program={"prompts": {**program.prompts, "debrief": debrief}})
    score = iter((60, 70, 80, 90, 95, 99))

    def answer(season: Season, effect) -> None:
        numbers = {q.field.name: q.number for q in season.work.letter(effect.letter.id).questions}
        if "measure_1" in numbers:
            season.reply(effect, {numbers["met"]: True, numbers["measure_1"]: next(score)})

    season.pass_days(100, answer)
    assert [value for _, value in season.pair().goals[0].measure.values][:2] == [60.0, 70.0]


@pytest.mark.req("AAHA-28", "IMA-11", "IMA-29")
def test_a_skill_is_rated_by_both_and_again_after_eight_weeks():
    program = small_program()
    rating = question("rating", "scale", fills="skill_rating")
    prompts = {**program.prompts, "first": prompt("first", rating), "again": prompt("again", rating)}
    stages = (*program.stages, Stage(id="skills", kind="skills", prompt="first", options={"again": "again"}))
    season = one_pair(program={"prompts": prompts, "stages": stages})
    order(season, "u2", "skill", "skill: client communication", text="client communication")

    def rate(season: Season, effect) -> None:
        numbers = [q.number for q in season.work.letter(effect.letter.id).questions if q.field.name == "rating"]
        if numbers:
            season.reply(effect, {numbers[0]: 2 if season.now < MONDAY + 30 * DAY else 4})

    season.pass_days(90, rate)
    (skill,) = season.pair().skills
    assert sorted((by, score) for _, by, score in skill.ratings) == [("u1", 2), ("u1", 4), ("u2", 2), ("u2", 4)]


@pytest.mark.req("AAHA-21")
def test_a_worry_is_for_nobody_until_its_writer_shares_it():
    season = one_pair()
    order(season, "u2", "note", "worry: I freeze in front of clients", fact="worry", text="I freeze, ZX-77")
    (worry,) = [a for a in season.pair().answers if a.field == "worry"]
    assert worry.visibility == "private"
    season.pass_days(60)
    others = [str(e) for _, e in season.sent if e.letter.recipient != "u2"]
    assert not [text for text in others if "ZX-77" in text]
    letter = next(e for _, e in season.sent if e.letter.recipient == "u2")
    season.reply(letter, commands=(command("share_worry", "share my worry"),), again=5)
    assert [a.visibility for a in season.pair().answers if a.field == "worry"] == ["pair"]


def test_a_goal_of_4000_words_and_thirty_goals_are_kept_whole_and_asked_about_in_few_words():
    long = Goal(number=1, owner="u2", texts=("word " * 4000,))
    many = tuple(Goal(number=n, owner="u2", texts=(f"Goal {n}",)) for n in range(2, 31))
    season = with_goals(long, *many)
    season.pass_days(40)
    debrief = season.letters("debrief", "u2")[0]
    asked = next(q for q in debrief.letter.questions if q.field.kind == "goals")
    assert len(asked.goals) == 5
    assert len(asked.goals[0][1].split()) <= 31
    assert len(season.pair().goals) == 30
    assert len(season.pair().goals[0].text.split()) == 4000


def test_a_sixth_goal_and_a_long_one_are_kept_and_the_receipt_says_what_would_help():
    season = with_goals(*(Goal(number=n, owner="u2", texts=(f"Goal {n}",)) for n in range(1, 6)))
    order(season, "u2", "goal_add", "new goal: " + "word " * 40, text="word " * 40)
    told = receipts(season, "u2")
    assert "G6 is long: all of it is kept" in told
    assert told.count("That is a lot of goals") == 1
    assert len(season.pair().goals) == 6


@pytest.mark.parametrize(("said", "ratings"), [("4", [4]), ("at 4 then", [])])
def test_beside_an_invitation_a_point_of_the_scale_answers_where_nothing_else_is_said(said, ratings):
    program = small_program()
    prompts = {**program.prompts, "first": prompt("first", question("rating", "scale", fills="skill_rating"))}
    stages = (*program.stages, Stage(id="skills", kind="skills", prompt="first"))
    season = one_pair(program={"prompts": prompts, "stages": stages})
    order(season, "u2", "skill", "skill: client communication", text="client communication")
    asked: list[str] = []

    def rate(season: Season, effect) -> None:
        letter = season.work.letter(effect.letter.id)
        only = tuple(replace(q, number=1) for q in letter.questions if q.field.name == "rating")
        if only and letter.recipient == "u2" and not asked:
            asked.append(letter.id)
            season.work.stage((replace(letter, uid="a@example.org", questions=only, version=letter.version + 1),))
            cut = Cut(text=said, spans=(), pieces=(Piece(text=said),))
            season.reply(effect, {1: 4}, text=said, cut=cut)

    season.pass_days(40, rate)
    assert asked
    assert [score for _, by, score in season.pair().skills[0].ratings if by == "u2"] == ratings
