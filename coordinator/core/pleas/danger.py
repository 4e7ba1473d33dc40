"""Whether somebody writes that they or another person are in danger: phrases of the words key `safety`."""

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.words import languages, words_of

_READ = 20_000
"""Characters that are looked at."""


def is_in_danger(text: str, context: Context) -> bool:
    """In any language that the program knows. A false alarm costs one kind mail; a missed one may cost a life."""
    scan = tokens(text[:_READ])
    tables = (words_of(context, name) for name in languages(context))
    return any(words.phrases("safety").anywhere(scan.texts) is not None for words in tables)
