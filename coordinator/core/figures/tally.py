"""What may be counted of one pairing, taken through `view`: no word of anybody, no name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.core.figures.touches import Touch, touches
from coordinator.core.hours import local_day
from coordinator.core.program import Program
from coordinator.core.records import Answer, Goal, Pairing
from coordinator.core.said_by import fact_of
from coordinator.core.view import countable, countable_goals, countable_reason, sees_attendance

STATES = ("reached", "under way", "stuck", "not yet told", "dropped")
"""Where a goal stands, as the report counts it."""
_SLOW = ("stuck", "behind")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """scope: which part of the program it belongs to. last: the day it ended, None = it goes on. early: why it ended
    before its day ("asked", "left", "" = it did not); reason: of `endings.options.REASONS`, "" = none.

    met, touched: local days of meetings and of other contacts. goals: (role of the owner, one of STATES, whether it has
    all five lines of a SMART goal). scores: role → the newest, 1–5. said: role → facts that they told of.
    touches: check-ins with either of the two.
    """

    id: str
    scope: str
    mentee: str
    mentor: str
    start: date
    last: date | None
    early: str
    reason: str
    met: tuple[date, ...]
    touched: tuple[date, ...]
    goals: tuple[tuple[str, str, bool], ...]
    scores: Mapping[str, int]
    said: Mapping[str, frozenset[str]]
    touches: tuple[Touch, ...] = ()


def tally(program: Program, viewer: str, pairing: Pairing, scope: str, zone: str) -> Tally | None:
    """None where the viewer may know nothing of the pairing. zone: whose days count."""
    if not sees_attendance(viewer, pairing):
        return None
    facts = [(a, fact_of(program, a)) for a in countable(viewer, pairing)]
    contacts = [(c.kind == "meeting", local_day(c.at, zone)) for c in pairing.contacts]
    return Tally(
        id=pairing.id,
        scope=scope,
        mentee=pairing.mentee,
        mentor=pairing.mentor,
        start=pairing.start,
        last=local_day(pairing.ended, zone) if pairing.ended else None,
        early=pairing.ending,
        reason=countable_reason(viewer, pairing),
        met=tuple(day for is_meeting, day in contacts if is_meeting),
        touched=tuple(day for is_meeting, day in contacts if not is_meeting),
        goals=tuple(
            (pairing.role_of(g.owner) or "mentee", state_of(g), is_smart(g)) for g in countable_goals(viewer, pairing)
        ),
        scores=_scores(pairing, facts),
        said=_said(pairing, facts),
        touches=tuple(touches(program, pairing, [answer for answer, _ in facts], zone)),
    )


def state_of(goal: Goal) -> str:
    if goal.state != "open":
        return "reached" if goal.state == "done" else "dropped"
    if not goal.scores:
        return "not yet told"
    return "stuck" if goal.scores[-1][2] in _SLOW else "under way"


def is_smart(goal: Goal) -> bool:
    return all(goal.smart.get(line) for line in ("specific", "measurable", "attainable", "realistic", "timely"))


def _scores(pairing: Pairing, facts: list[tuple[Answer, str | None]]) -> dict[str, int]:
    """The newest of each of the two counts."""
    found: dict[str, int] = {}
    for answer, fact in sorted(facts, key=lambda each: each[0].at):
        role = pairing.role_of(answer.by)
        number = _points(answer.value) if fact in ("score", "checkin") else None
        if number is not None and role:
            found[role] = number
    return found


def _points(value: object) -> int | None:
    match value:
        case bool():
            return None
        case int(number) | {"score": int(number)} if 1 <= number <= 5:
            return number
    return None


def _said(pairing: Pairing, facts: list[tuple[Answer, str | None]]) -> dict[str, frozenset[str]]:
    """Only that they told of it, never what."""
    told = [(pairing.role_of(a.by), fact) for a, fact in facts if fact and a.value not in ("", None, False)]
    return {role: frozenset(f for who, f in told if who == role) for role in ("mentee", "mentor")}
