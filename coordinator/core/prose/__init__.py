"""Words that name no question: told apart by their order, by their kind, and as prose that answers several."""

import re
from collections.abc import Sequence
from itertools import islice

from coordinator.core.answers_one import LONGEST_CLOSED, Answers, answer, reads_at_all
from coordinator.core.answers_order import in_order
from coordinator.core.answers_polite import is_pleasantry, politeness_removed
from coordinator.core.answers_text import unwrapped
from coordinator.core.answers_turns import turns
from coordinator.core.prose.addresses import addresses_taken
from coordinator.core.prose.alike import by_kind
from coordinator.core.prose.beside import less_doubted, less_of_no_meeting
from coordinator.core.prose.conflicts import is_on_conflict
from coordinator.core.prose.goals import goals_taken
from coordinator.core.prose.led import led_taken
from coordinator.core.prose.open import free_text
from coordinator.core.prose.scales import could_be_points, tells_of_points
from coordinator.core.prose.told import told
from coordinator.core.prose.units import units_of, without
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question

_MOST_UNITS = 60
_MARKED = re.compile(r"(?:^|\s)\(?[a-h]\)(?!\w)")
_ONE_VALUE = frozenset({"choice", "choices", "slots", "yes_no"})


def read_rest(text: str, left: Sequence[Question], context: Context, *, alone: bool, total: int) -> Answers:
    """Answers to the questions that are left. alone: no other word named a question. total: how many were asked."""
    text = unwrapped(politeness_removed(text, context))
    if not text or not left:
        return {}
    if total == 1:
        found = answer(text, left[0], context)
        return {left[0].number: found} if found is not None else {}
    text, known = addresses_taken(text, left, context)
    text, led = led_taken(text, without(left, known), context)
    led |= known
    left, alone = without(left, led), alone and not led
    if not text.strip() or not left:
        return led
    ordered = in_order(text[:LONGEST_CLOSED], left, context, alone=alone) if len(text) <= LONGEST_CLOSED else None
    return led | (ordered if ordered is not None else _as_prose(text, left, context, alone=alone))


def _as_prose(text: str, left: Sequence[Question], context: Context, *, alone: bool) -> Answers:
    begin, story = text[:LONGEST_CLOSED], text[LONGEST_CLOSED:]
    begin, known = goals_taken(begin, left, context)
    units = tuple(islice(units_of(begin, without(left, known), context), _MOST_UNITS))
    used: set[int] = set()
    known |= by_kind(units, without(left, known), context, used)
    known |= told(units, left, known, context, used)
    known = less_of_no_meeting(less_doubted(known, units, left, context), left, context)
    spare = tuple(unit for place, unit in enumerate(units) if place not in used and not is_pleasantry(unit, context))
    if story:
        spare = (*spare, story)
    spare = tuple(unit for unit in spare if not _may_be_chosen(unit, without(left, known), context))
    if used:  # "Not yet. But we get on well": it goes on with an answer, and is none itself.
        spare = tuple(unit for unit in spare if not turns(unit, context))
    spare = tuple(unit for unit in spare if not tells_of_points(unit, left, known, context))
    if is_waiting := _is_waiting(left, known):
        spare = spare if len(units) > 1 or story else ()  # One sentence is about the question that waits.
    alone = alone and not is_waiting
    return known | free_text(spare, without(left, known), context, alone=alone)


def _is_waiting(left: Sequence[Question], known: Answers) -> bool:
    """Whether nothing was read yet, and a question wants one value: prose may be about that one."""
    return not any(isinstance(found, Value) for found in known.values()) and any(
        question.field.kind in _ONE_VALUE and not question.field.optional
        and not isinstance(known.get(question.number), Value)
        for question in left
    )  # fmt: skip


def _may_be_chosen(unit: str, left: Sequence[Question], context: Context) -> bool:
    """Whether words seem to answer another question: "email and, if needed, phone", "(b) for the next", "no to 4"."""
    marked = _MARKED.search(unit) is not None
    return (
        could_be_points(unit, left, context)
        or is_on_conflict(unit, left, context)
        or any(
            marked or reads_at_all(unit, question, context) for question in left if question.field.kind in _ONE_VALUE
        )
    )
