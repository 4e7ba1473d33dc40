"""Answers that mean something only beside another one: how long it took, where it took place."""

from collections.abc import Mapping, Sequence

from coordinator.core.answers_one import PLAIN
from coordinator.core.fields.kind import unclear
from coordinator.core.fields.reports import asks_for_meeting
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

Answers = dict[int, Value | Unclear]


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
    loose = {n for n in lengths if isinstance(found := known.get(n), Value) and found.sure < PLAIN}
    denied = any(isinstance(met := known.get(n), Value) for n in asked)
    kept = {n: found for n, found in known.items() if n not in loose}
    return kept if denied else kept | {n: unclear(known[n].evidence, words_of(context), "which") for n in loose}
