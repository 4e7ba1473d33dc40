"""A conflict of interest in a pair without an advisor who can be reached: the coordinator decides."""

from coordinator.core.effects import Effect
from coordinator.core.moments import Moment, Situation
from coordinator.core.stages.blocked import declarer
from coordinator.core.voice import Voice, coordinator

PROMPT = "conflict-coordinator"


def undecided(voice: Voice, where: Situation, moment: Moment) -> Effect:
    """That it is, whose, and the two commands that settle it; not a word of what was written."""
    pairing = where.pairing
    return voice.letter(
        coordinator(voice.chapter.coordinator),
        PROMPT,
        moment.key,
        "alert",
        pairing=pairing,
        who=voice.person(declarer(where)[0]),
        alert=[f"coordinator pairing set {pairing.id} {change}" for change in ("blocked=no", "status=ended")],
    )
