"""A short talk about the two of them, in an entry of its own, for pairs that ask for one (AAHA-23)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Moment, Situation
from coordinator.core.rhythm import step

LENGTH = timedelta(minutes=20)
BEFORE = timedelta(days=14)
"""How long before the day it is put into both calendars."""
_MONTH = timedelta(days=30)


def how_are_we(where: Situation) -> Iterator[Moment]:
    """One silent moment for each of them; `core.settling` finds the time."""
    every = where.pairing.terms.get("how_are_we", "off")
    if every == "off":
        return
    begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
    end, distance = at_local(where.pairing.end, 0, 0, where.zone), step(every).months * _MONTH
    number, day = 1, begin + distance
    while day < end:
        yield Moment(
            at=day - BEFORE,
            kind="how-are-we",
            key=f"{where.pairing.id}/how-are-we/{number}",
            stage="how-are-we",
            pairing=where.pairing.id,
            stale=day,
        )
        number, day = number + 1, day + distance


def is_late(moment: Moment, now: datetime) -> bool:
    """A pair that asks in the middle of its season gets the next one, and none that is over."""
    return moment.stale is not None and moment.stale <= now
