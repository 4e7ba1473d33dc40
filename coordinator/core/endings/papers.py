"""Papers that somebody may show to others: a certificate of one pairing, a service letter over all of a mentor's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coordinator.core.cohort import Cohort
from coordinator.core.context import context
from coordinator.core.effects import Section
from coordinator.core.endings.log import log_of_all
from coordinator.core.endings.lookback import log_told, together
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Program
from coordinator.core.records import Pairing
from coordinator.core.said_by import fact_of

CERTIFICATE, SERVICE = "certificate", "service-letter"


def shared_in(cohort: Cohort, person: str) -> tuple[Pairing, ...]:
    """Every pairing in which they are or were one of the two, the archive's too; the one that ends last at the end."""
    mine = (*cohort.archived_pairings_of(person), *cohort.pairings_of(person))
    one_of_two = {p.id: p for p in mine if p.role_of(person) in ("mentor", "mentee")}
    return tuple(sorted(one_of_two.values(), key=lambda p: (p.end, p.id)))


def told_of(cohort: Cohort, person: str) -> tuple[Pairing, ...]:
    """Those of them in which nobody was forgotten, so that a page can be written."""
    return tuple(p for p in shared_in(cohort, person) if all(map(cohort.participant, (p.mentor, p.mentee))))


def certificate(where: Situation, reader: str, now: datetime, *, goals: bool = True) -> Section:
    """goals: whether it lists them, which is for the two alone."""
    return _page(where, reader, CERTIFICATE, now, {} if goals else {"reached": []})


def service_letter(where: Situation, now: datetime) -> Section:
    """All that the mentor of this pairing has done (ACHE-8): the exact total of every log, each mentee named only if
    they said that others may hear of it."""
    mentor = where.pairing.mentor
    served = [p for p in shared_in(where.cohort, mentor) if p.mentor == mentor]
    begun = [p for p in served if p.start <= now.date()] or [where.pairing]
    first, last = min(p.start for p in begun), max(p.end for p in begun)
    span = {"starts": first.isoformat(), "ends": last.isoformat()}
    named = {"name": _named(where, begun), "first_name": "", "address": ""}
    log = {**log_told(log_of_all(begun, now), over=last <= now.date()), "pairs": len(begun)}
    return _page(where, mentor, SERVICE, now, {"who": named, "log": log}, span)


def _named(where: Situation, pairings: Sequence[Pairing]) -> str:
    mentees = dict.fromkeys(p.mentee for p in pairings if _may_be_named(where.program, p))
    return ", ".join(mentee.name for mentee in map(where.cohort.participant, mentees) if mentee)


def _may_be_named(program: Program, pairing: Pairing) -> bool:
    said = [a for a in pairing.answers if a.by == pairing.mentee and fact_of(program, a) == "share"]
    return bool(said) and said[-1].value is True


def _page(
    where: Situation,
    reader: str,
    prompt: str,
    now: datetime,
    more: Mapping[str, Any],
    span: Mapping[str, str] | None = None,
) -> Section:
    """span: the days from which to which, in place of the pairing's own."""
    moment = Moment(at=now, kind="tell", key=prompt, stage="", pairing=where.pairing.id, recipient=reader)
    plain = {**context(where, moment), **together(where, now), **more}
    plain["program"] = {**plain["program"], **(span or {})}
    return Section(prompt=prompt, pairing=where.pairing.id, key=prompt, context=plain)
