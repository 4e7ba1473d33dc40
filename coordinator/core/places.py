"""Where a pair meets: the place they named, a cycle of ways to talk, and when it is time to meet in person again."""

import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any

from coordinator.core.answers_text import tokens
from coordinator.core.records import Meeting, Pairing
from coordinator.core.words import Phrases

WAYS = ("phone", "video", "in_person", "email", "text")
VIRTUAL = ("phone", "video", "text", "email")
NOT_NOW = timedelta(days=183)
"""How long "not possible" keeps the question for a talk in person away (AAHA-27)."""
_SEPARATORS = re.compile(r"[,;/]|\bthen\b")
_LINK = re.compile(r"https?://|\b(?:zoom|teams|meet\.|webex|jitsi)\b|\+?\d[\d\s().-]{6,}", re.IGNORECASE)


def regular(pairing: Pairing) -> tuple[Meeting, ...]:
    """The meetings of the rhythm that were not called off, in order."""
    return tuple(m for m in pairing.meetings if m.kind == "meeting" and m.status != "cancelled")


def number_of(pairing: Pairing, meeting: Meeting) -> int:
    """Which of the pair's regular meetings it is, 1 for the first."""
    return 1 + sum(1 for other in regular(pairing) if other.ordinal < meeting.ordinal)


def cycle(place: str, words: Mapping[str, Any]) -> tuple[str, ...]:
    """ "phone, phone, in person" as ways to talk, in order; () for a place."""
    parts = [part.strip() for part in _SEPARATORS.split(place) if part.strip()]
    found = [_way(part, words) for part in parts]
    return tuple(way for way in found if way) if len(found) > 1 and all(found) else ()


def _way(text: str, words: Mapping[str, Any]) -> str:
    scan = tokens(text).texts
    for table in words.values():
        known = Phrases((phrase, way) for way, phrases in table.get("known_methods", {}).items() for phrase in phrases)
        found = known.at(scan, 0) if scan else None
        if found and found[0] == len(scan):
            return str(found[1])
    return ""


def place_for(pairing: Pairing, number: int, words: Mapping[str, Any], language: str) -> str:
    """The LOCATION of the pair's meeting of that number: their place, or the next way of their cycle (ACHE-30)."""
    place = pairing.terms.get("place", "")
    ways = cycle(place, words)
    return way_in_words(ways[(number - 1) % len(ways)], words, language) if ways else place


def way_in_words(way: str, words: Mapping[str, Any], language: str) -> str:
    for name in (language.split("-", maxsplit=1)[0], "en"):
        text = words.get(name, {}).get("event", {}).get(f"way_{way}")
        if text:
            return str(text)
    return way.replace("_", " ")


def is_virtual(meeting: Meeting, words: Mapping[str, Any]) -> bool:
    """Whether they did not sit in one room, as far as its place tells."""
    if meeting.shortened:
        return True
    said = {str(t.get("event", {}).get(f"way_{way}")) for t in words.values() for way in VIRTUAL}
    return bool(_LINK.search(meeting.place)) or meeting.place in said or _way(meeting.place, words) in VIRTUAL


def in_person_due(pairing: Pairing, meeting: Meeting, words: Mapping[str, Any], after: int) -> bool:
    """Whether the meeting follows so many virtual ones in a row, and nobody said lately that it cannot be otherwise."""
    before = [m for m in regular(pairing) if m.ordinal < meeting.ordinal]
    run = sum(1 for _ in takewhile(lambda m: is_virtual(m, words), reversed(before)))
    silenced = pairing.decided.get(f"{pairing.id}/not-in-person")
    if silenced and silenced > meeting.booked - NOT_NOW:
        return False
    return run > 0 and run % after == 0 and (not meeting.place or is_virtual(meeting, words))
