"""What follows from something that one of the two said: a skill to rate, a problem to look at, an offer of help."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation, closing, nudges
from coordinator.core.program import Stage
from coordinator.core.records import Answer
from coordinator.core.said_by import all_said

ROLES = ("mentee", "mentor")
AGAIN = timedelta(days=56)
"""How long somebody practises before a skill is rated once more."""
FIRST, SECOND = 21, 14
"""How many days each of these letters waits for another one to go with."""
NOT_YET = timedelta(days=14)
LOW = 2
RISE = 2


def skills(where: Situation, stage: Stage) -> Iterator[Moment]:
    """Both rate each skill at once, and again after some weeks (AAHA-28). option again: the second letter."""
    for skill in where.pairing.skills:
        if skill.visibility == "private":
            continue
        for role in ROLES:
            (person,) = where.in_role(role)
            key = f"{where.pairing.id}/skill/{skill.number}"
            yield from _ask(where, stage, f"{key}/first/{role}", stage.prompt, person, skill.since, patient=FIRST)
            again = str(stage.options.get("again", stage.prompt))
            yield from _ask(where, stage, f"{key}/again/{role}", again, person, skill.since + AGAIN, patient=SECOND)


def problems(where: Situation, stage: Stage) -> Iterator[Moment]:
    """A sheet for each problem, and on the day that its writer names: how did it go (IMA-17, 19). option result."""
    for number, problem in enumerate(all_said(where, "problem"), start=1):
        key = f"{where.pairing.id}/problem/{number}"
        yield from _ask(where, stage, f"{key}/sheet", stage.prompt, problem.by, problem.at, patient=1)
        day = _day_of(where, f"{key}/sheet")
        if day is None:
            continue
        prompt = str(stage.options.get("result", ""))
        yield from _ask(where, stage, f"{key}/result", prompt, problem.by, day, patient=4)
        first = next((a for a in where.pairing.answers if a.key == f"{key}/result"), None)
        if first and _is_open(where, first):
            yield from _ask(where, stage, f"{key}/again", prompt, problem.by, first.at + NOT_YET, patient=4)


def _day_of(where: Situation, key: str) -> datetime | None:
    """The day on which the result will show, as the sheet says it."""
    found = next((a for a in all_said(where, "problem_by") if a.key == key), None)
    if found is None:
        return None
    return at_local(date.fromisoformat(str(found.value)[:10]), where.program.mail_hour, 0, where.zone)


def _is_open(where: Situation, answer: Answer) -> bool:
    """Whether the last of the options was chosen: not yet. Not of a letter that the program has no longer."""
    letters = where.program.prompts.get(answer.prompt, {}).values()
    fields = [f for letter in letters for f in letter.fields if f.name == answer.field]
    return any(f.options and f.options[-1] == answer.value for f in fields)


def offers(where: Situation, stage: Stage) -> Iterator[Moment]:
    """A private word to the mentee who is tense, or does not feel safe to speak; to nobody else (IMA-12, 24)."""
    mentee = where.pairing.mentee
    stress = all_said(where, "stress", mentee)
    rising = [b for a, b in pairwise(stress) if int(b.value) - int(a.value) >= RISE]
    unsafe = [a for a in all_said(where, "safety", mentee) if int(a.value) <= LOW]
    for answer in (*rising, *unsafe):
        yield Moment(
            at=where.morning(answer.at, mentee),
            kind="tell",
            key=f"{where.pairing.id}/offer/{answer.field}/{answer.key}",
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=mentee,
            prompt=stage.prompt,
        )


def _ask(
    where: Situation, stage: Stage, key: str, prompt: str, person: str, since: datetime, *, patient: int
) -> Iterator[Moment]:
    asked = where.asked(key)
    if asked:
        yield from nudges(where, stage, asked)
        yield from closing(where, stage, asked)
        return
    at = where.morning(since, person)
    yield Moment(
        at=at,
        kind="ask",
        key=key,
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=person,
        prompt=prompt,
        stale=at_local(where.pairing.end, 0, 0, where.zone),
        patient=where.morning(at, person, days=patient),
    )
