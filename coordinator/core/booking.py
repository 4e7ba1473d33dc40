"""Putting a meeting into the record: booked, moved, cancelled. The letters follow from the record."""

from dataclasses import replace
from datetime import datetime, timedelta

from coordinator.core.moments import Situation
from coordinator.core.records import Meeting, Pairing
from coordinator.core.stages.meetings import next_meeting, offered
from coordinator.core.tokens import uid


def booked(where: Situation, now: datetime, start: datetime | None = None) -> Pairing:
    """The pairing with one more meeting: at `start`, else where the rhythm puts it; unchanged behind the end."""
    begins = start or (next_meeting(where) if where.meetings else _first_start(where, now))
    if begins is None:
        return where.pairing
    pairing = where.pairing
    ordinal = len(pairing.meetings) + 1
    domain = where.chapter.address.rpartition("@")[2]
    meeting = Meeting(
        ordinal=ordinal,
        uid=uid(where.chapter.secret, f"{pairing.id}/meeting/{ordinal}", domain),
        start=begins,
        end=begins + timedelta(minutes=where.minutes),
        zone=where.zone,
        booked=now,
        place=pairing.terms.get("place", ""),
        partstats={pairing.mentee: "NEEDS-ACTION", pairing.mentor: "NEEDS-ACTION"},
    )
    return replace(pairing, meetings=(*pairing.meetings, meeting))


def _first_start(where: Situation, now: datetime) -> datetime | None:
    """The first time that suits both at least five days ahead, for a pair that picked none (AHE-11)."""
    times = offered(where, now, days=5)
    return times[0][0] if times else None


def moved(pairing: Pairing, ordinal: int, start: datetime, end: datetime, now: datetime) -> Pairing:
    """The same meeting at another time: SEQUENCE raised, everybody asked again (RFC 5546 §2.1.4)."""
    return with_meeting(
        pairing,
        ordinal,
        start=start,
        end=end,
        booked=now,
        partstats={pairing.mentee: "NEEDS-ACTION", pairing.mentor: "NEEDS-ACTION"},
        sequence=meeting_of(pairing, ordinal).sequence + 1,
        stamps={},
    )


def cancelled(pairing: Pairing, now: datetime) -> Pairing:
    """The pairing with every meeting to come called off."""
    meetings = tuple(
        replace(m, status="cancelled", sequence=m.sequence + 1, booked=now)
        if m.status == "invited" and m.start > now
        else m
        for m in pairing.meetings
    )
    return replace(pairing, meetings=meetings)


def meeting_of(pairing: Pairing, ordinal: int) -> Meeting:
    """The meeting with that ordinal. LookupError when there is none."""
    for meeting in pairing.meetings:
        if meeting.ordinal == ordinal:
            return meeting
    raise LookupError(f"{pairing.id} has no meeting {ordinal}")


def with_meeting(pairing: Pairing, ordinal: int, **changes: object) -> Pairing:
    """The pairing with one meeting changed."""
    new = replace(meeting_of(pairing, ordinal), **changes)  # type: ignore[arg-type]
    return replace(pairing, meetings=tuple(new if m.ordinal == ordinal else m for m in pairing.meetings))
