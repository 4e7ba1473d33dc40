"""A sample of everything that a letter may say, for previews."""

from collections.abc import Mapping
from typing import Any

from coordinator.core.summary.weeks import GLYPHS
from coordinator.formats import letter_context_after as after
from coordinator.formats.letter_context import EMPTY, complete


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
        **({} if role == "mentee" else {"card": _ADAS_CARD}),
    })  # fmt: skip


def _line(number: int, pair: str, text: str, *replies: str) -> dict[str, Any]:
    return {"number": number, "id": f"p{number}", "pair": pair, "text": text, "replies": replies, "stage": ""}


def _strip(number: int, pair: str, weeks: str, said: str) -> dict[str, Any]:
    cells = weeks.split()
    glyphs = "".join(GLYPHS[cell] for cell in cells)
    return {"number": number, "pair": pair, "cells": cells, "glyphs": glyphs, "said": said, "cadence": ""}


_ADAS_CARD = {
    "number": 1,
    "id": "u8",
    "name": "Ada Byron",
    "first_name": "Ada",
    "reason": "two years in the field are usual, and here it is one",
    "lines": ["Would like to reach: lead a team; pass the exam", "Works in: nursing, night shifts, Elm"],
    "why": ["You have led a ward like mine.", "I hope to learn how to say no."],
}
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
        "goes_on": True,
        "alone": False,
    },
    "agenda": ["How to prepare a difficult conversation", "The exam: what to study first"],
    "plan": {
        "mine": {"expectations": "Honest answers", "gains": "A clear next step", "journey": "Nursing, then a degree."},
        "theirs": {"gains": "To hear how things look today", "journey": "Twelve years in a clinic.\nThen a school."},
        "methods": ["phone", "email"],
    },
    "shared": [{"ask": "What is hard right now?", "text": "Two night shifts in a row."}],
    "feedback": ["You prepared the numbers well.", "Ask earlier when something is stuck."],
    "summary": {
        "attention": [
            _line(1, "Ida & Max", "no news for 52 days", "1 call", "1 snooze"),
            _line(2, "Zoe & Kai", "Zoe needs something: “an introduction to a lab”", "2 done", "2 snooze"),
        ],
        "coming": [_line(1, "Ada & Grace", "they meet on Tue 10 March")],
        "talks": ["you talk with Max on Wed 4 March 2026, 10:00 (Berlin)"],
        "well": [_line(2, "Eva & Tom", "they met for 45 minutes")],
        "said": [_line(2, "Eva & Tom", "Eva rates it 4 of 5: “we found a rhythm”")],
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
        "since": "Mon 5 January 2026",
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
    "steps": [{"goal": "G1", "name": "a", "text": "Ask two colleagues", "by": "Fri 6 March 2026", "late": True}],
    "skill": {"name": "client communication", "task": "Retell a talk in three sentences", "trend": "2", "seen": []},
    "problem": {"text": "Orders arrive late", "lines": ["Since January", "Two wards wait"]},
    "told": {
        "mine": {"idea": "A shared board", "turn_to": "A second look", "gained": "Patience"},
        "theirs": {"idea": "Fewer mails", "turn_to": "Honest numbers", "gained": "A fresh view"},
    },
    "skills": [{"name": "client communication", "trend": "2 → 4"}],
    "strengths": ["You stay calm when the plan falls over."],
    "reflections": ["I ask too late."],
    "example": "lead a team meeting on my own",
    "sought": ["Run a project from start to end"],
    "tip": "Before you answer, ask once more.",
    "tips": True,
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
    "received": ["1. 45 minutes"],
    "fixable": 1,
    "due": "Fri 6 March",
    "hours": 4,
    "first": False,
    "declined": "Grace",
    "proposed": "Thu 12 March 2026, 16:00 (Berlin)",
    "put_off": 1,
    "moment": "ask",
    **after.SAMPLE,
}  # fmt: skip
