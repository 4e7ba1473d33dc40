"""The agreement of a pair: drawn up, put to both, and again whenever they have changed it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.agreement.clauses import ROLES
from coordinator.core.agreement.drawn import is_outdated, status
from coordinator.core.moments import Moment, Situation, before_they_meet, closing, nudges, opening
from coordinator.core.program import Stage
from coordinator.core.records import Version

TRAVELS = 28
"""So many days a letter that asks nothing waits for another one to go with."""
AGAIN = 7
"""So many days the text waits that is to be signed once more, because one of the two changed it."""


def agreement(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The sheet with both columns once both have answered, at the latest on the day that the program says.

    options: changed – the letter with the difference, after a change; countersigned – the whole text once both signed;
    travels – so long before that day the sheet goes with another letter, where one goes.
    """
    drawn = where.pairing.agreement
    if not drawn or is_outdated(where):
        yield _drawing(where, stage)
        return
    latest = drawn[-1]
    for role in ROLES:
        (person,) = where.in_role(role)
        yield from _letter(where, stage, latest, role, person)
        yield from _countersigned(where, stage, latest, role, person)


def _drawing(where: Situation, stage: Stage) -> Moment:
    number = len(where.pairing.agreement) + 1
    return Moment(
        at=_first(where, stage) if number == 1 else where.begin,
        kind="draw",
        key=f"{where.pairing.id}/agreement/{number}",
        stage=stage.id,
        pairing=where.pairing.id,
    )


def _first(where: Situation, stage: Stage) -> datetime:
    """As soon as both are done with the letters it waits for, else on its day."""
    latest = opening(where, stage, where.pairing.mentee) - _travels(stage)
    waits = [s for s in where.program.stages if s.id in stage.options.get("waits_for", ())]
    keys = [f"{where.pairing.id}/{s.id}/{role}" for s in waits for role in s.audience]
    closed = [a.closed for key in keys if (a := where.asked(key)) and a.closed]
    return min(latest, max(closed)) if keys and len(closed) == len(keys) else latest


def _letter(where: Situation, stage: Stage, version: Version, role: str, person: str) -> Iterator[Moment]:
    key = f"{where.pairing.id}/agreement/{version.number}/{role}"
    asked = where.asked(key)
    if asked:
        yield from (before_they_meet(where, nudge) for nudge in nudges(where, stage, asked))
        yield from closing(where, stage, asked)
        return
    prompt = stage.prompt if person not in version.signed else stage.options.get("changed", "")
    prompt = prompt or (stage.options.get("changed", "") if version.number > 1 else "")
    if prompt:
        is_question = bool(where.program.prompts[prompt]["en"].fields)
        at = max(version.at, version.signed.get(person, version.at))
        yield Moment(
            at=at,
            kind="ask" if is_question else "tell",
            key=key,
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=prompt,
            patient=_to_sign(where, stage, version, person) if is_question else where.morning(at, person, days=TRAVELS),
        )


def _to_sign(where: Situation, stage: Stage, version: Version, person: str) -> datetime | None:
    """Until when a text to sign waits for another letter: the first one until its day, one that the two changed a week.

    A new text of the program is put at once to whoever had signed the one before.
    """
    if version.number > 1:
        had_signed = person in where.pairing.agreement[version.number - 2].signed
        return None if had_signed else where.morning(version.at, person, days=AGAIN)
    return opening(where, stage, person) if _travels(stage) else None


def _travels(stage: Stage) -> timedelta:
    travels: timedelta = stage.options.get("travels", timedelta(0))
    return travels


def _countersigned(where: Situation, stage: Stage, version: Version, role: str, person: str) -> Iterator[Moment]:
    """The text that both have signed, for both to keep; it travels with another letter where one is near (IMA-8)."""
    prompt = stage.options.get("countersigned", "")
    if not prompt or status(where.pairing) != "signed" or version.number > 1:
        return
    at = max(version.signed.values())
    yield Moment(
        at=at,
        kind="tell",
        key=f"{where.pairing.id}/agreement/{version.number}/signed/{role}",
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=prompt,
        patient=where.morning(at, person, days=TRAVELS),
    )
