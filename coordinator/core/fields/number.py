"""A plain number, such as of years or days."""

from coordinator.core.answers_numbers import Number, is_limited, numbers, plain, unexplained
from coordinator.core.answers_text import Tokens, sentences, tokens
from coordinator.core.fields.amounts import TIME_UNITS, amount_in, asked_unit
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.fields.scale import bounds_problems, is_conditional, is_negative, is_replaced
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_BESIDE = ("about", "or_so", "please", "closing")


class PlainNumber:
    """value: a number between low and high."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        field = question.field
        return (words_of(context).hint("number", low=field.low, high=field.high),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        scan = tokens(text)
        if not len(scan):
            return None
        unit = asked_unit(question.field.ask, context)
        return by_language(scan, context, lambda words: _number(scan, text, question.field, unit, words))

    def problems(self, field: Field) -> tuple[str, ...]:
        return bounds_problems(field)


def _number(scan: Tokens, text: str, field: Field, unit: str, words: Words) -> Read:
    ranges = tuple(sentences(scan))
    amount = amount_in(scan, unit, words) if unit else None
    found = (amount,) if amount else tuple(numbers(scan, words)) or _counted(scan, words)
    if not found:
        return None
    first = found[0]
    home = next((r for r in ranges if r[0] <= first.start < r[1]), (0, len(scan)))
    if (
        is_conditional(scan, first, words)
        or _is_unsafe(scan, first, home, words)
        or (not amount and _counts_else(scan, first, unit, words))
    ):
        return unclear(text, words, "vague")
    if is_replaced(scan, first, found[1:], words):
        return unclear(text, words, "several")
    assert first.value is not None
    if not field.low <= first.value <= field.high:
        return unclear(text, words, "outside", low=field.low, high=field.high)
    others = unexplained(scan, set(range(first.start, first.end)), words, _BESIDE)
    return value(plain(first.value), text, 1.0 if not others else 0.9 if first.start == 0 else 0.7)


def _is_unsafe(scan: Tokens, first: Number, home: tuple[int, int], words: Words) -> bool:
    sentence = scan.texts[home[0] : home[1]]
    ordinal = words.phrases("ordinal_signs").length(scan.texts, first.end) > 0 and scan.touches(first.end)
    after = scan.texts[first.end : first.end + 1]
    return (
        first.value is None
        or ordinal
        or after in {("/",), (":",), ("%",), ("?",)}
        or is_limited(scan, first, words)
        or is_negative(scan, first)
        or words.phrases("duration_more").length(scan.texts, first.end) > 0
        or words.phrases("negation").anywhere(sentence) is not None
        or words.phrases("limits").anywhere(scan.texts[home[0] : first.start]) is not None
        or _is_from_a_day(scan, first.end, home[1], words)
    )


def _counts_else(scan: Tokens, number: Number, unit: str, words: Words) -> bool:
    """Whether it counts months where years were asked for, or is somebody's age: "6 months", "I'm 34"."""
    aged = words.phrases("age_lead")
    if any(number.start >= n and aged.length(scan.texts, number.start - n) == n for n in (1, 2)):
        return True
    told = [name for name in TIME_UNITS if words.phrases(name).length(scan.texts, number.end)]
    if not told and number.spelled and words.phrases("articles").length(scan.texts, number.start):
        known = (*_BESIDE, "scale_after", "slot_fillers", "because")
        ends = scan.ends_at(number.end) or any(words.phrases(n).length(scan.texts, number.end) for n in known)
        return not ends  # The "ein" of "ein halbes Jahr" counts nothing.
    return bool(told) and bool(unit) and told[0] != unit


def _is_from_a_day(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a month behind the number says when it is so: "20 next May"."""
    return words.phrases("months").anywhere(scan.texts[start:end]) is not None


def _counted(scan: Tokens, words: Words) -> tuple[Number, ...]:
    """ "Twice" is 2, "none" alone is 0."""
    for at in range(min(len(scan), 6)):
        found = words.phrases("times").at(scan.texts, at)
        if found:
            return (Number(found[1], at, at + found[0], spelled=True),)
    if len(scan) <= 2 and words.phrases("zero").length(scan.texts, 0):
        return (Number(0, 0, 1, spelled=True),)
    return ()
