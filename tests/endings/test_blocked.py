"""A pair that waits for somebody's decision about a conflict of interest: who is asked, and that it ends some day."""

from dataclasses import replace

import pytest

from coordinator.core.records import Answer
from tests.core.situations import Season
from tests.endings.some import prompts, text
from tests.endings.test_leaving import under_way


def declared() -> Season:
    """Maya sees a conflict of interest, and their advisors were asked."""
    season = under_way()
    pair, now = season.pair(), season.now
    said = Answer(
        key="p1/note", prompt="note", field="coi", by="u2", at=now, value="she is my aunt", visibility="advisor"
    )
    changed = replace(pair, blocked="conflict of interest", answers=(*pair.answers, said), due=now)
    season.work.stage([replace(changed, version=pair.version + 1)])
    season.pass_days(1)
    return season


def gone(season: Season, *ids: str, status: str = "stopped") -> None:
    people = [season.work.participant(id_) for id_ in ids]
    season.work.stage([replace(p, status=status, due=None, version=p.version + 1) for p in people if p])


@pytest.mark.parametrize("status", ["stopped", "unreachable", "paused"])
def test_a_conflict_whose_advisors_are_gone_afterwards_is_told_to_the_coordinator_until_it_is_decided(status: str):
    season = declared()
    season.pass_days(3)
    gone(season, "u3", status=status)
    season.pass_days(5)
    told = season.letters("conflict-coordinator", "coordinator")
    (said,) = [text(season, effect) for effect in told]
    assert "Maya" in said
    assert "aunt" not in said
    season.pass_days(14)
    assert len(season.letters("conflict-coordinator", "coordinator")) == 3
    season.work.stage([replace(season.pair(), blocked="", due=season.now, version=season.pair().version + 1)])
    season.pass_days(30)
    assert len(season.letters("conflict-coordinator", "coordinator")) == 3


def test_a_conflict_that_an_advisor_can_decide_is_no_matter_of_the_coordinator():
    season = declared()
    season.pass_days(60)
    assert not season.letters("conflict-coordinator")


def test_a_pair_on_which_nobody_decides_ends_on_its_last_day_like_any_other():
    season = declared()
    season.pass_days((season.pair().end - season.now.date()).days + 1)
    assert season.pair().ending == "asked"
    season.pass_days(20)
    assert season.pair().status == "ended"
    assert season.letters("closing", "u1")
    assert season.letters("closing", "u2")


@pytest.mark.parametrize("who", ["u1", "u2"])
def test_who_leaves_while_a_conflict_waits_is_gone_and_the_other_is_told(who: str):
    season = declared()
    gone(season, who)
    season.work.stage([replace(season.pair(), due=season.now, version=season.pair().version + 1)])
    season.pass_days(20)
    assert season.pair().ending == "left"
    assert set(prompts(season, "u2" if who == "u1" else "u1")) & {"left", "rematch"}
