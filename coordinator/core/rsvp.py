"""What a calendar said: whose answer to which meeting, and whether it is the newest."""

from datetime import datetime

from coordinator.core.booking import with_meeting
from coordinator.core.reading import CalendarReply
from coordinator.core.records import Meeting, Pairing, Participant

PARTSTATS = {
    "ACCEPTED": "ACCEPTED",
    "DECLINED": "DECLINED",
    "TENTATIVE": "TENTATIVE",
    "NEEDS-ACTION": "NEEDS-ACTION",
    "DELEGATED": "TENTATIVE",
}
"""What a calendar may say (RFC 5545 §3.2.12) → what counts: nobody can send somebody else to a talk of two."""


def counted(pairing: Pairing, meeting: Meeting, person: Participant, reply: CalendarReply, now: datetime) -> Pairing:
    """The pairing with somebody's newest answer; unchanged when it is older than what is known (RFC 5546 §2.1.5)."""
    stamp = reply.stamp or now
    known = meeting.stamps.get(person.id)
    sequence = meeting.sequence if reply.sequence is None or reply.sequence > meeting.sequence else reply.sequence
    if sequence < meeting.sequence or (known and (sequence, stamp) <= known) or reply.partstat not in PARTSTATS:
        return pairing
    return with_meeting(
        pairing,
        meeting.ordinal,
        partstats={**meeting.partstats, person.id: PARTSTATS[reply.partstat]},
        stamps={**meeting.stamps, person.id: (sequence, stamp)},
    )


def in_words(pairing: Pairing, meeting: Meeting, person: Participant, *, comes: bool, now: datetime) -> Pairing:
    """The same, when they answered the invitation in their own words."""
    return with_meeting(
        pairing,
        meeting.ordinal,
        partstats={**meeting.partstats, person.id: "ACCEPTED" if comes else "DECLINED"},
        stamps={**meeting.stamps, person.id: (meeting.sequence, now)},
    )


def belongs_to(reply: CalendarReply, person: Participant) -> bool:
    """Whether the attendee who is said to answer is the person who wrote; an empty attendee is."""
    return not reply.attendee or reply.attendee.casefold() in person.addresses
