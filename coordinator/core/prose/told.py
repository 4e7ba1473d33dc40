"""Prose such as "Yes we met for 45 min": the only question of a kind takes the only such expression."""

import re
from collections.abc import Sequence

from coordinator.core.answers_numbers import numbers
from coordinator.core.answers_one import Answers, plain_answer
from coordinator.core.answers_text import Tokens, folded, tokens
from coordinator.core.fields import KINDS
from coordinator.core.fields.kind import unclear, value
from coordinator.core.prose.counted import counted
from coordinator.core.prose.of_meeting import about_meeting
from coordinator.core.prose.scales import point_of_topic
from coordinator.core.prose.units import without
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_LIKELY = 0.7
_DOUBTS = (
    "negation",
    "condition",
    "maybe",
    "doubt",
    "correction",
    "but",
    "either",
    "pending",
    "except_for",
    "too_much",
)
_FULL = 3
"""Words of an option in another language that may stand in the midst of a sentence."""


def told(
    units: Sequence[str], all_asked: Sequence[Question], by_kind: Answers, context: Context, used: set[int]
) -> Answers:
    """Prose such as "Yes we met for 45 min": the only question of a kind takes the only such expression."""
    known: Answers = dict(counted(units, without(all_asked, by_kind), context, used))
    for kind in ("yes_no", "duration", "scale", "choice", "choices"):
        asked = [question for question in without(all_asked, by_kind) if question.field.kind == kind]
        if not asked:
            continue
        for place, unit in enumerate(units):
            is_read = place in used and _reads_as_kind(unit, kind, all_asked, context)
            found = None if is_read else in_prose(unit, asked[0], context)
            if found is None:
                continue
            used.add(place)
            about = about_meeting(unit, asked, context) if kind == "yes_no" and len(asked) > 1 else None
            if about is not None:
                known[about.number] = in_prose(unit, about, context) or found
                break
            if len(asked) > 1:
                known |= {q.number: unclear(unit, words_of(context), "which") for q in asked if not q.field.optional}
                break
            before = known.get(asked[0].number)
            known[asked[0].number] = found if before is None else _either(before, found, unit, context)
    return known


def _reads_as_kind(unit: str, kind: str, questions: Sequence[Question], context: Context) -> bool:
    """Whether a unit was shared out among questions of this kind already."""
    return any(plain_answer(unit, question, context) for question in questions if question.field.kind == kind)


def _either(before: Value | Unclear, found: Value | Unclear, text: str, context: Context) -> Value | Unclear:
    """The first of two sentences that speak of the same; unclear when they say different things."""
    if isinstance(before, Value) and isinstance(found, Value):
        return (
            before
            if before.value == found.value
            else unclear(f"{before.evidence} {text}", words_of(context), "different")
        )
    return before if isinstance(before, Value) else found if isinstance(found, Value) and not before.guess else before


def in_prose(text: str, question: Question, context: Context) -> Value | Unclear | None:
    """What a sentence says to a question of this kind that names it in no other way; None where it need not."""
    if question.field.kind == "choice":
        return _named_option(text, question, context)
    if question.field.kind == "scale" and (point := point_of_topic(text, question, context)) is not None:
        return point
    text = _point(text, question) if question.field.kind == "scale" else text
    found = KINDS[question.field.kind].read(text, question, context)
    if isinstance(found, Unclear):
        return found if question.field.kind != "scale" else None
    if found is None or found.sure < _LIKELY:
        return None
    shown = question.field.kind != "scale" or _is_marked_scale(text, question) or _is_judged(text, context)
    return found if shown else None


def _named_option(text: str, question: Question, context: Context) -> Value | None:
    """The one option of several words that a sentence names in full: "you may ask me once a year"."""
    scan, words = tokens(text), words_of(context)
    said = f" {' '.join(scan.texts)} "
    named = [option for option in question.field.options if f" {folded(option)} " in said] or _by_meaning(
        scan, question, words
    )
    more = any(text.isdecimal() for text in scan.texts if text not in tokens("".join(named)).texts)
    if len(named) != 1 or more or " " not in named[0] or words.phrases("we").anywhere(scan.texts) is not None:
        return None
    found = KINDS["choice"].read(text, question, context)
    if isinstance(found, Value) or "?" in scan.texts or not question.field.optional:
        return found if isinstance(found, Value) and found.value == named[0] else None
    doubted = words.together(_DOUBTS).anywhere(_less_option(scan.texts, named[0])) is not None
    is_whole = len(tokens(named[0]).said) >= _FULL
    return value(named[0], text, _LIKELY) if is_whole and not doubted else None


def _less_option(texts: tuple[str, ...], option: str) -> tuple[str, ...]:
    """The words around an option that is named in full: the "not" of "not at all" denies nothing."""
    own = tokens(option).texts
    at = next((at for at in range(len(texts)) if texts[at : at + len(own)] == own), len(texts))
    return (*texts[:at], *texts[at + len(own) :])


def _by_meaning(scan: Tokens, question: Question, words: Words) -> list[str]:
    """Options that are said in another language, in several words: "de três em três meses"."""
    known, options = words.phrases("known_options"), {"_".join(tokens(o).texts): o for o in question.field.options}
    found = (known.at(scan.texts, at) for at in range(len(scan)))
    return list({options[each[1]] for each in found if each and each[0] >= _FULL and each[1] in options})


def _is_judged(text: str, context: Context) -> bool:
    """Whether a verb of judging brings the only number: "I'd say 2 for now"."""
    scan, words = tokens(text), words_of(context)
    at, verbs = 0, words.phrases("scale_verbs")
    while not verbs.length(scan.texts, at) and (
        step := max(words.phrases(name).length(scan.texts, at) for name in ("right_now", "lead", "turn", "together"))
    ):
        at += step
    bare = [n for n in numbers(scan, words) if not (n.spelled and n.value == 1)]  # "un 4"
    return verbs.length(scan.texts, at) > 0 and len(bare) == 1


def _point(text: str, question: Question) -> str:
    """Of a sentence with one point that shows its scale, the words from there on: "we met, and I'd say 3 out of 5"."""
    found = re.findall(rf"(?<!\S)(?=\d\s?(?:/|out of)\s?{question.field.high}(?!\w))", text)
    if len(found) != 1:
        return text
    return re.split(rf"(?<!\S)(?=\d\s?(?:/|out of)\s?{question.field.high}(?!\w))", text)[1]


def _is_marked_scale(text: str, question: Question) -> bool:
    """Whether the number shows that it is a point on this scale: "4/5", "4 out of 5", stars."""
    scan = tokens(text)
    return str(question.field.high) in scan.texts[1:] or any(
        sign in scan.texts for sign in ("★", "⭐", "🌟", "star", "stars")
    )
