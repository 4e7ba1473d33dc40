"""How often meetings were put off in a row, and how many took place."""

from datetime import datetime
from itertools import takewhile

from coordinator.core.reading import Context
from coordinator.core.records import Meeting, Pairing
from coordinator.core.words import words_of

OFFER_FROM, TELL_FROM = 1, 3
"""Postponements in a row from which on the shorter way is offered first, and an advisor hears of it (ACHE-41)."""


def postponements(pairing: Pairing) -> int:
    """How often in a row meetings were put off since the last one that took place."""
    since = takewhile(lambda m: m.status != "held" and not m.shortened, reversed(pairing.meetings))
    return sum(m.postponed for m in since)


def streak(pairing: Pairing, now: datetime) -> tuple[int, int]:
    """(met, all) of the regular meetings so far; a short one is a met one (ACHE-40)."""
    past = [m for m in pairing.meetings if m.kind == "meeting" and m.end <= now and _counts(m)]
    return sum(1 for m in past if m.status == "held" or m.shortened), len(past)


def streak_in_words(pairing: Pairing, now: datetime, context: Context) -> str:
    """Such as "3 of 3 meetings so far took place", for the two alone; "" as long as there is one only."""
    met, all_ = streak(pairing, now)
    text = str(words_of(context).data.get("event", {}).get("streak", ""))
    return text.format(met=met, all=all_) if all_ > 1 else ""


def _counts(meeting: Meeting) -> bool:
    return meeting.status != "cancelled" or bool(meeting.shortened)
