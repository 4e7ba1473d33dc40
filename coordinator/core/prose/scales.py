"""Points on a scale in the midst of a sentence that says what they are of: "we get on at a five"."""

from collections.abc import Sequence

from coordinator.core.answers_numbers import Number, is_limited, numbers
from coordinator.core.answers_one import Answers
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.fields.kind import value
from coordinator.core.fields.scale import is_conditional, is_negative
from coordinator.core.prose.led import asked_in
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_SURE = 0.85
_CLAUSE = 6
"""Words of a clause that says no more than what the points are of."""
_DENIES = ("negation", "maybe", "condition", "doubt", "either", "correction")


def point_of_topic(text: str, question: Question, context: Context) -> Value | None:
    """The only number of a sentence that speaks of what the scale is of, introduced as points: "at a five"."""
    asked = asked_in(question.field.ask, "scale_asked", context)
    scan, words = tokens(text), words_of(context)
    topics = words.phrases("scale_topics")
    spoken = any((topic := topics.at(scan.texts, at)) and topic[1] in asked for at in range(len(scan)))
    if not spoken or "?" in scan.texts or words.together(_DENIES).anywhere(scan.texts) is not None:
        return None
    found = [number for number in numbers(scan, words) if not (number.spelled and number.value == 1)]
    if len(found) != 1 or not _is_point(scan, found[0], question, words):
        return None
    assert found[0].value is not None
    return value(int(found[0].value), text, _SURE)


def _is_point(scan: Tokens, number: Number, question: Question, words: Words) -> bool:
    if number.value is None or number.value != int(number.value):
        return False
    point = words.phrases("scale_point")
    introduced = any(point.length(scan.texts, number.start - n) == n for n in (1, 2, 3) if number.start >= n)
    ends = scan.ends_at(number.end) or not _counts(scan, number.end, words)
    unsafe = is_limited(scan, number, words) or is_negative(scan, number) or is_conditional(scan, number, words)
    return introduced and ends and not unsafe and question.field.low <= number.value <= question.field.high


def _counts(scan: Tokens, at: int, words: Words) -> bool:
    """Whether what stands behind a number may be what it counts."""
    return not any(words.phrases(name).length(scan.texts, at) for name in ("scale_after", "scale_topics", "right_now"))


def tells_of_points(unit: str, left: Sequence[Question], known: Answers, context: Context) -> bool:
    """Whether a clause says only what the points are of that were read beside it: "we get on fine, a 5"."""
    scan, topics = tokens(unit), words_of(context).phrases("scale_topics")
    said = {found[1] for at in range(len(scan)) if (found := topics.at(scan.texts, at))}
    if not said or len(scan.said) > _CLAUSE:
        return False
    points = (q for q in left if q.field.kind == "scale" and isinstance(known.get(q.number), Value))
    return any(said & asked_in(question.field.ask, "scale_asked", context) for question in points)


def could_be_points(unit: str, left: Sequence[Question], context: Context) -> bool:
    """Whether a sentence holds a number that an unanswered scale could have asked for."""
    words = words_of(context)
    found = [n.value for n in numbers(tokens(unit), words) if n.value is not None and not (n.spelled and n.value == 1)]
    return any(
        question.field.low <= number <= question.field.high
        for question in left
        if question.field.kind in {"scale", "rating"}
        for number in found
    )
