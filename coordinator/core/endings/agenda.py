"""Points that the program itself puts on the agenda of a meeting, behind those of the mentee."""

from collections.abc import Iterator, Mapping
from typing import Any

from coordinator.core.endings.doubt import is_discussed_at
from coordinator.core.moments import Situation
from coordinator.core.records import Meeting


def more_points(where: Situation, meeting: Meeting, words: Mapping[str, Any]) -> Iterator[str]:
    """words: the table `[event]`. Nothing tells who wished for a point."""
    if is_discussed_at(where.pairing, meeting) and words["going_on"]:
        yield str(words["going_on"])
