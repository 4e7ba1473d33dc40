"""What is heard of a message while the program cannot be loaded: a call for help, and what a human answers to one.

Everything else that the message says waits for a tick with a sound program, which hears the call a second time: what
was decided here has its key, so that nobody is told twice.
"""

from datetime import datetime

from coordinator.core.arrival import Arrival, arrived
from coordinator.core.bounced import returned
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter, Decision, Effect
from coordinator.core.overlay import Overlay
from coordinator.core.pleas.alerting import escalated, escalation_due
from coordinator.core.pleas.asking import asked_for_help, asked_from_elsewhere, came_back, heard_of_danger, taken_up
from coordinator.core.program import Program
from coordinator.core.reading import Reading
from coordinator.core.voice import Voice

ROBOTS = ("auto_reply", "bounce")


def is_to_help(reading: Reading, chapter: Chapter) -> bool:
    """Written to `mailbox+help@…`: a call for help, whatever it says (AAHA-26); never by a robot."""
    local, _, domain = chapter.address.casefold().rpartition("@")
    return reading.kind in ("reply", "stray") and f"{local}+help@{domain}" in reading.envelope.recipients


def heed(program: Program, chapter: Chapter, cohort: Cohort, reading: Reading, now: datetime) -> Decision:
    """Records and letters of nothing but help. The message itself is not done with."""
    arrival = arrived(program, chapter, cohort, reading, now)
    _hear(arrival)
    return Decision(changes=arrival.cohort.changes(), effects=tuple(arrival.effects), outcome="waits")


def _hear(arrival: Arrival) -> None:
    reading, letter = arrival.reading, arrival.found.letter
    if reading.kind in ROBOTS:
        back = letter if reading.kind == "auto_reply" else returned(arrival)
        if back is not None and back.purpose == "help":
            came_back(arrival, back)
        return
    is_call = is_to_help(reading, arrival.chapter) or any(command.name == "help" for command in reading.commands)
    if arrival.found.writer is None:
        if is_call:
            asked_from_elsewhere(arrival)
    elif arrival.verdict.action != "quarantine":
        if is_call:
            asked_for_help(arrival)
        else:
            heard_of_danger(arrival)
        if letter is not None and not is_call:
            taken_up(arrival, letter)


def overdue(program: Program, chapter: Chapter, cohort: Cohort, now: datetime) -> Decision:
    """Calls that nobody answered for the program's hours, told to more people."""
    overlay, effects = Overlay(cohort), list[Effect]()
    for person in cohort.due_participants(now):
        due = escalation_due(person, program.help_hours)
        if due and due <= now:
            voice = Voice(program=program, chapter=chapter, cohort=overlay, now=now)
            changed, letters = escalated(voice, person)
            overlay.put(changed)
            effects.extend(letters)
    return Decision(changes=overlay.changes(), effects=tuple(effects))
