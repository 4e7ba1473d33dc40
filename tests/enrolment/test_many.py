"""Many people at once: everybody's mail is read, nobody gets one thing twice, no place is given away twice."""

import os
from datetime import UTC, datetime

import pytest

from coordinator.simulate.joining import run

SIZES = [16, *([500] if os.environ.get("COORDINATOR_NIGHTLY") else [])]


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.req("ACHE-5")
def test_a_crowd_enrols_and_finds_its_pairs_by_mail_alone(people: int):
    outcome = run(people=people, now=datetime(2026, 1, 12, 9, 0, tzinfo=UTC))
    assert (outcome.unread, outcome.failed, outcome.held) == (0, 0, 0)
    assert outcome.exceeded == ()
    assert outcome.twice == ()
    assert outcome.paired >= people // 8
    assert outcome.joined <= people
