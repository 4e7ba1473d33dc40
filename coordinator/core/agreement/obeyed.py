"""How the mailer keeps to what was agreed: when it may write, when it reminds, and which clause it quotes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coordinator.core.agreement.clauses import own
from coordinator.core.hours import at_local, local_day, next_open
from coordinator.core.records import Pairing
from coordinator.core.zones import zone

CHANGES = ("moved", "again", "shorter", "shorter-or-moved")
"""Letters about a meeting that does not suit."""
_TRIES = 4


def window(pairings: Iterable[Pairing], person: str) -> tuple[str, str] | None:
    """The hours in which somebody wants mail, from all their pairings, None = they named none."""
    named = [p.terms[name] for p in pairings if (name := own("hours", p.role_of(person) or "")) in p.terms]
    pairs = [text.partition("-")[::2] for text in named]
    if not pairs:
        return None
    first, last = max(start for start, _ in pairs), min(end for _, end in pairs)
    return (first, last) if first < last else pairs[-1]


def opens(now: datetime, timezone: str, quiet: tuple[int, int], wanted: tuple[str, str] | None) -> datetime:
    """The first instant at or after now at which both the chapter's hours and their own allow mail (AAHA-7).

    Where the two leave no hour at all, the chapter's hold: nobody is lost because of an evening.
    """
    at = next_open(now, timezone, *quiet)
    if wanted is None:
        return at
    for _ in range(_TRIES):
        inside = _inside(at, timezone, wanted)
        at_both = next_open(inside, timezone, *quiet)
        if at_both == inside:
            return inside
        at = at_both
    return next_open(now, timezone, *quiet)


def _inside(now: datetime, timezone: str, wanted: tuple[str, str]) -> datetime:
    clock = f"{now.astimezone(zone(timezone)):%H:%M}"
    if wanted[0] <= clock < wanted[1]:
        return now
    day = local_day(now, timezone) + timedelta(days=clock >= wanted[1])
    hour, minute = map(int, wanted[0].split(":"))
    return at_local(day, hour, minute, timezone)


def patience(pairing: Pairing, usual: timedelta) -> timedelta:
    """How long a question waits for its first reminder: a day more than the two agreed, else as the program says."""
    days = pairing.terms.get("reply_days")
    return timedelta(days=int(days) + 1) if days else usual


def quoted(pairing: Pairing, moment: str, prompt: str, *, missed: bool) -> tuple[str, ...]:
    """Names of the clauses that a letter quotes: what the two agreed, never what the program says (ACHE-39)."""
    wanted = []
    if moment == "nudge":
        wanted.append("reply_days")
    if prompt in CHANGES:
        wanted.append("notice")
    if missed:
        wanted.append("commitment")
    return tuple(name for name in wanted if name in pairing.terms)
