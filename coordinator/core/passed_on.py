"""When one of the two last read what the other wrote for them: the letters that pass it on, and how far they reach."""

from datetime import datetime

from coordinator.core.moments import Situation
from coordinator.core.phases import is_fading

FEEDBACK = ("invite", "agenda", "update")
"""Parts of keys of the letters that pass on what one means for the other."""


def is_for_both(where: Situation, key: str) -> bool:
    """Whether a letter passes on what was written for both: the sheet before a meeting.

    In the last third of a program that fades there is none, and the invitation takes its place.
    """
    part, meeting = _parts(where, key)
    return part == "update" or (part == "invite" and meeting is not None and is_fading(where, meeting))


def told_last(where: Situation, role: str, *, but: str = "", feedback: bool = False) -> datetime | None:
    """When such a letter was last written to the mentor or the mentee, None = never; one that came too late was none.

    but: the key of the letter that is being written. feedback: of what one means for the other.
    """
    told = []
    for key, at in where.pairing.decided.items():
        part, begins = _parts(where, key)
        if key == but or begins is None or at >= begins or not _is_to(key, role):
            continue
        if part in FEEDBACK if feedback else is_for_both(where, key):
            told.append(at)
    return max(told, default=None)


def _parts(where: Situation, key: str) -> tuple[str, datetime | None]:
    """What a letter is, and when the meeting that it is about begins."""
    names = key.split("/")
    if len(names) < 3 or names[0] != where.pairing.id:
        return "", None
    return names[1], next((m.start for m in where.meetings if str(m.ordinal) == names[2]), None)


def _is_to(key: str, role: str) -> bool:
    """An agenda is asked of the mentee, and its key names nobody."""
    names = key.split("/")
    return role in names or (names[1:2] == ["agenda"] and len(names) == 3 and role == "mentee")
