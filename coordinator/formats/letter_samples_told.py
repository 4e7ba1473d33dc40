"""Of whom a sample letter tells, and in which words, for the letters that tell of somebody."""

from collections.abc import Mapping
from typing import Any

_SOMEBODY = "Emmy Noether, who built the training plan of the Elm clinic"
_LINES: Mapping[str, tuple[str, ...]] = {
    "answered": ("1. Snoozed until 16 March 2026",),
    "asked": ("How long do your pairs usually meet?",),
    "asked-back": ("Which of your goals comes first?",),
    "concern": ("I am not sure that I may say no to extra work.",),
    "conflict": ("If something is wrong, talk about it first.",),
    "conflict-coordinator": ("coordinator pairing set p1 blocked=no", "coordinator pairing set p1 status=ended"),
    "confirm-change": ("When you meet: 1st tuesday 12:00",),
    "echo": ("Length of a meeting: 60 minutes",),
    "goal-met": ("G1: Lead a team meeting every month",),
    "help-received": ("ring the practice manager first",),
    "intro": (_SOMEBODY, "emmy@example.org"),
    "intro-contact": (_SOMEBODY,),
    "intro-offer": (_SOMEBODY,),
    "relayed": ("Well done with the exam. Shall we talk about what comes next?",),
    "released": ("We have not managed to meet, and I do not know how to say it.",),
    "resource": ("A talk about difficult conversations, on the shelf in the library",),
    "call-times": ("What is the exam like, and what to study first?",),
    "unclear": ("It depends, perhaps.",),
    "which": ("Length of a meeting: 60 minutes",),
    "wish": ("Does anybody know somebody in purchasing?",),
}
_OF_THE_PARTNER = ("intro", "intro-contact", "intro-offer", "service-letter")
"""Letters in which one of the two hears of the other."""
_OTHERS: Mapping[str, Mapping[str, Any]] = {
    "event": {"meeting": {"title": "An evening with all pairs"}},
    "not-confirmed": {"news": "Grace Hopper has not said yet whether you two are a pair, so nothing was begun."},
}
"""Prompt → name → what differs."""


def told(prompt: str, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What of the sample is another for that prompt."""
    lines = {"alert": list(_LINES[prompt])} if prompt in _LINES else {}
    others = {name: _beside(plain[name], other) for name, other in _OTHERS.get(prompt, {}).items()}
    who = {name: plain["partner"][name] for name in ("name", "first_name", "address")}
    return {**lines, **others, "who": who} if prompt in _OF_THE_PARTNER else {**lines, **others}


def _beside(usual: Any, other: Any) -> Any:
    return {**usual, **other} if isinstance(other, Mapping) else other
