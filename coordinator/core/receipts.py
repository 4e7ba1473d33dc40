"""Telling people what was understood: with their next mail where one is near, else in a letter of its own."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coordinator.core.again import about, headings, put_again
from coordinator.core.cohort import Cohort
from coordinator.core.compose import footer, new_letter, retold
from coordinator.core.context import context
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.frozen import replace
from coordinator.core.moments import LETTERS, Moment
from coordinator.core.once_a_day import next_morning, was_written_today
from coordinator.core.program import Field, Program
from coordinator.core.records import Participant, Question
from coordinator.core.stages import moments
from coordinator.core.where import Alone, Where

NEAR = timedelta(days=3)
_WORDS = frozenset(
    ("lesson", "achievement", "challenge", "feedback", "helped", "gained", "idea", "dream", "strength", "reflection",
     "turn_to", "expectations", "gains", "improve", "journey", "purpose", "openly", "smart", "keep_going")
)  # fmt: skip
_SCORES = frozenset(
    (
        "meeting_met",
        "meeting_minutes",
        "goal_progress",
        "covered",
        "ack",
        "connection",
        "stress",
        "safety",
        "check",
        "score",
        "in_touch",
        "skill_rating",
        "checkin",
    )
)


def patience_for(told: Sequence[Question]) -> timedelta | None:
    """How long a receipt of that may wait for a mail to go with, None = it is told soon."""
    if not told or not all(_moves_nothing(q.field) for q in told):
        return None
    return NEAR


def _moves_nothing(field: Field) -> bool:
    return field.fills in _WORDS | _SCORES if field.fills else field.kind == "text"


def receipt_due(where: Where, person: str, now: datetime, *, at_once: bool) -> datetime:
    """When a receipt is told alone: now, or with the next letter to that person within three days."""
    if at_once:
        return now
    coming = [m.patient or m.at for m in moments(where) if _reaches(m, person)]
    to, hour = where.person(person), where.program.mail_hour
    if any(at <= now for at in coming) and was_written_today(where.chapter, to, now):
        coming.append(next_morning(where.chapter, to, hour, now))  # what is due had no place in the mail of today
    return min((at for at in coming if now < at <= now + NEAR), default=now)


def _reaches(moment: Moment, person: str) -> bool:
    """Whether a letter to that person comes of it; a booking brings both their invitation."""
    return moment.kind == "book" or (moment.recipient == person and moment.kind in LETTERS)


def receipts_due(person: Participant, now: datetime) -> bool:
    return any(r.due <= now for r in person.receipts)


def next_receipt(person: Participant) -> datetime | None:
    return min((r.due for r in person.receipts), default=None)


def without_doubt(person: Participant, answered: Question) -> Participant:
    """Not asked once more what has been answered since; a receipt that said nothing else is gone."""
    kept = []
    for receipt in person.receipts:
        less = replace(receipt, unclear=_others(receipt.unclear, answered), open=_others(receipt.open, answered))
        if less == receipt or less.lines or less.unclear or less.open:
            kept.append(less)
    return replace(person, receipts=tuple(kept))


def _others(questions: Sequence[Question], answered: Question) -> tuple[Question, ...]:
    name = (answered.pairing, answered.key, answered.field.name)
    return tuple(q for q in questions if (q.pairing, q.key, q.field.name) != name)


def receipt_effect(program: Program, chapter: Chapter, cohort: Cohort, to: Participant, now: datetime) -> Effect:
    """One letter with everything that was understood lately, and what was unclear asked once more."""
    first = to.receipts[0]
    where = _about(Alone(program=program, chapter=chapter, cohort=cohort, participant=to), to)
    questions = put_again(to.receipts)
    if len({q.number for q in questions}) < len(questions):
        questions = tuple(replace(q, number=n) for n, q in enumerate(questions, start=1))
    lines, told = retold(to.receipts)
    letter = new_letter(
        chapter,
        to,
        key=first.key,
        purpose="receipt",
        now=now,
        closes=now + timedelta(days=60),
        keys=tuple(dict.fromkeys(q.key for q in questions)),
        questions=questions,
        told=told,
        pairings=(where.name,) if where.name else (),
    )
    moment = Moment(at=now, kind="tell", key=first.key, stage="", pairing=where.name, recipient=to.id)
    plain = {**context(where, moment), "received": list(lines)}
    sections = [Section(prompt="receipt", pairing=where.name, key=first.key, context=plain)] if lines else []
    sections += [
        Section(prompt=prompt, pairing=where.name, key=key, context=plain)
        for key, (prompt, _) in headings(where, to.receipts, to.id).items()
    ]
    return Effect(letter=letter, sections=tuple(sections), footer=footer(where, to, now))


def _about(where: Alone, to: Participant) -> Where:
    """What the first receipt is about that names anything; the reader alone where none does."""
    named = (about(where, r.pairing, to) for r in to.receipts if r.pairing)
    return next((found for found in named if found.name), where)
