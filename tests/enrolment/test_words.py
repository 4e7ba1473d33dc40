"""What advisors and mentees write in a line: verbs with numbers, reasons behind them, and prose that wishes nothing."""

from datetime import UTC, datetime
from functools import lru_cache

import pytest

from coordinator import programs
from coordinator.core.reading import Context
from coordinator.core.seeking.verbs import Wish, leading, wishes


@lru_cache(maxsize=1)
def here() -> Context:
    words = programs.load("advisor-led", own=None).words
    return Context(language="en", timezone="UTC", now=datetime(2026, 1, 12, tzinfo=UTC), words=words)


@pytest.mark.req("AMIA-20", "AMIA-21", "AMIA-24")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("approve 1", [("approve", 1, "")]),
        ("Approve #1, mail is enough.", [("approve", 1, ""), ("mail_enough", None, "")]),
        (
            "decline 2 because they share an office, we spoke",
            [("decline", 2, "because they share an office, we spoke")],
        ),
        ("decline 2\nThey share an office, we spoke.", [("decline", 2, "They share an office, we spoke.")]),
        ("Yes, we spoke. Goals: a course", [("spoke", None, ""), ("goals", None, "a course")]),
        ("spoke, goals: a course; to lead", [("spoke", None, ""), ("goals", None, "a course; to lead")]),
        ("outreach: paula@example.net for Maya", [("outreach", None, "paula@example.net for Maya")]),
        ("Hello, I hope all is well.", []),
    ],
)
def test_an_advisors_lines_are_read_as_they_are_meant(text: str, expected: list[tuple[str, int | None, str]]):
    assert [(w.verb, w.number, w.text) for w in wishes(text, here())] == expected


@pytest.mark.req("ACHE-14")
@pytest.mark.parametrize(
    "why",
    [
        "We spoke at the congress, goals: the same.",
        "Not only does she lead a ward.\nProfile and field fit me.",
        "She has been there. We talked, and I would like to learn to budget.",
    ],
)
def test_a_mentees_reason_is_kept_to_its_end_whatever_words_it_uses(why: str):
    wish = leading(f"request 2\n{why}", here())
    assert wish == Wish(verb="request", number=2, text=why)
    same = leading(f"request 2, {why}", here())
    assert same
    assert same.text.replace(".", "") == why.replace(".", "")
