"""Prose in units: sentences, or the entries of a list on one line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coordinator.core.answers_one import Answers, plain_answer
from coordinator.core.answers_order import letters_together
from coordinator.core.answers_text import is_stop, sentences, tokens
from coordinator.core.answers_turns import casts_doubt, turns
from coordinator.core.fields import KINDS
from coordinator.core.reading import Context, Unclear
from coordinator.core.records import Question
from coordinator.core.words import words_of

_PAIR = 2
_LONGEST_PAIR = 200
_PART = 0.85
_LAST = re.compile(r"[\s:]\d{1,2}\Z")
_PICKED = frozenset({"choice", "choices", "slots"})
_TURNED = ("condition", "maybe", "correction", "but", "doubt", "pending")
ENTRIES = r"(?<!\d),|,(?!\d)|\||\s[-–—/]\s"
"""What stands between the entries of a line; the comma of "1,5 h" belongs to its number."""


def units_of(text: str, left: Sequence[Question], context: Context) -> Iterator[str]:
    """Each sentence; its entries where they are answers of their own and nothing casts a doubt on any."""
    scan = tokens(text)
    for start, end in sentences(scan):
        sentence = scan.written(start, end).strip()
        chunks = letters_together([c.strip() for c in re.split(ENTRIES, sentence) if c.strip()])
        plain = (
            sum(any(plain_answer(chunk, q, context) for q in left) for chunk in chunks) if 1 < len(chunks) < 20 else 0
        )
        whole = any(plain_answer(sentence, q, context) for q in left)
        doubted = any(is_unclear(sentence, question, context) for question in left)
        doubted = doubted or (
            len(chunks) == _PAIR and any(_is_torn(sentence, chunks[0], question, context) for question in left)
        )
        doubted = doubted or any(_lost_in(sentence, chunks, question, context) for question in left)
        doubted = (
            doubted
            or any(_counts_on(*pair) for pair in pairwise(chunks))
            or any(casts_doubt(chunk, context) or turns(chunk, context) for chunk in chunks[1:])
            or wavers(sentence, context)
        )
        if not doubted and (plain >= (3 if whole else 2) or (plain and plain >= len(chunks) - (not whole))):
            yield from chunks
        elif sentence:
            yield from _halves(sentence, left, context) or (sentence,)


def _halves(sentence: str, left: Sequence[Question], context: Context) -> tuple[str, str] | None:
    """Two parts about an "and" that each plainly answer one question, and another one: "Saturday suits me and I like
    video best". None where a part answers both, or the whole is in doubt.
    """
    shut = [question for question in left if question.field.kind in _PICKED]
    if len(shut) < _PAIR or len(sentence) > _LONGEST_PAIR:
        return None
    scan, words = tokens(sentence), words_of(context)
    if words.together(_TURNED).anywhere(scan.texts) is not None or "?" in scan.texts:
        return None
    for at in range(1, len(scan) - 1):
        joint = words.phrases("together").length(scan.texts, at)
        if not joint or is_stop(scan.texts[at]):
            continue
        parts = scan.written(0, at).rstrip(" ,"), scan.written(at + joint, len(scan))
        fits = [{q.number for q in shut if plain_answer(part, q, context, _PART)} for part in parts]
        if all(len(each) == 1 for each in fits) and fits[0].isdisjoint(fits[1]):
            return parts
    return None


def _counts_on(before: str, after: str) -> bool:
    """Whether a bare number belongs to the one before it: "goals: 6, 7"."""
    return after.rstrip(".!").isdecimal() and _LAST.search(before) is not None


def _is_torn(sentence: str, first: str, question: Question, context: Context) -> bool:
    """Whether the second of two entries casts a doubt on the options of the first: "video, sometimes email"."""
    kind = KINDS[question.field.kind]
    return (
        question.field.kind in {"choice", "choices"}
        and isinstance(kind.read(sentence, question, context), Unclear)
        and kind.read(first, question, context) is not None
    )


def _lost_in(sentence: str, chunks: Sequence[str], question: Question, context: Context) -> bool:
    """Whether the rest of the sentence undoes a yes or no: "I didn't get around, I fear, to the form"."""
    if question.field.kind != "yes_no" or len(chunks) < 2 or plain_answer(chunks[0], question, context) is None:
        return False
    return KINDS["yes_no"].read(sentence, question, context) is None


def is_unclear(sentence: str, question: Question, context: Context) -> bool:
    """Whether a sentence says neither yes nor no as a whole, whatever its parts say."""
    yes_no = question.field.kind == "yes_no"
    return yes_no and isinstance(KINDS["yes_no"].read(sentence, question, context), Unclear)


def wavers(text: str, context: Context) -> bool:
    """Whether a sentence begins as those do that say neither yes nor no: "more or less, we …"."""
    scan = tokens(text)
    length = words_of(context).phrases("maybe").length(scan.texts, 0)
    return length > 0 and scan.ends_at(length)


def without(left: Sequence[Question], known: Answers) -> list[Question]:
    return [question for question in left if question.number not in known]
