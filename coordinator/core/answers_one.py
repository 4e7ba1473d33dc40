"""One text against one question."""

import re
from collections.abc import Mapping
from typing import Any

from coordinator.core.answers_text import LONGEST, tokens
from coordinator.core.fields import KINDS
from coordinator.core.fields.goals import marks
from coordinator.core.fields.kind import unclear
from coordinator.core.fields.text import is_nothing
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

LONGEST_CLOSED = 3_000
"""Characters of an answer that is not free text; what stands behind them is a story."""
PLAIN = 0.95
"""How sure a reading must be where nothing but its kind tells which question it answers."""
PURE = 1.0
"""Nothing but the answer: no word that could answer something else."""
_LONGEST_PLAIN = 400
"""Characters of words that may answer a question without naming it."""
Answers = dict[int, Value | Unclear]
"""Question number → what was said to it."""
_ENDS = re.compile(r"(?<!\d),|,(?!\d)|[;\n]|[.!](?=\s)")
"""Where a first answer may end; not within "1,5 h"."""
_SHORT = frozenset({"yes_no", "scale", "number", "duration", "choice"})
_OPEN = frozenset({"text", "person"})


def answer(text: str, question: Question, context: Context) -> Value | Unclear | None:
    """What a text says that is known to answer this question, as in `fix 2: …`; None for an empty one.

    So it is for a "n/a" under a closed question that may stay open.
    """
    text = text[: LONGEST if is_open(question) else LONGEST_CLOSED].strip()
    kind = KINDS.get(question.field.kind)
    if kind is None or not any(char.isalnum() or ord(char) > 127 or char in "-*/+" for char in text):
        return None
    found = kind.read(text, question, context)
    if found is None and question.field.optional and is_nothing(text, context):
        return None
    return found if found is not None else unclear(text, words_of(context), "unknown")


def is_plain_answer(text: str, question: Question, context: Context) -> bool:
    """Whether the text is so plainly an answer of this kind that it needs no other sign; never for free text."""
    return plain_answer(text, question, context) is not None


def reads_at_all(text: str, question: Question, context: Context) -> bool:
    """Whether the words belong to this kind of answer, even if they do not say clearly which one."""
    kind = KINDS.get(question.field.kind)
    return kind is not None and len(text) <= _LONGEST_PLAIN and kind.read(text.strip(), question, context) is not None


def plain_answer(text: str, question: Question, context: Context, sure: float = PLAIN) -> Value | None:
    """The answer, when the text is at least so sure to be one; None for free text."""
    if is_open(question) or question.field.kind not in KINDS or len(text) > _LONGEST_PLAIN:
        return None
    found = KINDS[question.field.kind].read(text.strip(), question, context)
    if question.field.kind == "goals" and isinstance(found, Value):
        said = tokens(text)
        loose = words_of(context).phrases("loose_states").anywhere(said.texts) is not None
        if not any(map(_is_graded, found.value.values())) or (loose and not any(marks(said, words_of(context)))):
            return None
    return found if isinstance(found, Value) and found.sure >= sure else None


def _is_graded(told: Mapping[str, Any]) -> bool:
    """Whether a goal has a number or a state, and not only a note."""
    return told["score"] is not None or told["state"] is not None


def is_open(question: Question) -> bool:
    """Whether any words at all could answer it."""
    return question.field.kind in _OPEN


def beyond(text: str, question: Question, context: Context) -> tuple[str, ...]:
    """What follows the answer on the same line and may answer other questions: "yes, 40 min" under a yes or no."""
    if question.field.kind not in _SHORT or plain_answer(text, question, context, PURE):
        return ()
    cut = next((found.start() for found in _ENDS.finditer(text[:400])), -1)
    first = plain_answer(text[:cut], question, context) if cut > 0 else None
    return (text[cut + 1 :].strip(),) if first else ()
