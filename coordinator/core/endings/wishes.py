"""Wishes that somebody writes in a line of their own: in doubt, to end it, or for a paper about the time together."""

from collections.abc import Callable, Mapping

from coordinator.core.arrival import Arrival
from coordinator.core.endings.doubt import meeting_after, with_discussion
from coordinator.core.endings.early import ended_early
from coordinator.core.endings.last_day import is_over
from coordinator.core.endings.letters import told_at_once
from coordinator.core.endings.papers import certificate, service_letter, told_of
from coordinator.core.reading import Command
from coordinator.core.records import Pairing

DOUBT, LEAVE, GUIDE, PAPER, OVER = "doubt", "leave", "guide", "paper", "over"


PAPERS = ("certificate", "service")
"""Wishes that have their time long after the end."""


def is_of_all(arrival: Arrival, command: Command) -> bool:
    """Whether it asks for a letter over everything that the writer did as a mentor: nothing to ask "which" about."""
    return command.args.get("wish") == "service" and bool(_served(arrival))


def about(arrival: Arrival, command: Command) -> Pairing | None:
    """The pairing that a wish is about; for a paper the last one that is over, which the archive keeps (ACHE-8)."""
    said = arrival.pairing
    if command.args.get("wish") == "service" and (said is None or said.mentor != arrival.writer.id):
        said = next(reversed(_served(arrival)), said)
    if said is not None or command.args.get("wish") not in PAPERS:
        return said
    over = [p for p in told_of(arrival.cohort, arrival.writer.id) if p.status == "ended"]
    return over[-1] if over else None


def _served(arrival: Arrival) -> tuple[Pairing, ...]:
    me = arrival.writer.id
    return tuple(p for p in told_of(arrival.cohort, me) if p.mentor == me)


def wished(arrival: Arrival, pairing: Pairing, command: Command) -> bool:
    """Whether a wish could be answered; its answer goes to the writer alone, at once."""
    wish = _WISHES.get(str(command.args.get("wish", "")))
    if wish is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return False
    wish(arrival, pairing)
    return True


def asked_to_leave(arrival: Arrival, pairing: Pairing) -> None:
    """Whether they mean it, and perhaps why; without an answer it ends in three days. Said twice, it ends now.

    On the last day and until it closes they are asked as well: theirs may be a yes that would still prolong it.
    """
    if pairing.ending or pairing.status == "ended":
        told_at_once(arrival, pairing, OVER, "over")
        return
    mine = [a for a in pairing.asked.values() if a.prompt == LEAVE and a.recipient == arrival.writer.id]
    where = arrival.situation(pairing)
    if mine and is_over(where, arrival.now):
        told_at_once(arrival, pairing, OVER, "over")
    elif any(not a.closed for a in mine):
        arrival.put(ended_early(where, arrival.cohort, "asked", arrival.now))
    else:
        told_at_once(arrival, pairing, LEAVE, "leaving")


def asked_to_talk(arrival: Arrival, pairing: Pairing) -> None:
    """A point on the next agenda, and a guide to the writer."""
    if is_over(arrival.situation(pairing), arrival.now):
        told_at_once(arrival, pairing, OVER, "over")
        return
    arrival.put(with_discussion(pairing, arrival.now))
    current = arrival.cohort.pairing(pairing.id) or pairing
    told_at_once(arrival, current, GUIDE, "guide", meeting=meeting_after(current, arrival.now))


def in_doubt(arrival: Arrival, pairing: Pairing) -> None:
    """What would help is asked of the writer alone; once it is over they hear that."""
    is_late = is_over(arrival.situation(pairing), arrival.now)
    told_at_once(arrival, pairing, OVER if is_late else DOUBT, "over" if is_late else "doubt")


def _certificate(arrival: Arrival, pairing: Pairing) -> None:
    page = certificate(arrival.situation(pairing), arrival.writer.id, arrival.now)
    told_at_once(arrival, pairing, PAPER, "paper", papers=(page,))


def _service_letter(arrival: Arrival, pairing: Pairing) -> None:
    """A mentee served nobody: theirs is the certificate."""
    if pairing.mentee == arrival.writer.id:
        _certificate(arrival, pairing)
        return
    page = service_letter(arrival.situation(pairing), arrival.now)
    told_at_once(arrival, pairing, PAPER, "paper", papers=(page,))


_WISHES: Mapping[str, Callable[[Arrival, Pairing], None]] = {
    "doubt": in_doubt,
    "discuss": asked_to_talk,
    "end": asked_to_leave,
    "certificate": _certificate,
    "service": _service_letter,
}
"""What `commands_wishes` reads → what it brings."""
