"""A gap that is already in the calendar: the next meeting lies far behind the last contact (ACHE-42)."""

from datetime import datetime, timedelta

from coordinator.core.moments import Situation
from coordinator.core.stages.gap import last_news


def needs_bridge(where: Situation, at: datetime) -> bool:
    """Whether a short call in between would be welcome: it is proposed in a letter that goes anyway."""
    ahead = [m.start for m in where.meetings if m.status == "invited" and m.end > at]
    if not ahead:
        return False
    return min(ahead) - last_news(where) > timedelta(days=where.program.gap_days)
