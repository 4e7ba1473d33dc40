"""What follows from one message: records that change, letters that must go at once, or a human who must look.

Read the tables: what kind of message it is, then whether its writer is who they seem to be.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from coordinator.core import which
from coordinator.core.arrival import Arrival, arrived
from coordinator.core.bounced import bounced
from coordinator.core.clicked import clicked
from coordinator.core.cohort import Cohort
from coordinator.core.desk import is_at_the_desk, worked
from coordinator.core.echo import echoed, is_substantial
from coordinator.core.effects import Chapter, Decision
from coordinator.core.frozen import replace
from coordinator.core.identify import found, verdict
from coordinator.core.late import say_once, warn_once
from coordinator.core.orders import is_about_a_pairing
from coordinator.core.overlay import Overlay
from coordinator.core.pleas.asking import asked_for_help, asked_from_elsewhere, came_back, heard_of_danger, taken_up
from coordinator.core.pleas.beside import beside
from coordinator.core.pleas.heeded import is_to_help
from coordinator.core.privacy import wished, wishes, without_wishes
from coordinator.core.program import Program
from coordinator.core.reading import Reading
from coordinator.core.records import Contact, Letter
from coordinator.core.relays import relay_of, relayed
from coordinator.core.replied import replied
from coordinator.core.spoken import presence
from coordinator.core.theirs import adopted
from coordinator.core.unheard import heard_out
from coordinator.core.voices import asked_to_stop

AWAY = timedelta(days=7)
"""How long an out-of-office counts that does not say when they are back."""


def receive(program: Program, chapter: Chapter, cohort: Cohort, reading: Reading, now: datetime) -> Decision:
    """One message folded into the cohort. Pure; the same message twice gives the same keys."""
    arrival = arrived(program, chapter, cohort, reading, now)
    return _KINDS["help" if is_to_help(reading, chapter) else reading.kind](arrival)


def accept(
    program: Program,
    chapter: Chapter,
    cohort: Cohort,
    reading: Reading,
    now: datetime,
    *,
    writer: str,
    letter: str = "",
    about: str = "",
) -> Decision:
    """The same for a held message that a human vouches for: it counts as written by that participant.

    letter: what it answers where its own carriers name none. about: the pairing that its writer chose; whatever else
    a reply to a letter said has been taken already.
    """
    seen = replace(found(cohort, reading.envelope, chapter), writer=cohort.participant(writer), conflict=False)
    if about and seen.letter:
        reading = replace(reading, answers={}, commands=tuple(filter(is_about_a_pairing, reading.commands)))
    seen = replace(seen, letter=seen.letter or cohort.letter(letter), vouched=True)
    sure = replace(verdict(seen, reading.envelope, chapter, now), action="apply", reason="")
    arrival = Arrival(
        program=program,
        chapter=chapter,
        cohort=Overlay(cohort),
        reading=reading,
        found=seen,
        verdict=sure,
        now=now,
        chosen=about,
    )
    return _KINDS[reading.kind](arrival)


def _unsafe(arrival: Arrival) -> Decision:
    problems = "; ".join(arrival.reading.problems[:3])
    return arrival.decision("quarantined", f"it could do harm: {problems}" if problems else "it could do harm")


def _own(arrival: Arrival) -> Decision:
    return arrival.decision("ignored")


def _auto_reply(arrival: Arrival) -> Decision:
    """Somebody is away: reminders move behind their return. Nobody ever answers a robot."""
    letter = arrival.found.letter
    if letter is not None and letter.purpose == "help":
        came_back(arrival, letter)
    if arrival.verdict.action not in ("apply", "confirm"):
        return arrival.decision("ignored")
    back = arrival.reading.back
    until = datetime.combine(back, time(0, 0), tzinfo=UTC) if back else arrival.now + AWAY
    if until > arrival.now:
        arrival.cohort.put(replace(arrival.writer, away_until=min(until, arrival.now + timedelta(days=180))))
        for pairing in arrival.cohort.pairings_of(arrival.writer.id):
            arrival.put(pairing)
    return arrival.decision("applied")


def _calendar(arrival: Arrival) -> Decision:
    reply = arrival.reading.calendar
    if reply is None:
        return adopted(arrival) or _reply(arrival)
    return clicked(arrival, reply)


def _help(arrival: Arrival) -> Decision:
    """The call first, whatever else the message says; then what it says besides."""
    if arrival.found.writer is None and arrival.found.letter is not None:
        asked_from_elsewhere(arrival)
        return arrival.decision(
            "held", "help is asked from an address that is not registered for the person we wrote to"
        )
    if arrival.found.writer is None or arrival.verdict.action == "quarantine":
        return arrival.decision("quarantined", arrival.verdict.reason or "a stranger asks for help")
    asked_for_help(arrival)
    rest = beside(arrival)
    if rest is None or rest.found.letter is None:
        return arrival.decision("applied")
    about_data = wishes(rest)
    return wished(rest, about_data) if about_data else _answered(rest, rest.found.letter)


def _stop(arrival: Arrival) -> Decision:
    if arrival.found.writer is None:
        return arrival.decision("quarantined", "a stranger asks for no more mail")
    if any(command.name == "help" for command in arrival.reading.commands):
        asked_for_help(arrival)
    asked_to_stop(arrival)
    return arrival.decision("applied")


def _reply(arrival: Arrival) -> Decision:
    action, letter = arrival.verdict.action, arrival.found.letter
    if action == "ignore":
        taken = letter is not None and taken_up(arrival, letter)
        return arrival.decision("applied" if taken else "ignored")
    if action == "quarantine":
        return arrival.decision("quarantined", arrival.verdict.reason)
    if arrival.found.writer is not None:
        heard_of_danger(arrival)
    if about_data := wishes(arrival):
        told, rest = wished(arrival, about_data), without_wishes(arrival)
        return heard_out(arrival, _answered(rest, letter) if rest and letter else told)
    if action == "late" and letter:
        say_once(arrival, letter, "late")
    if action == "hold" and letter and arrival.found.writer is None:
        warn_once(arrival, letter)
    if action in ("hold", "late"):
        return arrival.decision("held", arrival.verdict.reason)
    if arrival.reading.own_invite and (theirs := adopted(arrival)):
        return theirs
    return heard_out(arrival, _answered(arrival, letter)) if action == "apply" and letter else _written(arrival)


def _answered(arrival: Arrival, letter: Letter) -> Decision:
    """A reply to a letter of ours by the person it went to."""
    relay = relay_of(letter)
    if relay:
        return relayed(arrival, letter, relay)
    if letter.purpose == "help" and letter.recipient != letter.id.split("/")[0] and _says_no(arrival):
        return arrival.decision("held", "somebody who was told of a call for help answers with a no")
    if letter.purpose == "help" and taken_up(arrival, letter):
        arrival.heard()
        return arrival.decision("applied")
    return worked(arrival) if is_at_the_desk(letter) else replied(arrival)


def _says_no(arrival: Arrival) -> bool:
    return presence(arrival.reading.text or "", arrival.context()) is False


def _written(arrival: Arrival) -> Decision:
    """A mail of somebody we know that answers no letter."""
    if _is_between_the_two(arrival):
        return _contact(arrival)
    if not arrival.reading.answerable:
        return arrival.decision("held", "it came by a list or a robot, so that nobody is asked what it means")
    if which.is_open(arrival):
        return which.asked(arrival)
    is_confirmed = arrival.verdict.action == "apply"
    return heard_out(arrival, echoed(arrival) if is_substantial(arrival) and not is_confirmed else replied(arrival))


def _is_between_the_two(arrival: Arrival) -> bool:
    """A mail of one of the two to the other, with the program in copy (AHE-13)."""
    if arrival.found.letter is not None or arrival.found.writer is None:
        return False
    return _partner_addressed(arrival) is not None


def _partner_addressed(arrival: Arrival) -> str | None:
    """The pairing whose other half is among the recipients."""
    for pairing in arrival.cohort.pairings_of(arrival.writer.id):
        if pairing.role_of(arrival.writer.id) == "advisor":
            continue
        partner = arrival.cohort.participant(pairing.partner_of(arrival.writer.id))
        if partner and set(partner.addresses) & set(arrival.reading.envelope.recipients):
            return pairing.id
    return None


def _contact(arrival: Arrival) -> Decision:
    """Noted as contact; what they wrote to each other is theirs and is not read."""
    pairing = arrival.cohort.pairing(_partner_addressed(arrival) or "")
    if pairing is None:
        return arrival.decision("ignored")
    contact = Contact(at=arrival.now, kind="email", by=arrival.writer.id)
    arrival.heard()
    arrival.put(replace(pairing, contacts=(*pairing.contacts, contact)))
    return arrival.decision("applied")


_KINDS: Mapping[str, Callable[[Arrival], Decision]] = {
    "unsafe": _unsafe,
    "own": _own,
    "bounce": bounced,
    "auto_reply": _auto_reply,
    "calendar": _calendar,
    "stop": _stop,
    "help": _help,
    "reply": _reply,
    "stray": _reply,
}
