"""However a body is made to hurt, the work grows with its length and nothing breaks."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from coordinator.formats.cut import cut
from tests.formats_cut.letters import LETTERS, OURS

LETTER = LETTERS["en"]
HOSTILE: dict[str, Callable[[int], str]] = {
    "on-a": lambda size: "On a\n" * (size // 5),
    "on-a-line": lambda size: "On a " * (size // 5),
    "marks": lambda size: ">" * size,
    "marks-apart": lambda size: "> " * (size // 2),
    "from-lines": lambda size: "From: a\n" * (size // 8),
    "heads": lambda size: "From: a@b.cd\nSent: 2026-01-01 10:00\n\n" * (size // 37),
    "newlines": lambda size: "\n" * size,
    "colons": lambda size: "a:\n" * (size // 3),
    "wrote": lambda size: "On 2026-01-01 10:00 a@b.cd wrote:\n" * (size // 34),
    "shared-lines": lambda size: "x On Mon, 3 Nov " * (size // 16) + "2026 wrote:",
    "dashes": lambda size: "-" * size,
    "dash-lines": lambda size: "-- \n" * (size // 4),
    "addresses": lambda size: "a@" * (size // 2),
    "links": lambda size: "http://a " * (size // 9),
    "one-link": lambda size: "http://" + "a" * size,
    "pictures": lambda size: "[image: " * (size // 8),
    "closings": lambda size: "Best regards,\n\n" * (size // 15),
    "taglines": lambda size: "Sent from my iPhone\n\n" * (size // 21),
    "notices": lambda size: "confidential privileged intended recipient delete\n\n" * (size // 51),
    "combining": lambda size: "a" + "\u0301" * size,
    "bidi": lambda size: "\u202e" * size,
    "nul": lambda size: "\0" * size,
    "our-letter": lambda size: LETTER.text * (size // len(LETTER.text)),
    "our-question": lambda size: "1. Did you two meet since my last mail? yes\n" * (size // 44),
    "our-question-line": lambda size: "Did you two meet since my last mail? yes " * (size // 41),
    "our-hint": lambda size: "(yes or no)\nno\n" * (size // 15),
    "parts-of-ours": lambda size: "Did you two meet since x " * (size // 25),
    "answered-letters": lambda size: LETTER.text.replace("?", "? no") * (size // len(LETTER.text)),
}


def _steps(text: str, *, known: bool) -> int:
    """How many lines and calls of our own code a cut takes; unlike seconds it does not depend on the machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        nonlocal count
        count += 1
        return trace if "formats" in frame.f_code.co_filename else None

    sys.settrace(trace)
    try:
        cut(text, parent=LETTER.text if known else None, questions=LETTER.questions, ours=OURS)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_length_takes_at_most_twice_the_steps(name: str, known: bool) -> None:
    small, large = (_steps(HOSTILE[name](size), known=known) for size in (6_000, 12_000))
    base = _steps("", known=known)
    assert large - base <= 2.2 * max(small - base, 50)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_kilobytes_are_accounted_for_to_the_last_character(name: str) -> None:
    text = HOSTILE[name](100_000)
    found = cut(text, parent=LETTER.text, questions=LETTER.questions, ours=OURS)
    assert sum(span.end - span.start for span in found.spans) == len(text)
