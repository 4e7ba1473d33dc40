"""The proposal: the best set of pairs for a pool, and the best candidates for one mentee, each with its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coordinator.core.matching.assign import ALONE, assigned
from coordinator.core.matching.crowd import Crowd
from coordinator.core.matching.pool import Pool
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import FIRM, advice, broken, excluding, is_waived
from coordinator.core.matching.score import Fit, fit
from coordinator.core.matching.settings import Matching

TOLD = 250_000
"""Of so many pairs each one is told of; of more, those that were looked at."""
LOSERS = 3
"""So many are named of those who would have liked the same mentor."""


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
    """The best mentors whom a rule keeps from a mentee that may be waived: options for an advisor (AHE-42)."""
    found = _ranked(matching, mentors, mentee, frozenset())
    return tuple(one for one in found if one.broken and not set(one.broken) & set(FIRM))[:most]


def _ranked(
    matching: Matching, mentors: Iterable[Profile], mentee: Profile, without: frozenset[str]
) -> list[Candidate]:
    """Equal scores: whoever mentors fewer now comes first, then by id."""
    free = [mentor for mentor in mentors if mentor.seats and mentor.id not in without]
    loads = {mentor.id: mentor.taken for mentor in free}
    found = [candidate(matching, mentor, mentee) for mentor in free]
    return sorted(found, key=lambda c: (-c.fit.score, loads[c.mentor], len(c.mentor), c.mentor))


def excluded(matching: Matching, pool: Pool) -> dict[str, Mapping[str, int]]:
    """Mentees for whom there is nobody at all, whoever else waits → rule → how many mentors it keeps from them."""
    crowd = Crowd(matching, pool.mentors)
    return {mentee.id: crowd.bars(mentee) for mentee in pool.mentees if not crowd.best(mentee, 1)}


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A mentee for whom nobody was found. bars: rule → how many mentors it keeps from them.

    is_lost: there were mentors, and others got all their seats. options: whom a rule keeps away, for an advisor.
    """

    mentee: str
    bars: Mapping[str, int]
    is_lost: bool
    options: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """pairs: best first. unplaced: by how long they wait. losers: per pair those whom the mentor would have suited.

    blocking: rule → the mentees whom it alone leaves without any mentor.
    """

    pairs: tuple[Candidate, ...]
    unplaced: tuple[Unplaced, ...]
    losers: Mapping[str, tuple[tuple[str, int], ...]]
    blocking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def proposal(matching: Matching, pool: Pool, mode: str = "") -> Proposal:
    """The best set of pairs of a pool, in the program's mode or in another. The same pool gives the same set."""
    crowd = Crowd(matching, pool.mentors)
    found = assigned(crowd, pool.mentees, mode or matching.mode)
    matched = [(k, place) for k, place in enumerate(found.mates) if place != ALONE]
    pairs = [candidate(matching, pool.mentors[place], pool.mentees[k]) for k, place in matched]
    alone = [k for k, place in enumerate(found.mates) if place == ALONE]
    edges = found.edges if len(found.mates) * len(pool.mentors) > TOLD else _all_edges(matching, crowd, pool)
    unplaced = [_unplaced(matching, crowd, pool.mentees[k], is_lost=bool(edges[k])) for k in alone]
    return Proposal(
        pairs=tuple(sorted(pairs, key=lambda c: (-c.fit.score, len(c.mentee), c.mentee))),
        unplaced=tuple(unplaced),
        losers=_losers(pool, edges, found.mates),
        blocking=blocking({one.mentee: one.bars for one in unplaced}, len(pool.mentors)),
    )


def _all_edges(matching: Matching, crowd: Crowd, pool: Pool) -> list[dict[int, int]]:
    """Every pair, for the answer to who lost."""
    scores = (enumerate(crowd.scores(mentee)) for mentee in pool.mentees)
    return [{place: s for place, s in own if s is not None and s >= matching.least} for own in scores]


def _unplaced(matching: Matching, crowd: Crowd, mentee: Profile, *, is_lost: bool) -> Unplaced:
    options = () if is_lost else barred(matching, crowd.mentors, mentee)
    return Unplaced(mentee=mentee.id, bars=crowd.bars(mentee), is_lost=is_lost, options=options)


def blocking(bars: Mapping[str, Mapping[str, int]], mentors: int) -> dict[str, tuple[str, ...]]:
    """Rule → the mentees whom it alone leaves without any mentor. bars: by mentee, of those without one."""
    found: dict[str, tuple[str, ...]] = {}
    for mentee, counts in bars.items():
        for rule in excluding(counts, mentors):
            found[rule] = (*found.get(rule, ()), mentee)
    return found


def _losers(
    pool: Pool, edges: Iterable[Mapping[int, int]], mates: tuple[int, ...]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each placed mentee: others whom that mentor would have suited better than whom they got, best first."""
    by_mentor: dict[int, list[tuple[int, str]]] = {}
    for k, own in enumerate(edges):
        got = own.get(mates[k], -1) if mates[k] != ALONE else -1
        for place, score in own.items():
            if score > got and place != mates[k]:
                by_mentor.setdefault(place, []).append((-score, pool.mentees[k].id))
    return {
        pool.mentees[k].id: tuple((id_, -score) for score, id_ in sorted(by_mentor.get(place, ()))[:LOSERS])
        for k, place in enumerate(mates)
        if place != ALONE
    }
