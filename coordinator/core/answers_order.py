"""Answers that stand in the order of their questions, without numbers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from coordinator.core.answers_one import PURE, Answers, answer, is_open, plain_answer
from coordinator.core.answers_text import sentences, tokens
from coordinator.core.answers_turns import casts_doubt, is_condition, turns
from coordinator.core.fields.goals import marks
from coordinator.core.fields.kind import unclear
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of

_SHORT_LINE = 60
_IN_PLACE = 0.8
"""How sure a reading must be where its place among as many answers as questions says the same."""
_SHORT_TEXT = 40
_FEW = 5
"""A line of more words may answer several questions in a sentence."""
_MOST_LINES = 60
_TWO, _MANY = 2, 3
_ONE_VALUE = frozenset({"yes_no", "choice", "choices", "slots"})
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2}[.!])\s+|(?<=\d[.!])\s+(?=\D)")
_LISTED = re.compile(r"\d|[a-z]\)")
_NUMBERED_LETTER = re.compile(r"\d{1,2}(?:[ \t]*[.:)=-]?[ \t]*[^\W\d_])?")


def in_order(text: str, left: Sequence[Question], context: Context, *, alone: bool) -> Answers | None:
    """Answers by the order of lines, or of entries on one line; None when order alone does not settle it."""
    lone = len(text.strip().splitlines()) == 1
    best = _by_sentences(text, left, context) if lone and alone else None
    splits = _splits(text)
    for entries in splits:
        if lone and any(turns(entry, context) or is_condition(entry, context) for entry in entries[1:]):
            continue
        if lone and any(_is_counted_on(entry, context) for entry in entries[:-1]):
            continue
        units, goals = _goal_units(entries, left, context)
        others = [question for question in left if question.number not in goals]
        if len(units) > _MOST_LINES:
            return None
        # The commas of one sentence do not tell two texts apart, and its words are no texts: "Yes. 4 of 5".
        is_words = entries is splits[-1] and len(text.strip()) <= _SHORT_TEXT
        told = lone and (all if not is_words else any)(map(is_open, others))
        one_each = (
            None
            if told
            else _one_each(units, others, context, alone=alone, lines=not lone or "/" in text or "|" in text)
        )
        if one_each and lone and _is_reason(one_each, others):
            one_each = None
        known = one_each or _closed_only(units, others, context)
        if known is None and not lone and alone:
            known = _between_closed(units, others, context)
        if known is not None and (best is None or len(known | goals) > len(best)):
            best = known | goals
    return best


def _by_sentences(text: str, left: Sequence[Question], context: Context) -> Answers | None:
    """As many sentences on one line as questions, each in its place: "Yes. 40 min. G1 6. Her notes. My nerves."."""
    entries = [part.strip().removesuffix(".") for part in _FULL_STOP.split(text.strip()) if part.strip()]
    units, goals = _goal_units(entries, left, context)
    others = [question for question in left if question.number not in goals]
    if len(entries) <= _TWO or len(units) != len(others) or any(casts_doubt(e, context) for e in entries):
        return None
    first = next((place for place, entry in enumerate(entries) if entry not in units), None)
    if first is not None and left[first].number not in goals:
        return None
    known = _one_each(units, others, context, alone=True, lines=False)
    return known | goals if known is not None and not _is_reason(known, others) else None


def _is_counted_on(entry: str, context: Context) -> bool:
    """Whether an entry before a comma ends with a number of another sentence: "yes 1 hour. goals: 6" before "7"."""
    scan = tokens(entry)
    parts = tuple(sentences(scan))
    if len(parts) < _TWO or not scan.texts[-1].isdecimal():
        return False
    words = words_of(context)
    first = max(words.phrases(name).length(scan.texts, 0) for name in ("greeting", "closing"))
    return not (len(parts) == _TWO and first and scan.ends_at(first))


def _is_reason(known: Answers, left: Sequence[Question]) -> bool:
    """Whether the words behind a "no" would become another answer: "not this round, ask me in autumn"."""
    return any(
        isinstance(found := known.get(before.number), Value) and found.value is False and is_open(after)
        for before, after in pairwise(left)
    )


def _splits(text: str) -> list[list[str]]:
    """Lines; of a single line its entries between commas or slashes, or its words."""
    lines = [re.sub(r"^[ \t]*[*•·–-][ \t]+", "", line).strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        return [lines]
    splits = [lines]
    for separator in (r";", r",(?!\d)", r" / |\|", r"\s[-–—]\s"):
        parts = letters_together([part.strip() for part in re.split(separator, lines[0]) if part.strip()])
        if len(parts) > 1:
            splits.append(parts)
    if len(lines[0]) <= _SHORT_TEXT:
        words = letters_together([word.strip(",;") for word in lines[0].split() if word.strip(",;")])
        splits.append(words if len(words) > 1 or len(lines[0].split()) == 1 else lines)
    return splits


def letters_together(parts: Sequence[str]) -> list[str]:
    """Bare letters side by side name several options of one question, not one option each of several."""
    together: list[str] = []
    letter = False
    for part in parts:
        bare = part.strip("().:")
        is_letter = len(bare) == 1 and bare.isalpha()
        if is_letter and letter:
            together[-1] += f", {part}"
        else:
            together.append(part)
            letter = is_letter or _NUMBERED_LETTER.fullmatch(part) is not None
    return together


def _goal_units(units: list[str], left: Sequence[Question], context: Context) -> tuple[list[str], Answers]:
    """The units without those that begin with a goal's name, and these as the answer to the only question for them."""
    named = {}
    for place, unit in enumerate(units):
        found = list(marks(tokens(unit), words_of(context)))
        if found and found[0].start == 0:
            if found[-1].end == len(tokens(unit)):
                return units, {}  # A name alone: what stands behind it is about the goal, and no other answer.
            if len(units) == 1 or len(tuple(sentences(tokens(unit)))) > 1:
                return units, {}
            named[place] = {mark.number for mark in found}
    numbers = {number for each in named.values() for number in each}
    asked = [q for q in left if q.field.kind == "goals" and numbers and numbers <= {n for n, _ in q.goals}]
    if len(asked) != 1:
        return units, {}
    found_answer = answer("\n".join(units[place] for place in named), asked[0], context)
    if found_answer is None:
        return units, {}
    return [unit for place, unit in enumerate(units) if place not in named], {asked[0].number: found_answer}


def _one_each(
    units: Sequence[str], left: Sequence[Question], context: Context, *, alone: bool, lines: bool
) -> Answers | None:
    """As many units as questions: each answers its own, provided that the closed questions can read their units.

    On lines, one of three or more closed ones may be in doubt; the places of all others settle which it is.
    """
    if (
        not alone
        or len(units) != len(left)
        or len(left) < 2
        or (all(is_open(q) for q in left) and not _are_entries(units))
    ):
        return None
    two_for_one = len(left) == _TWO and takes_lines(left[0], context)
    if all(map(is_open, left)) and (two_for_one or any(map(_is_numbered, units))):
        wanted = [question.number for question in left if not question.field.optional]
        return {number: unclear("\n".join(units), words_of(context), "which") for number in wanted} or None
    pairs = tuple(zip(units, left, strict=True))
    plain = {q.number: plain_answer(unit, q, context, _IN_PLACE) for unit, q in pairs}
    unread = [(unit, q) for unit, q in pairs if not is_open(q) and plain[q.number] is None]
    if not lines and any(_says_again(unit, q, left, context) for unit, q in pairs):
        return None
    if not lines and len(units) == _TWO and _undone(", ".join(units), left, context):
        return None
    if not lines and any(_runs_on(unit) for unit, q in pairs if not is_open(q)):
        return None
    closed = sum(not is_open(question) for question in left)
    if len(unread) > (closed >= _MANY and lines) or any(answer(unit, q, context) is None for unit, q in unread):
        return None
    known = {q.number: plain[q.number] or answer(unit, q, context) for unit, q in pairs}
    return {number: found for number, found in known.items() if found is not None}


def _runs_on(unit: str) -> bool:
    """Whether an entry before a comma is more than one sentence of prose, so that the comma parts no answers."""
    return len(unit.split()) > _FEW + 1 and len(tuple(sentences(tokens(unit)))) > 1


def _undone(sentence: str, left: Sequence[Question], context: Context) -> bool:
    """Whether the second of two entries casts a doubt on the first: "yes, from September on"."""
    asked = (question for question in left if question.field.kind in _ONE_VALUE)
    return any(isinstance(answer(sentence, question, context), Unclear) for question in asked)


def _says_again(unit: str, question: Question, left: Sequence[Question], context: Context) -> bool:
    """Whether words that would be a text answer the yes or no beside it: "Yes, I would love to mentor her"."""
    beside = (each for each in left if each.field.kind == "yes_no")
    return is_open(question) and (_is_remark(unit, left) or any(plain_answer(unit, each, context) for each in beside))


def _is_remark(unit: str, left: Sequence[Question]) -> bool:
    """Whether a few words behind the only other answer may belong to it: "yes, I would"."""
    return len(left) == _TWO and len(unit.split()) <= _FEW


def _is_numbered(unit: str) -> bool:
    return unit[:1].isdecimal()


def takes_lines(question: Question, context: Context) -> bool:
    """Whether the question asks for several lines, so that two lines may be one answer."""
    asked = tokens(question.field.ask).texts
    return any(words_of(context, each).phrases("line_each").anywhere(asked) is not None for each in languages(context))


def _are_entries(units: Sequence[str]) -> bool:
    """Whether these are entries rather than the wrapped lines of one paragraph."""
    return all(len(unit) < _SHORT_LINE or unit[-1] in ".!?" for unit in units)


def _closed_only(units: Sequence[str], left: Sequence[Question], context: Context) -> Answers | None:
    """Every unit plainly answers a closed question, in rising order, and there is one such order only."""
    closed = [question for question in left if not is_open(question)]
    if not units or len(units) > len(closed) or (len(units) == 1 and len(units[0].split()) > _FEW and len(closed) > 1):
        return None
    fits = [[plain_answer(unit, question, context, PURE) for question in closed] for unit in units]
    if len(units) == 1 and _is_several(units[0], fits[0], closed, context):
        return None
    if not all(any(row) for row in fits) or any(
        _says_more(unit, row, closed, context) for unit, row in zip(units, fits, strict=True)
    ):
        return None
    places = _only_way(fits)
    if places is None:
        return None
    known: Answers = {}
    for row, place in zip(fits, places, strict=True):
        found = row[place]
        assert found is not None
        known[closed[place].number] = found
    return known


def _between_closed(units: Sequence[str], left: Sequence[Question], context: Context) -> Answers | None:
    """Lines in rising order, where plain answers to closed questions leave one open question for each other line."""
    if not 1 < len(units) <= len(left) or not _are_entries(units):
        return None
    closed = [question for question in left if not is_open(question)]
    fits: list[list[Value | None]] = []
    for unit in units:
        plain = {q.number: plain_answer(unit, q, context, PURE) for q in closed}
        is_text = not _LISTED.match(unit) and all(answer(unit, q, context) is None for q in closed)
        said = unit if is_text else None
        fits.append([plain.get(q.number) if not is_open(q) else _text(said, q, context) for q in left])
    places = _only_way(fits) if any(all(is_open(q) or not row[n] for n, q in enumerate(left)) for row in fits) else None
    if places is None or all(is_open(left[place]) for place in places):
        return None
    found = ((left[place].number, row[place]) for row, place in zip(fits, places, strict=True))
    return {number: value for number, value in found if value is not None}


def _text(said: str | None, question: Question, context: Context) -> Value | None:
    """A line as the answer to an open question, None for a line that answers another one."""
    found = answer(said, question, context) if said else None
    return found if isinstance(found, Value) else None


def _is_several(unit: str, row: Sequence[Value | None], closed: Sequence[Question], context: Context) -> bool:
    """Whether the first of several sentences answers a question that all of them together do not: "Yes. My goals …"."""
    scan = tokens(unit)
    parts = [scan.written(start, end) for start, end in sentences(scan)]
    return len(parts) > 1 and any(
        found is None and plain_answer(parts[0], question, context, PURE) is not None
        for question, found in zip(closed, row, strict=True)
    )


def _says_more(unit: str, row: Sequence[Value | None], closed: Sequence[Question], context: Context) -> bool:
    """Whether a sentence tells a length of time and so that the two met: "We met for 30 min."."""
    kinds = {question.field.kind for question, found in zip(closed, row, strict=True) if found}
    others = [q for q, found in zip(closed, row, strict=True) if not found and q.field.kind == "yes_no"]
    return kinds == {"duration"} and any(plain_answer(unit, question, context) for question in others)


def _only_way(fits: Sequence[Sequence[Value | None]]) -> list[int] | None:
    """The rising assignment of units to questions, when there is exactly one."""
    width = len(fits[0])
    ways = [[0] * (width + 1) for _ in fits] + [[1] * (width + 1)]
    for row in range(len(fits) - 1, -1, -1):
        for place in range(width - 1, -1, -1):
            here = ways[row + 1][place + 1] if fits[row][place] is not None else 0
            ways[row][place] = min(2, ways[row][place + 1] + here)
    if ways[0][0] != 1:
        return None
    places, start = [], 0
    for row in range(len(fits)):
        start = next(p for p in range(start, width) if fits[row][p] is not None and ways[row + 1][p + 1])
        places.append(start)
        start += 1
    return places
