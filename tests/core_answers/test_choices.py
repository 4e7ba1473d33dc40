"""One of some options, several of them, addresses, people and free text."""

import pytest

from coordinator.core.fields import KINDS, problems
from coordinator.core.program import Field
from tests.core_answers.asked import UNCLEAR, context, question, read

WAYS = ("Phone call", "Email", "Video", "In person")
ONE = {
    "Phone call": "a|A)|1|phone call|Phone|by phone call|a phone call|the first one|first|Phone call please|option a|a) Phone call|phone call, thanks",
    "Email": "b|b)|(b)|2|email|EMAIL|e-mail|Emial|emial|the second one|email!|Email please|number 2|I'd go with b|2)|answer b|by email|email would be best",
    "Video": "c|c.|video|Video please|I'd prefer video|option c|third|a video call would be best|[ ] Email [x] Video|video because we both travel",
    "In person": "d|in person|In person!|the last one|d, because I like it",
}
NOT_ONE = "video or email|not video|b) Video|video, if she can|a or b|e|5|maybe email|email?|none|yes|either|anything but video|a b|hello there|I don't like email|phone or maybe video|neither email nor video|0"
MANY: dict[tuple[str, ...], str] = {
    ("Phone call",): "a|phone call|1",
    (
        "Phone call",
        "Video",
    ): "a, c|a and c|a c|a & c|1, 3|phone call and video|Phone call, Video|a+c|video, phone call|a/c|phone, video",
    (
        "Email",
        "In person",
    ): "b,d|email and in person|[x] Email [ ] Video [x] In person|email\nin person|- email\n- in person|b) and d)",
    ("Phone call", "Email", "Video", "In person"): "all|all of them|any|a, b, c, d|all of the above",
    (): "none|None of these|none of them",
}
NOT_MANY = "everything but video|not email|email, if she wants|maybe email|pigeon|a, x and pigeon post|email but never video|yes|email and pigeon post|hello"


@pytest.mark.parametrize(("text", "expected"), [(t, option) for option, texts in ONE.items() for t in texts.split("|")])
def test_one_option(text: str, expected: str) -> None:
    assert read("choice", text, options=WAYS) == expected


@pytest.mark.parametrize("text", NOT_ONE.split("|"))
def test_what_is_no_single_option(text: str) -> None:
    assert read("choice", text, options=WAYS) in (UNCLEAR, None)


@pytest.mark.parametrize(
    ("text", "expected"), [(t, option) for option, texts in MANY.items() for t in texts.split("|")]
)
def test_several_options(text: str, expected: tuple[str, ...]) -> None:
    assert read("choices", text, options=WAYS) == list(expected)


@pytest.mark.parametrize("text", NOT_MANY.split("|"))
def test_what_is_no_set_of_options(text: str) -> None:
    assert read("choices", text, options=WAYS) in (UNCLEAR, None)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Telefon und E-Mail", ["Telefon", "E-Mail"]),
        ("de", "a und b", ["Telefon", "E-Mail"]),
        ("pt", "a e b", ["Telefon", "E-Mail"]),
        ("it", "a e b", ["Telefon", "E-Mail"]),
        ("es", "a y b", ["Telefon", "E-Mail"]),
        ("fr", "a et b", ["Telefon", "E-Mail"]),
        ("nl", "a en b", ["Telefon", "E-Mail"]),
        ("de", "keine davon", []),
        ("es", "todas", ["Telefon", "E-Mail", "Video", "Chat", "Post"]),
    ],
)
def test_several_options_in_other_languages(language: str, text: str, expected: list[str]) -> None:
    assert read("choices", text, language, options=("Telefon", "E-Mail", "Video", "Chat", "Post")) == expected


def test_an_and_of_one_letter_is_no_option() -> None:
    assert read("choices", "a e b", "pt", options=("um", "dois", "três", "quatro", "cinco")) == ["um", "dois"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana <ANA@Example.org>", "ana@example.org"),
        ("my new address is ana@example.org.", "ana@example.org"),
        ("mailto:ana@example.org", "ana@example.org"),
        ("a@b", UNCLEAR),
        ("ana@example.org or ana@example.com", UNCLEAR),
        ("not ana@example.org", UNCLEAR),
        ("none", None),
        ("a..b@example.org", UNCLEAR),
        ("ana@exa_mple.org", UNCLEAR),
    ],
)
def test_one_address(text: str, expected: str | None) -> None:
    assert read("address", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Díaz", "Ana Díaz"),
        ("Ana Díaz ana@example.org", "Ana Díaz <ana@example.org>"),
        ("ana@example.org", "ana@example.org"),
        ("my friend is ana@example.org", "ana@example.org"),
        ("nobody", UNCLEAR),
        ("Ana or Ben", UNCLEAR),
        ("who could that be?", UNCLEAR),
        ("", None),
    ],
)
def test_a_person_by_name_or_address(text: str, expected: str | None) -> None:
    assert read("person", text) == expected


def test_text_is_kept_as_written_and_nothing_is_an_answer_where_it_may_be() -> None:
    assert read("text", "  Ünïcode stays.\n\nTwo paragraphs. ") == "Ünïcode stays.\n\nTwo paragraphs."
    assert read("text", "nothing") == "nothing"
    assert read("text", "nothing", optional=True) == ""
    assert read("text", "n/a", optional=True) == ""
    assert read("text", "Nichts.", "de", optional=True) == ""
    assert read("text", "Nothing beats practice", optional=True) == "Nothing beats practice"
    assert read("text", "   ") is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_how_to_answer_in_every_language(kind: str) -> None:
    asked = question(kind, options=("one", "two"), goals=((1, "a goal"),))
    for language in ("en", "es", "fr", "de", "pt", "it", "nl"):
        lines = KINDS[kind].ask(asked, context(language))
        assert lines
        assert lines[0].startswith("(")
        assert "{" not in "".join(lines)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field(name="a", kind="choice", ask="?"), "two options"), (Field(name="a", kind="choices", ask="?", options=("x",)), "two options"), (Field(name="a", kind="choice", ask="?", options=("Yes", "yes!")), ""),
        (Field(name="a", kind="choice", ask="?", options=("Yes", "yes")), "same"), (Field(name="a", kind="scale", ask="?", low=5, high=5), "below"), (Field(name="a", kind="number", ask="?", low=9), "below"), (Field(name="a", kind="text", ask=" "), "ask is empty"),
        (Field(name="a", kind="yes_no", ask="?", options=("x", "y")), "options"), (Field(name="a", kind="choice", ask="?", options=("-", "b")), "letter"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_named(field: Field, expected: str) -> None:
    found = problems(field)
    assert (expected in " ".join(found)) if expected else found


def test_a_right_declaration_has_no_problems() -> None:
    assert problems(Field(name="a", kind="choice", ask="Which?", options=("one", "two"))) == ()
    assert problems(Field(name="a", kind="scale", ask="How?", low=0, high=10)) == ()
