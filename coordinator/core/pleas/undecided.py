"""A conflict of interest in a pair without an advisor who can be reached: the coordinator decides."""

from coordinator.core.arrival import Arrival
from coordinator.core.pleas.alerting import REACHABLE
from coordinator.core.pleas.asking import voice_of
from coordinator.core.records import Pairing
from coordinator.core.voice import coordinator

PROMPT = "conflict-coordinator"


def tell_coordinator(arrival: Arrival, pairing: Pairing) -> None:
    """That it is, whose, and the two commands that settle it; not a word of what was written."""
    voice = voice_of(arrival)
    if any(person and person.status in REACHABLE for person in map(voice.person, pairing.advisors)):
        return
    effect = voice.letter(
        coordinator(arrival.chapter.coordinator),
        PROMPT,
        f"{pairing.id}/conflict-of-interest/{arrival.name}",
        "alert",
        pairing=pairing,
        who=arrival.writer,
        alert=[f"coordinator pairing set {pairing.id} {change}" for change in ("blocked=no", "status=ended")],
    )
    arrival.effects.append(effect)
