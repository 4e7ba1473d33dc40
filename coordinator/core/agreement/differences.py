"""Where two people want different things, and where what they agreed does not go together."""

from collections.abc import Iterator
from datetime import datetime

from coordinator.core.agreement.clauses import ROLES, SCHEDULE, is_goal, own
from coordinator.core.hours import local_day
from coordinator.core.moments import Situation
from coordinator.core.records import Pairing
from coordinator.core.rhythm import step

MOST = 4
"""So many differences are asked about in one letter; the others wait for their first meeting."""


def differing(pairing: Pairing) -> tuple[str, ...]:
    """Clauses for which only one wish stands, or two that differ, in the order in which they were said."""
    return tuple(name for name in pairing.proposals if not is_goal(name) and name not in SCHEDULE)


def wishes(pairing: Pairing, name: str) -> tuple[str, ...]:
    """What is wanted, the mentee's first; each once."""
    offers = pairing.proposals.get(name, {})
    return tuple(dict.fromkeys(offers[who] for who in (pairing.mentee, pairing.mentor) if who in offers))


def unsettled(pairing: Pairing) -> tuple[str, ...]:
    """Clauses for which both want something else: an item of their next meeting."""
    return tuple(name for name in differing(pairing) if len(pairing.proposals[name]) == len(ROLES))


def contradictions(where: Situation, now: datetime) -> Iterator[tuple[str, str]]:
    """(clause, clause) for what was agreed and cannot both hold."""
    pairing, terms = where.pairing, where.pairing.terms
    rhythm = where.rhythm
    clock = f"{rhythm.hour:02}:{rhythm.minute:02}"
    for role in ROLES:
        name = own("hours", role)
        if name in terms and "rhythm" in terms and not _holds(terms[name], clock):
            yield "rhythm", name
    mine, theirs = (terms.get(own("hours", role), "") for role in ROLES)
    if mine and theirs and not _overlap(mine, theirs):
        yield own("hours", "mentee"), own("hours", "mentor")
    if "notice" in terms and int(terms["notice"]) >= _days_between(where):
        yield "notice", "every"
    if pairing.end < local_day(now, where.zone) and pairing.status != "ended":
        yield "until", "every"


def _holds(window: str, clock: str) -> bool:
    start, _, end = window.partition("-")
    return start <= clock < end


def _overlap(one: str, other: str) -> bool:
    (a, _, b), (c, _, d) = one.partition("-"), other.partition("-")
    return max(a, c) < min(b, d)


def _days_between(where: Situation) -> int:
    distance = step(where.every)
    return distance.months * 28 + distance.weeks * 7
