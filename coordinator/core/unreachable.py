"""Mail to somebody does not arrive: nobody is sent to meet them, and talks of several go on without them."""

from collections.abc import Iterator
from datetime import datetime

from coordinator.core.booking import cancelled
from coordinator.core.calls import left
from coordinator.core.frozen import replace
from coordinator.core.overlay import Overlay
from coordinator.core.records import Match, Pairing, Participant


def out_of_reach(cohort: Overlay, person: Participant, now: datetime) -> Iterator[Pairing | Match]:
    """Puts the person and the calls they were in; then each pairing and search of theirs, to be looked at again."""
    gone = replace(person, status="unreachable", due=None)
    cohort.put(gone)
    left(cohort, gone, now)
    for pairing in cohort.pairings_of(gone.id):
        is_partner = pairing.role_of(gone.id) in ("mentor", "mentee")
        yield cancelled(pairing, now, gone=gone.id) if is_partner else pairing
    yield from cohort.matches_of(gone.id)
