"""What must hold between records, whoever wrote them: this program, or a hand with an editor."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from coordinator.core.records import Held, Letter, Match, Pairing, Participant, Record

STATES = {
    Participant: ("active", "paused", "stopped", "unreachable"),
    Pairing: ("active", "paused", "ended"),
    Match: ("open", "paired", "closed"),
    Letter: ("queued", "sending", "sent", "uncertain", "dead", "withdrawn"),
}
SEAT_STATES = ("form", "held", "open", "taken", "refused", "left")
CANDIDATE_STATES = ("shown", "asked", "yes", "declined", "refused", "expired", "gone")
MEETING_STATES = ("invited", "cancelled", "held", "missed", "unknown")
GOAL_STATES = ("open", "done", "dropped")
STEP_STATES = ("open", "done", "stopped")

Owner = Callable[[str, str, str], str | None]
"""(table, unique key, value) → id of the record that has it, None = nobody."""


def broken(record: Record, owner: Owner) -> Iterator[str]:
    """Each rule that this record breaks, one sentence without an address or anybody's words."""
    match record:
        case Participant():
            yield from _participant(record, owner)
        case Pairing():
            yield from _pairing(record, owner)
        case Match():
            yield from _match(record, owner)
        case Letter():
            yield from _letter(record, owner)
        case Held():
            yield from _unsafe_id(record)


def _participant(one: Participant, owner: Owner) -> Iterator[str]:
    yield from _known(one, one.status, "status")
    if not one.address:
        yield f"participant {one.id}: no address"
    for address in dict.fromkeys(one.addresses):
        if address != address.casefold():
            yield f"participant {one.id}: an address must be in small letters"
    for seat in one.seats:
        yield from _one_of(f"participant {one.id}, seat of a {seat.role}", "state", seat.state, SEAT_STATES)
    yield from _shared("participants", one.id, "address", dict.fromkeys(one.addresses), owner)
    yield from _shared("participants", one.id, "uid", (call.meeting.uid for call in one.calls if call.meeting), owner)


def _match(one: Match, owner: Owner) -> Iterator[str]:
    yield from _known(one, one.state, "state")
    for person in one.people:
        if owner("participants", "id", person) is None:
            yield f"match {one.id}: {person} is no participant"
    if one.mentee in {c.mentor for c in one.candidates}:
        yield f"match {one.id}: the mentee stands among the mentors"
    for candidate in one.candidates:
        place = f"match {one.id}, candidate {candidate.number}"
        yield from _one_of(place, "state", candidate.state, CANDIDATE_STATES)


def _pairing(one: Pairing, owner: Owner) -> Iterator[str]:
    yield from _known(one, one.status, "status")
    people = (one.mentor, one.mentee, *one.advisors)
    for role, person in zip(("mentor", "mentee", *("advisor" for _ in one.advisors)), people, strict=True):
        if owner("participants", "id", person) is None:
            yield f"pairing {one.id}: its {role} {person} is no participant"
    if len(set(people)) < len(people):
        yield f"pairing {one.id}: one person stands in it twice"
    if one.end < one.start:
        yield f"pairing {one.id}: it ends before it starts"
    for meeting in one.meetings:
        yield from _one_of(f"pairing {one.id}, meeting {meeting.ordinal}", "status", meeting.status, MEETING_STATES)
    for goal in one.goals:
        yield from _one_of(f"pairing {one.id}, goal {goal.number}", "state", goal.state, GOAL_STATES)
        for step in goal.steps:
            place = f"pairing {one.id}, goal {goal.number}, step {step.name}"
            yield from _one_of(place, "state", step.state, STEP_STATES)
    yield from _shared("pairings", one.id, "uid", (meeting.uid for meeting in one.meetings), owner)


def _letter(one: Letter, owner: Owner) -> Iterator[str]:
    yield from _known(one, one.state, "state")
    yield from _shared("letters", one.id, "token", (one.token,), owner)
    yield from _shared("letters", one.id, "message_id", (one.message_id,), owner)


def _unsafe_id(one: Held) -> Iterator[str]:
    if not is_file_name(one.id):
        yield f"held {one.id[:40]!r}: the id must be usable as a file name"


def is_file_name(name: str) -> bool:
    """Letters, digits, dots, dashes and underscores; at most 100; not hidden."""
    plain = name.replace(".", "").replace("-", "").replace("_", "")
    return 0 < len(name) <= 100 and not name.startswith(".") and (plain.isascii() and (plain.isalnum() or not plain))


def _known(one: Any, value: str, what: str) -> Iterator[str]:
    return _one_of(f"{type(one).__name__.lower()} {one.id}", what, value, STATES[type(one)])


def _one_of(place: str, what: str, value: str, known: tuple[str, ...]) -> Iterator[str]:
    if value not in known:
        yield f"{place}: unknown {what} {value[:20]!r} – one of {', '.join(known)}"


def _shared(table: str, id_: str, key: str, values: Iterable[str], owner: Owner) -> Iterator[str]:
    for value in values:
        other = owner(table, key, value) if value else None
        if other not in {None, id_}:
            first, second = sorted((id_, str(other)))
            yield f"{table}: {first} and {second} have the same {key.replace('_', '-')}"
