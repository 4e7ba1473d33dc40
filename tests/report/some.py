"""Programs of invented pairs, as the numbers of a report need them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from coordinator import programs
from coordinator.core.care import Care, Need
from coordinator.core.figures import ROLES, Content, Figures, Scope, figures
from coordinator.core.program import Program
from coordinator.core.records import Answer, Consent, Contact, Goal, Pairing, Participant

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
START = date(2026, 1, 12)
BEGIN = datetime(2026, 1, 12, 9, tzinfo=UTC)


@cache
def program() -> Program:
    return programs.load("six-month", own=None)


def people(pairs: Iterable[Pairing], cohorts: dict[str, str] | None = None, **more: Any) -> dict[str, Participant]:
    """Everybody of these pairs. cohorts: id of a mentee → what the roster says."""
    roles = [(p.mentee, "mentee") for p in pairs] + [(p.mentor, "mentor") for p in pairs]
    roles += [(a, "advisor") for p in pairs for a in p.advisors]
    return {
        id_: Participant(
            id=id_,
            address=f"{id_}@example.org",
            first_name=id_.title(),
            roles=(role,),
            consent=Consent(text="1", at=BEGIN, how="import"),
            profile={"cohort": cohort} if (cohort := (cohorts or {}).get(id_, "")) else {},
            **more,
        )
        for id_, role in roles
    }


def pair(number: int, *, met: int = 0, score: int | None = None, goals: Iterable[str] = (), **more: Any) -> Pairing:
    """One pair. met: how many monthly meetings took place. score: the mentor's. goals: their states."""
    made = Pairing(
        id=f"p{number}", mentor=f"o{number}", mentee=f"e{number}", advisors=more.pop("advisors", ("a1",)),
        start=START, end=date(2026, 7, 12), **more,
    )  # fmt: skip
    kept = [
        Goal(number=n, owner=made.mentee, texts=("canary of a goal",), state=state)
        for n, state in enumerate(goals, start=1)
    ]
    contacts = [Contact(at=BEGIN + timedelta(days=30 * n + 10), kind="meeting", minutes=45) for n in range(met)]
    made = replace(made, goals=tuple(kept), contacts=tuple(contacts))
    return made if score is None else graded(made, score)


def graded(made: Pairing, score: int, *, visibility: str = "advisor", days: int = 30) -> Pairing:
    answer = Answer(
        key=f"{made.id}/debrief/1/mentor", prompt="debrief-mentor", field="score", by=made.mentor,
        at=BEGIN + timedelta(days=days), value=score, visibility=visibility,
    )  # fmt: skip
    return replace(made, answers=(*made.answers, answer))


def content(pairs: Iterable[Pairing], cohorts: dict[str, str] | None = None, **more: Any) -> Content:
    known = tuple(pairs)
    return Content(program=program(), people=people(known, cohorts, **more), pairings=known, zone="Europe/Berlin")


def made(pairs: Iterable[Pairing], scope: Scope | None = None, **more: Any) -> Figures:
    return figures(content(pairs, **more), scope or Scope(), NOW)


def looked_after(number: int, *, answers: int = 0, calls: int = 0, **more: Any) -> Pairing:
    """One pair of which both were asked in each of five months, the mentee answering the first so many."""
    one = pair(number, **more)
    keys = {f"{one.id}/check-in/{n}/{role}": BEGIN + timedelta(days=30 * n) for n in range(5) for role in ROLES}
    said = [
        Answer(key=f"{one.id}/check-in/{n}/mentee", prompt="check-in", field="going", by=one.mentee,
               at=BEGIN + timedelta(days=30 * n + 1), value="well", visibility="advisor")
        for n in range(answers)
    ]  # fmt: skip
    done = tuple(
        Need(key=f"{one.id}/check-in/{n}/mentor", kind="call", by=one.mentor, at=BEGIN, done=BEGIN)
        for n in range(calls)
    )
    return replace(one, decided=keys, answers=tuple(said), care=Care(needs=done))
