"""Several things in one letter: what yields, and what can wait for company."""

from dataclasses import replace
from datetime import timedelta

from coordinator.core.compose import fitting
from coordinator.core.moments import Moment, Part, Situation
from coordinator.core.program import Field
from coordinator.core.records import Question
from tests.core.situations import CHAPTER, DAY, MONDAY, one_pair


def part(name: str, asks: int, yields: int = 0) -> Part:
    season = one_pair()
    where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())
    questions = tuple(
        Question(
            number=0, pairing="p1", prompt=name, key=name,
            field=Field(name=f"{name}{n}", kind="text", ask="?", yields=n >= asks - yields),
        )
        for n in range(asks)
    )  # fmt: skip
    moment = Moment(at=MONDAY, kind="ask", key=name, stage="", pairing="p1", recipient="u2", prompt=name)
    return Part(where=where, moment=moment, questions=questions)


def names(parts) -> list[list[str]]:
    return [[q.field.name for q in p.questions] for p in parts]


def test_questions_that_yield_make_room_for_another_prompt() -> None:
    fit = fitting([part("a", 5, yields=2), part("b", 2)])
    assert names(fit) == [["a0", "a1", "a2"], ["b0", "b1"]]


def test_no_more_yields_than_is_needed_and_nothing_when_a_letter_stands_alone() -> None:
    assert names(fitting([part("a", 4, yields=2), part("b", 2)])) == [["a0", "a1", "a2"], ["b0", "b1"]]
    assert names(fitting([part("a", 5, yields=2)])) == [["a0", "a1", "a2", "a3", "a4"]]


def asking(name: str, *facts: str, yields: tuple[str, ...] = ()) -> Part:
    """One question for each fact."""
    made = part(name, len(facts))
    questions = tuple(
        replace(q, field=replace(q.field, name=fact, fills=fact, yields=fact in yields))
        for q, fact in zip(made.questions, facts, strict=True)
    )
    return replace(made, questions=questions)


def test_what_two_letters_ask_is_asked_once_by_the_one_that_needs_it() -> None:
    last = asking("a", "meeting_met", "goal_progress", "lesson", yields=("lesson",))
    review = asking("b", "goal_progress", "achievement", "lesson")
    assert names(fitting([last, review])) == [["meeting_met", "goal_progress"], ["achievement", "lesson"]]
    twice = [asking("a", "feedback", "feedback"), asking("b", "feedback")]
    assert names(fitting(twice)) == [["feedback", "feedback"], ["feedback"]], (
        "other facts are told as often as one likes"
    )


def test_beside_a_check_in_nobody_is_asked_for_a_number_of_the_same() -> None:
    fit = fitting([asking("a", "meeting_met", "score"), asking("b", "checkin")])
    assert names(fit) == [["meeting_met"], ["checkin"]]


def test_what_does_not_fit_even_so_waits_whole_for_another_day() -> None:
    fit = fitting([part("a", 5, yields=1), part("b", 2)])
    assert names(fit) == [["a0", "a1", "a2", "a3", "a4"]]


def test_a_question_for_which_the_other_waits_takes_the_only_mail_of_the_day() -> None:
    """Else what is in no hurry went first, and the question followed in a second mail."""
    waits = part("c", 2)
    waits = replace(waits, moment=replace(waits.moment, urgent=True, at=MONDAY + timedelta(hours=5)))
    assert names(fitting([part("a", 5), waits])) == [["c0", "c1"]]


def patient(season, until):
    """The same season with its goals letter able to wait."""
    from coordinator.core import stages
    from coordinator.core.stages.letter import letter

    def waiting(where, stage):
        for moment in letter(where, stage):
            yield replace(moment, patient=until) if moment.stage == "goals" else moment

    return {**stages.KINDS, "letter": waiting}


def test_what_can_wait_goes_with_the_next_letter_or_alone_at_last(monkeypatch) -> None:
    from coordinator.core import stages

    season = one_pair()
    monkeypatch.setattr(stages, "KINDS", patient(season, MONDAY + 20 * DAY))
    season.pass_days(40)
    at, effect = next((at, e) for at, e in season.sent if any(s.prompt == "goals" and not s.nudge for s in e.sections))
    assert at < MONDAY + 20 * DAY
    assert len(effect.sections) > 1


def test_what_can_wait_is_not_lost_when_no_other_letter_comes(monkeypatch) -> None:
    from coordinator.core import stages

    season = one_pair(program={"stages": tuple(s for s in one_pair().program.stages if s.id == "goals")})
    monkeypatch.setattr(stages, "KINDS", patient(season, MONDAY + 9 * DAY))
    season.pass_days(20)
    first = min(at for at, e in season.sent if e.sections[0].prompt == "goals")
    assert MONDAY + 9 * DAY <= first <= MONDAY + 10 * DAY + timedelta(hours=12)
