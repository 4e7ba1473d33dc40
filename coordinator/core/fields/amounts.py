"""Amounts of time for a question that counts another unit: "a week" where days were asked for, "half a year"."""

from collections.abc import Mapping

from coordinator.core.answers_numbers import Number, number_at
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.reading import Context
from coordinator.core.words import Words, languages, words_of

TIME_UNITS = ("minute_units", "hour_units", "day_units", "week_units", "month_units", "year_units")
_FACTORS: Mapping[tuple[str, str], int] = {
    ("week_units", "day_units"): 7,
    ("year_units", "month_units"): 12,
}


def asked_unit(ask: str, context: Context) -> str:
    """The unit of time that a question counts, in whatever language it is printed; "" for none."""
    texts = tokens(ask).texts
    tables = [words_of(context, language) for language in languages(context)[:3]]
    return next((u for u in TIME_UNITS for words in tables if words.phrases(u).anywhere(texts) is not None), "")


def amount_in(scan: Tokens, asked: str, words: Words) -> Number | None:
    """The first amount of another unit, as a number of those that were asked for; a half of the same unit, too."""
    for at in range(1, len(scan)):
        unit = next((u for u in TIME_UNITS if words.phrases(u).length(scan.texts, at)), "")
        if not unit:
            continue
        found = _before(scan, at, words)
        factor = 1 if unit == asked else _FACTORS.get((unit, asked))
        if found is None or found.value is None or factor is None or (factor == 1 and found.value >= 1):
            return None
        total = found.value * factor
        joined = found.start > 0 and words.phrases("hour_joins").length(scan.texts, found.start - 1) > 0
        if total != int(total) or joined:  # "three and a half years"
            return None
        return Number(int(total), found.start, at + words.phrases(unit).length(scan.texts, at))
    return None


def _before(scan: Tokens, at: int, words: Words) -> Number | None:
    """The "two", "a" or "half a" in front of a unit."""
    for back in (3, 2, 1):
        start = at - back
        if start >= 0 and words.phrases("half").length(scan.texts, start) == back:
            return Number(0.5, start, at, spelled=True)
    number = number_at(scan, at - 1, words)
    if number is not None and number.end == at:
        return number
    return Number(1, at - 1, at, spelled=True) if words.phrases("articles").length(scan.texts, at - 1) == 1 else None
