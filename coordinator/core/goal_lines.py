"""What a goal says and what it lacks: the five lines of a SMART goal, and why; when its number is due."""

import re
from datetime import datetime, timedelta

from coordinator.core.records import Goal
from coordinator.core.rhythm import step

SHARED = ("pair", "organisation")
"""Owners that are no person: either of the two may report on such a goal, both must agree to reword it."""
LINES = ("specific", "measurable", "attainable", "realistic", "timely")
_DAY = re.compile(
    r"\b(?:by|until|before|in|this|next)\s+(?:the\s+)?(?:end|spring|summer|autumn|fall|winter|year|month|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d|\b(half|third|quarter|every|each|once|twice|without)\b", re.IGNORECASE)
_SHOWN = 30
"""So many words of a goal stand in a letter; the whole of it is kept."""
_EXACT = 4
"""A goal of so many words or more says what it is about."""


def shortened(text: str) -> str:
    """A goal in as many words as fit a letter."""
    words = text.split()
    return text if len(words) <= _SHOWN else f"{' '.join(words[:_SHOWN])} …"


def lacking(goal: Goal) -> tuple[str, ...]:
    """The lines that neither its owner has given nor its wording says: a day is "timely", a count "measurable"."""
    said = set(goal.smart)
    if _DAY.search(goal.text):
        said.add("timely")
    if _COUNT.search(goal.text):
        said.add("measurable")
    if len(goal.text.split()) >= _EXACT:
        said.add("specific")
    return tuple(name for name in (*LINES, "why") if name not in said)


def is_due(goal: Goal, now: datetime) -> bool:
    """Whether the number that the goal is measured by is asked for now."""
    if goal.measure is None:
        return False
    distance = step(goal.measure.every)
    wait = timedelta(days=distance.months * 28 + distance.weeks * 7 - 3)
    return not goal.measure.values or goal.measure.values[-1][0] <= now - wait
