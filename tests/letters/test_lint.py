"""What every mail must hold: nothing from elsewhere, small, accessible, the same facts in both parts."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from coordinator.core.effects import Draft
from tests.letters.some import CHAPTER, draft, effect, every_letter, html_of, program
from tests.letters.test_safety import seen

FACTS = re.compile(r"[\w@.-]+")


def visible(html: str) -> str:
    return " ".join(" ".join(seen(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)).text).split())


@pytest.mark.parametrize(("prompt", "language"), every_letter())
def test_nothing_comes_from_elsewhere_and_nothing_runs(prompt: str, language: str) -> None:
    html = html_of(draft(effect(prompt, language)))
    for bad in ("<svg", "data:", "<script", "http://", "https://", "//", "<img", "<link", "@import", "url("):
        assert bad not in html.replace("<!DOCTYPE", ""), bad
    assert f'<html lang="{language}" dir="ltr">' in html
    assert len(html.encode()) < 95_000
    assert 'role="presentation"' in html
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize(("prompt", "language"), every_letter())
def test_both_parts_state_the_same(prompt: str, language: str) -> None:
    made = draft(effect(prompt, language))
    said = set(FACTS.findall(visible(html_of(made))))
    assert set(FACTS.findall(made.text)) - {"-", "---"} <= said | {str(n) for n in range(1, 9)} | {
        f"{n}." for n in range(1, 9)
    }


def test_it_looks_the_same_with_every_style_tag_removed() -> None:
    html = html_of(draft(effect("debrief")))
    body = html.partition("<body")[2]
    assert body.count("style=") > 20
    assert re.search(r'<td class="band" bgcolor="#[0-9a-f]{6}" style="', body)


def test_a_hebrew_letter_runs_from_right_to_left() -> None:
    made = effect("debrief")
    assert 'dir="rtl"' in html_of(draft(replace(made, letter=replace(made.letter, language="he"))))


def quick(made: Draft) -> list[str]:
    return [link for link in seen(html_of(made)).links if "body=1" in link]


def test_a_quick_answer_opens_one_reply_with_the_first_answer_filled_in() -> None:
    links = quick(draft(effect("debrief")))
    assert len(links) == 2
    target = urlsplit(links[0])
    fields = parse_qs(target.query, keep_blank_values=True)
    assert unquote(target.path) == f"mentoring+{'a' * 26}@north.example"
    assert fields["subject"] == ["Re: How is it going with Grace?"]
    assert fields["body"] == ["1: yes\r\n2: \r\n3: \r\n4: \r\n5: \r\n\r\nRef: ABCD-EFGH\r\n"]
    assert "+" not in links[0]
    assert " " not in links[0]


def test_quick_answers_stand_under_question_one_only_and_only_where_it_is_short() -> None:
    asking = {id_ for id_, language in every_letter() if language == "en" and quick(draft(effect(id_)))}
    short = {
        id_
        for id_, versions in program().prompts.items()
        if versions["en"].fields
        and versions["en"].fields[0].kind in ("yes_no", "scale", "choice")
        and all(len(option.split()) <= 3 for option in versions["en"].fields[0].options)
    }
    assert asking == short
    made = effect("debrief")
    later = replace(made, letter=replace(made.letter, questions=made.letter.questions[1:]))
    assert quick(draft(later)) == []


def test_a_choice_has_a_button_for_each_option_and_a_scale_for_each_step() -> None:
    choice = next(q for q in effect("goals").letter.questions if q.field.kind == "choice")
    asking = effect("debrief")
    chosen = replace(asking, letter=replace(asking.letter, questions=(replace(choice, number=1, key="debrief"),)))
    assert len(quick(draft(chosen))) == len(choice.field.options)
    made = effect("review")
    score = replace(next(q for q in made.letter.questions if q.field.kind == "scale"), number=1)
    assert len(quick(draft(replace(made, letter=replace(made.letter, questions=(score,)))))) == 5


def test_buttons_speak_the_language_of_the_letter() -> None:
    html = html_of(draft(effect("debrief", "es")))
    assert ">Sí</a>" in html
    assert "1%3A%20s%C3%AD" in html


@pytest.mark.parametrize(("prompt", "language"), every_letter())
def test_every_mailto_is_short_enough_for_every_mail_program(prompt: str, language: str) -> None:
    made = draft(effect(prompt, language), chapter=replace(CHAPTER, address="a" * 30 + "@" + "b" * 50 + ".example"))
    for link in re.findall(r'href="(mailto:[^"]*)"', html_of(made)):
        assert len(unescape(link)) < 1800
        assert len(unescape(link)) < 1000


def test_a_button_that_would_be_too_long_is_left_out() -> None:
    made = effect("debrief")
    choice = next(q.field for q in effect("goals").letter.questions if q.field.kind == "choice")
    long = replace(choice, options=tuple(f"{n} " + "é" * 400 for n in range(3)))
    question = replace(made.letter.questions[0], field=long)
    assert quick(draft(replace(made, letter=replace(made.letter, questions=(question,))))) == []


QUOTING = (
    *("agenda", "agenda-sheet", "asked", "closing", "concern", "conflict-of-interest", "invitation"),
    *(
        "relayed",
        "released",
        "care",
        "wish",
        "intro",
        "intro-offer",
        "intro-contact",
        "about-partner",
        "help-me-ask",
        "request-mentor",
        "keepsake",
    ),
)
"""Letters that show what somebody wrote."""


def test_no_answer_slot_is_marked_as_a_quotation() -> None:
    for prompt, language in every_letter():
        if prompt not in QUOTING:
            assert "\n>" not in draft(effect(prompt, language)).text
