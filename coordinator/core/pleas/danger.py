"""Whether somebody writes that they or another person are in danger: phrases of the words key `safety`."""

import re
import unicodedata

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.words import languages, words_of

_READ = 20_000
"""Characters that are looked at."""
_DRAWN_OUT = re.compile(r"([a-z])\1\1")
_FOREIGN = re.compile(r"[^\W\d_a-z]")
_WITHOUT = {ord(mark): None for mark in "'`’‘ʼ‛´′\u0300\u0301\u0302\u0303\u0308\u030a\u0327\u00ad\u200b\u200d"}
"""Marks and accents that are no letters, as far as people in the shipped languages write them."""


def is_in_danger(text: str, context: Context) -> bool:
    """In any language that the program knows. A false alarm costs one kind mail; a missed one may cost a life."""
    tables = [words_of(context, name) for name in languages(context)]
    plain = unicodedata.normalize("NFKD", text[:_READ]).lower().translate(_WITHOUT)
    is_plain = not _DRAWN_OUT.search(plain) and not _FOREIGN.search(plain)
    if is_plain and not any(words.phrases("safety").may_be_in(plain) for words in tables):
        return False  # true of nearly every mail, and found out in no time
    scan = tokens(text[:_READ])
    return any(words.phrases("safety").anywhere(scan.texts) is not None for words in tables)
