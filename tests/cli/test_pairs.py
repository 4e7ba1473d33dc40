"""Pairings by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.cli.common import changing
from coordinator.config import load
from tests.cli.running import run

NOW = ("--now", "2026-01-12T08:00")


def test_a_pair_without_consent_is_refused_with_the_way_out(chapter: Path):
    run("--chapter", chapter, "people", "set", "maya@example.com", "consent=no")
    outcome = run("--chapter", chapter, "pair", "mona@example.com", "maya@example.com", *NOW)
    assert outcome.code == 2
    assert "maya@example.com: no consent on record" in outcome.err
    assert "coordinator people set maya@example.com consent=yes" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mona@example.com", "maya@example.com"), "the two are paired already: p1"),
        (("maya@example.com", "mona@example.com"), "is on the roster as mentee, not as mentor"),
        (("mona@example.com", "nobody@example.com"), "nobody of that address or id is on the roster"),
        (("mona@example.com", "maya@example.com", "--advisor", "mona@example.com"), "each is named once"),
        (("mona@example.com", "maya@example.com", "--start", "tomorrow"), "tomorrow: not a day"),
    ],
)
def test_a_pair_that_cannot_be_is_refused(chapter: Path, arguments: tuple[str, ...], said: str):
    outcome = run("--chapter", chapter, "pair", *arguments, *NOW)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


@pytest.mark.req("AHE-9")
def test_a_pairing_lasts_six_months_from_its_start(chapter: Path):
    shown = run("--chapter", chapter, "show", "p1", "--json", *NOW).json
    assert (shown["start"], shown["end"]) == ("2026-01-12", "2026-07-12")


@pytest.mark.req("AHE-1")
def test_one_pairing_is_changed_and_the_program_stays(chapter: Path):
    setting = ("--chapter", chapter, "pairing", "set", "p1")
    assert run(*setting, "every=2 weeks", "rhythm=first tuesday 12:00", "minutes=60", *NOW).code == 0
    terms = run("--chapter", chapter, "show", "p1", "--json", *NOW).json["terms"]
    assert terms == {"every": "2 weeks", "rhythm": "1st tuesday 12:00", "minutes": "60"}
    assert run(*setting, "minutes=", *NOW).code == 0
    assert "minutes" not in run("--chapter", chapter, "show", "p1", "--json", *NOW).json["terms"]


def test_a_pair_that_waits_for_a_decision_is_let_go_on(chapter: Path):
    with changing(load(chapter), datetime(2026, 1, 12, 8, tzinfo=UTC)) as work:
        found = work.pairing("p1")
        assert found is not None
        work.stage((replace(found, blocked="conflict of interest", version=found.version + 1),))
        work.commit()
    assert run("--chapter", chapter, "pairing", "set", "p1", "blocked=no", *NOW).code == 0
    with changing(load(chapter), datetime(2026, 1, 12, 8, tzinfo=UTC)) as work:
        changed = work.pairing("p1")
    assert changed is not None
    assert changed.blocked == ""


@pytest.mark.parametrize(
    "value",
    [
        "minutes=abc",
        "every=now and then",
        "timezone=Mars",
        "end=2020-01-01",
        "end=soon",
        "foo=bar",
        "status=gone",
        "blocked=maybe",
        "advisors=mona@example.com",
        "rhythm",
    ],
)
def test_a_change_that_cannot_be_is_refused_whole(chapter: Path, value: str):
    before = run("--chapter", chapter, "show", "p1", "--json", *NOW).json
    outcome = run("--chapter", chapter, "pairing", "set", "p1", "place=Room 4", value, *NOW)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("coordinator: ")
    assert run("--chapter", chapter, "show", "p1", "--json", *NOW).json == before


def test_an_unknown_pairing_is_a_usage_error(chapter: Path):
    outcome = run("--chapter", chapter, "pairing", "set", "p9", "minutes=45")
    assert (outcome.code, "coordinator status lists them" in outcome.err) == (2, True)


def test_an_advisor_who_comes_later_gets_the_summary_as_well(chapter: Path):
    run("--chapter", chapter, "pairing", "set", "p1", "advisors=", *NOW)
    run("--chapter", chapter, "tick", "--now", "2026-01-12T08:05")
    assert run("--chapter", chapter, "pairing", "set", "p1", "advisors=adam@example.com", *NOW).code == 0
    sent: list[str] = []
    for day in range(13, 27):
        letters = run("--chapter", chapter, "tick", "--json", "--now", f"2026-01-{day}T08:05").json["letters"]
        sent += [x["prompt"] for x in letters if x["to"] == "adam@example.com"]
    assert "summary" in sent


@pytest.mark.parametrize("status", ["active", "paused"])
def test_a_pairing_that_is_over_is_not_brought_back_by_its_status(chapter: Path, status: str):
    assert run("--chapter", chapter, "pairing", "set", "p1", "status=ended", *NOW).code == 0
    outcome = run("--chapter", chapter, "pairing", "set", "p1", f"status={status}", *NOW)
    assert outcome.code == 2
    assert "p1: is over – coordinator pair brings the two together once more" in outcome.err
