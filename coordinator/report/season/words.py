"""What the report calls things."""

from collections.abc import Mapping

from coordinator.core.figures.values import Figures

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


def heading(made: Figures, program: str, name: str) -> str:
    """name: of the cohort or the advisor."""
    match made.scope.kind:
        case "cohort":
            return f"{program}: cohort {name}"
        case "advisor":
            return f"{program}: the pairs of {name}"
        case _:
            return program
