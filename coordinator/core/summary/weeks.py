"""A pair's last weeks at a glance: one word and one glyph for each, and all of them in a few words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from coordinator.core.hours import at_local
from coordinator.core.moments import Situation
from coordinator.core.speech import Speech

COUNT = 8
GLYPHS: Mapping[str, str] = {"met": "●", "touch": "◐", "missed": "×", "still": "·", "before": " "}
"""What a week was → its sign: they met; they were in touch; a meeting did not take place; nothing known; not begun."""


def weeks(where: Situation, now: datetime, count: int = COUNT) -> tuple[str, ...]:
    """What each of the last weeks was, oldest first; a week ends at this very hour of the weekday."""
    edges = [now - timedelta(weeks=count - n) for n in range(count + 1)]
    return tuple(_week(where, since, until) for since, until in pairwise(edges))


def _week(where: Situation, since: datetime, until: datetime) -> str:
    if until < at_local(where.pairing.start, 0, 0, where.zone):
        return "before"
    contacts = [c for c in where.pairing.contacts if since < c.at <= until]
    if any(c.kind == "meeting" for c in contacts):
        return "met"
    if contacts:
        return "touch"
    missed = any(m.status == "missed" and since < m.end <= until for m in where.meetings)
    return "missed" if missed else "still"


def weeks_in_words(strip: Sequence[str], speech: Speech) -> str:
    """ "met in 2 of 8 weeks, last one 3 weeks ago"."""
    lived = [week for week in strip if week != "before"]
    good = [place for place, week in enumerate(reversed(lived)) if week in ("met", "touch")]
    if not lived:
        return speech.say("summary", "weeks_new")
    if not good:
        return speech.say("summary", "weeks_none", weeks=len(lived))
    sentence = "weeks_now" if good[0] == 0 else "weeks_ago"
    return speech.say("summary", sentence, count=len(good), weeks=len(lived), ago=good[0])
