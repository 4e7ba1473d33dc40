"""Who could be asked for a mentee, with reasons: free seats counted as they stand at this instant."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.joining.forms import in_forms, profile, told_part
from coordinator.core.matching.explain import sentence
from coordinator.core.matching.pool import Pool, pool
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.propose import Candidate as Proposal
from coordinator.core.matching.propose import barred, candidates
from coordinator.core.matching.rules import why
from coordinator.core.program import Program
from coordinator.core.records import Candidate, Match, Pairing, Participant

WAIVED = "waive"
"""In the log of a search: an advisor set rules aside for somebody."""
PENDING = ("asked", "yes")
"""States of a candidate in which a mentor's seat is spoken for."""


def taken(cohort: Cohort, mentor: str, *, besides: str = "") -> int:
    """Pairings that somebody mentors, and searches in which they said yes; `besides` one search."""
    pairings = sum(1 for p in cohort.pairings_of(mentor) if p.mentor == mentor and p.status != "ended")
    promised = (m for m in cohort.matches_of(mentor) if m.state == "open" and m.id != besides)
    return pairings + sum(1 for m in promised if (c := m.candidate_of(mentor)) and c.state == "yes")


def has_room(cohort: Cohort, program: Program, mentor: Participant, now: datetime, *, besides: str = "") -> bool:
    """Whether they can take one more at this instant; asked again at the moment of acceptance."""
    seat = mentor.seat("mentor")
    capacity = seat.capacity if seat else profile(program, mentor, now).capacity
    return taken(cohort, mentor.id, besides=besides) < capacity


def seekers(
    program: Program, cohort: Cohort, mentees: Iterable[Participant], now: datetime, *, past: Iterable[Pairing] = ()
) -> Pool:
    """Everybody who could mentor, as matching sees them, and these mentees.

    past: pairings that only the archive keeps.
    """
    mentors = cohort.pool("mentor")
    people = [told_part(program, p) for p in {p.id: p for p in (*mentors, *mentees)}.values()]
    pairings = {p.id: p for p in past} | {p.id: p for person in people for p in cohort.pairings_of(person.id)}
    return pool(
        program.matching,
        people,
        pairings.values(),
        now,
        answers={p.id: in_forms(program, p, now) for p in people},
        asked=_promised(cohort, mentors),
    )


def around(program: Program, cohort: Cohort, mentee: Participant, now: datetime) -> tuple[Pool, Profile]:
    """The same for one mentee, and the mentee's own profile; whoever was their mentor years ago is known as such."""
    found = seekers(program, cohort, (mentee,), now, past=cohort.archived_pairings_of(mentee.id))
    own = next((p for p in found.mentees if p.id == mentee.id), None) or profile(
        program, told_part(program, mentee), now
    )
    return found, own


def _promised(cohort: Cohort, mentors: Iterable[Participant]) -> list[tuple[str, str]]:
    return [
        (mentor.id, m.mentee)
        for mentor in mentors
        for m in cohort.matches_of(mentor.id)
        if m.state == "open" and (c := m.candidate_of(mentor.id)) and c.state in PENDING
    ]


def found(
    program: Program, cohort: Cohort, match: Match, mentee: Participant, language: str, now: datetime, most: int
) -> tuple[Candidate, ...]:
    """The best mentors who were not considered yet, numbered on from those who were."""
    everybody, own = around(program, cohort, mentee, now)
    before = [c.mentor for c in match.candidates]
    best = candidates(program.matching, everybody.mentors, own, most, without=before)
    first = max((c.number for c in match.candidates), default=0) + 1
    words = program.words.get(language.split("-", maxsplit=1)[0]) or program.words.get("en", {})
    return tuple(_candidate(number, one, program, words, now) for number, one in enumerate(best, start=first))


def options(
    program: Program, cohort: Cohort, mentee: Participant, language: str, now: datetime, most: int = 3
) -> tuple[str, ...]:
    """Mentors whom a rule keeps out, each with the rule, for an advisor who may waive it (AHE-42)."""
    everybody, own = around(program, cohort, mentee, now)
    words = program.words.get(language.split("-", maxsplit=1)[0]) or program.words.get("en", {})
    lines = []
    for one in barred(program.matching, everybody.mentors, own, most):
        person = cohort.participant(one.mentor)
        broken = ", ".join(why(program.matching, rule, words) for rule in one.broken)
        lines.append(f"{person.name if person else one.mentor}: {broken}. {sentence(one.fit, words)}")
    return tuple(lines)


def _candidate(number: int, one: Proposal, program: Program, words: Mapping[str, object], now: datetime) -> Candidate:
    told = [why(program.matching, rule, words) for rule in one.advice]
    reason = " ".join((sentence(one.fit, words), *(f"({text})" for text in told)))
    return Candidate(number=number, mentor=one.mentor, reason=reason, since=now)


def with_candidate(match: Match, candidate: Candidate) -> Match:
    others = [c for c in match.candidates if c.number != candidate.number]
    return replace(match, candidates=tuple(sorted((*others, candidate), key=lambda c: c.number)))


def noted(match: Match, now: datetime, who: str, what: str) -> Match:
    """With one more decision of a person in its log."""
    return replace(match, log=(*match.log, (now, who, what)))
