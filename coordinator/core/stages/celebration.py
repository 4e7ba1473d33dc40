"""A goal that is reached is told to both, once, at once or with the mail of these days (AAHA-35).

Every program with the letter `goal-met` has this.
"""

from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.endings.renewing import ROLES
from coordinator.core.moments import Moment, Situation
from coordinator.core.records import Goal
from coordinator.core.stages.ahead import mail_near

PROMPT = "goal-met"
FRESH = timedelta(days=10)
"""Older news of that kind is no news."""


def celebrations(where: Situation) -> Iterator[Moment]:
    if PROMPT not in where.program.prompts:
        return
    for goal in where.pairing.goals:
        if goal.state == "done" and goal.visibility != "private":
            yield from _to_both(where, goal)


def _to_both(where: Situation, goal: Goal) -> Iterator[Moment]:
    reached = max((at for at, _, state, _ in goal.scores if state == "done"), default=None)
    if reached is None:
        return
    for role in ROLES:
        (person,) = where.in_role(role)
        yield Moment(
            at=reached,
            kind="tell",
            key=f"{where.pairing.id}/{PROMPT}/{goal.number}/{role}",
            stage=PROMPT,
            pairing=where.pairing.id,
            recipient=person,
            prompt=PROMPT,
            stale=reached + FRESH,
            ordinal=goal.number,
            patient=mail_near(where, person, reached),
        )
