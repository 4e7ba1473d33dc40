"""When somebody may be written to unasked: not in a pause, in no quiet hour, and once a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coordinator.core.agreement.obeyed import opens, window
from coordinator.core.chapter import Chapter
from coordinator.core.hours import at_local, local_day
from coordinator.core.records import Pairing, Participant


def may_read_from(
    chapter: Chapter, person: Participant, pairings: Iterable[Pairing], now: datetime, *, cancels: bool = False
) -> datetime | None:
    """The first instant from now on, None while nobody knows. pairings: theirs, which may have agreed on hours.

    cancels: that something is off, which waits for quiet hours only.
    """
    if person.status == "paused" and not cancels:
        return person.paused_until
    if person.status == "unreachable" or (person.status == "stopped" and not cancels):
        return None
    quiet = (chapter.quiet_from, chapter.quiet_until)
    return opens(now, zone_of(chapter, person), quiet, window(tuple(pairings), person.id))


def was_written_today(chapter: Chapter, person: Participant, now: datetime) -> bool:
    zone = zone_of(chapter, person)
    return bool(person.written and local_day(person.written, zone) >= local_day(now, zone))


def next_morning(chapter: Chapter, person: Participant, hour: int, now: datetime) -> datetime:
    """Tomorrow at that hour of theirs."""
    zone = zone_of(chapter, person)
    return at_local(local_day(now, zone) + timedelta(days=1), hour, 0, zone)


def zone_of(chapter: Chapter, person: Participant) -> str:
    return person.timezone or chapter.timezone
