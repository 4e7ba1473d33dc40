"""Lengths of time in a text: "an hour and a half", "1h30", "¾ hour", "45 min", "1:30"."""

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.core.answers_numbers import Number, number_at, with_fraction
from coordinator.core.answers_text import Tokens
from coordinator.core.words import Words

_ROUND = 5
"""Minutes behind "an hour and" go without their name only where they are round."""


@dataclass(frozen=True, slots=True)
class Length:
    """minutes: None where the words mean a time but not which. start, end: tokens."""

    minutes: float | None
    start: int
    end: int


def lengths(scan: Tokens, words: Words) -> Iterator[Length]:
    """Every length of time that the text names with a unit."""
    at = 0
    while at < len(scan):
        found = length_at(scan, at, words)
        if found:
            yield found
        number = number_at(scan, at, words)
        at = _past(scan, found, words) if found else number.end if number else at + 1


def _past(scan: Tokens, found: Length, words: Words) -> int:
    """Behind a length and the "long" that goes with it, which alone would be vague: "een uur lang"."""
    return found.end + (words.phrases("or_so").length(scan.texts, found.end) if found.minutes is not None else 0)


def length_at(scan: Tokens, at: int, words: Words) -> Length | None:
    """The length that begins here: "an hour and a half", "1h30", "¾ hour", "45 min", "1:30"."""
    vague = words.phrases("length_vague").length(scan.texts, at)
    if vague:
        return Length(None, at, at + vague)
    said = words.phrases("durations").at(scan.texts, at)
    if said:
        return _with_minutes(scan, Length(said[1], at, at + said[0]), words)
    number = number_at(scan, at, words)
    if number is None:
        return _leading_hour(scan, at, words)
    number = with_fraction(scan, number)
    return _by_unit(scan, number, words) or _by_colon(scan, number)


def _leading_hour(scan: Tokens, at: int, words: Words) -> Length | None:
    """The text begins with the bare word: "Hour and 10"."""
    unit = words.phrases("hour_units").length(scan.texts, at)
    if at or not unit:
        return None
    found = _with_minutes(scan, Length(60, at, at + unit), words)
    return found if found.end > at + unit + 1 else None


def _by_unit(scan: Tokens, number: Number, words: Words) -> Length | None:
    if number.value is None:
        return None
    more = words.phrases("duration_more").at(scan.texts, number.end)
    at = number.end + more[0] if more else number.end
    while scan.texts[at : at + 1] == ("-",) and scan.touches(at):
        at += 1
    at += words.phrases("length_whole").length(scan.texts, at)
    if 0 < number.value < 1:
        at += words.phrases("part_of").length(scan.texts, at)
    hours = words.phrases("hour_units").length(scan.texts, at)
    if hours:
        total = number.value * 60 + (more[1] if more else 0)
        return _with_minutes(scan, Length(total, number.start, at + hours), words)
    minutes = words.phrases("minute_units").length(scan.texts, at)
    if minutes and not more:
        return Length(number.value, number.start, at + minutes)
    return None


def _by_colon(scan: Tokens, number: Number) -> Length | None:
    after = scan.texts[number.end : number.end + 2]
    if number.value is None or number.spelled or len(after) < 2 or after[0] != ":" or not scan.touches(number.end + 1):
        return None
    if len(after[1]) != 2 or not after[1].isdecimal() or int(after[1]) > 59 or not 0 <= number.value <= 1:
        return None
    return Length(number.value * 60 + int(after[1]), number.start, number.end + 2)


def _with_minutes(scan: Tokens, hours: Length, words: Words) -> Length:
    """The hours, with the minutes or the half that follow: "1 h 30", "an hour and 15 minutes", "1 hour and a half"."""
    assert hours.minutes is not None
    more = words.phrases("duration_more").at(scan.texts, hours.end)
    if more:
        return Length(hours.minutes + more[1], hours.start, hours.end + more[0])
    if hours.minutes % 60:
        return hours
    at = hours.end + words.phrases("hour_joins").length(scan.texts, hours.end)
    number = number_at(scan, at, words)
    if number is None or number.value is None or not 0 < number.value < 60:
        return hours
    unit = words.phrases("minute_units").length(scan.texts, number.end)
    ended = scan.ends_at(number.end) or words.phrases("or_so").length(scan.texts, number.end) > 0
    beside = at == hours.end
    joined = not beside and scan.texts[hours.end] != ","
    is_round = number.value % _ROUND == 0
    if unit or (ended and ((beside and not number.spelled) or (is_round and (beside or joined)))):
        return Length(hours.minutes + number.value, hours.start, number.end + unit)
    return Length(None, hours.start, number.end) if joined or (beside and number.spelled and ended) else hours
