"""What a calendar said: whose answer to which meeting, and whether it is the newest."""

from datetime import datetime

from coordinator.core.arrival import Arrival
from coordinator.core.booking import with_meeting
from coordinator.core.frozen import replace
from coordinator.core.hours import when
from coordinator.core.overlay import Living
from coordinator.core.reading import CalendarReply
from coordinator.core.records import Meeting, Pairing, Participant
from coordinator.core.standing import decided
from coordinator.core.words import words_of

PARTSTATS = {
    "ACCEPTED": "ACCEPTED",
    "DECLINED": "DECLINED",
    "TENTATIVE": "TENTATIVE",
    "NEEDS-ACTION": "NEEDS-ACTION",
    "DELEGATED": "TENTATIVE",
}
"""What a calendar may say (RFC 5545 §3.2.12) → what counts: nobody can send somebody else to a talk of two."""

Stamp = tuple[int, datetime]
"""The SEQUENCE that an answer is to, and its DTSTAMP."""


def newest(meeting: Meeting, person: Participant, reply: CalendarReply, now: datetime) -> Stamp | None:
    """The stamp of an answer that counts; None for one older than what is known (RFC 5546 §2.1.5), or of no sense.

    A larger SEQUENCE than ours is taken for ours: Exchange counts its own changes.
    """
    stamp = reply.stamp or now
    known = meeting.stamps.get(person.id)
    sequence = meeting.sequence if reply.sequence is None or reply.sequence > meeting.sequence else reply.sequence
    if sequence < meeting.sequence or (known and (sequence, stamp) <= known) or reply.partstat not in PARTSTATS:
        return None
    return sequence, stamp


def answered(meeting: Meeting, person: Participant, partstat: str, stamp: Stamp) -> Meeting:
    """The meeting with somebody's answer. Who takes the time that stands takes back the other one they proposed."""
    is_taken_back = meeting.counter is not None and meeting.counter.by == person.id and partstat == "ACCEPTED"
    return replace(
        meeting,
        counter=None if is_taken_back else meeting.counter,
        partstats={**meeting.partstats, person.id: PARTSTATS[partstat]},
        stamps={**meeting.stamps, person.id: stamp},
    )


def counted(pairing: Pairing, meeting: Meeting, person: Participant, reply: CalendarReply, now: datetime) -> Pairing:
    """The pairing with somebody's newest answer; unchanged when it is older than what is known."""
    stamp = newest(meeting, person, reply, now)
    if stamp is None:
        return pairing
    said = answered(meeting, person, reply.partstat, stamp)
    return with_meeting(pairing, meeting.ordinal, partstats=said.partstats, stamps=said.stamps, counter=said.counter)


def in_words(pairing: Pairing, meeting: Meeting, person: Participant, *, comes: bool, now: datetime) -> Pairing:
    """The same, when they answered the invitation in their own words."""
    said = answered(meeting, person, "ACCEPTED" if comes else "DECLINED", (meeting.sequence, now))
    return with_meeting(pairing, meeting.ordinal, partstats=said.partstats, stamps=said.stamps, counter=said.counter)


def is_theirs(arrival: Arrival, reply: CalendarReply) -> bool:
    """Whether the attendee who is said to answer is the person who wrote; an empty one is, or a human says so."""
    return not reply.attendee or reply.attendee.casefold() in arrival.writer.addresses or arrival.found.vouched


def tell_of_new_time(arrival: Arrival, about: Living, meeting: Meeting, reply: CalendarReply) -> None:
    """Who answers the invitation to a time that is no longer hears so, as long as the new one waits for their word."""
    is_late = reply.sequence is not None and reply.sequence < meeting.sequence
    is_open = meeting.status == "invited" and meeting.start > arrival.now
    key = f"{about.id}/late/{meeting.uid}/{meeting.sequence}/{arrival.writer.id}"
    if not (is_late and is_open) or key in about.decided:
        return
    if meeting.partstats.get(arrival.writer.id) != "NEEDS-ACTION":
        return
    context = arrival.context()
    text = str(words_of(context).data.get("event", {}).get("late", "{when}"))
    line = text.format(when=when(meeting.start, context.timezone, context.language))
    arrival.put(decided(about, key, arrival.now))
    arrival.tell((line,), about, at_once=True)
