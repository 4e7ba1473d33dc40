"""What came after a mark, when the server has begun to count anew."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.backends.imap_mark import Listed, Mark
from coordinator.backends.portions import portions
from coordinator.errors import BackendError

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def listed(uid: int, seconds: int | None, size: int = 100) -> Listed:
    received = None if seconds is None else NOON + timedelta(seconds=seconds)
    return Listed(uid=uid, size=size, received=received)


@pytest.mark.parametrize("text", ["[]", "{}", "x", '{"uidvalidity":1,"uidnext":2,"newest":"noon","sizes":[]}', "null"])
def test_a_mark_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BackendError):
        Mark.read(text)


@given(
    old=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=8),
    new=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=8),
)
def test_exactly_what_came_later_is_later(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    """Also within one second, which is as fine as servers count."""
    latest = max((seconds for seconds, _ in old), default=0)
    before = [listed(number, seconds, size) for number, (seconds, size) in enumerate(old)]
    after = [listed(100 + number, latest + seconds, size) for number, (seconds, size) in enumerate(new)]
    mark = Mark.read(Mark.of(validity=1, next_uid=50, messages=before).written())
    assert list(mark.later([*before, *after])) == after


def test_mail_without_an_hour_of_arrival_counts_as_new() -> None:
    mark = Mark.of(validity=1, next_uid=3, messages=[listed(1, 0)])
    assert list(mark.later([listed(1, 0), listed(2, None)])) == [listed(2, None)]


@given(st.lists(st.integers(0, 20)), st.integers(1, 5), st.integers(1, 30))
def test_batches_hold_everything_once_and_stay_within_bounds(weights: list[int], most: int, heaviest: int) -> None:
    batches = list(portions(weights, most=most, heaviest=heaviest, weight=lambda it: it))
    assert [item for batch in batches for item in batch] == weights
    for batch in batches:
        assert 0 < len(batch) <= most
        assert sum(batch) <= heaviest or len(batch) == 1
