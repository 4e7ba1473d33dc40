"""Telling people what was understood: with their next mail where one is near, else in a letter of its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.compose import footer, new_letter, retold
from coordinator.core.context import context
from coordinator.core.effects import Chapter, Effect, Section
from coordinator.core.moments import LETTERS, Moment, Situation
from coordinator.core.program import Program
from coordinator.core.records import Participant, Receipt
from coordinator.core.stages import moments

NEAR = timedelta(days=3)


def receipt_due(where: Situation, person: str, now: datetime, *, at_once: bool) -> datetime:
    """When a receipt is told alone: now, or with the next letter to that person within three days."""
    if at_once:
        return now
    coming = (m.at for m in moments(where) if _reaches(m, person) and now < m.at <= now + NEAR)
    return min(coming, default=now)


def _reaches(moment: Moment, person: str) -> bool:
    """Whether a letter to that person comes of it; a booking brings both their invitation."""
    return moment.kind == "book" or (moment.recipient == person and moment.kind in LETTERS)


def receipts_due(person: Participant, now: datetime) -> bool:
    return any(r.due <= now for r in person.receipts)


def next_receipt(person: Participant) -> datetime | None:
    return min((r.due for r in person.receipts), default=None)


def receipt_effect(program: Program, chapter: Chapter, cohort: Cohort, to: Participant, now: datetime) -> Effect:
    """One letter with everything that was understood lately, and what was unclear asked once more."""
    first = to.receipts[0]
    where = _situation(program, chapter, cohort, to.receipts)
    questions = tuple(q for r in to.receipts for q in r.unclear)
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
        pairings=(where.pairing.id,),
    )
    moment = Moment(at=now, kind="tell", key=first.key, stage="", pairing=where.pairing.id, recipient=to.id)
    plain = {**context(where, moment), "received": list(lines)}
    sections = [Section(prompt="receipt", pairing=where.pairing.id, key=first.key, context=plain)] if lines else []
    sections += [
        Section(prompt="unclear", pairing=where.pairing.id, key=key, context=plain)
        for key in dict.fromkeys(q.key for q in questions)
    ]
    return Effect(letter=letter, sections=tuple(sections), footer=footer(where, to))


def _situation(program: Program, chapter: Chapter, cohort: Cohort, receipts: Iterable[Receipt]) -> Situation:
    for receipt in receipts:
        pairing = cohort.pairing(receipt.pairing)
        if pairing:
            return Situation(program=program, chapter=chapter, cohort=cohort, pairing=pairing)
    raise LookupError("a receipt that belongs to no pairing")
