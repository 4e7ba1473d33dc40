"""Answers that another sentence takes back, and those that mean something only beside another one."""

from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from coordinator.core.answers_one import PLAIN, Answers
from coordinator.core.answers_text import tokens
from coordinator.core.answers_turns import casts_doubt
from coordinator.core.fields import KINDS
from coordinator.core.fields.goals import marks
from coordinator.core.fields.kind import unclear
from coordinator.core.fields.reports import asks_for_meeting
from coordinator.core.prose.units import is_unclear, wavers
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

_COUNTED = frozenset({"duration", "scale", "number"})
_SECOND_THOUGHT = ("no", "no_alone", "lead", "correction")
_BARE = 2
"""Words of a yes or no that may answer whatever was asked before it."""
_SHORT = 4
"""Tokens of a number with its unit."""


def less_doubted(known: Answers, units: Sequence[str], left: Sequence[Question], context: Context) -> Answers:
    """Unclear where the next sentence takes an answer back, or one before did not want to say."""
    changed = dict(known)
    for question in left:
        found = known.get(question.number)
        if isinstance(found, Value) and question.field.kind in _COUNTED:
            later = next((unit for unit in units if _replaces(unit, found, question, context)), None)
            if later is not None:
                changed[question.number] = unclear(f"{found.evidence} {later}", words_of(context), "different")
                continue
        doubted = _doubted_before(found, units, question, context) if isinstance(found, Value) else None
        if doubted is not None:
            changed[question.number] = unclear(doubted, words_of(context), "different")
    for place, unit in enumerate(units):
        said_of = _said_of_another(units, place, context)
        for number, found in known.items():
            if said_of and isinstance(found, Value) and isinstance(found.value, bool) and _is_its(found, unit):
                changed[number] = unclear(said_of, words_of(context), "which")
    changed |= _asked_back(known, units, left, context)
    for before, after in pairwise(units):
        doubtful, hedged = casts_doubt(after, context) or wavers(after, context), wavers(before, context)
        for number, found in known.items():
            if not isinstance(found, Value):
                continue
            told, yes_no = found.evidence.strip(), isinstance(found.value, bool)
            if (doubtful and told == before.strip()) or (hedged and yes_no and told == after.strip()):
                changed[number] = unclear(f"{before} {after}", words_of(context), "different")
    return changed


def _asked_back(known: Answers, units: Sequence[str], left: Sequence[Question], context: Context) -> Answers:
    """Unclear what stands in a question of theirs, and a bare yes or no behind one: "does a hello count? Then yes"."""
    changed: Answers = {}
    ours = [set(tokens(question.field.ask).texts) for question in left]
    for number, found in known.items():
        if not isinstance(found, Value) or isinstance(found.value, str | dict):
            continue
        told = found.evidence.strip()
        place = next((i for i, unit in enumerate(units) if unit.strip() == told), None)
        before = units[place - 1].rstrip() if place else ""
        is_bare = isinstance(found.value, bool) and len(tokens(told).said) <= _BARE
        if told.endswith("?") or (is_bare and _asks(before, ours)):
            changed[number] = unclear(f"{before} {told}".strip(), words_of(context), "maybe")
    return changed


def _asks(unit: str, ours: Sequence[set[str]]) -> bool:
    """Whether a sentence is a question of theirs, and none of ours that they wrote again."""
    return unit.endswith("?") and not any(set(tokens(unit).said) <= question for question in ours)


def _is_its(found: Value, unit: str) -> bool:
    return found.evidence.strip() == unit.strip()


def _said_of_another(units: Sequence[str], place: int, context: Context) -> str:
    """The words that show that a bare yes or no is about something else: "G2 done? no", "30. No, 40"; "" for none."""
    scan, words = tokens(units[place]), words_of(context)
    before, after = units[place - 1] if place else "", units[place + 1] if place + 1 < len(units) else ""
    if len(scan.said) != 1:
        return ""
    asked = tokens(before)
    if before.rstrip().endswith("?") and any(marks(asked, words)):
        return f"{before} {units[place]}"
    numbers = all(len(found.said) == 1 and found.said[0].isdecimal() for found in (asked, tokens(after)))
    denies = words.phrases("no_inside").length(scan.said, 0) > 0
    return f"{before} {units[place]} {after}" if numbers and denies else ""


def _replaces(unit: str, found: Value, question: Question, context: Context) -> bool:
    """Whether a sentence is nothing but a second thought with another number: "sorry, no, 60"."""
    scan, words = tokens(unit), words_of(context)
    at = 0
    while step := max(words.phrases(name).length(scan.texts, at) for name in _SECOND_THOUGHT):
        at += step + (scan.texts[at + step : at + step + 1] == (",",))
    if not 0 < at < len(scan) or len(scan) - at > _SHORT or unit.strip() == found.evidence.strip():
        return False
    other = KINDS[question.field.kind].read(scan.written(at, len(scan)), question, context)
    return isinstance(other, Value) and other.value != found.value


def _doubted_before(found: Value, units: Sequence[str], question: Question, context: Context) -> str | None:
    """A sentence above a yes or no that says neither: "no, wait: does a text count? Then yes"."""
    if question.field.kind != "yes_no":
        return None
    earlier = takewhile(lambda unit: unit.strip() != found.evidence.strip(), units)
    return next((unit for unit in earlier if is_unclear(unit, question, context)), None)


def less_of_no_meeting(
    known: Mapping[int, Value | Unclear], questions: Sequence[Question], context: Context
) -> Answers:
    """Without a length of time out of a sentence, where the same words do not say that the two met.

    "We were to have 45 minutes but she forgot" has none; "we'll have an hour on the 9th" is asked for again.
    """
    asked = [q.number for q in questions if q.field.kind == "yes_no" and asks_for_meeting(q, context)]
    if not asked or any(isinstance(met := known.get(n), Value) and met.value is True for n in asked):
        return dict(known)
    lengths = {q.number for q in questions if q.field.kind == "duration"}
    denied = any(isinstance(known.get(n), Value) for n in asked)
    told = {n: found for n in lengths if isinstance(found := known.get(n), Value)}
    loose = {n for n, found in told.items() if denied or found.sure < PLAIN}
    kept = {n: found for n, found in known.items() if n not in loose}
    return kept if denied else kept | {n: unclear(known[n].evidence, words_of(context), "which") for n in loose}
