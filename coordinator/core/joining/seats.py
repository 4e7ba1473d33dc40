"""Seats: asked for, looked at by the rules and by an advisor, open, left."""

from collections.abc import Iterable
from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.joining.forms import ROLES, profile
from coordinator.core.matching.read_profile import waiver
from coordinator.core.matching.rules import unmet
from coordinator.core.program import Program
from coordinator.core.records import Consent, Participant, Seat


def asked_for(program: Program, person: Participant, roles: Iterable[str], now: datetime) -> Participant:
    """Somebody who says that they take part, as one or both; their consent is noted before anything else is asked."""
    consent = person.consent or Consent(text=program.consent, at=now, how="reply")
    wanted = [r for r in ROLES if r in set(roles)]
    open_ones = [s for s in person.seats if s.role not in wanted or s.state not in ("refused", "left")]
    fresh = [Seat(role=r, state="form", since=now) for r in wanted if r not in {s.role for s in open_ones}]
    status = "active" if person.status in ("stopped", "unreachable") else person.status
    return replace(person, consent=consent, seats=(*open_ones, *fresh), status=status, due=now)


def with_seat(person: Participant, role: str, **changes: object) -> Participant:
    """With that seat changed, if they have it."""
    seats = tuple(replace(s, **changes) if s.role == role else s for s in person.seats)  # type: ignore[arg-type]
    return replace(person, seats=seats)


def taken(person: Participant, now: datetime) -> Participant:
    """A mentee who is in a pairing waits for nobody, whoever brought them together."""
    mine = person.seat("mentee") or Seat(role="mentee", state="taken", since=now)
    others = tuple(s for s in person.seats if s.role != "mentee")
    return replace(person, seats=(*others, replace(mine, state="taken")), waiting_since=None)


def reopened(person: Participant, now: datetime) -> Participant:
    """A mentee whose pairing is over looks for a mentor again; no form is asked anew."""
    seat = person.seat("mentee")
    if seat is None or seat.state not in ("taken", "left"):
        return person
    return replace(with_seat(person, "mentee", state="open"), due=now)


def given_up(person: Participant) -> Participant:
    """A mentee who wants no other mentor waits for nobody."""
    seat = person.seat("mentee")
    is_free = seat is not None and seat.state in ("taken", "open")
    return replace(with_seat(person, "mentee", state="left") if is_free else person, waiting_since=None)


def opened(person: Participant, role: str, program: Program, now: datetime) -> Participant:
    """In the pool, with the capacity that they named."""
    known = profile(program, person, now)
    roles = person.roles if role in person.roles else (*person.roles, role)
    return replace(with_seat(person, role, state="open", capacity=known.capacity), roles=roles, due=now)


def looked_at(person: Participant, role: str, program: Program, now: datetime, *, all_reviewed: bool) -> Participant:
    """A complete form: into the pool, unless a rule is not met or advisors look at everybody who applies."""
    is_reviewed = all_reviewed and role == "mentor"
    if is_reviewed or required(program, person, role, now):
        return with_seat(person, role, state="held")
    return opened(person, role, program, now)


def required(program: Program, person: Participant, role: str, now: datetime) -> tuple[str, ...]:
    """Ids of rules about that role that are not met, and that only an advisor waives (AHE-32)."""
    return tuple(r.id for r in unmet(program.matching, profile(program, person, now), role) if not r.advises)


def advised(program: Program, person: Participant, role: str, now: datetime) -> tuple[str, ...]:
    """Why an advisor is told about somebody whom no rule keeps out, in words."""
    found = unmet(program.matching, profile(program, person, now), role)
    return tuple(r.why or r.must for r in found)


def waived(person: Participant, rules: Iterable[str], now: datetime) -> Participant:
    """With an advisor's waiver of these rules on record."""
    keys = {waiver(person.id, rule): now for rule in rules}
    return replace(person, decided={**person.decided, **keys})
