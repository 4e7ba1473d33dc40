"""Whether the last day of a pairing has come. Lower than what ends one: the stages ask it, too."""

from datetime import datetime

from coordinator.core.hours import local_day
from coordinator.core.moments import Situation


def is_early(where: Situation, at: datetime) -> bool:
    """From its last day on it ends by itself: one closing letter to both, and none that tells who wanted it."""
    return local_day(at, where.zone) < where.pairing.end


def is_over(where: Situation, at: datetime) -> bool:
    """Whether its last day has come, planned or not: nothing is left to be ended, and no meeting is ahead."""
    pairing = where.pairing
    is_at_its_end = pairing.status == "active" and not is_early(where, at)
    return bool(pairing.ending) or pairing.status == "ended" or is_at_its_end
