"""Replies to every shipped prompt are read as they were meant: a sample here, all with `tests.replies.measure`."""

from functools import cache

import pytest

from tests.replies.generate import FORMS, Verdict, grid, verdicts
from tests.replies.letters_sent import read_reply
from tests.replies.measure import judged, rates

SAMPLE = 7
"""Every seventh reply of the grid: all forms, clients and languages are among them."""


@cache
def sample() -> tuple[Verdict, ...]:
    return tuple(judged(2, step=SAMPLE))


def _not_right(found: list[Verdict]) -> list[str]:
    return [
        f"{v.outcome}: {v.made.name} {v.number} {v.made.typed.get(v.number)!r}" for v in found if v.outcome != "right"
    ]


@pytest.mark.req("S-14")
def test_answers_to_every_prompt_are_right_and_next_to_none_is_wrong() -> None:
    found = list(sample())
    shares = rates(found)
    assert len(found) > 1000
    assert shares["right"] >= 0.98, _not_right(found)
    assert shares["wrong"] <= 0.002, _not_right(found)


@pytest.mark.parametrize("form", FORMS)
def test_no_way_of_answering_is_read_badly(form: str) -> None:
    found = [verdict for verdict in sample() if verdict.made.form == form]
    assert len(found) > 50
    assert rates(found)["right"] >= 0.97, _not_right(found)


@pytest.mark.parametrize(
    "kind",
    sorted(
        {
            "yes_no",
            "duration",
            "scale",
            "goals",
            "text",
            "slots",
            "choice",
            "choices",
            "number",
            "rating",
            "date",
            "address",
        }
    ),
)
def test_no_kind_of_question_is_read_badly(kind: str) -> None:
    found = [verdict for verdict in sample() if verdict.kind == kind]
    assert len(found) > 10
    assert rates(found)["right"] >= 0.95, _not_right(found)


def test_without_the_sent_copy_it_asks_rather_than_guesses() -> None:
    replies = list(grid(1, step=31))
    found = [v for made in replies for v in verdicts(made, read_reply(made.raw, made.to, made.language, parent=False))]
    assert len(found) > 300
    assert rates(found)["wrong"] <= 0.005, _not_right([verdict for verdict in found if verdict.outcome == "wrong"])
    assert rates(found)["right"] >= 0.7
