"""The names that letters about what is over may use, a pairing or a month: shapes, what stands in them, a sample."""

from collections.abc import Mapping
from typing import Any

_PARTS = ("achievement", "lesson", "gained", "keep_going", "turn_to")
_MONTH = (
    *("name", "active", "met", "meetings", "begun", "over", "waiting"),
    *("goals", "reached", "mentees", "mentors"),
)
_CHECK = ("own", "low", "high", "title", "holder")
_COUNTS = ("meetings", "planned", "others", "minutes", "months", "pairs")

NAMES: Mapping[str, Any] = {
    "pair": {"one": None, "other": None},
    "log": dict.fromkeys((*_COUNTS, "hours", "over")),
    "reached": [{"number": None, "text": None, "trend": None, "state": None}],
    "look_back": [{"name": None, **dict.fromkeys(_PARTS)}],
    "has_look_back": None,
    "kind_words": [{"by": None, "to": None, "text": None}],
    "comparison": [{"text": None, "one": None, "other": None}],
    "check": dict.fromkeys(_CHECK),
    "month": {
        **dict.fromkeys(_MONTH),
        "ideas": [{"text": None, "by": None}],
        "stories": [{"names": None, "goals": None}],
    },
    "is_left": None,
    "is_over": None,
    "bridge": None,
}

EMPTY: Mapping[str, Any] = {
    "pair": {"one": "", "other": ""},
    "log": {**dict.fromkeys(_COUNTS, 0), "hours": "0:00", "over": False},
    "reached": (),
    "look_back": (),
    "has_look_back": False,
    "kind_words": (),
    "comparison": (),
    "check": {"own": False, "low": 1, "high": 5, "title": "", "holder": ""},
    "month": {**dict.fromkeys(_MONTH, ""), "ideas": (), "stories": ()},
    "is_left": False,
    "is_over": False,
    "bridge": False,
}

SAMPLE: Mapping[str, Any] = {
    "pair": {"one": "Ada", "other": "Grace"},
    "log": {
        "meetings": 5,
        "planned": 6,
        "others": 3,
        "minutes": 225,
        "hours": "3:45",
        "months": 6,
        "pairs": 1,
        "over": True,
    },
    "reached": [
        {"number": 1, "text": "Lead a team meeting every month", "trend": "3 → 5 → 9", "state": "done"},
        {"number": 2, "text": "Pass the CHESP exam by October", "trend": "2 → 7", "state": "open"},
    ],
    "look_back": [
        {
            "name": "Ada",
            "achievement": "The exam, passed",
            "lesson": "Ask early",
            "gained": "",
            "keep_going": "G1: once a month",
            "turn_to": "a second look at hard numbers",
        },
        {
            "name": "Grace",
            "achievement": "Ada runs the meeting now",
            "lesson": "To listen longer",
            "gained": "A view from outside",
            "keep_going": "",
            "turn_to": "how things look from the ward",
        },
    ],
    "has_look_back": True,
    "kind_words": [{"by": "Grace", "to": "Ada", "text": "You prepared the numbers well."}],
    "comparison": [
        {"text": "We keep what we agree", "one": "4", "other": "5"},
        {"text": "I learn something each time", "one": "5", "other": "3"},
    ],
    "check": {"own": True, "low": 1, "high": 5, "title": "", "holder": ""},
    "month": {
        "name": "February 2026",
        "active": "24",
        "met": "17",
        "meetings": "19",
        "begun": "6",
        "over": "1–4",
        "waiting": "",
        "goals": "51",
        "reached": "12",
        "mentees": "4.4",
        "mentors": "4.2",
        "ideas": [{"text": "More slots for talks in the evening", "by": ""}],
        "stories": [{"names": "Ada & Grace", "goals": "Lead a team meeting every month"}],
    },
    "is_left": False,
    "is_over": False,
    "bridge": True,
}
