"""Who looks for whom at the moment: mentors with a free seat, mentees without a mentor, and why others are neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from coordinator.core.matching.profile import Profile
from coordinator.core.matching.read_profile import profile_of
from coordinator.core.matching.rules import unmet
from coordinator.core.matching.settings import Matching
from coordinator.core.records import Pairing, Participant

_NOT_OPEN = {
    "form": "their form is out",
    "held": "an advisor looks at their form",
    "refused": "an advisor refused",
    "left": "left",
}
"""State of a seat in which nobody is matched → what is said of it."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """mentors, mentees: by id. left_out: (id, role, why not now) of everybody else who holds that role."""

    mentors: tuple[Profile, ...]
    mentees: tuple[Profile, ...]
    left_out: tuple[tuple[str, str, str], ...] = ()

    def mentee(self, id_: str) -> Profile | None:
        return next((one for one in self.mentees if one.id == id_), None)


def pool(
    matching: Matching,
    people: Iterable[Participant],
    pairings: Iterable[Pairing],
    now: datetime,
    *,
    answers: Mapping[str, Mapping[str, Any]] | None = None,
    asked: Iterable[tuple[str, str]] = (),
) -> Pool:
    """pairings: every one, ended ones too. answers: id → field → value. asked: (mentor, mentee) of open requests.

    An open request takes the mentor's seat and the mentee's turn, so that nobody is promised twice.
    """
    everybody = sorted(people, key=lambda p: (len(p.id), p.id))
    every = tuple(pairings)
    known = {p.id: profile_of(p, now, answers=(answers or {}).get(p.id), capacity=matching.capacity) for p in everybody}
    named = _named(everybody)
    earlier, mentoring, mentored = _histories(every, tuple(asked))
    profiles = {
        id_: replace(
            profile,
            earlier=frozenset(earlier.get(id_, ())),
            taken=mentoring.get(id_, 0),
            barred=_barred(profile, named),
        )
        for id_, profile in known.items()
    }
    faults = [
        (p.id, role, _fault(matching, p, profiles[p.id], role, is_mentored=p.id in mentored))
        for p in everybody
        for role in ("mentor", "mentee")
        if role in p.roles
    ]
    return Pool(
        mentors=tuple(profiles[id_] for id_, role, fault in faults if role == "mentor" and not fault),
        mentees=tuple(profiles[id_] for id_, role, fault in faults if role == "mentee" and not fault),
        left_out=tuple(one for one in faults if one[2]),
    )


def free_seats(profile: Profile, pairings: Iterable[Pairing]) -> int:
    """Asked again at the moment of acceptance: what was free when a mentor was asked may be taken by now."""
    taken = sum(1 for p in pairings if p.mentor == profile.id and p.status != "ended")
    return max(0, profile.capacity - taken)


def _fault(matching: Matching, person: Participant, profile: Profile, role: str, *, is_mentored: bool) -> str:
    """Why somebody is neither asked nor offered at the moment, "" when they are."""
    if person.consent is None:
        return "no consent on record"
    if person.status != "active":
        return person.status
    seat = person.seat(role)
    if seat and seat.state in _NOT_OPEN:
        rules = [rule.id for rule in unmet(matching, profile, role) if not rule.advises] if seat.state == "held" else []
        return "; ".join((_NOT_OPEN[seat.state], *(f"the rule {rule} is not met" for rule in rules)))
    if role == "mentor" and not profile.seats:
        return "no free seat"
    return "has a mentor" if role == "mentee" and is_mentored else ""


def _histories(
    pairings: tuple[Pairing, ...], asked: tuple[tuple[str, str], ...]
) -> tuple[dict[str, set[str]], dict[str, int], set[str]]:
    """Whom each was paired with before; how many mentees each mentor has; who has a mentor."""
    earlier: dict[str, set[str]] = {}
    open_ = [(p.mentor, p.mentee) for p in pairings if p.status != "ended"]
    for pairing in pairings:
        earlier.setdefault(pairing.mentor, set()).add(pairing.mentee)
        earlier.setdefault(pairing.mentee, set()).add(pairing.mentor)
    mentoring: dict[str, int] = {}
    for mentor, _ in dict.fromkeys((*open_, *asked)):
        mentoring[mentor] = mentoring.get(mentor, 0) + 1
    going_on = [(p.mentor, p.mentee) for p in pairings if p.status != "ended" and not p.ending]
    return earlier, mentoring, {mentee for _, mentee in (*going_on, *asked)}


def _named(people: Iterable[Participant]) -> dict[str, list[str]]:
    """How somebody may be named in a profile → ids: by id, address or full name."""
    found: dict[str, list[str]] = {}
    for person in people:
        for name in {person.id, *person.addresses, person.name.casefold()}:
            found.setdefault(name, []).append(person.id)
    return found


def _barred(profile: Profile, named: Mapping[str, list[str]]) -> dict[str, str]:
    """Ids of those whom a profile names as manager or as a conflict of interest → which of the two."""
    found: dict[str, str] = {}
    for rule, names in (("conflict", profile.conflicts), ("manager", (profile.manager,))):
        for name in names:
            found.update(dict.fromkeys(named.get(name.casefold(), ()), rule))
    return found
