"""What every first meeting is about, and which of it a pair has not come to yet: that is carried over (ACHE-32)."""

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.core.moments import Situation
from coordinator.core.said_by import all_said

FACT = "covered"


def first_items(words: Mapping[str, Mapping[str, Any]], language: str) -> tuple[str, ...]:
    """The items in a language; in English where that has another list."""
    english = tuple(words.get("en", {}).get("event", {}).get("first", ()))
    own = tuple(words.get(language.partition("-")[0], {}).get("event", {}).get("first", ()))
    return own if len(own) == len(english) else english


def carried(where: Situation, language: str) -> tuple[str, ...]:
    """What is still open once somebody said what they came to; nothing before anybody did."""
    answers = all_said(where, FACT)
    items = first_items(where.program.words, language)
    if not answers:
        return ()
    done = {place for answer in answers for item in answer.value if (place := _place(where, str(item))) is not None}
    return tuple(item for place, item in enumerate(items) if place not in done)


def _place(where: Situation, item: str) -> int | None:
    lists = (first_items(where.program.words, language) for language in where.program.words)
    return next((items.index(item) for items in lists if item in items), None)


def is_covered(where: Situation, _person: str) -> bool:
    """Whether there is nothing left to ask about: no first meeting took place, or all was said."""
    held = any(m.status == "held" or m.ordinal == 1 for m in where.meetings)
    return not held or (bool(all_said(where, FACT)) and not carried(where, "en"))


def open_items(where: Situation, language: str) -> Sequence[str]:
    """What may still be ticked off."""
    return carried(where, language) if all_said(where, FACT) else first_items(where.program.words, language)
