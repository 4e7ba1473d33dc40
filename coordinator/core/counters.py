"""Another time that one of the two proposes: taken where it fits what the other has said, else the other is asked."""

from datetime import UTC, datetime, timedelta

from coordinator.core.booking import meeting_of, moved, with_meeting
from coordinator.core.finding import can, is_busy
from coordinator.core.hours import at_local, local_day
from coordinator.core.meeting import MINUTE, Counter
from coordinator.core.moments import Situation
from coordinator.core.reading import CalendarReply
from coordinator.core.records import Meeting, Pairing

MOST_TURNS = 2
"""A proposal and one answer to it with another time; then a human helps."""
SOONEST = timedelta(hours=2)


def proposed(
    where: Situation, meeting: Meeting, by: str, start: datetime, end: datetime | None, now: datetime
) -> Pairing | None:
    """The pairing with that proposal taken, or waiting for the other's word; None where it cannot be followed.

    That is: the time that stands already, one that is past or behind the end of the pairing, or one turn too many.
    """
    until = end or start + (meeting.end - meeting.start)
    if not _is_sensible(where, meeting, start, until, now):
        return None
    pairing, known = where.pairing, meeting.counter
    if (known and known.by != by and known.start == start) or fits(where, meeting, by, start, until):
        return moved(pairing, meeting.ordinal, start, until, now)
    if known and (known.by, known.start, known.end) == (by, start, until):
        return pairing  # said twice, and already put to the other
    turn = known.turn + 1 if known and known.by != by else known.turn if known else 1
    if turn > MOST_TURNS:
        return None
    counter = Counter(by=by, start=start, end=until, at=now, turn=turn)
    return with_meeting(pairing, meeting.ordinal, counter=counter)


def _is_sensible(where: Situation, meeting: Meeting, start: datetime, end: datetime, now: datetime) -> bool:
    """Some calendars propose the very time that they decline, or this very moment."""
    if meeting.status != "invited" or meeting.organizer or meeting.start <= now or meeting.kind == "event":
        return False
    last = at_local(where.pairing.end, 0, 0, where.zone)
    is_other = (start, end) != (meeting.start, meeting.end)
    return is_other and now + SOONEST < start < end < last and end - start <= timedelta(hours=8)


def fits(where: Situation, meeting: Meeting, by: str, start: datetime, end: datetime) -> bool:
    """Whether the other has said that they can then, and nothing else is known to be in the way."""
    other = where.person(where.pairing.partner_of(by))
    return (
        can(other, start, end, where.chapter) is True
        and not is_busy(where.cohort, other, start, end, without=meeting.uid)
        and local_day(start, where.zone_of(other.id)) not in where.chapter.closed
    )


def said_to(pairing: Pairing, ordinal: int, key: str, by: str, *, yes: bool, now: datetime) -> Pairing:
    """The answer to the question of that key, about one proposed time and no other.

    A yes to one that lapsed or was taken back is put to the other in its turn: both had wanted it.
    """
    meeting = meeting_of(pairing, ordinal)
    sequence, name, turn = (*key.split("/")[3:], "", "", "")[:3]
    counter = meeting.counter
    if counter:
        is_meant = counter.by != by and name == counter.name[0]
        return pairing if not is_meant else accepted(pairing, ordinal, now) if yes else refused(pairing, ordinal)
    if not yes or sequence != str(meeting.sequence) or turn != "1" or meeting.status != "invited":
        return pairing
    start = datetime.strptime(name, MINUTE).replace(tzinfo=UTC)
    if start <= now + SOONEST or meeting.start <= now:
        return pairing
    again = Counter(by=by, start=start, end=start + (meeting.end - meeting.start), at=now, turn=MOST_TURNS)
    return with_meeting(pairing, ordinal, counter=again)


def accepted(pairing: Pairing, ordinal: int, now: datetime) -> Pairing:
    """The meeting at the proposed time."""
    counter = meeting_of(pairing, ordinal).counter
    if counter is None or counter.start <= now:
        return refused(pairing, ordinal)
    return moved(pairing, ordinal, counter.start, counter.end, now)


def refused(pairing: Pairing, ordinal: int) -> Pairing:
    """The meeting stays where it was; the letter that says so follows from the record."""
    meeting = meeting_of(pairing, ordinal)
    return with_meeting(pairing, ordinal, counter=None, refused=meeting.counter or meeting.refused)


def for_everybody(pairing: Pairing, meeting: Meeting, by: str, reply: CalendarReply, now: datetime) -> Pairing:
    """Another time that a calendar proposes for an event of the program is refused at once; else the same pairing."""
    start = reply.start if reply.method == "COUNTER" and meeting.kind == "event" else None
    if start is None or start <= now or start == meeting.start or meeting.start <= now:
        return pairing
    counter = Counter(by=by, start=start, end=reply.end or start + (meeting.end - meeting.start), at=now)
    return with_meeting(pairing, meeting.ordinal, refused=counter)
