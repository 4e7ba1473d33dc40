"""After the end: a line now and then, at the rhythm that both want, to two people who are peers now (AHE-30)."""

from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.endings.renewing import ROLES, rhythm_of_care
from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.roster import months_later

LONGEST = 36
"""Months after the end at which the last of these letters goes out."""


def care(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The next letter to each, as long as both want one; nothing is settled by silence, and nobody is reminded."""
    pairing = where.pairing
    every = rhythm_of_care(pairing)
    if pairing.status != "ended" or pairing.ended is None or not every:
        return
    if _somebody_left(where):
        return
    for role in ROLES:
        (person,) = where.in_role(role)
        number = 1 + sum(1 for key in pairing.decided if _is_letter(key, stage, role))
        if number * every > LONGEST:
            continue
        day = months_later(pairing.end, number * every)
        at = at_local(day, where.program.mail_hour, 0, where.zone_of(person))
        yield Moment(
            at=at,
            kind="ask",
            key=f"{pairing.id}/{stage.id}/{number}/{role}",
            stage=stage.id,
            pairing=pairing.id,
            recipient=person,
            prompt=stage.prompt,
            stale=at + timedelta(days=30),
        )


def _is_letter(key: str, stage: Stage, role: str) -> bool:
    parts = key.split("/")
    return len(parts) == 4 and parts[1] == stage.id and parts[3] == role


def _somebody_left(where: Situation) -> bool:
    pair = (where.pairing.mentee, where.pairing.mentor)
    return any(where.person(id_).status in ("stopped", "unreachable") for id_ in pair)
