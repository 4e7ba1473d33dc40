"""Putting a meeting into the record: booked, moved, kept short, cancelled. The letters follow from the record."""

from datetime import datetime, timedelta

from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.places import place_for, regular
from coordinator.core.records import Meeting, Pairing
from coordinator.core.stages.ahead import next_meeting, offered
from coordinator.core.tokens import uid
from coordinator.core.walls import agreed_start, wall


def booked(where: Situation, now: datetime, start: datetime | None = None) -> Pairing:
    """The pairing with one more meeting: at `start`, else where the rhythm puts it; unchanged behind the end."""
    begins = start or (next_meeting(where) if regular(where.pairing) else _first_start(where, now))
    if begins is None:
        return where.pairing
    number = len(regular(where.pairing)) + 1
    place = place_for(where.pairing, number, where.program.words, where.chapter.language)
    return added(where, now, start=begins, end=begins + timedelta(minutes=where.minutes), place=place)


def added(where: Situation, now: datetime, *, start: datetime, end: datetime, **more: object) -> Pairing:
    """The pairing with one more meeting of any kind; everybody in it is asked."""
    pairing = where.pairing
    ordinal = len(pairing.meetings) + 1
    domain = where.chapter.address.rpartition("@")[2]
    meeting = Meeting(
        ordinal=ordinal,
        uid=uid(where.chapter.secret, f"{pairing.id}/meeting/{ordinal}", domain),
        start=start,
        end=end,
        zone=where.zone,
        wall=wall(start, where.zone),
        booked=now,
        partstats=_all_asked(pairing),
    )
    return replace(pairing, meetings=(*pairing.meetings, replace(meeting, **more)))  # type: ignore[arg-type]


def _all_asked(pairing: Pairing) -> dict[str, str]:
    return {pairing.mentee: "NEEDS-ACTION", pairing.mentor: "NEEDS-ACTION"}


def _first_start(where: Situation, now: datetime) -> datetime | None:
    """The first time that suits both at least five days ahead, for a pair that picked none (AHE-11)."""
    times = offered(where, now, days=5)
    return times[0][0] if times else None


def moved(
    pairing: Pairing, ordinal: int, start: datetime, end: datetime, now: datetime, *, put_off: bool = True
) -> Pairing:
    """The same meeting at another time: SEQUENCE raised, everybody asked again (RFC 5546 §2.1.4).

    put_off: somebody wanted it so, and it counts as one postponement.
    """
    meeting = meeting_of(pairing, ordinal)
    return with_meeting(
        pairing,
        ordinal,
        start=start,
        end=end,
        wall=wall(start, meeting.zone),
        booked=now,
        partstats=dict.fromkeys(meeting.attendees, "NEEDS-ACTION") or _all_asked(pairing),
        sequence=meeting.sequence + 1,
        stamps={},
        counter=None,
        refused=None,
        shorter={},
        postponed=meeting.postponed + put_off,
    )


def on_its_wall_time(pairing: Pairing, ordinal: int, now: datetime) -> Pairing:
    """The meeting at the hour that was agreed on, after a government changed the rules of its zone."""
    meeting = meeting_of(pairing, ordinal)
    start = agreed_start(meeting)
    return moved(pairing, ordinal, start, start + (meeting.end - meeting.start), now, put_off=False)


def cancelled(pairing: Pairing, now: datetime, *, gone: str = "") -> Pairing:
    """The pairing with every meeting to come called off.

    gone: one of the two who leaves; an event of the program takes place all the same, and the other may go.
    """
    for meeting in pairing.meetings:
        if meeting.status != "invited" or meeting.start <= now:
            continue
        if meeting.kind == "event" and (gone or meeting.removed):
            pairing = attended_without(pairing, meeting.ordinal, gone, now)
        else:
            pairing = called_off(pairing, meeting.ordinal, now)
    return pairing


def attended_without(pairing: Pairing, ordinal: int, gone: str, now: datetime) -> Pairing:
    """The same event for the other alone, whose answer stands; called off where nobody is left (RFC 5546 §3.2.5)."""
    meeting = meeting_of(pairing, ordinal)
    invited = meeting.attendees or (pairing.mentee, pairing.mentor)
    left = tuple(id_ for id_ in invited if id_ != gone)
    if not left:
        return called_off(pairing, ordinal, now)
    if left == invited:
        return pairing
    return with_meeting(
        pairing,
        ordinal,
        attendees=left,
        removed=(*meeting.removed, gone),
        partstats={id_: said for id_, said in meeting.partstats.items() if id_ in left},
        sequence=meeting.sequence + 1,
        booked=now,
    )


def called_off(pairing: Pairing, ordinal: int, now: datetime, **more: object) -> Pairing:
    """The same with one meeting called off."""
    meeting = meeting_of(pairing, ordinal)
    return with_meeting(
        pairing, ordinal, status="cancelled", sequence=meeting.sequence + 1, booked=now, counter=None, **more
    )


def meeting_of(pairing: Pairing, ordinal: int) -> Meeting:
    """The meeting with that ordinal. LookupError when there is none."""
    for meeting in pairing.meetings:
        if meeting.ordinal == ordinal:
            return meeting
    raise LookupError(f"{pairing.id} has no meeting {ordinal}")


def standing_for(pairing: Pairing, meeting: Meeting, now: datetime) -> Meeting:
    """The one that words about it mean: itself, or what the two arranged in its place once it was called off."""
    theirs = (m for m in pairing.meetings if m.ordinal > meeting.ordinal and m.organizer and m.status == "invited")
    if meeting.status != "cancelled":
        return meeting
    return next((m for m in theirs if m.start > now), meeting)


def with_meeting(pairing: Pairing, ordinal: int, **changes: object) -> Pairing:
    """The pairing with one meeting changed."""
    new = replace(meeting_of(pairing, ordinal), **changes)  # type: ignore[arg-type]
    return replace(pairing, meetings=tuple(new if m.ordinal == ordinal else m for m in pairing.meetings))
