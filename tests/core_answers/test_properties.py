"""What holds for any text: no exception, the same answer twice, linear work."""

import string
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.core.answers import answers
from coordinator.core.answers_text import tokens
from coordinator.core.commands import commands
from coordinator.core.fields import KINDS
from coordinator.core.reading import Unclear, Value
from tests.core_answers.asked import GOALS, LANGUAGES, OFFERED, context, cut, question, words

ASKED = tuple(
    question(kind, number, name=kind, options=("phone", "email", "video"), slots=OFFERED, goals=GOALS)
    for number, kind in enumerate(KINDS, start=1)
)
VOCABULARY = sorted(
    {
        phrase
        for table in (words()["en"], words()["de"], words()["es"])
        for key in ("yes", "no", "maybe", "numbers", "relative_days", "except_for", "turn", "condition")
        for phrase in table[key]
    }
)
WORDS = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(
        [
            "1:",
            "2)",
            "G1",
            "G2:",
            "45",
            "4/5",
            "½",
            "\n",
            "\n\n",
            ",",
            ".",
            "?",
            "Tuesday",
            "14.",
            "April",
            "at",
            "3pm",
            "a",
            "b)",
            "+",
            "-",
            "%",
            "fix",
            "2",
            "stop",
            "★★★",
            "👍",
            "\u202e",
            "\x00",
            "ﬁ",
            "０",
        ]
    ),
    st.text(max_size=8),
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join), st.text(alphabet=string.printable, max_size=200)
)
QUIET = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None, derandomize=True
)


@QUIET
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_text_raises_and_reading_twice_is_the_same(text: str, language: str) -> None:
    first = answers(cut(text), ASKED, context(language))
    assert first == answers(cut(text), ASKED, context(language))
    assert commands(cut(text), text, context(language)) == commands(cut(text), text, context(language))


@QUIET
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), number=st.integers(1, len(ASKED)))
def test_a_value_has_the_shape_of_its_kind(text: str, language: str, number: int) -> None:
    asked = ASKED[number - 1]
    found = KINDS[asked.field.kind].read(text, asked, context(language))
    assert found is None or isinstance(found, Value | Unclear)
    if isinstance(found, Value):
        assert _is_sound(asked.field.kind, found.value)


def _is_sound(kind: str, value: object) -> bool:
    match kind, value:
        case "yes_no", bool():
            return True
        case "scale", int():
            return 1 <= value <= 5
        case "number", int() | float():
            return 1 <= value <= 5
        case "rating", dict():
            return 1 <= value["score"] <= 5 and isinstance(value["note"], str)
        case "duration", int():
            return 0 < value <= 600
        case "choice", str():
            return value in ("phone", "email", "video")
        case "choices", list():
            return set(value) <= {"phone", "email", "video"}
        case "date", str():
            return datetime.fromisoformat(value).utcoffset() is not None
        case "slots", list():
            return all(datetime.fromisoformat(each["start"]) < datetime.fromisoformat(each["end"]) for each in value)
        case "goals", dict():
            return all(each["score"] is None or 0 <= each["score"] <= 10 for each in value.values())
        case (("text" | "address" | "person"), str()):
            return True
    return False


@QUIET
@given(text=st.text(max_size=300))
def test_tokens_stay_in_order_and_inside_the_text(text: str) -> None:
    scan = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in scan.items)
    assert all(a.start <= b.start for a, b in zip(scan.items, scan.items[1:], strict=False))


HOSTILE = {
    "one word": "yes " * 16_000, "no spaces": "a" * 65_000, "digits": "1" * 65_000, "dots": "1." * 32_000, "labels": "1: yes\n" * 9_000, "bare labels": "1 yes\n" * 10_000, "rising": "".join(f"{n % 99}: yes " for n in range(9_000)), "goals": "G1 6, " * 10_000, "stars": "★" * 65_000,
    "blank": "\n" * 65_000, "commas": "," * 65_000, "months": "April " * 10_000, "mixed": "1) a, 2 b; G1 or not? " * 3_000, "quotes": ">" * 65_000, "emoji": "👍🏽" * 20_000, "fractions": "1/2 " * 16_000, "colons": "1:2:" * 16_000, "days": "14. April um 15 Uhr " * 3_000,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_texts_are_read_to_the_end(name: str) -> None:
    answers(cut(HOSTILE[name]), ASKED, context())
    commands(cut(HOSTILE[name]), "", context())
