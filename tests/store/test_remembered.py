"""A program that was edited still has what its cohort was asked, and what no program declares is never missed."""

from dataclasses import replace

import pytest

from coordinator.core.records import Asked
from coordinator.tick.remembered import vanished
from tests.advisors.desk import desk
from tests.core.situations import Season, command


def asked_in(stage: str, prompt: str = "goals") -> Season:
    season = desk()
    pair = season.pair()
    one = Asked(key="p1/x", prompt=prompt, stage=stage, recipient="u3", at=season.now, fields=("why",))
    season.work.stage([replace(pair, asked={one.key: one}, version=pair.version + 1)])
    return season


@pytest.mark.parametrize("stage", ["change", "parting", "blocked", "intro", "group", "goal-met", "goals"])
def test_a_question_of_a_stage_that_every_program_has_stops_nothing_after_an_edit(stage: str) -> None:
    season = asked_in(stage)
    assert vanished(season.program, season.work) == ()


@pytest.mark.parametrize(("stage", "prompt"), [("gaols", "goals"), ("goals", "gaols")])
def test_what_was_renamed_is_told(stage: str, prompt: str) -> None:
    season = asked_in(stage, prompt)
    (line,) = vanished(season.program, season.work)
    assert "'gaols' was asked" in line
    assert "renamed to 'goals'" in line


def test_somebody_who_wants_to_end_it_stops_no_chapter_whose_letters_are_edited_meanwhile() -> None:
    season = desk()
    season.tick()
    season.write("maya@example.org", "I want to end it", commands=(command("wish", "I want to end it", wish="end"),))
    season.tick()
    assert any(asked.stage == "parting" for asked in season.pair().asked.values()), season.pair().asked
    assert vanished(season.program, season.work) == ()
