"""Wishes that somebody writes in a line of their own: in doubt, to end it, or for a paper about the time together."""

from collections.abc import Callable, Mapping

from coordinator.core.arrival import Arrival
from coordinator.core.context import context
from coordinator.core.effects import Section
from coordinator.core.endings.doubt import with_discussion
from coordinator.core.endings.early import ended_early
from coordinator.core.endings.letters import told_at_once
from coordinator.core.endings.lookback import together
from coordinator.core.moments import Moment
from coordinator.core.reading import Command
from coordinator.core.records import Pairing
from coordinator.core.said_by import fact_of

DOUBT, LEAVE, GUIDE, PAPER = "doubt", "leave", "guide", "paper"


PAPERS = ("certificate", "service")
"""Wishes that have their time long after the end."""


def is_over(arrival: Arrival, command: Command) -> Pairing | None:
    """The last pairing of the writer that is over, for a paper about it; the archive keeps every one (ACHE-8)."""
    if command.args.get("wish") not in PAPERS:
        return None
    mine = (*arrival.cohort.archived_pairings_of(arrival.writer.id), *arrival.cohort.pairings_of(arrival.writer.id))
    over = [p for p in mine if p.status == "ended" and p.role_of(arrival.writer.id) in ("mentor", "mentee")]
    known = [p for p in over if all(map(arrival.cohort.participant, (p.mentor, p.mentee)))]
    return max(known, key=lambda p: (p.end, p.id), default=None)


def wished(arrival: Arrival, pairing: Pairing, command: Command) -> bool:
    """Whether a wish could be answered; its answer goes to the writer alone, at once."""
    wish = _WISHES.get(str(command.args.get("wish", "")))
    if wish is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return False
    wish(arrival, pairing)
    return True


def asked_to_leave(arrival: Arrival, pairing: Pairing) -> None:
    """Whether they mean it, and perhaps why; without an answer it ends in three days. Said twice, it ends now."""
    if pairing.ending or pairing.status == "ended":
        return
    mine = [a for a in pairing.asked.values() if a.prompt == LEAVE and a.recipient == arrival.writer.id]
    if any(not a.closed for a in mine):
        arrival.put(ended_early(arrival.situation(pairing), arrival.cohort, "asked", arrival.now))
    else:
        told_at_once(arrival, pairing, LEAVE, "leaving")


def _in_doubt(arrival: Arrival, pairing: Pairing) -> None:
    told_at_once(arrival, pairing, DOUBT, "doubt")


def _discuss(arrival: Arrival, pairing: Pairing) -> None:
    arrival.put(with_discussion(pairing, arrival.now))
    told_at_once(arrival, arrival.cohort.pairing(pairing.id) or pairing, GUIDE, "guide")


def _certificate(arrival: Arrival, pairing: Pairing) -> None:
    _paper(arrival, pairing, "certificate", {})


def _service_letter(arrival: Arrival, pairing: Pairing) -> None:
    """What a mentor may show to others (ACHE-8): the mentee is named only if they said that others may hear of it."""
    if pairing.role_of(arrival.writer.id) == "mentee":
        _certificate(arrival, pairing)
        return
    mentee = arrival.cohort.participant(pairing.mentee)
    name = mentee.name if mentee and _may_be_named(arrival, pairing) else ""
    _paper(arrival, pairing, "service-letter", {"who": {"name": name, "first_name": "", "address": ""}})


def _may_be_named(arrival: Arrival, pairing: Pairing) -> bool:
    said = [a for a in pairing.answers if a.by == pairing.mentee and fact_of(arrival.program, a) == "share"]
    return bool(said) and said[-1].value is True


def _paper(arrival: Arrival, pairing: Pairing, prompt: str, more: Mapping[str, object]) -> None:
    where = arrival.situation(pairing)
    moment = Moment(at=arrival.now, kind="tell", key=prompt, stage="", pairing=pairing.id, recipient=arrival.writer.id)
    plain = {**context(where, moment), **together(where, arrival.now), **more}
    page = Section(prompt=prompt, pairing=pairing.id, key=prompt, context=plain)
    told_at_once(arrival, pairing, PAPER, "paper", papers=(page,))


_WISHES: Mapping[str, Callable[[Arrival, Pairing], None]] = {
    "doubt": _in_doubt,
    "discuss": _discuss,
    "end": asked_to_leave,
    "certificate": _certificate,
    "service": _service_letter,
}
"""What `commands_wishes` reads → what it brings."""
