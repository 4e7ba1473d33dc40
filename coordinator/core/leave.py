"""Breaks: one that goes on, one that is still to come, and the days on which somebody therefore does not meet."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from coordinator.core.frozen import replace
from coordinator.core.hours import at_local, local_day
from coordinator.core.records import Participant

LONGEST = timedelta(days=366)
"""Of a break that began long ago only so many days are looked at."""


def over_at(day: date) -> datetime:
    """The instant at which a break is over that lasts until that day."""
    return datetime.combine(day, time(6, 0), tzinfo=UTC)


def begins(person: Participant, zone: str) -> datetime | None:
    """When the break to come begins, None = none is to come."""
    return at_local(person.leave[0], 0, 0, zone) if person.leave else None


def on_their_day(person: Participant, zone: str, now: datetime) -> Participant:
    """With a break ended whose day has come, and the one begun that was announced for today."""
    if person.status == "paused" and person.paused_until and person.paused_until <= now:
        person = replace(person, status="active", paused_until=None)
    first = begins(person, zone)
    if first is None or first > now or person.leave is None:
        return person
    over = over_at(person.leave[1])
    if person.status != "active" or over <= now:
        return replace(person, leave=None)
    return replace(person, leave=None, status="paused", paused_until=over, due=over)


def days_away(people: Iterable[Participant], zone: str) -> frozenset[date]:
    """Every day of a break with an end, of one of them; nobody is asked to meet then."""
    away: set[date] = set()
    for person in people:
        if person.leave:
            away |= _days(*person.leave)
        if person.status == "paused" and person.paused_until:
            over = local_day(person.paused_until, zone)
            away |= _days(over - LONGEST, over)
    return frozenset(away)


def _days(first: date, over: date) -> set[date]:
    first = max(first, over - LONGEST)
    return {first + timedelta(days=number) for number in range((over - first).days)}
