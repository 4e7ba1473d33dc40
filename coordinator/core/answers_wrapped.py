"""A number that a mail program put on the next line: behind "… goal" or "give it a" it answers no other question."""

import re

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.words import languages, words_of

WRAPPED = 55
"""Characters of a line that may have been broken for its length."""
_NUMBER = re.compile(r"\d{1,2}\b")
_LAST = re.compile(r"[^\W\d_]+\Z")


def numbers_rejoined(text: str, context: Context) -> str:
    """The same text; a number that begins a line stands with the word that ends the long line before and wants one."""
    lines = text.split("\n")
    for place in range(len(lines) - 1, 0, -1):
        before = lines[place - 1].rstrip()
        if len(before) >= WRAPPED and _NUMBER.match(lines[place]) and _wants_number(before, context):
            lines[place - 1 : place + 1] = [f"{before} {lines[place]}"]
    return "\n".join(lines)


def _wants_number(line: str, context: Context) -> bool:
    last = _LAST.search(line)
    said = tokens(last[0]).texts if last else ()
    tables = (words_of(context, language) for language in languages(context))
    return any(
        len(said) == words.phrases(name).length(said, 0) > 0
        for words in tables
        for name in ("goal_word", "articles")
        if said
    )
