"""Better short than missed: what both would rather do than let a meeting fall out (ACHE-43)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.booking import called_off, meeting_of, with_meeting
from coordinator.core.frozen import replace
from coordinator.core.places import way_in_words
from coordinator.core.records import Contact, Meeting, Pairing

OPTIONS = ("minutes", "phone", "email", "other")
"""What the letters offer, in their order: fifteen minutes, a short call, a mail this time, or another time."""
SHORT = timedelta(minutes=15)


def wished(pairing: Pairing, ordinal: int, by: str, option: str) -> Pairing:
    """The pairing with what one of them would rather do."""
    meeting = meeting_of(pairing, ordinal)
    return with_meeting(pairing, ordinal, shorter={**meeting.shorter, by: option})


def agreed(meeting: Meeting) -> str:
    """What both said yes to: "minutes", "phone" or "email"; "" as long as they did not. A call may well be short."""
    said = set(meeting.shorter.values())
    if len(meeting.shorter) < 2 or "other" in said:
        return ""
    if len(said) == 1:
        return said.pop()
    return "phone" if said == {"minutes", "phone"} else ""


def kept_short(pairing: Pairing, ordinal: int, now: datetime, words: Mapping[str, Any], language: str) -> Pairing:
    """The same event with fifteen minutes left (SEQUENCE raised), or called off for a mail; it counts as met."""
    meeting, how = meeting_of(pairing, ordinal), agreed(meeting_of(pairing, ordinal))
    if how == "email":
        return called_off(pairing, ordinal, now, shortened="email")
    place = way_in_words("phone", words, language) if how == "phone" else meeting.place
    return with_meeting(
        pairing,
        ordinal,
        end=min(meeting.end, meeting.start + SHORT),
        sequence=meeting.sequence + 1,
        booked=now,
        place=place,
        partstats=dict.fromkeys(meeting.partstats, "NEEDS-ACTION"),
        stamps={},
        counter=None,
        shortened="phone" if how == "phone" else "15 minutes",
    )


def met_short(pairing: Pairing, ordinal: int) -> Pairing:
    """A meeting that both wanted short took place, as long as nobody says otherwise."""
    meeting = meeting_of(pairing, ordinal)
    kind = "email" if meeting.shortened == "email" else "call" if meeting.shortened == "phone" else "meeting"
    minutes = None if kind == "email" else int((meeting.end - meeting.start).total_seconds() // 60)
    contact = Contact(at=meeting.end, kind=kind, minutes=minutes)
    changed = with_meeting(pairing, ordinal, minutes=minutes, status="cancelled" if kind == "email" else "held")
    contacts = tuple(sorted((*changed.contacts, contact), key=lambda c: c.at))
    return replace(changed, contacts=contacts)
