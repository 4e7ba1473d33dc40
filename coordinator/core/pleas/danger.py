"""Whether somebody writes that they or another person are in danger: phrases of the words key `safety`."""

import re

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.words import languages, words_of

_READ = 20_000
"""Characters that are looked at."""
_DRAWN_OUT = re.compile(r"([a-z])\1\1")
_WITHOUT = str.maketrans("", "", "'`")


def is_in_danger(text: str, context: Context) -> bool:
    """In any language that the program knows. A false alarm costs one kind mail; a missed one may cost a life."""
    tables = [words_of(context, name) for name in languages(context)]
    plain = text[:_READ].lower().translate(_WITHOUT)
    is_plain = plain.isascii() and not _DRAWN_OUT.search(plain)
    if is_plain and not any(word in plain for words in tables for word in words.phrases("safety").longest_words):
        return False  # true of nearly every mail, and found out in no time
    scan = tokens(text[:_READ])
    return any(words.phrases("safety").anywhere(scan.texts) is not None for words in tables)
