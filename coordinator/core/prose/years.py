"""Years of a job in the midst of a sentence: "I have worked in this field for six years"."""

from collections.abc import Iterator, Sequence

from coordinator.core.answers_numbers import Number, is_limited, numbers, plain
from coordinator.core.answers_one import Answers
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.fields.amounts import asked_unit
from coordinator.core.fields.kind import value
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_SURE = 0.8
_DENIES = ("negation", "maybe", "condition", "doubt", "either", "correction", "limits")


def years_told(units: Sequence[str], left: Sequence[Question], context: Context, used: set[int]) -> Answers:
    """The only years that prose tells beside a word of work, for the only question that asks for such."""
    asked = [
        question
        for question in left
        if question.field.kind == "number" and asked_unit(question.field.ask, context) == "year_units"
    ]
    words = words_of(context)
    told = [(place, number) for place, unit in enumerate(units) for number in _years(tokens(unit), words)]
    if len(asked) != 1 or len(told) != 1:
        return {}
    (place, number), field = told[0], asked[0].field
    if number.value is None or not field.low <= number.value <= field.high:
        return {}
    used.add(place)
    return {asked[0].number: value(plain(number.value), units[place], _SURE)}


def _years(scan: Tokens, words: Words) -> Iterator[Number]:
    """Numbers with "years" behind them in a sentence on somebody's work that takes nothing back."""
    if words.phrases("years_of").anywhere(scan.texts) is None or "?" in scan.texts:
        return
    if words.together(_DENIES).anywhere(scan.texts) is not None:
        return
    for number in numbers(scan, words):
        aged = any(
            words.phrases("age_lead").length(scan.texts, number.start - n) == n for n in (1, 2) if number.start >= n
        )
        if (
            words.phrases("year_units").length(scan.texts, number.end)
            and not aged
            and not is_limited(scan, number, words)
        ):
            yield number
