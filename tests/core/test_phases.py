"""The stages of a working model: reached by evidence or in time, never left backwards, quieter at the end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator import programs
from coordinator.core.moments import Situation
from coordinator.core.orientation import left
from coordinator.core.phases import current, is_fading
from coordinator.core.program import Opening, Phase, Stage
from coordinator.core.records import Answer, Contact
from coordinator.programs import folders
from tests.core.situations import CHAPTER, DAY, MONDAY, Season, one_pair, prompt, question, small_program

PHASES = (
    Phase(id="hello", title="Hello", purpose="a connection", opens=Opening(days=0), evidence=("met",)),
    Phase(
        id="work",
        title="Work",
        purpose="a good start",
        opens=Opening(days=10),
        waits=30 * DAY,
        evidence=("answered",),
        letters={"mentee": "work", "mentor": "work-mentor"},
    ),
    Phase(id="end", title="End", purpose="colleagues", opens=Opening(days=40), waits=15 * DAY),
)


def with_phases(**changes) -> Season:
    program = small_program()
    prompts = {
        **program.prompts,
        "work": prompt("work", question("idea", "text", fills="idea", optional=True)),
        "work-mentor": prompt("work-mentor"),
        "offer": prompt("offer"),
        "sheet": prompt("sheet", question("since", "text", fills="problem_since", optional=True),
                        question("by", "date", fills="problem_by", optional=True)),
        "result": prompt("result", question("result", "choice", fills="problem_result",
                                            options=("solved", "not yet"))),
    }  # fmt: skip
    stages = (
        *program.stages,
        Stage(id="model", kind="phases"),
        Stage(id="offers", kind="offers", prompt="offer"),
        Stage(id="problems", kind="problems", prompt="sheet", options={"result": "result"}),
    )
    changed = {"prompts": prompts, "stages": stages, "phases": PHASES}
    return one_pair(program={**changed, **changes.pop("program", {})}, **changes)


def situation(season: Season) -> Situation:
    return Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())


def put(season: Season, **changes) -> None:
    pair = season.pair()
    season.work.stage([replace(pair, version=pair.version + 1, due=season.now, **changes)])


@pytest.mark.req("IMA-1")
def test_a_pair_moves_on_by_evidence_but_not_before_the_day():
    season = with_phases()
    season.pass_days(2)
    assert current(season.pair()) == 1
    put(season, contacts=(Contact(at=season.now, kind="call"),))
    season.pass_days(5)
    assert current(season.pair()) == 1
    season.pass_days(5)
    assert current(season.pair()) == 2
    assert len(season.letters("work", "u2")) == len(season.letters("work-mentor", "u1")) == 0
    season.pass_days(12)
    assert len(season.letters("work", "u2")) == len(season.letters("work-mentor", "u1")) == 1


@pytest.mark.req("IMA-1", "S-13")
def test_a_pair_without_any_evidence_moves_on_when_it_has_waited_long_enough():
    season = with_phases()
    season.pass_days(170)
    assert [r.number for r in season.pair().phases] == [1, 2, 3]
    days = [(r.at - MONDAY).days for r in season.pair().phases]
    assert days[1] >= 30
    assert len(season.letters("work", "u2")) == 1, "each stage says its words once"


def test_a_stage_that_is_over_at_once_says_its_words_all_the_same():
    """What shows that it is done was there before it began: its letter still waits for another to go with."""
    done = replace(PHASES[1], evidence=("met",))
    season = with_phases(program={"phases": (PHASES[0], done, replace(PHASES[2], opens=Opening(days=12)))})
    season.pass_days(2)
    put(season, contacts=(Contact(at=season.now, kind="call"),))
    season.pass_days(40)
    assert current(season.pair()) == 3
    assert len(season.letters("work", "u2")) == len(season.letters("work-mentor", "u1")) == 1


def offered(season: Season, field: str, *scores: int) -> int:
    season.pass_days(3)
    program = season.program
    prompts = {**program.prompts, "feel": prompt("feel", question(field, "scale", fills=field, visibility="private"))}
    season.program = replace(program, prompts=prompts)
    answers = tuple(
        Answer(key=f"p1/feel/{n}", prompt="feel", field=field, by="u2", at=season.now + n * timedelta(hours=1),
               value=score, visibility="private")
        for n, score in enumerate(scores)
    )  # fmt: skip
    put(season, answers=answers)
    season.pass_days(4)
    assert not season.letters("offer", "u1")
    assert not season.letters("offer", "u3")
    return len(season.letters("offer", "u2"))


@pytest.mark.req("IMA-12")
@pytest.mark.parametrize(("scores", "offers"), [((2, 4), 1), ((2, 3), 0), ((4, 2), 0), ((5,), 0)])
def test_stress_that_rises_by_two_brings_a_private_word_to_the_mentee_alone(scores, offers: int):
    assert offered(with_phases(), "stress", *scores) == offers


@pytest.mark.req("IMA-24")
@pytest.mark.parametrize(("score", "offers"), [(2, 1), (3, 0)])
def test_whoever_does_not_feel_safe_to_speak_gets_a_private_word(score: int, offers: int):
    assert offered(with_phases(), "safety", score) == offers


@pytest.mark.req("IMA-17", "IMA-19")
def test_a_problem_gets_a_sheet_and_its_result_is_asked_for_on_the_day_and_once_more():
    season = with_phases()
    season.pass_days(2)
    problem = Answer(key="p1/note/x", prompt="note", field="problem", by="u2", at=season.now, value="Orders are late",
                     visibility="pair")  # fmt: skip
    put(season, answers=(problem,))
    season.pass_days(3)
    (sheet,) = season.letters("sheet", "u2")
    numbers = {q.field.name: q.number for q in sheet.letter.questions}
    day = season.now + 20 * DAY
    season.reply(sheet, {numbers["since"]: "Since May", numbers["by"]: day.isoformat()})
    season.pass_days(16)
    assert not season.letters("result")
    season.pass_days(10)
    (asked,) = season.letters("result", "u2")
    place = next(q.number for q in asked.letter.questions if q.field.name == "result")
    season.reply(asked, {place: "not yet"})
    season.pass_days(22)
    assert len(season.letters("result", "u2")) == 2
    season.pass_days(40)
    assert len(season.letters("result", "u2")) == 2


def test_a_letter_that_was_renamed_after_it_was_answered_stops_nobody():
    season = with_phases()
    season.pass_days(2)
    said = {"by": "u2", "at": season.now, "visibility": "pair"}
    answers = (
        Answer(key="p1/note/x", prompt="note", field="problem", value="Orders are late", **said),
        Answer(key="p1/problem/1/sheet", prompt="sheet", field="by", value=season.now.date().isoformat(), **said),
        Answer(key="p1/problem/1/result", prompt="result", field="result", value="not yet", **said),
    )
    put(season, answers=answers)
    prompts = {"outcome" if name == "result" else name: each for name, each in season.program.prompts.items()}
    stages = tuple(
        replace(s, options={"result": "outcome"}) if s.id == "problems" else s for s in season.program.stages
    )
    season.program = replace(season.program, prompts=prompts, stages=stages)
    season.pass_days(30)
    assert len(season.letters("outcome", "u2")) == 1, "that it was the last of the options, nobody knows any more"


@pytest.mark.req("IMA-10")
def test_what_is_ticked_or_not_needed_is_gone_from_the_orientation():
    season = with_phases(program={"orientation": ("doors", "people", "rules")})
    prompts = {**season.program.prompts, "o": prompt("o", question("ticked", "text", fills="ticked"))}
    season.program = replace(season.program, prompts=prompts)
    assert left(situation(season)) == ("doors", "people", "rules")
    ticked = Answer(key="k", prompt="o", field="ticked", by="u2", at=MONDAY, value=["doors", "rules"],
                    visibility="pair")  # fmt: skip
    put(season, answers=(ticked,))
    assert left(situation(season)) == ("people",)


@pytest.mark.req("IMA-34")
def test_in_the_last_third_nobody_is_asked_for_an_agenda_or_sent_one():
    season = with_phases(program={"fades": True})
    season.pass_days(181)
    thirds = [at for at, e in season.sent for s in e.sections if s.prompt in ("agenda", "update")]
    assert max(thirds) < MONDAY + 130 * DAY
    assert is_fading(situation(season), MONDAY + 125 * DAY)
    assert not is_fading(situation(season), MONDAY + 100 * DAY)


NINE = programs.load("nine-stages", own=None)


@pytest.mark.req("IMA-2", "IMA-5", "IMA-9", "IMA-16")
def test_the_model_has_nine_stages_with_a_purpose_each_and_letters_for_both():
    assert len(NINE.phases) == 9
    assert all(phase.purpose and phase.title for phase in NINE.phases)
    assert all(set(phase.letters) == {"mentee", "mentor"} for phase in NINE.phases[1:])
    days = [phase.opens.days for phase in NINE.phases]
    assert days == sorted(days)
    assert days[-1] < 30 * NINE.months


@pytest.mark.req("IMA-38")
def test_each_program_says_whose_ideas_it_rests_on():
    assert "International Mentoring Association" in NINE.attribution
    assert "Doran" in programs.load("action-steps", own=None).attribution
    for name in folders.names(None):
        program = programs.load(name, own=None)
        assert name == "base" or (program.about and program.attribution), name


@pytest.mark.req("IMA-18", "AMIA-5")
@pytest.mark.parametrize("name", ["base", "six-month", "nine-stages", "action-steps"])
def test_every_question_to_a_mentor_ends_with_a_question_mark_and_nothing_tells_them_what_they_should_do(name: str):
    program = programs.load(name, own=None)
    for id_, versions in program.prompts.items():
        if id_.endswith("-mentor"):
            for field in versions["en"].fields:
                assert "?" in field.ask, (id_, field.ask)
            assert "you should" not in versions["en"].body.casefold()
            assert "you must" not in versions["en"].body.casefold()
    if name == "nine-stages":
        items = [line for line in NINE.prompts["stage-5-mentor"]["en"].body.splitlines() if line.startswith("- ")]
        assert len(items) == 5
        assert all(line.endswith("?") for line in items)


@pytest.mark.req("IMA-15")
def test_the_tips_on_the_flow_of_work_stand_in_one_stage_only():
    about = [id_ for id_, versions in NINE.prompts.items() if "flow of work" in versions["en"].body]
    assert sorted(about) == ["stage-4-mentee", "stage-4-mentor"]


@pytest.mark.req("IMA-3")
def test_what_somebody_keeps_of_their_background_is_private():
    for id_ in ("introduction-mentee", "introduction-mentor"):
        fields = {f.name: f for f in NINE.prompts[id_]["en"].fields}
        assert fields["culture"].visibility == "private"
        assert fields["culture"].optional
        assert fields["coi"].visibility == "advisor"
