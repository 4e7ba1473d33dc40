"""Each reply that was written by hand is read as it was meant, or asked again; never read as something else."""

from functools import cache
from typing import Any

import pytest

from tests.replies.letters_sent import read_reply
from tests.replies.written import Written, outcomes, written

WRITTEN = list(written())


@cache
def judged() -> dict[str, list[tuple[int, str, Any]]]:
    return {one.name: list(outcomes(one, read_reply(one.raw(), one.to, one.language))) for one in WRITTEN}


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_a_reply_written_by_hand_is_never_read_wrongly(one: Written) -> None:
    assert [found for found in judged()[one.name] if found[1] == "wrong"] == []


def test_nearly_all_of_them_are_understood() -> None:
    every = [found for each in judged().values() for found in each]
    assert len(every) >= 300
    assert sum(outcome == "right" for _, outcome, _ in every) >= 0.98 * len(every)
