"""What two people arranged themselves: adopted as it is, and ours is called off; or it stands beside the rhythm."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.booking import added, called_off, with_meeting
from coordinator.core.effects import Decision
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.other_times import proposed_start
from coordinator.core.reading import Command, OwnInvite
from coordinator.core.records import Contact, Meeting, Pairing
from coordinator.core.rhythm import step
from coordinator.core.stages.ahead import next_meeting


def adopted(arrival: Arrival) -> Decision | None:
    """The decision about an invitation of one of the two to the other; None where it is none."""
    invite = arrival.reading.own_invite
    if invite is None or arrival.found.writer is None or arrival.verdict.action not in ("apply", "confirm"):
        return None
    pairings = tuple(_between(arrival, invite))
    if not pairings:
        return None
    arrival.heard()
    for pairing in pairings:
        arrival.put(_taken(arrival.situation(pairing), invite, arrival.writer.id, arrival.now))
    return arrival.decision("applied")


def _between(arrival: Arrival, invite: OwnInvite) -> Iterator[Pairing]:
    """The pairings whose other half is invited or addressed; a meeting of our own that is forwarded is none."""
    reached = {*invite.people, invite.organizer, *arrival.reading.envelope.recipients}
    known = arrival.cohort.meeting(invite.uid)
    if known and not any(m.organizer for m in known[0].meetings if m.uid == invite.uid):
        return
    for pairing in arrival.cohort.pairings_of(arrival.writer.id):
        if pairing.role_of(arrival.writer.id) == "advisor" or pairing.status != "active":
            continue
        partner = arrival.cohort.participant(pairing.partner_of(arrival.writer.id))
        if partner and reached & set(partner.addresses):
            yield pairing


def _taken(where: Situation, invite: OwnInvite, by: str, now: datetime) -> Pairing:
    pairing = where.pairing
    known = next((m for m in pairing.meetings if m.uid == invite.uid), None)
    if known is not None:
        return _changed(pairing, known, invite, now)
    if invite.method == "CANCEL":
        return pairing
    # The same invitation may go to two mentees at once, and a UID belongs to one meeting.
    name = {} if where.cohort.meeting(invite.uid) else {"uid": invite.uid}
    written = replace(pairing, contacts=(*pairing.contacts, Contact(at=now, kind="email", by=by)))
    if invite.start <= now:
        return written
    return arranged_at(replace(where, pairing=written), by, invite.start, invite.end, now, place=invite.place, **name)


def _changed(pairing: Pairing, known: Meeting, invite: OwnInvite, now: datetime) -> Pairing:
    if known.start <= now:
        return pairing
    if invite.method == "CANCEL":
        return with_meeting(pairing, known.ordinal, status="cancelled", booked=now)
    return with_meeting(
        pairing, known.ordinal, start=invite.start, end=invite.end, place=invite.place or known.place, status="invited"
    )


def arranged_at(where: Situation, by: str, start: datetime, end: datetime, now: datetime, **more: object) -> Pairing:
    """Their own meeting in place of ours where it is near; else one beside the rhythm, which goes on."""
    ours = _in_place_of(where, start, now)
    pairing = called_off(where.pairing, ours.ordinal, now) if ours else where.pairing
    is_regular = ours is not None or _is_next(where, start)
    here = replace(where, pairing=pairing)
    said = {where.pairing.mentee: "NEEDS-ACTION", where.pairing.mentor: "NEEDS-ACTION", by: "ACCEPTED"}
    fresh = {
        "organizer": by,
        "kind": "meeting" if is_regular else "extra",
        "partstats": said,
        "agenda": ours.agenda if ours else (),
    }
    return added(here, now, start=start, end=end, **{**fresh, **more})


def _near(where: Situation) -> timedelta:
    """A third of the distance between two meetings: what is that near to one stands for it, and not beside it."""
    every = step(where.every)
    return timedelta(days=10 * every.months) if every.months else timedelta(days=2.5 * every.weeks)


def _in_place_of(where: Situation, start: datetime, now: datetime) -> Meeting | None:
    ours = [
        m for m in where.meetings if m.kind == "meeting" and m.status == "invited" and not m.organizer and m.start > now
    ]
    nearest = min(ours, key=lambda m: abs(m.start - start), default=None)
    return nearest if nearest and abs(nearest.start - start) <= _near(where) else None


def _is_next(where: Situation, start: datetime) -> bool:
    """Whether it stands where the rhythm would have put the next one."""
    if not any(m.kind == "meeting" for m in where.meetings):
        return True
    coming = next_meeting(where)
    return coming is not None and abs(coming - start) <= _near(where)


def arranged(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """ "We arranged it ourselves: Thursday 16:00"; without a time it is when ours was. None where that says nothing."""
    if pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return None
    where = arrival.situation(pairing)
    ours = next((m for m in pairing.meetings if m.status == "invited" and m.start > arrival.now), None)
    reference = ours.start if ours else next_meeting(where) or arrival.now
    start = proposed_start(str(command.args.get("text", "")), arrival.context(), reference)
    if start is None and ours is not None:
        start = ours.start
    if start is None or start <= arrival.now:
        return None
    length = timedelta(minutes=where.minutes)
    return arranged_at(where, arrival.writer.id, start, start + length, arrival.now)
