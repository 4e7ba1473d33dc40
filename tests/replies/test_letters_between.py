"""Replies to more than one letter: a merged mail, last month's mail, a second thought, and a correction."""

from dataclasses import replace
from datetime import UTC, datetime

from coordinator.core.effects import Draft
from coordinator.core.reading import Reading, Value
from coordinator.simulate.shapes import reply
from tests.letters import some
from tests.replies.letters_sent import Sent, letter, read_reply

ADA = ("Ada Byron", "ada@example.com")
NOW = datetime(2026, 3, 4, 18, tzinfo=UTC)


def _merged() -> Draft:
    return some.draft(some.with_section(some.effect("debrief"), "agenda", "p1/agenda/4"))


def _values(reading: Reading) -> dict[int, object]:
    return {n: found.value for n, found in reading.answers.items() if isinstance(found, Value)}


def _answered(to: Sent, said: str | dict[int, str], *, style: str, client: str = "gmail_web") -> Reading:
    return read_reply(reply(to.draft.raw, said, client=client, style=style, sender=ADA, now=NOW), to, "en")


def test_two_prompts_in_one_mail_are_answered_by_their_numbers() -> None:
    to = Sent("merged", _merged())
    said = {1: "yes", 2: "45 min", 6: "My next job", 7: "By phone"}
    for style in ("top", "bottom", "inline", "same_line", "html_inline", "unmarked"):
        assert _values(_answered(to, said, style=style)) == {1: True, 2: 45, 6: "My next job", 7: "By phone"}, style


def test_a_second_reply_above_the_first_is_read_alone() -> None:
    to = letter("debrief")
    first = reply(to.draft.raw, {1: "yes", 2: "45"}, client="gmail_web", style="top", sender=ADA, now=NOW)
    second = reply(first, "1: no", client="gmail_web", style="top", sender=ADA, now=NOW)
    assert _values(read_reply(second, to, "en")) == {1: False}


def test_an_answer_below_a_reminder_is_read_with_the_first_letter_too() -> None:
    to = letter("debrief")
    raw = reply(to.draft.raw, {1: "yes", 2: "50 min"}, client="apple_mail", style="inline", sender=ADA, now=NOW)
    reading = read_reply(
        raw, Sent("reminder", replace(to.draft, text="A friendly second try.\n\n" + to.draft.text)), "en"
    )
    assert _values(reading) == {1: True, 2: 50}


def test_a_reply_whose_sent_copy_is_gone_is_read_by_its_questions() -> None:
    to = letter("debrief")
    for style in ("top", "inline"):
        raw = reply(to.draft.raw, {1: "no"}, client="gmail_web", style=style, sender=ADA, now=NOW)
        assert _values(read_reply(raw, to, "en", parent=False)) == {1: False}


def test_a_correction_names_its_question_and_answers_no_other() -> None:
    reading = _answered(letter("debrief"), "fix 2: 30 min", style="top")
    assert [(command.name, dict(command.args)) for command in reading.commands] == [
        ("fix", {"number": 2, "text": "30 min"})
    ]
    assert _values(reading) == {}


def test_what_another_persons_letter_asks_is_no_answer() -> None:
    other = letter("goals-mentor")
    sent = other.draft.text.replace("ABCD-EFGH", "KM2P-QR3T")
    quoted = "\n".join(f"> {line}" for line in sent.splitlines())
    raw = reply(letter("debrief").draft.raw, f"1: yes\n\n{quoted}", client="mutt", style="top", sender=ADA, now=NOW)
    assert _values(read_reply(raw, letter("debrief"), "en")) == {1: True}
