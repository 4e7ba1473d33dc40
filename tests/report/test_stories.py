"""What others may hear of a pair: only with both yes, and only in the month of their end."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coordinator.core.figures.stories import stories
from coordinator.core.records import Answer, Goal, Pairing
from tests.report.some import content, pair

ENDED = datetime(2026, 7, 12, 9, 0, tzinfo=UTC)
JULY = (date(2026, 7, 1), date(2026, 7, 31))


def ended(*, mentee: bool | None, mentor: bool | None, visibility: str = "pair", state: str = "done") -> Pairing:
    made = pair(1)
    said = tuple(
        Answer(key=f"{made.id}/renewal/{who}", prompt="renewal", field="share", by=who, at=ENDED, value=value,
               visibility="program")
        for who, value in ((made.mentee, mentee), (made.mentor, mentor))
        if value is not None
    )  # fmt: skip
    goal = Goal(number=1, owner=made.mentee, texts=("Lead the huddle",), state=state, visibility=visibility)
    return replace(made, status="ended", ended=ENDED, answers=said, goals=(goal,))


@pytest.mark.req("AAHA-35")
@pytest.mark.parametrize("yes", [(True, True), (True, False), (False, True), (True, None), (None, None)])
def test_what_was_reached_is_told_wider_only_with_both_yes(yes: tuple[bool | None, bool | None]) -> None:
    told = list(stories(content([ended(mentee=yes[0], mentor=yes[1])]), *JULY))
    assert [story["goals"] for story in told] == (["Lead the huddle"] if yes == (True, True) else [])


@pytest.mark.req("AAHA-35")
def test_it_is_told_once_and_nothing_of_a_private_or_open_goal() -> None:
    happy = ended(mentee=True, mentor=True)
    assert not list(stories(content([happy]), date(2026, 8, 1), date(2026, 8, 31)))
    assert not list(stories(content([ended(mentee=True, mentor=True, visibility="private")]), *JULY))
    assert not list(stories(content([ended(mentee=True, mentor=True, state="open")]), *JULY))
