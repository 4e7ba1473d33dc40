"""Closed lists of answers, known by their place: a letter shows them in its reader's language, the record in none."""

from typing import Any

from coordinator.core.records import Question

REASONS = ("reached", "outgrown", "changed", "mismatch", "time", "other")
"""Why a pairing ends before its day, in the order of the options of the letter `leave`. Counted, never told."""

WISHES = ("stay", "discuss", "advisor", "end")
"""What somebody may want who is in doubt, in the order of the options of the letter `doubt`."""

RHYTHMS = (0, 3, 12)
"""Months between two letters after the end, in the order of the options of the letter `renewal`; 0 = none."""


def place_of(question: Question, value: Any) -> int | None:
    """Which option an answer is, by its place in the question as it was asked; None for words of their own."""
    options = question.field.options
    return options.index(value) if value in options else None
