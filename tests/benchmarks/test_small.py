"""The benchmarks run, and what they print are numbers; never that the numbers are good."""

import math

import pytest

import benchmarks.__main__ as benchmarks
from benchmarks.table import Bar
from tests.servers import dovecot

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(dovecot.program() is None, reason="Dovecot is not installed"),
]

EXPECTED = {
    "startup": {"startup.help", "startup.idle_tick"},
    "loop": {
        "loop.ratio",
        "loop.ratio_without_sent_copies",
        "loop.cpu_ratio",
        "loop.peak_memory",
        "loop.replies_a_second",
        "loop.protection",
        "loop.protection_cpu",
    },
    "state": {"state.ratio", "state.ratio_to_hot_records_alone"},
    "matching": {
        "matching.60",
        "matching.60.peak",
        "matching.60.worst",
        "matching.60.stable",
        "matching.60.scarce",
        "matching.short_of_optimum",
        "matching.of_mentor_match",
        "matching.total_of_mentor_match",
    },
    "calendar": {"calendar.invite", "calendar.invite_ratio", "calendar.answer", "calendar.answer_ratio"},
    "season": {
        "season.time_a_pair_spread",
        "season.memory_growth",
        "season.largest_ms_a_pair",
        "season.largest_peak",
    },
    "summary": {"summary.60", "summary.60.mail"},
    "report": {"report.40", "report.40.advisor", "report.40.page"},
}


@pytest.mark.parametrize("name", benchmarks.ALL)
def test_every_number_exists_and_is_finite(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    bars = benchmarks.run((name,), size="small")
    assert {bar.name for bar in bars} == EXPECTED[name]
    assert [bar.name for bar in bars if not (math.isfinite(bar.value) and bar.value > 0)] == []
    assert name in capsys.readouterr().out


def test_a_goal_that_is_missed_is_said_and_is_no_error() -> None:
    assert Bar(name="slow", value=4.0, goal=3, unit="× floor").line().endswith("goal ≤ 3  MISSED")
    assert Bar(name="quick", value=2.0, goal=3, unit="× floor").line().endswith("goal ≤ 3  met")
