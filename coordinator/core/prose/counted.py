"""Years and days in the midst of a sentence: "I have worked here for six years", "we answer within two days"."""

from collections.abc import Iterator, Mapping, Sequence

from coordinator.core.answers_numbers import Number, is_limited, numbers, plain
from coordinator.core.answers_one import Answers
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.fields.amounts import asked_unit
from coordinator.core.fields.kind import value
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

_SURE = 0.8
_OF: Mapping[str, str] = {"year_units": "years_of", "day_units": "days_of"}
"""Unit → words beside which it counts what was asked for."""
_DENIES = ("negation", "maybe", "condition", "doubt", "either", "correction", "limits")


def counted(units: Sequence[str], left: Sequence[Question], context: Context, used: set[int]) -> Answers:
    """The only number of a unit that prose tells beside a word for it, for the only question that asks for such."""
    known: Answers = {}
    for unit in _OF:
        asked = [q for q in left if q.field.kind == "number" and _asks_for(q, unit, context)]
        words = words_of(context)
        told = [(place, number) for place, text in enumerate(units) for number in _told(tokens(text), unit, words)]
        if len(asked) != 1 or len(told) != 1:
            continue
        (place, number), field = told[0], asked[0].field
        if number.value is not None and field.low <= number.value <= field.high:
            used.add(place)
            known[asked[0].number] = value(plain(number.value), units[place], _SURE)
    return known


def _asks_for(question: Question, unit: str, context: Context) -> bool:
    """Whether a question counts these; of days those until an answer, and not those before a meeting."""
    asked = tokens(question.field.ask).texts
    named = any(words_of(context, each).phrases(_OF[unit]).anywhere(asked) is not None for each in languages(context))
    return asked_unit(question.field.ask, context) == unit and named


def _told(scan: Tokens, unit: str, words: Words) -> Iterator[Number]:
    """Numbers with the unit behind them in a sentence that speaks of it and takes nothing back."""
    if words.phrases(_OF[unit]).anywhere(scan.texts) is None or "?" in scan.texts:
        return
    if words.together(_DENIES).anywhere(scan.texts) is not None or _is_of_another(scan, unit, words):
        return
    for number in numbers(scan, words):
        before = (n for n in (1, 2) if number.start >= n)
        aged = any(words.phrases("age_lead").length(scan.texts, number.start - n) == n for n in before)
        counts = words.phrases(unit).length(scan.texts, number.end) > 0
        if counts and not aged and not is_limited(scan, number, words):
            yield number


def _is_of_another(scan: Tokens, unit: str, words: Words) -> bool:
    """Whether years are somebody else's: "my mother worked here for thirty years", "she has worked …"."""
    if unit != "year_units":
        return False
    mine = words.phrases("mine").length(scan.texts, 0)
    owned = mine > 0 and not words.phrases("years_of").length(scan.texts, mine)
    return owned or words.phrases("first_person").anywhere(scan.texts) is None
