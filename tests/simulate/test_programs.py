"""Whole lengths of the programs that go through stages and steps, in memory, with every kind of person."""

import os
from functools import cache

import pytest

from coordinator.simulate.outcome import Outcome
from tests.simulate import bars
from tests.simulate.test_season import START, run

PROGRAMS = ("nine-stages", "action-steps")


@cache
def whole(name: str) -> Outcome:
    return run(pairs=24, months=6, now=START, seed=3, program=name)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_played_to_its_end_within_the_mails_that_it_promises(name: str) -> None:
    played = whole(name)
    assert played.exceeded == (), played.volume
    assert bars.months_above(played.volume, played.budget) == []
    assert bars.averages_above(played.volume, played.budget) == []
    assert played.failed == 0
    assert played.held <= max(1, played.kinds["reply"] // 50)
    assert played.prompts["closing"] >= 2  # whoever agreed on more months goes on, and some left before


@pytest.mark.req("IMA-1", "IMA-14", "IMA-22", "IMA-37")
def test_each_of_the_nine_stages_is_reached_and_says_its_words() -> None:
    said = " ".join(whole("nine-stages").prompts)
    assert not any("closing" in one and "stage-" in one for one in whole("nine-stages").prompts), (
        "never with the last one"
    )
    assert all(f"stage-{n}-mentee" in said and f"stage-{n}-mentor" in said for n in range(2, 10))


@pytest.mark.skipif(not os.environ.get("COORDINATOR_NIGHTLY"), reason="two hundred pairs take minutes")
@pytest.mark.parametrize("name", PROGRAMS)
def test_two_hundred_pairs_stay_within_the_mails_that_were_promised(name: str) -> None:
    played = run(pairs=200, months=6, now=START, seed=11, program=name)
    assert played.exceeded == (), played.volume
    assert bars.months_above(played.volume, played.budget) == []
    assert bars.averages_above(played.volume, played.budget) == []
    assert played.failed == 0
