"""What a mentor is, what a mentee is and how it goes on: read by both, and remembered with the text's version."""

from dataclasses import replace

import pytest

from coordinator.core.effects import Effect
from coordinator.core.program import Opening, Program
from tests.core.situations import Season
from tests.endings.some import answer, busy, pair, program


def waiting() -> Program:
    """The nine stages, in a chapter that lets nobody meet before both have read it."""
    stages = {stage.id: stage for stage in program("nine-stages").stages}
    for name in ("introduction", "introduction-mentor"):
        stages[name] = replace(stages[name], options={**stages[name].options, "waits_for": ("how-it-works",)})
    stages["how-it-works"] = replace(stages["how-it-works"], opens=Opening(), options={})
    return replace(program("nine-stages"), stages=tuple(stages.values()), how_it_works="2")


@pytest.mark.req("IMA-6")
def test_both_say_that_they_have_read_it_and_the_version_is_kept():
    season = pair("nine-stages")
    season.pass_days(12, busy)
    for who in ("u1", "u2"):
        assert season.letters("how-it-works", who)
    read = {(a.by, a.field, a.value) for a in season.pair().answers if a.prompt == "how-it-works"}
    assert read == {("u1", "read_1", True), ("u2", "read_1", True)}


@pytest.mark.req("IMA-6")
def test_whoever_says_nothing_is_reminded_once_and_nothing_waits_for_it():
    season = pair("nine-stages")

    def all_but_that(season: Season, effect: Effect) -> None:
        if not any(s.prompt == "how-it-works" for s in effect.sections):
            busy(season, effect)

    season.pass_days(40, all_but_that)
    reminders = [s for _, e in season.sent for s in e.sections if s.prompt == "how-it-works" and s.nudge]
    assert len(reminders) == 2, "one to each"
    assert season.letters("introduction-mentee", "u2")
    assert season.pair().meetings


@pytest.mark.req("IMA-6")
def test_where_a_program_says_so_the_introduction_waits_until_both_have_read_it_or_were_silent_long_enough():
    season = pair("nine-stages")
    season.program = waiting()
    season.pass_days(3)
    assert not season.letters("introduction-mentee")
    for letter in season.letters("how-it-works"):
        answer(season, letter, "how-it-works", read_2=True)
    season.pass_days(2)
    assert season.letters("introduction-mentee", "u2")
    assert season.letters("introduction-mentor", "u1")
    silent: Season = pair("nine-stages")
    silent.program = waiting()
    silent.pass_days(25)
    assert not silent.letters("introduction-mentee")
    silent.pass_days(8)
    assert silent.letters("introduction-mentee", "u2"), "no form blocks for ever"
