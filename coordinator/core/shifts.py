"""How far a meeting is to move, told from the meeting: "half an hour later", "same time next week"."""

from datetime import timedelta

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.fields import KINDS
from coordinator.core.program import Field
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, languages_in, words_of

_BACK = 4
"""Tokens in which the amount stands: "a quarter of an hour | later" is the longest."""
_FURTHEST = timedelta(days=21)
_LENGTH = Question(number=1, pairing="", prompt="", key="", field=Field(name="length", kind="duration", ask=""))


def shift(scan: Tokens, words: Words, context: Context) -> timedelta | None:
    """None where it says none, or more than one."""
    found = {one for i in range(len(scan)) if (one := _told(scan, i, words, context))}
    if not found and _is_asked(scan, words):
        found = {step for name, step in _STEPS.items() if words.phrases(name).anywhere(scan.texts) is not None}
    (one, *more) = found or (None,)
    return one if one and not more and abs(one) <= _FURTHEST else None


def is_shift(line: str, context: Context) -> bool:
    """Whether one line says how far to move, and so begins with no question's number: "1 hour later please"."""
    scan = tokens(line)
    return any(shift(scan, words_of(context, name), context) for name in languages_in(scan, context))


_STEPS = {"next_week": timedelta(days=7), "day_after": timedelta(days=1)}
"""Words that are a shift only where another time is spoken of: "see you next week" is none."""


def _is_asked(scan: Tokens, words: Words) -> bool:
    is_denied = words.phrases("comes_not").anywhere(scan.texts) is not None
    return is_denied or "?" in scan.texts or words.phrases("same_time").anywhere(scan.texts) is not None


def _told(scan: Tokens, place: int, words: Words, context: Context) -> timedelta | None:
    """The amount before "later" or "earlier" at this token."""
    for name, sign in (("later", 1), ("sooner", -1)):
        if words.phrases(name).length(scan.texts, place):
            amount = _days(scan, place, words) or _minutes(scan, place, context)
            return sign * amount if amount else None
    return None


def _days(scan: Tokens, end: int, words: Words) -> timedelta | None:
    for name, days in (("day_units", 1), ("week_units", 7)):
        if end > 1 and words.phrases(name).length(scan.texts, end - 1) == 1:
            number = number_at(scan, end - 2, words)
            count = (
                number.value if number else 1 if words.phrases("articles").length(scan.texts, end - 2) == 1 else None
            )
            return timedelta(days=days * count) if count else None
    return None


def _minutes(scan: Tokens, end: int, context: Context) -> timedelta | None:
    for start in range(max(0, end - _BACK), end):
        found = KINDS["duration"].read(scan.written(start, end), _LENGTH, context)
        if isinstance(found, Value) and found.sure == 1:
            return timedelta(minutes=found.value)
    return None
