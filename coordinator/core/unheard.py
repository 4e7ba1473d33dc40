"""Questions that a message asks and that nobody would hear: they answer nothing, and no letter hands them on."""

import re
from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.answers import without_commands
from coordinator.core.answers_polite import is_pleasantry
from coordinator.core.answers_text import LONGEST, sentences, tokens, unwrapped
from coordinator.core.arrival import Arrival
from coordinator.core.effects import Decision
from coordinator.core.fields import KINDS
from coordinator.core.frozen import replace
from coordinator.core.other_times import free_ranges, proposed_start
from coordinator.core.pleas.danger import is_in_danger
from coordinator.core.pleas.heeded import is_to_help
from coordinator.core.reading import Unclear, Value
from coordinator.core.records import Question
from coordinator.core.remainder import LEAST_ASKED
from coordinator.core.spoken import presence

LATER = timedelta(days=30)
"""From a meeting so far ahead "half an hour earlier?" is still ahead, whichever is meant."""
_ASKED = re.compile(r"[^\n.!?]+\?")
"""What ends in a question mark, for a first look."""
_LABEL = re.compile(r"\A[\s>*•-]*[(#]?(?:\d{1,2}|[Qq]\d)\s?[.:)]\s*")
"""The number of the question that a line answers."""
REASON = "a question stands beside the answers"


def heard_out(arrival: Arrival, decision: Decision) -> Decision:
    """The decision; a human looks as well where a question was asked that went nowhere."""
    if decision.outcome != "applied" or not _may_ask(arrival):
        return decision
    kept = _flat(repr((decision.changes, [effect.sections for effect in decision.effects])))
    if all(_is_in(kept, sentence) for sentence in _ASKED.findall(arrival.reading.text or "")):
        return decision
    lost = [sentence for sentence in _questions(arrival) if not _is_in(kept, sentence)]
    is_heard = all(_is_about_this(arrival, sentence) for sentence in lost)
    return decision if is_heard else replace(decision, outcome="held", reason=REASON)


def _is_in(kept: str, sentence: str) -> bool:
    return _flat(_LABEL.sub("", sentence)) in kept


def asks_only(arrival: Arrival) -> bool:
    """Whether a reply says nothing but what is asked of us, so that asking once more answers nothing."""
    if not _may_ask(arrival) or _says_more(arrival):
        return False
    asked = {_flat(sentence) for sentence in _questions(arrival) if not _is_about_this(arrival, sentence)}
    return bool(asked) and all(
        _flat(sentence) in asked or is_pleasantry(sentence, arrival.context()) for sentence in _sentences(arrival)
    )


def _says_more(arrival: Arrival) -> bool:
    """Whether something was answered or ordered, or somebody is in need: those words are their writer's to release."""
    reading = arrival.reading
    understood = any(isinstance(answer, Value) for answer in reading.answers.values())
    is_call = reading.kind == "help" or is_to_help(reading, arrival.chapter)
    return understood or bool(reading.commands) or is_call or is_in_danger(reading.text or "", arrival.context())


def _questions(arrival: Arrival) -> Iterator[str]:
    """The sentences that end in a question mark and are more than a phrase."""
    for sentence in _sentences(arrival):
        words = [text for text in tokens(sentence).said if text[0].isalpha()]
        if sentence.endswith("?") and len(words) >= LEAST_ASKED and not is_pleasantry(sentence, arrival.context()):
            yield sentence


def _is_about_this(arrival: Arrival, sentence: str) -> bool:
    """Whether it is asked about a time, or belongs to what was answered."""
    return _names_time(arrival, sentence) or _is_needed(arrival, sentence)


def _may_ask(arrival: Arrival) -> bool:
    return arrival.found.writer is not None and "?" in (arrival.reading.text or "")


def _sentences(arrival: Arrival) -> Iterator[str]:
    letter, context = arrival.found.letter, arrival.context()
    text = (arrival.reading.text or "")[:LONGEST]
    scan = tokens(unwrapped(without_commands(text, context, letter.questions if letter else ())))
    return (written for first, end in sentences(scan) if (written := scan.written(first, end).strip()))


def _names_time(arrival: Arrival, sentence: str) -> bool:
    """Whether it is about when: "Could we do Thursday at four instead?"."""
    context = arrival.context()
    if presence(sentence, context) is not None or free_ranges(sentence, context):
        return True
    return proposed_start(sentence, context, arrival.now + LATER) is not None


def _is_needed(arrival: Arrival, sentence: str) -> bool:
    """Whether an answer was read from it, so that without it there would be another one or none."""
    letter = arrival.found.letter
    return any(_rests_on(arrival, question, sentence) for question in (letter.questions if letter else ()))


def _rests_on(arrival: Arrival, question: Question, sentence: str) -> bool:
    answer = arrival.reading.answers.get(question.number)
    if answer is None or isinstance(answer, Unclear) or _flat(sentence) not in _flat(answer.evidence):
        return False
    if isinstance(answer.value, str):
        return False  # kept as it is, or lost with the rest: what was decided tells
    less = _flat(answer.evidence).replace(_flat(sentence), " ").strip()
    other = KINDS[question.field.kind].read(less, question, arrival.context()) if less else None
    return not (isinstance(other, Value) and other.value == answer.value)


def _flat(text: str) -> str:
    """The words alone, also of a `repr`."""
    return " ".join(re.sub(r"\\n|\W", " ", text).split())
