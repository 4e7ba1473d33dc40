"""The names that a letter may use, what stands in them when nothing is known, and a sample of all."""

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.core.summary.weeks import GLYPHS
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
    "instead", "title",
)  # fmt: skip

_TOLD = dict.fromkeys(("dream", "idea", "turn_to", "gained", "problem", "strength"))
_CLAUSE = {"label": None, "text": None}
_AGREEMENT = {
    **dict.fromkeys(("number", "fingerprint", "signed", "partner_signed")),
    "lines": [_CLAUSE],
    "changes": [{"label": None, "text": None, "before": None}],
    "columns": [{"label": None, "mine": None, "theirs": None}],
    "open": [None],
    "conflicts": [{"one": None, "other": None}],
}
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
    "plan": {"mine": _PLAN, "theirs": _PLAN},
    "feedback": [None],
    "agreement": _AGREEMENT,
    "agreed": [_CLAUSE],
    "items": [None],
    "vision": None,
    "phase": dict.fromkeys(("number", "count", "title", "purpose")),
    "steps": [dict.fromkeys(("goal", "name", "text", "by", "late"))],
    "skill": {"name": None, "task": None, "trend": None, "seen": [None]},
    "problem": {"text": None, "lines": [None]},
    "told": {"mine": _TOLD, "theirs": _TOLD},
    "strengths": [None],
    "reflections": [None],
    "skeleton": None,
    **after.NAMES,
    "summary": {
        **dict.fromkeys(("attention", "coming", "well", "quiet"), _LINES),
        "weeks": _WEEKS,
        **dict.fromkeys(_COUNTS),
    },
    "strip": None,
    "alert": [None],
    "who": dict.fromkeys(("name", "first_name", "address", "partner", "words")),
    "stored": {
        "roles": [None],
        **dict.fromkeys(("address", "since", "how", "about")),
        "pairs": [{"role": None, "name": None}],
    },
    "received": [None],
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
    "hours": None,
    "first": None,
    "declined": None,
    "proposed": None,
    "put_off": None,
    "in_person": None,
    "event": None,
    "moment": None,
    "asked": [None],
    "questions": None,
}
"""What every prompt may say."""

FRAME: Mapping[str, Shape] = {
    **{name: NAMES[name] for name in ("me", "partner", "advisor", "program", "chapter", "received", "agreed")},
    "letter": None,
    "why": None,
    "sees": None,
    "ref": None,
    "asks": None,
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
    **after.EMPTY,
    "summary": {
        **dict.fromkeys(("attention", "coming", "well", "quiet", "weeks"), ()),
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
    "strengths": (),
    "reflections": (),
    "skeleton": "",
    "who": dict.fromkeys(("name", "first_name", "address", "partner", "words"), ""),
    "stored": {"roles": (), **dict.fromkeys(_STORED, ""), "pairs": ()},
    "received": (),
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
    "hours": "",
    "first": False,
    "declined": "",
    "proposed": "",
    "put_off": 0,
    "in_person": False,
    "event": "",
    "moment": "",
    "asked": (),
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
}
_NO_PLAN = dict.fromkeys(_PLAN, "")


def complete(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with every name of NAMES, so that a letter never stumbles over what is not known."""
    whole = {**EMPTY, **context}
    for name in _NESTED:
        if name in context:
            whole[name] = _completed(name, context[name])
    if "plan" not in context:
        whole["plan"] = {"mine": _NO_PLAN, "theirs": _NO_PLAN}
    return whole


def _completed(name: str, value: Any) -> Any:
    if name == "meeting":
        return {**_NO_MEETING, **value} if value else None
    if name == "told":
        return {side: {**dict.fromkeys(_TOLD, ""), **value.get(side, {})} for side in ("mine", "theirs")}
    if name == "plan":
        return {side: {**_NO_PLAN, **value.get(side, {})} for side in ("mine", "theirs")}
    if name == "cards":
        return [{**_NO_CARD, **card} for card in value]
    return {**EMPTY[name], **(value or {})}


def _peer(person: Mapping[str, Any]) -> dict[str, Any]:
    return {**person, "role": "peer"}


def sample(role: str) -> dict[str, Any]:
    """A context for previews: Ada is Grace's mentee, Grace her mentor, Lise their advisor."""
    ada = {"first_name": "Ada", "name": "Ada Byron", "role": "mentee", "address": "ada@example.org"}
    grace = {"first_name": "Grace", "name": "Grace Hopper", "role": "mentor", "address": "grace@example.org"}
    lise = {"first_name": "Lise", "name": "Lise Meitner", "role": role, "address": "lise@example.org"}
    me, partner = {"mentor": (grace, ada), "mentee": (ada, grace), "peer": (_peer(ada), _peer(grace))}.get(
        role, (lise, EMPTY["partner"])
    )
    return complete({
        "me": {name: me[name] for name in ("first_name", "name", "role")},
        "partner": partner,
        "advisor": {"name": "Lise Meitner", "address": "lise@example.org"},
        **_SAMPLE,
    })  # fmt: skip


def _line(number: int, pair: str, text: str, *replies: str) -> dict[str, Any]:
    return {"number": number, "id": f"p{number}", "pair": pair, "text": text, "replies": replies, "stage": ""}


def _strip(number: int, pair: str, weeks: str, said: str) -> dict[str, Any]:
    cells = weeks.split()
    glyphs = "".join(GLYPHS[cell] for cell in cells)
    return {"number": number, "pair": pair, "cells": cells, "glyphs": glyphs, "said": said, "cadence": ""}


_SAMPLE: Mapping[str, Any] = {
    "goals": [
        {"number": 1, "text": "Lead a team meeting every month", "owner": "mentee", "trend": "3 → 5"},
        {"number": 2, "text": "Pass the CHESP exam by October", "owner": "mentee", "trend": ""},
    ],
    "meeting": {
        "when": "Tue 10 March 2026, 12:00 (Berlin)",
        "title": "",
        "other_when": "Tue 10 March 2026, 07:00 (New York)",
        "same_clock": False,
        "place": "by phone, +49 30 5550 1234",
        "minutes": 45,
        "ordinal": 2,
        "said": "",
    },
    "agenda": ["How to prepare a difficult conversation", "The exam: what to study first"],
    "plan": {
        "mine": {"expectations": "Honest answers", "gains": "A clear next step", "journey": "Nursing, then a degree."},
        "theirs": {"gains": "To hear how things look today", "journey": "Twelve years in a clinic.\nThen a school."},
    },
    "feedback": ["You prepared the numbers well.", "Ask earlier when something is stuck."],
    "summary": {
        "attention": [
            _line(1, "Ida & Max", "no news for 52 days", "1 call", "1 snooze"),
            _line(2, "Zoe & Kai", "Zoe needs something: “an introduction to a lab”", "2 done", "2 snooze"),
        ],
        "coming": [_line(1, "Ada & Grace", "they meet on Tue 10 March")],
        "well": [_line(2, "Eva & Tom", "they met for 45 minutes")],
        "quiet": [_line(4, "Uma & Lea", "nothing new this week")],
        "weeks": [
            _strip(1, "Ada & Grace", "still met still touch still still met met", "in touch in 4 of 8 weeks"),
            _strip(2, "Eva & Tom", "before before before met still still missed still", "in touch in 1 of 5 weeks"),
            _strip(3, "Ida & Max", "met still still still still still still still", "in touch in 1 of 8 weeks"),
        ],
        "total": 5,
        "needing": 2,
        "meeting": 1,
        "met": 1,
        "last_run": "Sun 1 March 2026, 22:00 (Berlin)",
    },
    "card": {
        "number": 1,
        "id": "u7",
        "name": "Grace Hopper",
        "first_name": "Grace",
        "reason": "Both work in nursing; the mentor works at Oak; gap 6 y; covers “lead a team”.",
        "lines": ["Can help with: leading a team; exams", "Works in: nursing, ward manager, Oak"],
        "why": ["She has led a ward like mine.", "I hope to learn how to say no."],
    },
    "mentor": {"number": 1, "name": "Grace Hopper", "first_name": "Grace", "lines": ["8 years in the field"]},
    "cards": [
        {
            "number": 1,
            "name": "Grace Hopper",
            "first_name": "Grace",
            "reason": "Both work in nursing; the mentor works at Oak; gap 6 y; covers “lead a team”.",
            "lines": ["Can help with: leading a team; exams", "8 years in the field"],
        },
        {
            "number": 2,
            "name": "Edith Clarke",
            "first_name": "Edith",
            "reason": "Both know night shifts; the mentor comes from research; gap 9 y; not covered: “lead a team”.",
            "lines": ["Can help with: writing; a change of field", "11 years in the field"],
        },
    ],
    "options": ["Emmy Noether: the mentor has far more years of experience. Gap 31 y."],
    "search": {"id": "m3", "name": "Ada Byron", "goals": ["lead a team"]},
    "known": ["Languages: English, Spanish"],
    "role": "mentee",
    "roles": ["mentee"],
    "stored": {
        "roles": ["mentee"],
        "address": "maya@example.com",
        "since": "2026-01-05",
        "how": "import",
        "about": "What would you like to reach?",
        "pairs": [{"role": "mentee", "name": "Adam Ash"}],
    },
    "alert": ["One message waits for you: it answers no letter."],
    "agreement": {
        "number": 2,
        "fingerprint": "3f2a91c0",
        "signed": False,
        "partner_signed": True,
        "lines": [
            {"label": "Length of a meeting", "text": "60 minutes"},
            {"label": "Respect", "text": "You treat each other with respect."},
            {"label": "Answering each other", "text": "within 5 days"},
        ],
        "changes": [{"label": "Length of a meeting", "text": "60 minutes", "before": "45 minutes"}],
        "columns": [
            {"label": "Expectations", "mine": "Honest answers", "theirs": "Somebody who comes prepared"},
            {"label": "Hopes", "mine": "A clear next step", "theirs": ""},
        ],
        "open": ["Kind of mentoring"],
        "conflicts": [],
    },
    "vision": "A team that solves its own problems",
    "phase": {"number": 5, "count": 9, "title": "Problem solving", "purpose": "Thinking for oneself"},
    "steps": [{"goal": "G1", "name": "a", "text": "Ask two colleagues", "by": "2026-03-06", "late": True}],
    "skill": {"name": "client communication", "task": "Retell a talk in three sentences", "trend": "2", "seen": []},
    "problem": {"text": "Orders arrive late", "lines": ["Since January", "Two wards wait"]},
    "told": {
        "mine": {"idea": "A shared board", "turn_to": "A second look", "gained": "Patience"},
        "theirs": {"idea": "Fewer mails", "turn_to": "Honest numbers", "gained": "A fresh view"},
    },
    "strengths": ["You stay calm when the plan falls over."],
    "reflections": ["I ask too late."],
    "agreed": [{"label": "Answering each other", "text": "within 5 days"}],
    "items": ["What each of you hopes for, and what you expect of each other"],
    "skeleton": "",
    "who": {
        "name": "Ada Byron",
        "first_name": "Ada",
        "address": "ada@example.org",
        "partner": "Grace Hopper",
        "words": "She is married to my manager.",
    },
    "received": ["2: 45 minutes"],
    "due": "Fri 6 March",
    "hours": 4,
    "first": False,
    "declined": "Grace",
    "proposed": "Thu 12 March 2026, 16:00 (Berlin)",
    "put_off": 1,
    "moment": "ask",
    **after.SAMPLE,
}  # fmt: skip
