"""Who may see what: the only way from the cohort to a letter, a summary, a report or an export.

What the table does not grant is denied. Facts of a pairing (who is paired, when they meet, whether they met) are
attendance: the pair and its advisors see them. What somebody answered follows the class of that answer.
"""

from collections.abc import Mapping
from typing import Any

from coordinator.core.agreement.clauses import ATTENDANCE
from coordinator.core.records import Answer, Goal, Pairing

SEES: Mapping[str, frozenset[str]] = {
    "private": frozenset({"writer"}),
    "pair": frozenset({"writer", "partner"}),
    "advisor": frozenset({"writer", "advisor"}),
    "program": frozenset({"writer", "partner", "advisor", "coordinator"}),
}
"""Class of an answer → who sees it, by what they are to its writer in this pairing."""

COUNTS: Mapping[str, frozenset[str]] = {
    "private": frozenset(),
    "pair": frozenset({"advisor", "coordinator"}),
    "advisor": frozenset({"advisor", "coordinator"}),
    "program": frozenset({"advisor", "coordinator"}),
}
"""Class of an answer → who may have it counted together with those of others, without a word of it or a name.

Whoever counts shows no group of fewer than `core.figures.cells.LEAST`.
"""


def both_see(visibility: str) -> bool:
    """Whether the partner may see answers of that class."""
    return "partner" in SEES.get(visibility, ())


def relation(viewer: str, writer: str, pairing: Pairing) -> str:
    """What a viewer is to a writer: "writer", "partner", "advisor", "coordinator" or "stranger"."""
    if viewer == writer:
        return "writer"
    if viewer == "coordinator":
        return "coordinator"
    role = pairing.role_of(viewer)
    if role in ("mentor", "mentee"):
        return "partner"
    return role or "stranger"


def view(viewer: str, pairing: Pairing, answer: Answer) -> Answer | None:
    """The answer, if the viewer may see it; else None. viewer: a participant's id, or "coordinator"."""
    if _is_agreed_away(viewer, pairing, answer):
        return None
    return answer if may_read(viewer, pairing, answer.by, answer.visibility) else None


def _is_agreed_away(viewer: str, pairing: Pairing, answer: Answer) -> bool:
    """Whether the two agreed that their advisor sees attendance only (ACHE-28), which `sees_attendance` grants."""
    if pairing.terms.get("confidentiality") != ATTENDANCE or answer.field == "coi":
        return False
    return relation(viewer, answer.by, pairing) in ("advisor", "coordinator")


def may_read(viewer: str, pairing: Pairing, writer: str, visibility: str) -> bool:
    """Whether words of that class, by that writer, may be shown to the viewer; an unknown class is shown to nobody."""
    return relation(viewer, writer, pairing) in SEES.get(visibility, frozenset())


def visible(viewer: str, pairing: Pairing, *, by: str | None = None) -> tuple[Answer, ...]:
    """The answers of a pairing that the viewer may see, oldest first; only those of one writer if `by` is given."""
    seen = (view(viewer, pairing, a) for a in pairing.answers if by in (None, a.by))
    return tuple(a for a in seen if a is not None)


def sees_profile(relation_: str, visibility: str) -> bool:
    """Whether one answer of a form may be on a card for a member ("partner") or for an "advisor"."""
    return relation_ in SEES.get(visibility, frozenset())


def sees_attendance(viewer: str, pairing: Pairing) -> bool:
    """Whether dates, contacts and status of a pairing may be told to the viewer."""
    return viewer == "coordinator" or pairing.role_of(viewer) is not None


def sees_goals(viewer: str, pairing: Pairing) -> bool:
    """Goals and their progress belong to the two."""
    return pairing.role_of(viewer) in ("mentor", "mentee")


def may_see_goal(viewer: str, goal: Goal) -> bool:
    """Whether one of the two may read a goal of the pair."""
    return goal.owner == viewer or goal.visibility != "private"


TOLD_TERMS = frozenset({
    "rhythm", "every", "minutes", "timezone", "until", "months", "checkin",
    "hours_mentee", "hours_mentor", "reply_days", "notice", "confidentiality",
})  # fmt: skip
"""What two people agreed on that says when and not what: their advisors and the coordinator may know it."""


def terms_seen(viewer: str, pairing: Pairing, terms: Mapping[str, Any]) -> dict[str, Any]:
    """As much of what the two agreed on, or proposed, as the viewer may know: words of their own belong to the two."""
    if pairing.role_of(viewer) in ("mentor", "mentee"):
        return dict(terms)
    return {name: value for name, value in terms.items() if name in TOLD_TERMS and sees_attendance(viewer, pairing)}


def countable(viewer: str, pairing: Pairing) -> tuple[Answer, ...]:
    """The answers of a pairing that may be counted for the viewer, oldest first."""
    return tuple(a for a in pairing.answers if _may_count(viewer, pairing, a.by, a.visibility))


def countable_goals(viewer: str, pairing: Pairing) -> tuple[Goal, ...]:
    """The goals of a pairing whose states may be counted for the viewer."""
    return tuple(g for g in pairing.goals if _may_count(viewer, pairing, g.owner, g.visibility))


def countable_reason(viewer: str, pairing: Pairing) -> str:
    """Why it ended early, for the coordinator alone: the question says that it is counted with many others (EV-14)."""
    return pairing.reason if viewer == "coordinator" else ""


def _may_count(viewer: str, pairing: Pairing, writer: str, visibility: str) -> bool:
    if pairing.terms.get("confidentiality") == ATTENDANCE:
        return False
    return relation(viewer, writer, pairing) in COUNTS.get(visibility, frozenset())
