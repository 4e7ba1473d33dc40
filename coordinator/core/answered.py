"""One answer of one person, on its way into the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coordinator.core.records import Question


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer of one person, and when it came."""

    question: Question
    value: Any
    by: str
    now: datetime

    @property
    def ordinal(self) -> int:
        """The meeting that the question was about, 0 = none ("p1/debrief/4/mentor" → 4)."""
        parts = self.question.key.split("/")
        return int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0
