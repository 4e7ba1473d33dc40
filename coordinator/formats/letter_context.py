"""The names that a letter may use, and what stands in them when nothing is known."""

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.formats import letter_context_after as after

Shape = Mapping[str, Any] | Sequence[Any] | None
"""None: a plain value. A mapping: names inside. A sequence of one: a list of those."""

_PERSON = {"first_name": None, "name": None, "role": None, "address": None}
_PLAN = dict.fromkeys(("expectations", "gains", "improve", "journey", "methods", "purpose"))
_LINES = [{"number": None, "id": None, "pair": None, "text": None, "replies": [None], "stage": None}]
_WEEKS = [{"number": None, "pair": None, "cells": [None], "glyphs": None, "said": None, "cadence": None}]
_STORED = ("address", "since", "how", "about")
_COUNTS = ("more", "total", "needing", "meeting", "met", "is_cut", "last_run")
_MEETING = (
    "when", "other_when", "same_clock", "place", "minutes", "ordinal", "said", "moved", "unanswered", "shortened",
    "instead", "title", "goes_on", "alone",
)  # fmt: skip

_TOLD = dict.fromkeys(("dream", "idea", "turn_to", "gained", "problem", "strength", "openly"))
_CLAUSE = {"label": None, "text": None}
_AGREEMENT = {
    **dict.fromkeys(("number", "fingerprint", "signed", "partner_signed")),
    "lines": [_CLAUSE],
    "changes": [{"label": None, "text": None, "before": None}],
    "columns": [{"label": None, "mine": None, "theirs": None}],
    "open": [None],
    "conflicts": [{"one": None, "other": None}],
}
_WHO = ("name", "first_name", "address", "partner", "words")
_CARD = {"number": None, "id": None, "name": None, "first_name": None, "reason": None, "lines": [None], "why": [None]}

NAMES: Mapping[str, Shape] = {
    "me": {"first_name": None, "name": None, "role": None},
    "partner": _PERSON,
    "advisor": {"name": None, "address": None},
    "program": {
        "title": None,
        "months": None,
        "starts": None,
        "ends": None,
        "community_link": None,
        "sponsor_goals": None,
    },
    "chapter": {"name": None, "sender_name": None, "address": None},
    "goals": [{"number": None, "text": None, "owner": None, "trend": None}],
    "meeting": dict.fromkeys(_MEETING),
    "agenda": [None],
    "plan": {"mine": _PLAN, "theirs": _PLAN, "methods": [None]},
    "feedback": [None],
    "shared": [{"ask": None, "text": None}],
    "agreement": _AGREEMENT,
    "agreed": [_CLAUSE],
    "items": [None],
    "vision": None,
    "phase": dict.fromkeys(("number", "count", "title", "purpose")),
    "steps": [dict.fromkeys(("goal", "name", "text", "by", "late"))],
    "skill": {"name": None, "task": None, "trend": None, "seen": [None]},
    "problem": {"text": None, "lines": [None]},
    "told": {"mine": _TOLD, "theirs": _TOLD},
    "skills": [{"name": None, "trend": None}],
    "strengths": [None],
    "reflections": [None],
    "example": None,
    "sought": [None],
    "tip": None,
    "tips": None,
    "skeleton": None,
    **after.NAMES,
    "summary": {
        **dict.fromkeys(("attention", "coming", "well", "said", "quiet"), _LINES),
        "weeks": _WEEKS,
        "talks": [None],
        **dict.fromkeys(_COUNTS),
    },
    "strip": None,
    "alert": [None],
    "who": {**dict.fromkeys(_WHO), "pairs": [{"mentee": None, "mentor": None}]},
    "stored": {
        "roles": [None],
        **dict.fromkeys(("address", "since", "how", "about")),
        "pairs": [{"role": None, "name": None}],
    },
    "received": [None],
    "fixable": None,
    "unsettled": None,
    "card": _CARD,
    "mentor": _CARD,
    "cards": [_CARD],
    "options": [None],
    "search": {"id": None, "name": None, "goals": [None]},
    "known": [None],
    "role": None,
    "roles": [None],
    "news": None,
    "silence": None,
    "due": None,
    "begins": None,
    "unread": None,
    "hours": None,
    "first": None,
    "declined": None,
    "proposed": None,
    "put_off": None,
    "in_person": None,
    "event": None,
    "moment": None,
    "asked": [None],
    "asked_goal": None,
    "questions": None,
}
"""What every prompt may say."""

FRAME: Mapping[str, Shape] = {
    **{
        name: NAMES[name]
        for name in ("me", "partner", "advisor", "program", "chapter", "received", "fixable", "agreed")
    },
    "letter": None,
    "why": None,
    "sees": None,
    "ref": None,
    "asks": None,
    "lowers": None,
    "subject": None,
    "more": None,
    "numbers": None,
    "questions": None,
}
"""What the layout may say: `letter` is what all prompts say together, `more` how many besides the first."""

MAYBE = frozenset({"advisor", "meeting", "skill"})
"""Names that may hold nothing, so that a letter must ask `{% if meeting %}` first."""

_NO_CARD = {"number": "", "id": "", "name": "", "first_name": "", "reason": "", "lines": (), "why": ()}

EMPTY: Mapping[str, Any] = {
    "me": {"first_name": "", "name": "", "role": ""},
    "partner": {"first_name": "", "name": "", "role": "", "address": ""},
    "advisor": None,
    "program": {"title": "", "months": "", "starts": "", "ends": "", "community_link": "", "sponsor_goals": ""},
    "goals": (),
    "meeting": None,
    "agenda": (),
    "plan": {"mine": {}, "theirs": {}},
    "feedback": (),
    "shared": (),
    **after.EMPTY,
    "summary": {
        **dict.fromkeys(("attention", "coming", "well", "said", "quiet", "weeks", "talks"), ()),
        **dict.fromkeys(_COUNTS, 0),
    },
    "strip": "",
    "alert": (),
    "agreement": {
        **dict.fromkeys(("number", "fingerprint"), ""),
        **dict.fromkeys(("signed", "partner_signed"), False),
        **dict.fromkeys(("lines", "changes", "columns", "open", "conflicts"), ()),
    },
    "agreed": (),
    "items": (),
    "vision": "",
    "phase": {"number": 0, "count": 0, "title": "", "purpose": ""},
    "steps": (),
    "skill": None,
    "problem": {"text": "", "lines": ()},
    "told": {"mine": dict.fromkeys(_TOLD, ""), "theirs": dict.fromkeys(_TOLD, "")},
    "skills": (),
    "strengths": (),
    "reflections": (),
    "example": "",
    "sought": (),
    "tip": "",
    "tips": True,
    "skeleton": "",
    "who": {**dict.fromkeys(_WHO, ""), "pairs": ()},
    "stored": {"roles": (), **dict.fromkeys(_STORED, ""), "pairs": ()},
    "received": (),
    "fixable": 0,
    "unsettled": False,
    "card": _NO_CARD,
    "mentor": _NO_CARD,
    "cards": (),
    "options": (),
    "search": {"id": "", "name": "", "goals": ()},
    "known": (),
    "role": "",
    "roles": (),
    "news": "",
    "silence": "",
    "due": "",
    "begins": "",
    "unread": "",
    "hours": "",
    "first": False,
    "declined": "",
    "proposed": "",
    "put_off": 0,
    "in_person": False,
    "event": "",
    "moment": "",
    "asked": (),
    "asked_goal": "",
}
_NESTED = (
    *("program", "plan", "summary", "meeting", "agreement", "who"),
    *("card", "mentor", "search", "cards", "phase", "problem", "told"),
)
_NO_MEETING = {
    "when": "",
    "other_when": "",
    "same_clock": True,
    "place": "",
    "minutes": "",
    "ordinal": 0,
    "said": "",
    "moved": False,
    "unanswered": False,
    "shortened": "",
    "instead": "",
    "title": "",
    "goes_on": True,
    "alone": False,
}
_NO_PLAN = dict.fromkeys(_PLAN, "")


def complete(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with every name of NAMES, so that a letter never stumbles over what is not known."""
    whole = {**EMPTY, **context}
    for name in _NESTED:
        if name in context:
            whole[name] = _completed(name, context[name])
    if "plan" not in context:
        whole["plan"] = {"mine": _NO_PLAN, "theirs": _NO_PLAN, "methods": []}
    return whole


def _completed(name: str, value: Any) -> Any:
    if name == "meeting":
        return {**_NO_MEETING, **value} if value else None
    if name == "told":
        return {side: {**dict.fromkeys(_TOLD, ""), **value.get(side, {})} for side in ("mine", "theirs")}
    if name == "plan":
        both = {side: {**_NO_PLAN, **value.get(side, {})} for side in ("mine", "theirs")}
        return {**both, "methods": value.get("methods", [])}
    if name == "cards":
        return [{**_NO_CARD, **card} for card in value]
    return {**EMPTY[name], **(value or {})}
