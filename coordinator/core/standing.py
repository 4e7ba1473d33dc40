"""A record with what it stands in, and the small changes that any of the three kinds takes alike."""

from datetime import datetime
from typing import TypeVar

from coordinator.core.chapter import Chapter
from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.overlay import Living
from coordinator.core.program import Program
from coordinator.core.records import Answer, Asked, Match, Pairing, Participant
from coordinator.core.where import Alone, Search, Where

R = TypeVar("R", bound=Living)


def standing(program: Program, chapter: Chapter, cohort: Cohort, record: Living) -> Where:
    match record:
        case Pairing():
            return Situation(program=program, chapter=chapter, cohort=cohort, pairing=record)
        case Match():
            return Search(program=program, chapter=chapter, cohort=cohort, match=record)
        case Participant():
            return Alone(program=program, chapter=chapter, cohort=cohort, participant=record)


def holder(cohort: Cohort, name: str, reader: str) -> Living | None:
    """The record that a question belongs to. name: as in `Question.pairing`. reader: who was asked.

    An id of a participant: what an advisor is asked about somebody.
    """
    if not name:
        return cohort.participant(reader)
    return cohort.pairing(name) or cohort.match(name) or cohort.participant(name)


def decided(record: R, key: str, now: datetime) -> R:
    return replace(record, decided={**record.decided, key: now})


def with_asked(record: R, asked: Asked) -> R:
    return replace(record, asked={**record.asked, asked.key: asked})


def closed(record: R, key: str, now: datetime) -> R:
    """With a prompt closed, if it was open."""
    asked = record.asked.get(key)
    return with_asked(record, replace(asked, closed=now)) if asked and not asked.closed else record


def answered(record: R, answer: Answer) -> R:
    """The newest answer of a person to a question counts; a late one still ends the reminders."""
    others = tuple(a for a in record.answers if (a.key, a.field, a.by) != (answer.key, answer.field, answer.by))
    return ticked_off(replace(record, answers=(*others, answer)), answer.key, answer.field)


def ticked_off(record: R, key: str, field: str) -> R:
    """Without that field among the open ones of a prompt."""
    asked = record.asked.get(key)
    if asked is None:
        return record
    return with_asked(record, replace(asked, fields=tuple(f for f in asked.fields if f != field)))
