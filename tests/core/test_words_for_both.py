"""What one of the two wrote for both reaches the other with the mail that prepares their next meeting, once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coordinator.core.goal import Goal
from coordinator.core.records import Answer
from tests.advisors.desk import desk, id_of
from tests.core.situations import Season


def sheets(season: Season, to: str) -> Iterator[list[str]]:
    """What each mail that prepared a meeting passed on."""
    for effect in season.letters("agenda-sheet", id_of(season, to)):
        yield [line["text"] for section in effect.sections for line in section.context.get("shared", ())]


def answered(season: Season, by: str, prompt: str, field: str, value: object, visibility: str = "pair") -> None:
    pair = season.pair()
    said = Answer(
        key=f"p1/{prompt}/1/x", prompt=prompt, field=field, by=id_of(season, by), at=season.now, value=value,
        visibility=visibility,
    )  # fmt: skip
    season.work.stage([replace(pair, answers=(*pair.answers, said), version=pair.version + 1)])


def met(season: Season, effect: object) -> None:
    """They agree on a slot and say that they met, so that meetings go on."""
    questions = {q.field.fills: q for q in effect.letter.questions}  # type: ignore[attr-defined]
    if "slot" in questions and questions["slot"].slots:
        start, end = questions["slot"].slots[0]
        answers = {questions["slot"].number: [{"start": start.isoformat(), "end": end.isoformat()}]}
        season.reply(effect, answers)  # type: ignore[arg-type]
    elif "meeting_met" in questions:
        season.reply(effect, {questions["meeting_met"].number: True})  # type: ignore[arg-type]


@pytest.mark.req("AHE-6")
def test_it_is_told_once_and_what_is_private_never() -> None:
    season = desk()
    answered(season, "Maya", "debrief", "hard", "the night shifts")
    answered(season, "Maya", "debrief", "lesson", "ZX-77", "private")
    season.pass_days(75, met)
    told = [line for sheet in sheets(season, "Mona") for line in sheet]
    assert told.count("the night shifts") == 1
    assert "ZX-77" not in str(season.letters("agenda-sheet", id_of(season, "Mona")))


@pytest.mark.req("AHE-6")
def test_a_word_on_a_goal_that_the_other_does_not_see_stays_with_it() -> None:
    season = desk()
    maya, pair = id_of(season, "Maya"), season.pair()
    goals = tuple(
        Goal(number=n, owner=maya, texts=(text,), visibility=seen)
        for n, text, seen in ((1, "lead a team", "pair"), (2, "leave this place", "private"))
    )
    season.work.stage([replace(pair, goals=goals, version=pair.version + 1)])
    notes = {"1": {"score": 6, "note": "a first talk"}, "2": {"score": 2, "note": "an offer came"}}
    answered(season, "Maya", "debrief", "progress", notes)
    answered(season, "Maya", "smart", "smart_2", "by October, in another town")
    season.pass_days(20, met)
    (first, *_) = sheets(season, "Mona")
    assert "G1: a first talk" in first
    assert not any("offer" in line or "town" in line for line in first)
