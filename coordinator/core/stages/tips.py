"""A thought for a mentor, one in each month of a pairing, that goes with a letter which goes anyway (AMIA-3).

It never makes a mail of its own: a month without another letter is a month without a tip. Whoever mentors two people
gets those of the older pairing, and none twice.
"""

from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.records import Pairing
from coordinator.core.stages.checkin import bank
from coordinator.core.tips import wants_tips

MONTH = timedelta(days=30)
SETTLING_IN = timedelta(days=2)
"""The first letters say enough."""


def tips(where: Situation, stage: Stage) -> Iterator[Moment]:
    for role in stage.audience:
        for person in where.in_role(role):
            if wants_tips(where.person(person)) and not _elders(where, role, person):
                yield from _next(where, stage, role, person)


def tip_of(where: Situation, moment: Moment) -> str:
    """The tip of a moment; in the last month the last one of the bank, which is about parting. "" = none is left."""
    stage = next((s for s in where.program.stages if s.id == moment.stage and s.kind == "tips"), None)
    if stage is None:
        return ""
    lines = _bank(where, stage, moment.recipient)
    if moment.stale and at_local(where.pairing.end, 0, 0, where.zone) <= moment.stale + MONTH / 2:
        return lines[-1] if lines else ""
    place = moment.ordinal - 1 + _told_before(where, moment.recipient)
    return lines[place] if place < len(lines) - 1 else ""


def _next(where: Situation, stage: Stage, role: str, person: str) -> Iterator[Moment]:
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone_of(person))
    number = 1
    while where.is_decided(_key(where, role, number)):
        number += 1
    opens, closes = begin + (number - 1) * MONTH + SETTLING_IN, begin + number * MONTH
    moment = Moment(
        at=opens,
        kind="tell",
        key=_key(where, role, number),
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=stage.prompt,
        ordinal=number,
        urgent=True,
        patient=closes,
        stale=closes,
    )
    if opens < at_local(where.pairing.end, 0, 0, where.zone) and tip_of(where, moment):
        yield moment


def _key(where: Situation, role: str, number: int) -> str:
    return f"{where.pairing.id}/tip/{number}/{role}"


def _bank(where: Situation, stage: Stage, person: str) -> tuple[str, ...]:
    name, language = str(stage.options.get("bank") or ""), where.person(person).language or where.chapter.language
    return bank(where.program.prompt(name, language).body) if name in where.program.prompts else ()


def _others(where: Situation, person: str) -> Iterator[Pairing]:
    return (p for p in where.cohort.pairings_of(person) if p.id != where.pairing.id and person in (p.mentor, p.mentee))


def _elders(where: Situation, role: str, person: str) -> bool:
    """Whether another pairing brings the tips of that role."""
    mine = (where.pairing.start, where.pairing.id)
    others = (p for p in _others(where, person) if p.role_of(person) == role and p.status == "active")
    return any((p.start, p.id) < mine for p in others)


def _told_before(where: Situation, person: str) -> int:
    """How many came with other pairings."""
    return sum(
        1
        for p in _others(where, person)
        for key in p.decided
        if "/tip/" in key and key.endswith(f"/{p.role_of(person)}")
    )
