"""Two advisors of a pair read the same summary in the same hour, whatever else goes out beside it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from coordinator.core.effects import Effect
from coordinator.core.program import Opening, Stage
from tests.advisors.desk import desk, id_of, summary_of, with_need
from tests.core.situations import DAY, MONDAY, Season, prompt, question

HOUR = timedelta(hours=1)


def two_of(season: Season) -> dict[str, tuple[datetime, Any]]:
    """Advisor's address → when their first summary went and what it told."""
    summary_of(season)
    season.pass_days(2)
    first: dict[str, tuple[datetime, Any]] = {}
    for at, effect in season.sent:
        if effect.letter.purpose == "summary":
            first.setdefault(effect.letter.address, (at, told(effect)))
    return first


def told(effect: Effect) -> Any:
    return effect.sections[0].context["summary"]


def summary_morning(**more: Any) -> datetime:
    season = desk(advisors=("Adam", "Anna"), **more)
    summary_of(season)
    return next(at for at, e in season.sent if e.letter.purpose == "summary")


@pytest.mark.req("AMIA-12", "S-8")
def test_a_pause_that_ends_in_the_same_hour_is_over_for_both() -> None:
    morning = summary_morning()
    season = desk(advisors=("Adam", "Anna"))
    for name, due in (("Adam", morning - 2 * HOUR), ("Maya", morning - HOUR), ("Anna", morning)):
        somebody = season.work.participant(id_of(season, name))
        assert somebody is not None
        paused = {"status": "paused", "paused_until": morning - HOUR} if name == "Maya" else {}
        season.work.stage([replace(somebody, due=due, version=somebody.version + 1, **paused)])
    with_need(season, "Maya", "a lab coat")
    both = two_of(season)
    assert len(both) == 2
    assert both["adam@example.org"] == both["anna@example.org"]


@pytest.mark.req("AMIA-12", "S-8")
def test_a_reminder_to_one_of_the_two_waits_for_the_day_after() -> None:
    season = desk(advisors=("Adam", "Anna"))
    gate = Stage(
        id="gate", kind="letter", prompt="gate", audience=("advisor",), nudges=(7 * DAY, 30 * DAY),
        opens=Opening(days=(summary_morning() - MONDAY).days - 7),
    )  # fmt: skip
    prompts = {**season.program.prompts, "gate": prompt("gate", question("fine", "yes_no"))}
    season.program = replace(season.program, stages=(*season.program.stages, gate), prompts=prompts)
    season.pass_days(6, adam_answers)
    with_need(season, "Maya", "a lab coat")
    both = two_of(season)
    assert both["adam@example.org"] == both["anna@example.org"]
    reminded = [
        at for at, e in season.sent if e.letter.address == "anna@example.org" and e.sections[0].prompt == "gate"
    ]
    assert reminded[-1] - both["anna@example.org"][0] == DAY


def adam_answers(season: Season, effect: Effect) -> None:
    if effect.letter.address == "adam@example.org" and effect.letter.questions:
        season.reply(effect, {1: True})
