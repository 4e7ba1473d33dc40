"""The stages of a working model that a pair goes through: which one it is in, and what shows that it is done.

They are called phases here: a stage is any step of a program. A pair moves on by evidence, or when the time has come;
it never goes back by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation, closing, nudges
from coordinator.core.orientation import left
from coordinator.core.program import Phase, Stage
from coordinator.core.records import Pairing, Reached
from coordinator.core.said_by import all_said

STALE = timedelta(days=24)
BEFORE_THE_END = timedelta(days=14)


def current(pairing: Pairing) -> int:
    """The number of the phase a pair is in, 0 = none yet."""
    return pairing.phases[-1].number if pairing.phases else 0


def phase_of(where: Situation) -> Phase | None:
    number = current(where.pairing)
    return where.program.phases[number - 1] if 0 < number <= len(where.program.phases) else None


def entered(pairing: Pairing, number: int, now: datetime, by: str = "") -> Pairing:
    return replace(pairing, phases=(*pairing.phases, Reached(number=number, at=now, by=by)))


def phases(where: Situation, stage: Stage) -> Iterator[Moment]:
    number = current(where.pairing)
    yield from _moving_on(where, stage, number)
    phase = phase_of(where)
    if phase:
        for role, prompt in phase.letters.items():
            yield from _letter(where, stage, number, role, prompt)


def _moving_on(where: Situation, stage: Stage, number: int) -> Iterator[Moment]:
    if number >= len(where.program.phases):
        return
    yield Moment(
        at=max(_opens(where, number), _said_by(where, number)),
        kind="phase",
        key=f"{where.pairing.id}/phase/{len(where.pairing.phases) + 1}/{number + 1}",
        stage=stage.id,
        pairing=where.pairing.id,
        ordinal=number + 1,
    )


def _opens(where: Situation, number: int) -> datetime:
    """When the next phase begins: on its day, later where the evidence of the one before is still hoped for."""
    following = where.program.phases[number]
    day = where.pairing.start + timedelta(days=following.opens.days)
    earliest = at_local(day, where.program.mail_hour, 0, where.zone)
    if number == 0:
        return earliest
    seen = [at for name in where.program.phases[number - 1].evidence if (at := EVIDENCE[name](where))]
    since = max(earliest, where.pairing.phases[-1].at)
    if not where.program.phases[number - 1].evidence:
        return since
    return max(earliest, min(seen)) if seen else since + following.waits


def _said_by(where: Situation, number: int) -> datetime:
    """When both have its letters at the latest: a phase that is over before they went would never be told of."""
    phase = phase_of(where)
    keys = [f"{where.pairing.id}/phase-{number}/{role}" for role in (phase.letters if phase else ())]
    if phase is None or all(where.is_decided(key) for key in keys):
        return where.begin
    return where.morning(where.pairing.phases[-1].at + phase.travels, where.pairing.mentee, days=1)


def _letter(where: Situation, stage: Stage, number: int, role: str, prompt: str) -> Iterator[Moment]:
    (person,) = where.in_role(role)
    key = f"{where.pairing.id}/phase-{number}/{role}"
    asked = where.asked(key)
    if asked:
        yield from nudges(where, stage, asked)
        yield from closing(where, stage, asked)
        return
    at = where.morning(where.pairing.phases[-1].at, person)
    yield Moment(
        at=at,
        kind="ask" if where.program.prompts[prompt]["en"].fields else "tell",
        key=key,
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=prompt,
        stale=at + STALE,
        patient=_patience(where, number, person, at) if number > 1 else None,
    )


def _patience(where: Situation, number: int, person: str, at: datetime) -> datetime:
    """Until when a phase's letter waits for another one: not for the last letter of all."""
    latest = min(at + where.program.phases[number - 1].travels, where.last_day - BEFORE_THE_END)
    return where.morning(max(at, latest), person)


def _met(where: Situation) -> datetime | None:
    return min((c.at for c in where.pairing.contacts), default=None)


def _signed(where: Situation) -> datetime | None:
    pairing = where.pairing
    if not pairing.agreement or not {pairing.mentee, pairing.mentor} <= set(pairing.agreement[-1].signed):
        return None
    return max(pairing.agreement[-1].signed.values())


def _oriented(where: Situation) -> datetime | None:
    if left(where):
        return None
    ticks = (*all_said(where, "ticked"), *all_said(where, "not_needed"))
    return max((a.at for a in ticks), default=where.begin)


def _answered(where: Situation) -> datetime | None:
    """Both have answered the phase's letter."""
    number, phase = current(where.pairing), phase_of(where)
    keys = [f"{where.pairing.id}/phase-{number}/{role}" for role in (phase.letters if phase else ())]
    closed = [asked.closed for key in keys if (asked := where.asked(key)) and asked.closed]
    return max(closed) if closed and len(closed) == len(keys) else None


def _planned(where: Situation) -> datetime | None:
    return min((a.at for a in all_said(where, "start_plan")), default=None)


EVIDENCE: Mapping[str, Callable[[Situation], datetime | None]] = {
    "met": _met,
    "signed": _signed,
    "oriented": _oriented,
    "answered": _answered,
    "planned": _planned,
}
"""What shows that a phase is done, and since when; None = not yet."""


def is_fading(where: Situation, at: datetime) -> bool:
    """Whether that instant is in the last third, in which a program that fades writes less (IMA-34)."""
    if not where.program.fades:
        return False
    days = (where.pairing.end - where.pairing.start).days
    return at >= at_local(where.pairing.start + timedelta(days=days * 2 // 3), 0, 0, where.zone)
