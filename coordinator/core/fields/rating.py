"""Points on a scale with a few words beside them: "3 – slow start"."""

import re

from coordinator.core.answers_numbers import numbers
from coordinator.core.answers_text import tokens
from coordinator.core.fields.kind import Read, unclear, value
from coordinator.core.fields.scale import STARS, Scale, bounds_problems, less_label
from coordinator.core.program import Field
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

_SCALE = Scale()
_CUT = re.compile(r"\s*(?:[–—:;,.!\n]|\s-|-\s)\s*")
_LAST = re.compile(r"(.+?)(?:(?<=[.!?…])\s+|,\s+|\s+[-–—]\s+)(\S{1,5})", re.DOTALL)
_COUNTED = ("minute_units", "hour_units", "day_units", "week_units", "month_units", "year_units", "length_times")
_LONGEST_HEAD = 4
"""Words before the points are over and the words begin."""


class Rating:
    """value: {"score": a whole number between low and high, "note": words or ""}."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        field, words = question.field, words_of(context)
        return (words.hint("rating", low=field.low, high=field.high), *((field.hint,) if field.hint else ()))

    def read(self, text: str, question: Question, context: Context) -> Read:
        text = less_label(text, question)
        whole = _SCALE.read(text, question, context)
        if isinstance(whole, Value):
            note = self._note(whole, text, question, context)
            if not note and whole.sure < 1:  # The point stands in the midst of the words.
                return value({"score": whole.value, "note": " ".join(text.split())}, text, whole.sure)
            return _rated(whole, note, text, context)
        denied = words_of(context).phrases("negation").anywhere(tokens(text).texts) is not None
        for head, note in (*_at_sign(text), *_behind_words(text), *_at_end(text, denied=denied)):
            found = _SCALE.read(head, question, context)
            if isinstance(found, Value):
                return _rated(found, note, text, context)
            if isinstance(found, Unclear) and _has_two_numbers(head):
                return found
        return whole

    def _note(self, whole: Value, text: str, question: Question, context: Context) -> str:
        """What stands behind the points, where they alone say the same."""
        if whole.sure == 1:
            return ""
        cuts = (*_at_sign(text), *_behind_words(text))
        read = [(_SCALE.read(head, question, context), note) for head, note in cuts]
        same = [(found.sure, note) for found, note in read if isinstance(found, Value) and found.value == whole.value]
        bare = next((note for sure, note in same if sure == 1), None)  # The points alone, so that no word is lost.
        return bare if bare is not None else next((note for _, note in same), "")

    def problems(self, field: Field) -> tuple[str, ...]:
        return bounds_problems(field)


def _rated(points: Value, note: str, text: str, context: Context) -> Read:
    """Unclear where the words hold another bare number ("was a 2, now a 4"), or what is counted: "5 minutes a week"."""
    mine = words_of(context).phrases("point_mine").length(tokens(note).texts, 0)
    if mine and tokens(note).texts[mine : mine + 1] == (",",):
        note = tokens(note).written(mine + 1, len(tokens(note)))
    scan = tokens(note)
    found = tuple(numbers(scan, words_of(context)))
    bare = [number for number in found if not (number.spelled and number.value == 1)]  # "un peu lent"
    first = words_of(context).phrases("articles").length(scan.texts, 0)
    second = any(number.start in {0, first} or scan.ends_at(number.end) for number in bare)
    second = second or (bool(bare) and _is_one_clause(text, note))  # "it is 1 step forward 2 steps back"
    counted = any(words_of(context).phrases(name).length(scan.texts, 0) for name in _COUNTED)
    if second or counted or note[:1] in STARS:
        return unclear(text, words_of(context), "vague")
    return value(
        {"score": points.value, "note": _unbracketed(" ".join(note.split()).lstrip("!.,;:… "))}, text, points.sure
    )


def _is_one_clause(text: str, note: str) -> bool:
    """Whether nothing parts the points from the words behind them."""
    before = text.strip().removesuffix(note).rstrip(" ")
    return len(before) < len(text.strip()) and before[-1:].isalnum()


def _unbracketed(note: str) -> str:
    return note[1:-1] if note[:1] == "(" and note[-1:] == ")" and note.count("(") == 1 else note


def _at_sign(text: str) -> list[tuple[str, str]]:
    """(points, words), told apart at the first sign."""
    cut = _CUT.search(text.strip())
    return [(text.strip()[: cut.start()], text.strip()[cut.end() :].strip())] if cut and cut.start() else []


def _at_end(text: str, *, denied: bool) -> list[tuple[str, str]]:
    """(points, words) where the points are the last sentence or entry: "Could be better. 2", "going well, 4".

    denied: whether the words hold a "not", so that a point in the same sentence may be another thing.
    """
    found = _LAST.fullmatch(text.strip())
    return [(found[2], found[1])] if found and (found[1][-1] in ".!?…" or not denied) else []


def _behind_words(text: str) -> list[tuple[str, str]]:
    """The same behind each of the first words, most of them first."""
    words = text.split()
    most = min(_LONGEST_HEAD, len(words) - 1)
    return [(" ".join(words[:n]), " ".join(words[n:])) for n in range(most, 0, -1)]


def _has_two_numbers(head: str) -> bool:
    return sum(text[0].isdecimal() for text in tokens(head).texts) > 1
