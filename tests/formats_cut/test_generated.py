"""Replies that clients in many languages would send are cut exactly, in each of the seven styles."""

import pytest

from tests.formats_cut.generator import STYLES, replies
from tests.formats_cut.measure import faults


@pytest.mark.parametrize("style", STYLES)
def test_at_least_98_of_100_generated_replies_are_exact(style: str) -> None:
    made = list(replies(style))
    wrong = {reply.name: fault for reply in made if (fault := faults(reply))}
    assert len(made) > 150
    assert len(wrong) <= 0.02 * len(made), wrong


def test_the_measure_sees_a_wrong_cut() -> None:
    reply = next(replies("inline"))
    assert faults(reply._replace(pieces=(("something else", 1),)))
    assert faults(reply._replace(pieces=tuple((text, 5) for text, _ in reply.pieces)))
