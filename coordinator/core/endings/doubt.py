"""Somebody is in doubt and wants to talk it over: a neutral point on the next agenda, a question to each afterwards."""

from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.places import regular
from coordinator.core.records import Meeting, Pairing

_PART = "discuss"


def with_discussion(pairing: Pairing, now: datetime) -> Pairing:
    """The pairing with a point on its next agenda; who wished for it is nowhere in it. Once for each meeting."""
    times = _times(pairing)
    if times and meeting_after(pairing, max(times.values())) is None:
        return pairing
    key = f"{pairing.id}/{_PART}/{len(times) + 1}"
    return replace(pairing, decided={**pairing.decided, key: now})


def discussed(pairing: Pairing) -> tuple[tuple[int, Meeting], ...]:
    """(number, meeting) of each talk about going on, past or to come."""
    numbered = enumerate(sorted(_times(pairing).values()), start=1)
    return tuple((n, meeting) for n, at in numbered if (meeting := meeting_after(pairing, at)) is not None)


def is_discussed_at(pairing: Pairing, meeting: Meeting) -> bool:
    return any(other.ordinal == meeting.ordinal for _, other in discussed(pairing))


def _times(pairing: Pairing) -> dict[str, datetime]:
    return {key: at for key, at in pairing.decided.items() if key.startswith(f"{pairing.id}/{_PART}/")}


def meeting_after(pairing: Pairing, at: datetime) -> Meeting | None:
    """The next of their own meetings, None = none stands yet."""
    later = (m for m in regular(pairing) if m.start > at)
    return min(later, key=lambda m: m.start, default=None)
