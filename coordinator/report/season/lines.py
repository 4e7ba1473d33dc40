"""The numbers for a terminal, and as plain values for `--json`."""

from collections.abc import Iterator
from typing import Any

from coordinator.core.figures.values import Figures
from coordinator.report.season.sheets import sheets
from coordinator.report.season.words import heading

HEADS = {
    "funnel": "From enrolment to closing (mentees)",
    "meetings": "Meetings by month",
    "goals": "Goals",
    "smart": "Goals that say all of it",
    "check-ins": "How often mentees and mentors were asked how it goes",
    "outcomes": "What came of it (mentees, mentors)",
    "satisfaction": "How well expectations are met, 1 to 5",
    "sides": "What both sides got out of it (mentees, mentors)",
    "endings": "Ended early, and why",
    "ideas": "Ideas for the program",
}


def lines(made: Figures, *, program: str, name: str) -> Iterator[str]:
    """name: of the cohort or the advisor."""
    yield f"{heading(made, program, name)}, {made.on.isoformat()}"
    yield f"{made.pairs.text} pairs so far, {made.active.text} of them under way"
    for sheet, (_, *rows) in sheets(made):
        if sheet in HEADS and rows:
            yield f"\n{HEADS[sheet]}"
            yield from ("  " + "  ".join(str(cell) for cell in row) for row in rows)
    yield "\n– and ranges: held back, because fewer than five people are behind a number or could be worked out from it"


def plain(made: Figures) -> dict[str, Any]:
    """Sheet → rows as objects; a number that is held back is a string."""
    found: dict[str, Any] = {"scope": made.scope.kind, "name": made.scope.name, "on": made.on.isoformat()}
    for sheet, (head, *rows) in sheets(made):
        found[sheet] = [dict(zip((str(each) for each in head), row, strict=True)) for row in rows]
    return found
