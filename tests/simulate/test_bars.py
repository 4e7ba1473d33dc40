"""Whole seasons of each shipped program with everybody in them: what may never happen, and every way to end.

Small by default; COORDINATOR_NIGHTLY=1 plays two hundred pairs of each program.
"""

import os
import sys
from functools import lru_cache

import pytest

from coordinator import programs
from coordinator.programs.folders import names
from coordinator.simulate.cast import TEMPERAMENTS
from coordinator.simulate.season import Played, outcome_of, play
from tests.faults.figures import note
from tests.simulate import bars
from tests.simulate.bars import Remembered, remembered

PROGRAMS = [name for name in names(None) if name != "base"]
NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
PAIRS = 200
EVERYBODY = (*TEMPERAMENTS, "ends", "leaves", "renews", "parts")
ENDS = ("renews", "example", "leaves", "parts", "ends", "example", "example", "renews", "parts", "example")
"""Five pairs of these: two who both go on, one ended by the mentor, one left by the mentor, two who do not go on."""


@lru_cache(maxsize=8)
def endings(program: str) -> Played:
    months = programs.load(program, own=None).months
    return play(program=program, pairs=5, months=months, tail=20, temperaments=ENDS)


@lru_cache(maxsize=8)
def season(program: str) -> Played:
    """Two hundred pairs with everybody in them; by day, the five."""
    months = programs.load(program, own=None).months
    if not NIGHTLY:
        return endings(program)
    return play(program=program, pairs=PAIRS, months=months, tail=20, temperaments=EVERYBODY)


def ordinary(program: str) -> Played:
    """Twice everybody; by day, the five."""
    months = programs.load(program, own=None).months
    if not NIGHTLY:
        return endings(program)
    return play(program=program, pairs=2 * len(EVERYBODY), months=months, tail=20, temperaments=EVERYBODY)


@lru_cache(maxsize=8)
def watched(program: str) -> Remembered:
    return remembered(season(program))


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_question_is_asked_twice_but_as_a_reminder_or_because_it_was_not_understood(program: str) -> None:
    assert bars.asked_twice(watched(program)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_reminder_follows_an_answer(program: str) -> None:
    assert bars.reminded_after_an_answer(watched(program)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_unasked_is_sent_in_quiet_hours_nor_twice_a_day(program: str) -> None:
    assert bars.in_quiet_hours(watched(program)) == []
    assert bars.twice_a_day(watched(program)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_of_a_hundred_replies_one_waits_for_a_human_and_three_are_asked_again_at_most(program: str) -> None:
    count = ordinary(program).count
    replies = count.kinds["reply"]
    unclear = sum(number for names, number in count.prompts.items() if "unclear" in names.split("+"))
    note("ordinary mail", replies=replies, held=count.held, asked_again=unclear)
    assert replies > 100
    assert count.held <= replies // 100
    assert unclear <= replies * 3 // 100


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_month_has_its_meeting_once(program: str) -> None:
    assert bars.meetings_amiss(watched(program)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_ending_is_reached(program: str) -> None:
    assert bars.endings(remembered(endings(program))) == bars.ENDINGS
    assert bars.endings(watched(program)) >= bars.ENDINGS, "besides those who agreed on more months, and go on"
    for played in (endings(program), season(program)):
        assert bars.closed_twice(remembered(played)) == []
        assert any("rematch" in prompts for prompts in played.count.prompts), "who lost a mentor is asked about another"


@pytest.mark.skipif(not NIGHTLY, reason="two hundred pairs; `simulate` of twelve stands beside this")
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_stays_within_its_mails(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    months = programs.load(program, own=None).months
    outcome = outcome_of(season(program), pairs=PAIRS, months=months)
    with capsys.disabled():
        sys.stdout.write("\n".join(("", program, *outcome.lines(), "")))
    assert outcome.exceeded == (), outcome.volume
    assert bars.months_above(outcome.volume, outcome.budget) == []
    assert bars.averages_above(outcome.volume, outcome.budget) == []
    assert outcome.failed == 0


@lru_cache(maxsize=1)
def undisturbed(program: str) -> Remembered:
    return remembered(with_outage(program, (0, 0)))


def with_outage(program: str, outage: tuple[int, int]) -> Played:
    """Everybody once; by day, two pairs."""
    months = programs.load(program, own=None).months
    crowd = {"pairs": len(EVERYBODY), "temperaments": EVERYBODY} if NIGHTLY else {"pairs": 2}
    return play(program=program, months=months, outage=outage, **crowd)


@pytest.mark.req("S-6")
@pytest.mark.parametrize("first", [3, 5, *range(1, 175, 7)] if NIGHTLY else [35])
@pytest.mark.parametrize("program", PROGRAMS if NIGHTLY else ["six-month"])
def test_an_outage_of_ten_days_changes_the_number_of_mails_only_downwards(program: str, first: int) -> None:
    """It begins in each week of the season, and on each of the days on which the most is said."""
    missed = remembered(with_outage(program, (first, 10)))
    assert len(missed.letters) <= len(undisturbed(program).letters)
