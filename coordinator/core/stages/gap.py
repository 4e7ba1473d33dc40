"""No news for a long time: one friendly line to both, once for each silence (AHE-4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage


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
            at = where.morning(news, person, days=where.program.gap_days)
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
