"""Where a mailbox stood when a chapter began, for a chapter that has another kind of mailbox by now."""

import json
from collections.abc import Callable
from datetime import datetime


def fitting(mark: str, kind: str, created: Callable[[], datetime]) -> str:
    """The mark as a mailbox of that kind reads it: where the chapter began with another kind, by the hour of arrival.

    created: when the chapter began, asked for only then. What was read already is known again by what it holds.
    """
    is_of_a_maildir = mark.startswith('{"maildir"')
    if not mark or is_of_a_maildir == (kind == "maildir"):
        return mark
    began = created().isoformat()
    if kind == "maildir":
        return json.dumps({"maildir": [], "since": began}, separators=(",", ":"))
    return json.dumps({"uidvalidity": -1, "uidnext": 1, "newest": began, "sizes": []}, separators=(",", ":"))
