"""The facts that an answer may become: what a field's `fills` may say."""

from collections.abc import Mapping

FACTS: Mapping[str, str] = {
    "meeting_met": "whether the two met",
    "meeting_minutes": "how long a meeting was",
    "goal_progress": "where each open goal stands",
    "goals": "new goals, one a line",
    "improve": "what somebody wants to get better at",
    "agenda": "what the next meeting is to be about",
    "slot": "which of the offered times suits",
    "rhythm": "on which day and at what hour they meet",
    "methods": "by what means somebody likes to talk",
    "minutes": "how long meetings are to be",
    "place": "where the next meeting is",
    "expectations": "what somebody expects of the other",
    "gains": "what somebody hopes to take away",
    "journey": "how somebody came to where they are",
    "purpose": "what a mentee is looking for",
    "feedback": "what is passed on to the other of the two",
    "lesson": "what was learned",
    "achievement": "what was achieved",
    "challenge": "what is hard",
    "helped": "what helped",
    "score": "how well expectations are met",
    "connected": "that somebody joined the community",
    "keep_going": "how a goal is kept alive after the end",
    "confirm": "that a mail without a letter was understood",
    "agree": "whether somebody agrees to what the other proposed",
    "in_touch": "whether the two were in touch, outside meetings",
}
"""Fact → what it says, in words for a volunteer who writes a program."""
