"""What the letters around one meeting have in common: their keys, and asking with reminders until it is too late."""

from collections.abc import Iterator
from datetime import datetime

from coordinator.core.moments import Moment, Situation, closing, nudges
from coordinator.core.phases import is_fading
from coordinator.core.program import Stage
from coordinator.core.records import Meeting

ROLES = ("mentee", "mentor")


def key_of(where: Situation, part: str, meeting: Meeting, *more: object) -> str:
    return "/".join((where.pairing.id, part, str(meeting.ordinal), *map(str, more)))


def in_turn(where: Situation, meeting: Meeting) -> tuple[str, ...]:
    """Who of the two is asked how a meeting went: both; in the last third of a program that fades one by turns."""
    return (ROLES[meeting.ordinal % len(ROLES)],) if is_fading(where, meeting.start) else ROLES


def asking(
    where: Situation,
    stage: Stage,
    key: str,
    prompt: str,
    person: str,
    at: datetime,
    meeting: Meeting,
    stale: datetime,
    *,
    urgent: bool = False,
    patient: datetime | None = None,
    again: bool = True,
) -> Iterator[Moment]:
    """again: whether a reminder may follow."""
    asked = where.asked(key)
    if asked is None:
        yield Moment(
            at=at,
            kind="ask",
            key=key,
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=prompt,
            stale=stale,
            ordinal=meeting.ordinal,
            urgent=urgent,
            patient=patient,
        )
        return
    yield from closing(where, stage, asked)
    for moment in nudges(where, stage, asked) if again else ():
        if moment.at < stale:
            yield moment
