"""A look at how it goes: each is asked, both see the comparison of what they agreed to look at (ACHE-31, AAHA-31).

It goes with letters that go anyway: to the mentee with the one about the agenda, to the mentor with the one after the
meeting; where a stage says `before`, to both so long before the meeting, as a form for it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from coordinator.core.endings.renewing import ROLES
from coordinator.core.evaluation.asked import criteria, portions
from coordinator.core.evaluation.days import check_days
from coordinator.core.hours import at_local
from coordinator.core.meeting import Meeting
from coordinator.core.moments import Moment, Situation, closing, nudges
from coordinator.core.program import Stage
from coordinator.core.stages.ahead import with_the_next
from coordinator.core.stages.talks import EVALUATION, evaluation_on

REACH = timedelta(days=35)
"""How long after its day a look waits for a meeting to go with."""
ALONE = timedelta(days=14)
COMPARED = timedelta(days=7)
PATIENCE = timedelta(days=5)
FORM = timedelta(days=3)
"""So long before a talk of its own both get the form for it."""


def check(where: Situation, stage: Stage) -> Iterator[Moment]:
    """A program may look with two questionnaires; what a pair agreed to look at is asked by the first of them."""
    is_first = stage.id == next(s.id for s in where.program.stages if s.kind == stage.kind)
    if criteria(where) and not is_first:
        return
    for look, day in check_days(where):
        name = look if is_first else f"{stage.id}-{look}"
        meeting = meeting_for(where, day)
        for role in ROLES:
            at = _at(where, stage, role, day, meeting)
            yield from _letters(where, stage, role, name, at, _patience(where, stage, role, meeting))
        if criteria(where):
            yield from _comparison(where, stage, name)


def meeting_for(where: Situation, day: date) -> Meeting | None:
    """The meeting at which they look: an entry for just that, else the first one from three days before that day."""
    own = evaluation_on(where, day)
    if own:
        return own
    begin = at_local(day, 0, 0, where.zone)
    near = (m for m in where.meetings if begin - timedelta(days=3) <= m.start < begin + REACH)
    return next((m for m in near if m.status != "cancelled" and m.kind == "meeting"), None)


def _at(where: Situation, stage: Stage, role: str, day: date, meeting: Meeting | None) -> datetime:
    (person,) = where.in_role(role)
    if meeting is None:
        return at_local(day + ALONE, where.program.mail_hour, 0, where.zone_of(person))
    before = FORM if meeting.kind == EVALUATION else stage.options.get("before")
    if before is None and role == "mentor":
        return where.morning(meeting.end + timedelta(days=1), person)
    return where.morning(meeting.start - (before or timedelta(days=5)), person)


def _patience(where: Situation, stage: Stage, role: str, meeting: Meeting | None) -> datetime | None:
    """To a mentor it goes with what is asked after the meeting, however long that waits."""
    is_after = meeting is not None and meeting.kind == "meeting" and not stage.options.get("before")
    return with_the_next(where, meeting, role) if meeting and is_after and role == "mentor" else None


def _letters(
    where: Situation, stage: Stage, role: str, name: str, at: datetime, patient: datetime | None
) -> Iterator[Moment]:
    """One letter, or the portions of a long questionnaire: the next one when the one before is answered.

    Whoever answers nothing in one is sent no other.
    """
    for portion in range(1, portions(where, stage) + 1):
        key = f"{where.pairing.id}/check/{name}{f'.{portion}' if portion > 1 else ''}/{role}"
        asked = where.asked(key)
        if asked is None:
            yield Moment(
                at=at,
                kind="ask",
                key=key,
                stage=stage.id,
                pairing=where.pairing.id,
                recipient=where.in_role(role)[0],
                prompt=stage.prompt,
                stale=at + timedelta(days=30),
                patient=patient,
            )
            return
        yield from nudges(where, stage, asked)
        yield from closing(where, stage, asked)
        if not asked.closed or not any(a.key == key for a in where.pairing.answers):
            return
        at = asked.closed + timedelta(days=1)


def _comparison(where: Situation, stage: Stage, name: str) -> Iterator[Moment]:
    asked = [a for role in ROLES if (a := where.asked(f"{where.pairing.id}/check/{name}/{role}"))]
    answered = [a for a in where.pairing.answers if a.key.startswith(f"{where.pairing.id}/check/{name}/")]
    if len(asked) < len(ROLES) or not answered or any(a.sent is None for a in asked):
        return
    done = [a.closed for a in asked if a.closed]
    at = max(done) if len(done) == len(ROLES) else max(a.sent for a in asked if a.sent) + COMPARED
    for role in ROLES:
        yield Moment(
            at=at,
            kind="tell",
            key=f"{where.pairing.id}/compared/{name}/{role}",
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=where.in_role(role)[0],
            prompt=str(stage.options["comparison"]),
            patient=at + PATIENCE,
        )
