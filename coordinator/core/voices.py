"""What is heard whatever else holds besides a call for help: a wish for no more mail, and a break with its end."""

from datetime import datetime

from coordinator.core.arrival import Arrival
from coordinator.core.booking import cancelled
from coordinator.core.calls import left
from coordinator.core.frozen import replace
from coordinator.core.overlay import Overlay
from coordinator.core.pleas.alerting import escalation_due
from coordinator.core.pleas.asking import voice_of
from coordinator.core.records import Match, Pairing, Participant
from coordinator.core.verbs.parting import left_behind


def asked_to_stop(arrival: Arrival) -> None:
    """No more mail from now on but this one; the other is told that the next meeting is off."""
    writer = arrival.writer
    if writer.status == "stopped":
        return
    key = f"{writer.id}/stopped/{arrival.name}"
    pairings = (p for p in arrival.cohort.pairings_of(writer.id) if p.role_of(writer.id) != "advisor")
    pairing = next(pairings, None)
    arrival.effects.append(voice_of(arrival).letter(writer, "stopped", key, "notice", pairing=pairing))
    writer = replace(writer, due=escalation_due(writer, arrival.program.help_hours), answered=arrival.now)
    for record in silenced(arrival.cohort, writer, key, arrival.now):
        arrival.put(record)
    left_behind(arrival)


def silenced(cohort: Overlay, person: Participant, key: str, now: datetime) -> tuple[Pairing | Match, ...]:
    """No more mail to somebody from now on, as decided under that key: what is to be looked at anew because of it."""
    gone = replace(person, status="stopped", receipts=(), decided={**person.decided, key: now})
    cohort.put(gone)
    left(cohort, gone, now)
    theirs = (p for p in cohort.pairings_of(gone.id) if p.role_of(gone.id) != "advisor")
    return (*(cancelled(p, now, gone=gone.id) for p in theirs), *cohort.matches_of(gone.id))


def acknowledge(arrival: Arrival, prompt: str, *, due: str = "", begins: str = "", unread: str = "") -> None:
    """One mail to the writer, at once, about what they asked for: a break, or its end.

    unread: words of theirs for a day that are none.
    """
    writer = arrival.writer
    pairing = arrival.pairing or next(iter(arrival.cohort.pairings_of(writer.id)), None)
    key = f"{writer.id}/{prompt}/{arrival.name}"
    letter = voice_of(arrival).letter(
        writer, prompt, key, "notice", pairing=pairing, due=due, begins=begins, unread=unread
    )
    arrival.effects.append(letter)
    arrival.cohort.put(replace(writer, answered=arrival.now))
