"""What a volunteer may get wrong in a questionnaire: each mistake is told, none changes a score in silence."""

from pathlib import Path

import pytest

from tests.programs.some import PROGRAM, mistakes

SCALE = """id = "relation"
title = "A scale about relations"
licence = { holder = "A. Author", terms = "written leave of 3 May 2026" }
low = 1
high = 7
answered = 0.75

[anchors]
en = ["never", "always"]

[[items]]
id = "strain"
subscale = "strain"
reverse = true
care = true
ask = "Our talks wear me out."
"""
CHECK = '\n[[stages]]\nid = "check"\ninstrument = "relation"\n'
PLACE = "templates/mine/instruments/relation.toml"


def scale(before: str, after: str) -> dict[str, str]:
    assert before in SCALE
    return {"mine/program.toml": PROGRAM + CHECK, "mine/instruments/relation.toml": SCALE.replace(before, after)}


TABLE = [
    (scale("reverse = true", 'reverse = "yes"'), f"{PLACE}:14: 'yes' is neither true nor false"),
    (scale("care = true", "care = 1"), f"{PLACE}:15: 1 is neither true nor false"),
    (scale("low = 1", "low = true"), f"{PLACE}:4: True is no whole number"),
    (scale("high = 7", 'high = "7"'), f"{PLACE}:5: '7' is no whole number"),
    (scale("high = 7", "high = 1"), f"{PLACE}:5: a scale from 1 to 1"),
    (scale("answered = 0.75", "answered = true"), f"{PLACE}:6: True is no share"),
    (scale("answered = 0.75", "answered = 75"), f"{PLACE}:6: 75 is no share"),
    (scale('en = ["never", "always"]', 'en = "never"'), f"{PLACE}:9: anchors are the words for both ends"),
    (scale('en = ["never", "always"]', 'en = ["never"]'), f"{PLACE}:9: anchors are the words for both ends"),
    (scale('en = ["never", "always"]', 'klingon_x = ["a", "b"]'), f'{PLACE}:9: "klingon_x" is no language'),
    (scale('[anchors]\nen = ["never", "always"]', 'anchors = ["a", "b"]'), f"{PLACE}:8: not a table"),
    (scale('title = "A scale about relations"', "title = 5"), f"{PLACE}:2: not a text"),
    (scale('id = "relation"', "id = 7"), f'{PLACE}:1: "7" is no id'),
    (scale('id = "strain"', 'id = "strain 1/b"'), f'{PLACE}:12: "strain 1/b" is no id'),
    (scale('subscale = "strain"', "subscale = 3"), f"{PLACE}:13: not a text"),
    (scale('ask = "Our talks wear me out."', "ask = { en = 5 }"), f"{PLACE}:16: an item needs English words"),
    (scale('ask = "Our talks wear me out."', 'ask = { es = "Me cansa." }'), f"{PLACE}:16: an item needs English words"),
    (scale('ask = "Our talks wear me out."', 'ask = "  "'), f"{PLACE}:16: an item needs English words"),
    (scale("reverse = true", "reversed = true"), f'{PLACE}:14: no setting of an item "reversed"'),
    (scale('"written leave of 3 May 2026"', '"TODO: ask her"'), f"{PLACE}:3: a questionnaire without a licence"),
    (scale('holder = "A. Author"', 'holder = "…"'), f"{PLACE}:3: a questionnaire without a licence"),
    (
        {"mine/program.toml": PROGRAM + '\n[[stages]]\nid = "check"\ninstrument = "pulze"\n'},
        'templates/mine/program.toml:6: no questionnaire "pulze" – did you mean "pulse"?',
    ),
]


@pytest.mark.parametrize(("files", "expected"), TABLE, ids=[str(number) for number in range(len(TABLE))])
def test_each_mistake_is_told_with_its_line(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    found = mistakes(tmp_path, files)
    assert any(problem.startswith(expected) for problem in found), "\n".join(found) or "nothing was found"
    assert len(found) == 1, found


def test_the_sound_questionnaire_that_the_table_spoils_is_sound(tmp_path: Path) -> None:
    assert mistakes(tmp_path, scale("low = 1", "low = 0")) == ()
