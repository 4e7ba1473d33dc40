"""The proposal: the best set of pairs for a pool, and the best candidates for one mentee, each with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import advice, broken, is_waived
from coordinator.core.matching.score import Fit, fit
from coordinator.core.matching.settings import Matching


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A mentor for a mentee. broken: ids of rules that bar the two until an advisor waives them, () = none.

    advice: ids of rules that bar nobody and of which the advisor is told.
    """

    mentor: str
    mentee: str
    fit: Fit
    broken: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def candidate(matching: Matching, mentor: Profile, mentee: Profile) -> Candidate:
    return Candidate(
        mentor=mentor.id,
        mentee=mentee.id,
        fit=fit(matching, mentor, mentee),
        broken=broken(matching, mentor, mentee),
        advice=tuple(r.id for r in advice(matching, mentor, mentee) if not is_waived(r.id, mentor, mentee)),
    )


def candidates(
    matching: Matching, mentors: Iterable[Profile], mentee: Profile, most: int = 3, *, without: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """The best mentors for one mentee, the best first, whom no rule bars and who have a free seat.

    without: ids of mentors who declined or were declined already.
    """
    found = _ranked(matching, mentors, mentee, frozenset(without))
    return tuple(one for one in found if not one.broken and one.fit.score >= matching.least)[:most]


def barred(matching: Matching, mentors: Iterable[Profile], mentee: Profile, most: int = 3) -> tuple[Candidate, ...]:
    """The best mentors whom a rule keeps from a mentee: options that an advisor may look at (AHE-42)."""
    return tuple(one for one in _ranked(matching, mentors, mentee, frozenset()) if one.broken)[:most]


def _ranked(
    matching: Matching, mentors: Iterable[Profile], mentee: Profile, without: frozenset[str]
) -> list[Candidate]:
    """Equal scores: whoever mentors fewer now comes first, then by id."""
    free = [mentor for mentor in mentors if mentor.seats and mentor.id not in without]
    loads = {mentor.id: mentor.taken for mentor in free}
    found = [candidate(matching, mentor, mentee) for mentor in free]
    return sorted(found, key=lambda c: (-c.fit.score, loads[c.mentor], len(c.mentor), c.mentor))
