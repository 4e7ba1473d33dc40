"""What every field kind can do, and how readings of several languages become one."""

from collections.abc import Callable
from typing import Any, Protocol

from coordinator.core.answers_text import Tokens
from coordinator.core.program import Field
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, is_all_of, languages_in, words_of

Read = Value | Unclear | None
LONGEST_EVIDENCE = 400


class Kind(Protocol):
    """One kind of question. Instances hold nothing."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        """Lines to print under the question, in the language of the context."""

    def read(self, text: str, question: Question, context: Context) -> Read:
        """What the text answers; None when it is no answer to this kind of question. Never raises."""

    def problems(self, field: Field) -> tuple[str, ...]:
        """What is wrong in a declaration, one sentence each."""


def evidence(text: str) -> str:
    """The words as written, on one line where they fit."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_EVIDENCE else words[: LONGEST_EVIDENCE - 1] + "…"


def value(value_: Any, text: str, sure: float = 1.0) -> Value:
    return Value(value=value_, evidence=evidence(text), sure=sure)


def unclear(text: str, words: Words, reason: str, guess: Any = None, **numbers: object) -> Unclear:
    """reason: a key of the table `unclear`, said in the language of `words`."""
    sentence = str(words.data.get("unclear", {}).get(reason, reason)).format(**numbers)
    return Unclear(evidence=evidence(text), reason=sentence, guess=guess)


def by_language(scan: Tokens, context: Context, read: Callable[[Words], Read]) -> Read:
    """The reading in the writer's language; where that sees nothing, what the other languages agree on."""
    own, *others = languages_in(scan, context)
    first = read(words_of(context, own))
    if isinstance(first, Unclear) and own != context.language and is_all_of(scan, words_of(context, context.language)):
        first = read(words_of(context, context.language)) or first
    if first is not None:
        return first
    seen = [found for found in (read(words_of(context, language)) for language in others) if found is not None]
    understood = [found for found in seen if isinstance(found, Value)]
    if not understood:
        return seen[0] if seen else None
    if any(found.value != understood[0].value for found in understood):
        return unclear(understood[0].evidence, words_of(context), "several")
    return understood[0]
