"""Replies to every prompt that ships, as the letter is really written: text, HTML, footer, buttons and all."""

import email
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import policy
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest

from coordinator import programs
from coordinator.core.effects import Chapter
from coordinator.core.program import Program, Prompt
from coordinator.formats import letters
from coordinator.formats.cut import Ours, cut
from coordinator.formats.html_text import to_text
from coordinator.formats.reading import parent_text

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
CHAPTER = Chapter(
    name="Lantern",
    address="mentoring@example.org",
    sender_name="Lantern Mentoring",
    coordinator="carol@example.org",
    secret=b"0123456789abcdef0123456789abcdef",
)
ANSWERS = (
    "yes",
    "45 minutes",
    "7",
    "👍",
    "no, nothing since my last mail",
    "the second one",
    "Tue 3 Nov 2026 at 15:00",
)
ATTRIBUTION = "On Tue, 3 Nov 2026 at 09:14, Lantern Mentoring <mentoring@example.org> wrote:"
HEAD = (
    "From: Lantern Mentoring <mentoring@example.org>\nSent: 3 November 2026 09:14\nTo: anna@example.com\nSubject: Hello"
)


class Sent(NamedTuple):
    name: str
    text: str
    html: str
    questions: tuple[tuple[int, str], ...]

    @property
    def answers(self) -> list[tuple[str, int | None]]:
        return [(ANSWERS[number % len(ANSWERS)], number) for number, _ in self.questions]


Made = tuple[str, list[tuple[str, int | None]]]


def _sent() -> Iterator[Sent]:
    folders = Path(__file__).parents[2] / "templates"
    for folder in sorted(path.parent.name for path in folders.glob("*/program.toml")):
        program = programs.load(folder, own=None)
        for versions in program.prompts.values():
            for language, prompt in versions.items():
                if prompt.fields:
                    yield _one(program, prompt, language)


def _one(program: Program, prompt: Prompt, language: str) -> Sent:
    draft = letters.write(letters.sample_effect(program, prompt, language), program, CHAPTER, NOW, "Europe/London")
    message = email.message_from_bytes(draft.raw, policy=policy.default)
    shown = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    text, html = (part.get_content() if part else "" for part in shown.values())
    questions = tuple((question.number, question.field.ask) for question in draft.letter.questions)
    return Sent(f"{program.id}/{prompt.id}/{language}", text.replace("\r\n", "\n"), html, questions)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.rstrip("\n").split("\n"))


def _free(sent: Sent) -> str:
    return "\n".join(f"{number}. {answer}" for answer, number in sent.answers)


def _top(sent: Sent) -> Made:
    return f"{_free(sent)}\n\n{ATTRIBUTION}\n\n{_quoted(sent.text)}\n", [(_free(sent), None)]


def _bottom(sent: Sent) -> Made:
    return f"{ATTRIBUTION}\n\n{_quoted(sent.text)}\n\n{_free(sent)}\n", [(_free(sent), None)]


def _filled(sent: Sent) -> str:
    """The letter with each answer in the blank line under its question."""
    out: list[str] = []
    waiting = ""
    for line in [*sent.text.rstrip("\n").split("\n"), ""]:
        if waiting and not line.strip():
            out += ["", f"\x00{waiting}"]
            waiting = ""
        out.append(line)
        head = re.match(r"([0-9]+)\. ", line)
        if head and any(
            int(head[1]) == number and ask.startswith(line[head.end() :][:30]) for number, ask in sent.questions
        ):
            waiting = ANSWERS[int(head[1]) % len(ANSWERS)]
    return "\n".join(out)


def _inline(sent: Sent) -> Made:
    lines = (line[1:] if line.startswith("\x00") else f"> {line}".rstrip() for line in _filled(sent).split("\n"))
    return ATTRIBUTION + "\n\n" + "\n".join(lines), sent.answers


def _unmarked(sent: Sent) -> Made:
    return f"________________________________\n{HEAD}\n\n" + _filled(sent).replace("\x00", ""), sent.answers


def _same_line(sent: Sent) -> Made:
    text, typed = sent.text, []
    for answer, number in sent.answers:
        line = f"{number}. {dict(sent.questions)[number or 0]}\n"
        if line in text:
            text = text.replace(line, f"{line[:-1]} {answer}\n", 1)
            typed.append((answer, number))
    return f"{ATTRIBUTION}\n\n{_quoted(text)}\n", typed


def _inner(sent: Sent) -> str:
    found = re.search(r"<body[^>]*>(.*)</body>", sent.html, re.DOTALL)
    return found[1] if found else sent.html


def _gmail(top: str, inner: str) -> str:
    return to_text(
        f'<div dir="ltr">{top}</div><br><div class="gmail_quote"><div class="gmail_attr">{escape(ATTRIBUTION)}</div>'
        f'<blockquote class="gmail_quote">{inner}</blockquote></div>'
    )


def _html_top(sent: Sent) -> Made:
    return _gmail("<br>".join(map(escape, _free(sent).split("\n"))), _inner(sent)), [(_free(sent), None)]


def _html_inline(sent: Sent) -> Made:
    items = _inner(sent).split("</li>")
    if len(items) != len(sent.questions) + 1:
        return _html_top(sent)
    typed = [f"<div>{escape(answer)}</div>" for answer, _ in sent.answers]
    inner = "".join(f"{item}</li>{answer}" for item, answer in zip(items, [*typed, ""], strict=True))
    head = escape(HEAD).replace("\n", "<br>")
    return to_text(
        f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{head}</div><div>{inner}</div>'
    ), sent.answers


STYLES: tuple[Callable[[Sent], Made], ...] = (_top, _bottom, _inline, _html_top, _html_inline, _unmarked, _same_line)
SENT = list(_sent())


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__.strip("_"))
def test_a_reply_to_any_shipped_prompt_is_cut_exactly(style: Callable[[Sent], Made]) -> None:
    wrong = {}
    for sent in SENT:
        body, wanted = style(sent)
        parent = parent_text(sent.text, sent.html)
        found = cut(body, parent=parent, questions=sent.questions, ours=Ours(address=CHAPTER.address))
        seen = [(piece.text, piece.after) for piece in found.pieces]
        if seen != wanted:
            wrong[sent.name] = (wanted, seen)
    assert len(SENT) > 10
    assert len(wrong) <= 0.02 * len(SENT), wrong
