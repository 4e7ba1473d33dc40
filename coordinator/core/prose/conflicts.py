"""Sentences on conflicts of interest, which are no part of another answer."""

from collections.abc import Sequence

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of


def is_on_conflict(sentence: str, left: Sequence[Question], context: Context) -> bool:
    """Whether a sentence names a conflict of interest where a question asks whether there is one."""
    tables = tuple(words_of(context, language) for language in languages(context))
    names = [words.phrases("conflict_asked") for words in tables]
    asked = (tokens(question.field.ask).texts for question in left if question.field.kind == "yes_no")
    if not any(name.anywhere(ask) is not None for ask in asked for name in names):
        return False
    said = tokens(sentence).texts
    return any(words.phrases("conflict_said").anywhere(said) is not None for words in tables)
