"""What a program may declare: kinds of stages with their options, settings, and the letters everybody needs."""

from collections.abc import Mapping

ROLES = ("mentor", "mentee", "advisor")

STAGE_KEYS = ("id", "kind", "prompt", "audience", "opens", "nudges", "closes", "purpose", "after")
"""What every stage may say; a kind adds its own options."""

KINDS: Mapping[str, Mapping[str, str]] = {
    "letter": {
        "only": "only",
        "unless": "unless",
        "together": "flag",
        "travels": "duration",
        "before": "duration",
        "waits_for": "texts",
    },
    "meetings": {
        "agenda": "prompt",
        "agenda_before": "duration",
        "invitation": "prompt",
        "update": "prompt",
        "update_before": "duration",
        "cancellation": "prompt",
        "debrief": "prompts by role",
        "debrief_after": "duration",
        "place": "text",
        "mentor_after": "duration",
        "in_person_after": "count",
    },
    "agreement": {"waits_for": "texts", "changed": "prompt", "countersigned": "prompt", "travels": "duration"},
    "phases": {},
    "skills": {"again": "prompt"},
    "problems": {"result": "prompt"},
    "offers": {},
    "purposes": {},
    "gap": {"days": "count"},
    "summary": {},
    "check": {"comparison": "prompt", "instrument": "text", "before": "duration"},
    "checkin": {"first": "durations", "every": "at most a month", "bank": "prompt"},
    "renewal": {"renewed": "prompt"},
    "closing": {"paper": "prompt", "keepsake": "prompt"},
    "care": {},
    "exchange": {},
    "tips": {"bank": "prompt"},
    "enrolment": {"review": "flag", "advisors": "count"},
    "match": {"mode": "search mode", "most": "count", "advisors": "count"},
}
"""Stage kind → option → what its value is."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "letter": ("prompt", "audience"),
    "meetings": ("invitation", "cancellation"),
    "agreement": (),
    "phases": (),
    "skills": ("prompt",),
    "problems": ("prompt", "result"),
    "offers": ("prompt",),
    "purposes": ("prompt",),
    "gap": ("prompt",),
    "summary": ("prompt",),
    "check": ("prompt", "comparison"),
    "checkin": ("prompt", "audience"),
    "renewal": ("prompt", "renewed"),
    "closing": ("prompt",),
    "care": ("prompt",),
    "exchange": (),
    "tips": ("prompt", "audience", "bank"),
    "enrolment": (),
    "match": ("mode",),
}
"""Stage kind → what it cannot do without."""

LETTERS = (
    "alert",
    "answered",
    "asked",
    "call-cancelled",
    "call-invitation",
    "call-refused",
    "call-times",
    "certificate",
    "concern",
    "confirm-change",
    "confirm-export",
    "confirm-forget",
    "conflict",
    "conflict-advisor",
    "conflict-coordinator",
    "conflict-of-interest",
    "doubt",
    "echo",
    "emergency",
    "going-on",
    "group",
    "guide",
    "forgotten",
    "help-alert",
    "help-heard",
    "help-received",
    "leave",
    "listening",
    "left",
    "moved",
    "over",
    "paper",
    "lacking",
    "my-data",
    "parting-advisor",
    "paused",
    "receipt",
    "relayed",
    "released",
    "rematch",
    "resumed",
    "service-letter",
    "stopped",
    "times-again",
    "topic-goals",
    "topic-stages",
    "unclear",
    "wish",
    "which",
    "why",
)
"""Prompts that answer what people do, in whatever stage they are."""

LETTERS_OF: Mapping[str, tuple[str, ...]] = {
    "exchange": ("about-partner", "about-me", "share-anyway", "resource"),
    "enrolment": (
        "join", "form-mentee", "form-mentor", "more-mentee", "more-mentor", "outreach", "review-applicant",
        "application-declined", "asked-back", "terms-changed", "starter-pack", "search-tips",
    ),
    "match": (
        "cards", "request-mentor", "gate-profile", "gate-call", "gate-candidates", "brief-mentor", "gate-spoken",
        "proposal-mentee", "confirm-pair", "not-confirmed", "help-me-ask",
    ),
}  # fmt: skip
"""Stage kind → the letters that it writes under names of its own."""

MOST_FIELDS = 5
"""Nobody answers a sixth question from a phone."""
