"""An end before its day: nobody is at fault, nobody is asked for a form, and the mentee may wait for somebody else."""

from datetime import datetime

from coordinator.core.booking import cancelled
from coordinator.core.endings.last_day import is_over
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local, local_day
from coordinator.core.moments import Situation
from coordinator.core.overlay import Overlay
from coordinator.core.records import Pairing, Participant


def ended_early(where: Situation, overlay: Overlay, how: str, now: datetime) -> Pairing:
    """What one of the two brings about: the same as `ended_at_once`, and nothing once it is over."""
    return where.pairing if is_over(where, now) else ended_at_once(where, overlay, how, now)


def ended_at_once(where: Situation, overlay: Overlay, how: str, now: datetime) -> Pairing:
    """The pairing with its last day today and its meetings called off; the mentee goes to the head of the queue.

    how: "asked" or "left". An advisor's word holds after the last day as well. Nothing changes in a pairing that is
    ending already.
    """
    pairing = where.pairing
    if pairing.ending or pairing.status == "ended":
        return pairing
    mentee = where.person(pairing.mentee)
    if mentee.status in ("active", "paused"):
        overlay.put(queued(mentee, at_local(pairing.start, 0, 0, where.zone)))
    return ended_today(where, how, now)


def ended_today(where: Situation, how: str, now: datetime) -> Pairing:
    """The same, and the queue stays as it is: the mentee is asked about somebody new after the closing letter."""
    pairing = where.pairing
    if pairing.ending or pairing.status == "ended":
        return pairing
    today = max(local_day(now, where.zone), pairing.start)
    return replace(cancelled(pairing, now), ending=how, end=today, status="active", proposals={})


def queued(mentee: Participant, since: datetime) -> Participant:
    """In the queue since the day on which the lost pairing began: before all who came later."""
    return replace(mentee, waiting_since=min(since, mentee.waiting_since or since))
