"""No news for a long time: one friendly line to both, once for each silence (AHE-4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.said_by import all_said, fills

NEAR = timedelta(days=14)
"""A meeting so near to the day of the question is talked about anyway, before it and after it."""
LATELY = timedelta(days=30)
"""So long an answer tells that its writer answers; and what they said after a meeting stands for the same question."""
MET = "meeting_met"
TOLD = timedelta(days=8)
"""So long after a meeting everybody who answers at all has said whether it took place."""


def last_news(where: Situation) -> datetime:
    """The last contact of the two that anybody told us of, else the morning the pairing began."""
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
    return max((c.at for c in where.pairing.contacts), default=begin)


def gap(where: Situation, stage: Stage) -> Iterator[Moment]:
    news = last_news(where)
    silence = len(where.pairing.contacts)
    stops = at_local(where.pairing.end - timedelta(days=14), 0, 0, where.zone)
    for role in stage.audience:
        for person in where.in_role(role):
            day = where.morning(news, person, days=where.program.gap_days)
            at = _behind_a_meeting(where, person, _behind_what_asks_the_same(where, person, day))
            if at < stops and where.person(where.pairing.partner_of(person)).status not in ("stopped", "unreachable"):
                yield Moment(
                    at=at,
                    kind="ask",
                    key=f"{where.pairing.id}/{stage.id}/{silence}/{role}",
                    stage=stage.id,
                    pairing=where.pairing.id,
                    recipient=person,
                    prompt=stage.prompt,
                    stale=at + timedelta(days=30),
                )


def _behind_a_meeting(where: Situation, person: str, at: datetime) -> datetime:
    """Of two who answer, nobody is asked what the letters around a meeting ask in the same days."""
    answered = (where.person(id_).answered for id_ in (where.pairing.mentee, where.pairing.mentor))
    if not any(a and at - LATELY < a for a in answered):
        return at
    ends = [m.end for m in where.meetings if m.kind == "meeting" and m.status != "cancelled" and abs(m.end - at) < NEAR]
    return max(at, where.morning(max(ends) + TOLD, person)) if ends else at


def _behind_what_asks_the_same(where: Situation, person: str, at: datetime) -> datetime:
    """Whoever answers, and was asked after a meeting whether they talked, is not asked the same in the weeks after."""
    if not where.is_responsive(person, at):
        return at
    facts = fills(where.program)
    asked = [a for a in where.pairing.asked.values() if a.recipient == person and a.sent and not a.closed]
    is_open = [a.sent + NEAR for a in asked if a.sent and any(facts.get((a.prompt, f)) == MET for f in a.fields)]
    said = [answer.at + LATELY for answer in all_said(where, MET, person)]
    return max((at, *(where.morning(until, person) for until in (*is_open, *said))))
