"""What the report calls things."""

from collections.abc import Mapping

from coordinator.core.figures.values import Figures
from coordinator.report.season.spoken import ENGLISH, Says

REASONS: Mapping[str, str] = {
    "reached": "reached what they came for",
    "outgrown": "outgrew it",
    "changed": "goals changed",
    "mismatch": "not a good match",
    "time": "too little time",
    "other": "something else",
    "no reason": "no reason given",
}
"""Why a pairing ended early."""


def heading(made: Figures, program: str, name: str, say: Says = ENGLISH.say) -> str:
    """name: of the cohort or the advisor."""
    match made.scope.kind:
        case "cohort":
            return say("{}: cohort {}", program, name)
        case "advisor":
            return say("{}: the pairs of {}", program, name)
        case _:
            return program
