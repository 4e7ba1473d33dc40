"""Progress on goals: scores, states, notes."""

from typing import Any

import pytest

from coordinator.core.fields import KINDS
from coordinator.core.reading import Unclear, Value
from tests.core_answers.asked import GOALS, UNCLEAR, context, question

SIX, STUCK, DONE = (6, None, ""), (None, "stuck", ""), (None, "done", "")
REPORTS: list[tuple[str, str, dict[str, tuple[Any, Any, str]]]] = [
    ("en", "G1 6, G2 stuck", {"1": SIX, "2": STUCK}), ("en", "G1: 6\nG2: stuck", {"1": SIX, "2": STUCK}), ("en", "G1 is about 60% and G2 is stuck because my manager left", {"1": SIX, "2": (None, "stuck", "because my manager left")}),
    ("en", "G2 done, G1 stuck because HR is slow", {"1": (None, "stuck", "because HR is slow"), "2": DONE}), ("en", "G1 80 %", {"1": (8, None, "")}), ("en", "goal 1: done ✅", {"1": DONE}), ("en", "goal 2: 3/10", {"2": (3, None, "")}),
    ("en", "g1 7 g2 4", {"1": (7, None, ""), "2": (4, None, "")}), ("en", "G1 on track - 7/10, passed the first test", {"1": (7, "on_track", "passed the first test")}), ("en", "both on track", {"1": (None, "on_track", ""), "2": (None, "on_track", "")}),
    ("en", "6\nstuck", {"1": SIX, "2": STUCK}), ("en", "1: 6\n2: 7", {"1": SIX, "2": (7, None, "")}), ("en", "G1 and G2 done", {"1": DONE, "2": DONE}), ("en", "done: G1", {"1": DONE}), ("en", "G1 100%", {"1": (10, None, "")}),
    ("en", "G1 50% done", {"1": (5, None, "")}), ("en", "G1 0", {"1": (0, None, "")}), ("en", "G1 ten out of 10", {"1": (10, None, "")}), ("en", "G1 dropped, G2 changed", {"1": (None, "dropped", ""), "2": (None, "changed", "")}),
    ("en", "G1 behind schedule: no time", {"1": (None, "behind", "no time")}), ("en", "G1 not on track", {"1": (None, "behind", "")}), ("en", "G1 ✅ G2 ❌", {"1": DONE, "2": (None, "dropped", "")}), ("en", "G1 no progress, G2 8", {"1": STUCK, "2": (8, None, "")}),
    ("en", "G1\n6\nG2\nstuck", {"1": SIX, "2": STUCK}), ("en", "G1: finished the first chapter", {"1": (None, None, "finished the first chapter")}), ("en", "G1 not done, G2 done", {"1": (None, None, "not done"), "2": DONE}),
    ("en", "G1 6 (two meetings held), G2 on track", {"1": (6, None, "two meetings held"), "2": (None, "on_track", "")}), ("en", "Ｇ１ ６", {"1": SIX}), ("en", "G1 - 6 – slow month", {"1": (6, None, "slow month")}),
    ("de", "G1 6, G2 steckt fest, weil HR langsam ist", {"1": SIX, "2": (None, "stuck", "weil HR langsam ist")}), ("de", "Ziel 1 erledigt, Ziel 2 bei 60 %", {"1": DONE, "2": SIX}), ("de", "beide auf Kurs", {"1": (None, "on_track", ""), "2": (None, "on_track", "")}),
    ("es", "G1 6, G2 atascado porque no hay tiempo", {"1": SIX, "2": (None, "stuck", "porque no hay tiempo")}), ("es", "objetivo 1 hecho", {"1": DONE}), ("fr", "G1 6, G2 bloqué", {"1": SIX, "2": STUCK}), ("fr", "objectif 1 terminé, objectif 2 en bonne voie", {"1": DONE, "2": (None, "on_track", "")}),
    ("pt", "G1 6, G2 parado", {"1": SIX, "2": STUCK}), ("pt", "meta 1 concluída", {"1": DONE}), ("it", "G1 6, G2 bloccato", {"1": SIX, "2": STUCK}), ("it", "obiettivo 1 raggiunto", {"1": DONE}), ("nl", "G1 6, G2 vastgelopen", {"1": SIX, "2": STUCK}), ("nl", "doel 1 klaar, doel 2 op schema", {"1": DONE, "2": (None, "on_track", "")}),
]  # fmt: skip
NO_REPORT = [
    "G1 6 or 7",
    "G3 done",
    "stuck",
    "G1 4/5",
    "G1 isn't done",
    "hello",
    "6",
    "G1 12",
    "G1 6?",
    "on track",
    "G1 done? G2 done?",
    "G1 6\nG1 7",
    "G1 between 5 and 6",
    "G1 almost done or not",
]


def _found(text: str, language: str = "en", goals: Any = GOALS) -> Value | Unclear | None:
    return KINDS["goals"].read(text, question("goals", goals=goals), context(language))


@pytest.mark.parametrize(("language", "text", "expected"), REPORTS)
@pytest.mark.req("AHE-23")
def test_a_report_on_goals(language: str, text: str, expected: dict[str, tuple[Any, Any, str]]) -> None:
    found = _found(text, language)
    assert isinstance(found, Value)
    assert found.value == {n: {"score": s, "state": state, "note": note} for n, (s, state, note) in expected.items()}


@pytest.mark.parametrize("text", NO_REPORT)
def test_what_is_no_report_sets_no_score_and_no_state(text: str) -> None:
    found = _found(text)
    if isinstance(found, Value):
        assert all(each["score"] is None and each["state"] is None for each in found.value.values()), UNCLEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6", (6, None)),
        ("on track", (None, "on_track")),
        ("60%", (6, None)),
        ("done!", (None, "done")),
        ("stuck, HR again", (None, "stuck")),
    ],
)
def test_a_single_goal_needs_no_name(text: str, expected: tuple[Any, Any]) -> None:
    found = _found(text, goals=GOALS[:1])
    assert isinstance(found, Value)
    assert (found.value["1"]["score"], found.value["1"]["state"]) == expected


def test_the_letter_lists_the_open_goals() -> None:
    lines = KINDS["goals"].ask(question("goals", goals=GOALS), context())
    assert lines[1:] == ("G1  Lead a team meeting every month", "G2  Pass the CHESP exam by October")
