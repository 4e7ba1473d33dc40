"""Quick answers: buttons that open one reply with the first answer filled in and the other questions ready below.

A link scanner that follows a `mailto:` changes nothing, and nothing here needs a web server.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from urllib.parse import quote

from coordinator.core.records import Question

LONGEST = 1800
"""Longer addresses are cut by some mail programs."""
_MOST_BUTTONS = 11
_STYLE = (
    "display:inline-block;margin:10px 8px 0 0;padding:9px 16px;border-radius:6px;"
    "background-color:{color};color:#ffffff;font-weight:bold;text-decoration:none"
)
_GREEN, _SLATE = "#1a7f37", "#5b6472"


def quick_answers(
    questions: Iterable[Question], *, to: str, subject: str, ref: str, piece: Callable[[str], str]
) -> str:
    """HTML of the buttons under question 1; "" where it has no short answers. piece: a text of the layout."""
    first, *others = sorted(questions, key=lambda question: question.number)
    answers = _answers(first, piece)
    if not 2 <= len(answers) <= _MOST_BUTTONS:
        return ""
    below = "".join(f"{question.number}: \r\n" for question in others)
    start = f"mailto:{_encoded(to)}?subject={_encoded(f'Re: {subject}')}&body="
    links = [(label, start + _encoded(f"1: {answer}\r\n{below}\r\nRef: {ref}\r\n")) for label, answer in answers]
    if any(len(link) > LONGEST for _, link in links):
        return ""
    return "<br />" + "".join(_button(label, link, is_plain=i > 0) for i, (label, link) in enumerate(links))


def _answers(question: Question, piece: Callable[[str], str]) -> list[tuple[str, str]]:
    """(label, answer) of each button."""
    field = question.field
    match field.kind:
        case "yes_no":
            return [(piece("yes").capitalize(), piece("yes")), (piece("no").capitalize(), piece("no"))]
        case "scale":
            return [(str(n), str(n)) for n in range(field.low, field.high + 1)]
        case "choice":
            return [(option, option) for option in field.options]
        case _:
            return []


def _button(label: str, link: str, *, is_plain: bool) -> str:
    style = _STYLE.format(color=_SLATE if is_plain else _GREEN)
    return f'<a href="{escape(link)}" style="{style}">{escape(label)}</a>'


@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    return quote(text, safe="@")
