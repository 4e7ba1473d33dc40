"""Who may see what: the only way from the cohort to a letter, a summary, a report or an export.

What the table does not grant is denied. Facts of a pairing (who is paired, when they meet, whether they met) are
attendance: the pair and its advisors see them. What somebody answered follows the class of that answer.
"""

from collections.abc import Mapping

from coordinator.core.agreement.clauses import ATTENDANCE
from coordinator.core.records import Answer, Pairing

SEES: Mapping[str, frozenset[str]] = {
    "private": frozenset({"writer"}),
    "pair": frozenset({"writer", "partner"}),
    "advisor": frozenset({"writer", "advisor"}),
    "program": frozenset({"writer", "partner", "advisor", "coordinator"}),
}
"""Class of an answer → who sees it, by what they are to its writer in this pairing."""


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


def sees_attendance(viewer: str, pairing: Pairing) -> bool:
    """Whether dates, contacts and status of a pairing may be told to the viewer."""
    return viewer == "coordinator" or pairing.role_of(viewer) is not None


def sees_goals(viewer: str, pairing: Pairing) -> bool:
    """Goals and their progress belong to the two."""
    return pairing.role_of(viewer) in ("mentor", "mentee")
