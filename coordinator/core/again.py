"""Questions that a letter puts once more: those whose answer was not clear, and those that still lack one."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.context import context
from coordinator.core.effects import Section
from coordinator.core.moments import Moment
from coordinator.core.records import Participant, Question, Receipt
from coordinator.core.standing import holder, standing
from coordinator.core.where import Where

TIMES = "times-again"


def put_again(receipts: Iterable[Receipt]) -> tuple[Question, ...]:
    """Questions of earlier letters that a letter with these receipts puts once more."""
    return tuple(q for r in receipts for q in (*r.unclear, *r.open))


def headings(where: Where, receipts: Sequence[Receipt], reader: str) -> dict[str, tuple[str, Question]]:
    """Key → the prompt under which its questions are put once more, and one of them."""
    unclear = tuple(q for r in receipts for q in r.unclear)
    lacking = {q.key: ("lacking", q) for r in receipts for q in r.open}
    return {**lacking, **{q.key: (_asked_again(where, q.key, unclear, reader), q) for q in unclear}}


def sections_again(where: Where, to: Participant, receipts: Sequence[Receipt], now: datetime) -> tuple[Section, ...]:
    return tuple(
        Section(
            prompt=prompt,
            pairing=q.pairing,
            key=key,
            context=context(about(where, q.pairing, to), _telling(to, q.pairing, now)),
            nudge=prompt != "lacking",
        )
        for key, (prompt, q) in headings(where, receipts, to.id).items()
    )


def _asked_again(where: Where, key: str, questions: Iterable[Question], reader: str) -> str:
    """The prompt under which questions of a key are asked once more: who answered "none" was understood."""
    is_known = TIMES in where.program.prompts
    asked = [q for q in questions if q.key == key]
    return TIMES if is_known and all(_has_new_times(where.cohort, q, reader) for q in asked) else "unclear"


def _has_new_times(cohort: Cohort, question: Question, reader: str) -> bool:
    """Whether it offers others than the letter that asked it first."""
    record = holder(cohort, question.pairing, reader)
    asked = record.asked.get(question.key) if record else None
    letter = cohort.letter(asked.letter) if asked else None
    first = (
        (q for q in letter.questions if (q.key, q.field.name) == (question.key, question.field.name)) if letter else ()
    )
    return any(q.slots and q.slots != question.slots for q in first)


def about(where: Where, name: str, to: Participant) -> Where:
    """The same program for what a question names: a pairing, a search, or its reader alone."""
    record = holder(where.cohort, name, to.id) or to
    return standing(where.program, where.chapter, where.cohort, to if record.id == to.id else record)


def _telling(to: Participant, pairing: str, now: datetime) -> Moment:
    return Moment(at=now, kind="tell", key="", stage="", pairing=pairing, recipient=to.id)
