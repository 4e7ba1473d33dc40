"""What a person makes of a letter: its questions, their kinds, the invitation, what was noted."""

from datetime import UTC, datetime

import pytest

from coordinator.simulate.letters import received
from tests.simulate.samples import letter


def asks_of(text: str) -> list[tuple[int, str, bool]]:
    return [(ask.number, ask.kind, ask.optional) for ask in received(letter(text=text, html="")).asks]


def test_each_question_is_taken_for_what_its_hint_says() -> None:
    text = """\
Hello Ana,

1. Did you two talk since my last mail?
   (yes or no)

2. How long, about?
   (how long, such as 45 min or 1 h 30)

3. Where does each goal stand, 0 to 10?
   (for each: 0–10, or done / on track / behind / stuck, and a note if you like)
   G1  Pass the exam
   G2  Lead a meeting

4. What would suit you?
   (one of these: the letter is enough)
   a) by phone
   b) leave it out

5. What helped?
   (in your own words; leave it empty if there is nothing)

Warm regards
"""
    kinds = [(1, "yes_no", False), (2, "minutes", False), (3, "goals", False), (4, "options", False), (5, "text", True)]
    assert asks_of(text) == kinds


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1. How well is this what you hoped for, 1 to 5?\n   (a number from 1 to 5)", "scale"),
        ("1. When do you two meet next?\n   (a day, such as 14 April; with a time if there is one)", "date"),
        (
            "1. Which times suit you?\n   (the letters of all times that suit you)\n   a) Tue 12:00\n   b) Wed",
            "options",
        ),
        ("1. ¿Os habéis visto?\n   (sí o no)", "yes_no"),
        ("1. Anything else?", "text"),
    ],
)
def test_one_question_alone(line: str, kind: str) -> None:
    assert asks_of(f"Hello,\n\n{line}\n") == [(1, kind, False)]


def test_options_goals_and_bounds_are_read() -> None:
    asks = received(letter()).asks
    assert asks[2].goals == (("G1", "Pass the CHESP exam by autumn"), ("G2", "Run the weekly huddle without notes"))
    assert [option for option, _ in asks[3].options] == ["a", "b", "c"]
    assert (asks[2].low, asks[2].high) == (0, 10)


def test_a_list_that_is_no_list_of_questions_is_passed_over() -> None:
    text = "Three steps:\n1. listen\n2. think\n3. act\n\n1. Did you meet? (yes or no)\n2. How long? (minutes)\n"
    assert asks_of(text) == [(1, "yes_no", False), (2, "minutes", False)]


def test_a_letter_without_questions_asks_nothing() -> None:
    assert asks_of("Hello,\n\nthis is the last letter. There is nothing to do.\n") == []


def test_a_receipt_tells_what_can_be_corrected() -> None:
    text = "Noted:\n\n- 1. Did you talk? – yes\n- 2. How long, about? – 45 min\n\nNot right? `fix 2: 30 minutes`\n"
    assert received(letter(text=text, html="")).fixable == (
        (1, "Did you talk? – yes"),
        (2, "How long, about? – 45 min"),
    )


def test_an_invitation_is_found_with_its_instant() -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u1@example.org\r\nSUMMARY:Ana and\r\n  Marcus\r\n"
        "DTSTART;TZID=America/Chicago:20260414T120000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    raw = letter().replace(b"Content-Type: text/html;", b"Content-Type: text/calendar; method=REQUEST;")
    assert received(letter()).invitation is None
    body = raw[: raw.index(b"<!DOCTYPE")] + calendar.encode() + b"\r\n--x--"
    found = received(body).invitation
    assert found is not None
    assert (found.method, found.uid, found.summary) == ("REQUEST", "u1@example.org", "Ana and Marcus")
    assert found.start == datetime(2026, 4, 14, 17, 0, tzinfo=UTC)
