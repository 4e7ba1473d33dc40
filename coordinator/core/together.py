"""When both of a pair go to an event, each of them hears it with the next mail (AHE-27)."""

from coordinator.core.arrival import Arrival
from coordinator.core.booking import meeting_of
from coordinator.core.records import Meeting, Pairing
from coordinator.core.words import words_of


def tell_both(arrival: Arrival, before: Pairing, meeting: Meeting) -> None:
    """Told once: when the second of the two says yes."""
    pairing = arrival.cohort.pairing(before.id) or before
    now_ = meeting_of(pairing, meeting.ordinal)
    if meeting.kind != "event" or _is_common(meeting) or not _is_common(now_):
        return
    text = str(words_of(arrival.context()).data.get("event", {}).get("both_go", "{title}"))
    for id_ in (pairing.mentee, pairing.mentor):
        arrival.tell((text.format(title=meeting.title),), pairing, to=id_)


def _is_common(meeting: Meeting) -> bool:
    return len(meeting.partstats) > 1 and set(meeting.partstats.values()) == {"ACCEPTED"}
