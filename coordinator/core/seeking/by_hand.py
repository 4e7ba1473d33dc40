"""What the volunteer decides with a command, in an advisor's place: the same gates, the same record of who decided."""

from datetime import datetime

from coordinator.core.arrival import Arrival
from coordinator.core.chapter import Chapter
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Decision
from coordinator.core.frozen import replace
from coordinator.core.identify import Found, Verdict
from coordinator.core.joining.heard import decided_on
from coordinator.core.joining.took import Took
from coordinator.core.matching.explain import sentence
from coordinator.core.matching.propose import candidate as proposed
from coordinator.core.matching.rules import why
from coordinator.core.overlay import Overlay
from coordinator.core.program import Program
from coordinator.core.reading import Envelope, Reading
from coordinator.core.records import Candidate, Match, Participant
from coordinator.core.seeking.finding import around, noted, with_candidate
from coordinator.core.seeking.gates import choice
from coordinator.core.seeking.verbs import Wish
from coordinator.errors import UsageError


def at_hand(program: Program, chapter: Chapter, cohort: Cohort, who: Participant, now: datetime) -> Arrival:
    """As if that person had written it in a mail of theirs."""
    envelope = Envelope(message_id=None, fingerprint=f"command-{now.isoformat()}", sender=who.address)
    return Arrival(
        program=program,
        chapter=chapter,
        cohort=Overlay(cohort),
        reading=Reading(kind="reply", envelope=envelope),
        found=Found(letter=None, how="none", writer=who),
        verdict=Verdict(action="apply"),
        now=now,
    )


def about_candidate(arrival: Arrival, match: Match, wish: Wish) -> tuple[Took, Decision]:
    took = choice(arrival, match, (wish,))
    return took, arrival.decision("applied")


def about_applicant(arrival: Arrival, person: Participant, wish: Wish) -> tuple[Took, Decision]:
    role = next((s.role for s in person.seats if s.state == "held"), "")
    if not role:
        raise UsageError(f"{person.address}: does not wait for a decision – coordinator status lists who does")
    took = decided_on(arrival, person, role, wish)
    return took, arrival.decision("applied")


def put_forward(arrival: Arrival, match: Match, mentor: Participant) -> Match:
    """That mentor among the candidates of a search. UsageError where a rule or a missing seat forbids it."""
    known = match.candidate_of(mentor.id)
    if known and known.state == "shown":
        return match
    mentee = arrival.cohort.participant(match.mentee)
    if mentee is None or known:
        raise UsageError(f"{mentor.address}: was {known.state if known else 'asked'} already in {match.id}")
    everybody, own = around(arrival.program, arrival.cohort, mentee, arrival.now)
    there = next((p for p in everybody.mentors if p.id == mentor.id), None)
    if there is None:
        raise UsageError(f"{mentor.address}: has no free place as a mentor, or has not joined as one")
    seen = proposed(arrival.program.matching, there, own)
    if seen.broken:
        rules = "; ".join(why(arrival.program.matching, rule) for rule in seen.broken)
        raise UsageError(
            f"{mentor.address} for {mentee.address}: {rules} – an advisor may answer `waive {match.id}: …`"
        )
    number = max((c.number for c in match.candidates), default=0) + 1
    new = Candidate(number=number, mentor=mentor.id, reason=sentence(seen.fit), since=arrival.now)
    changed = noted(with_candidate(match, new), arrival.now, arrival.writer.id, f"put forward {mentor.id}")
    changed = replace(changed, due=arrival.now)
    arrival.put(changed)
    return changed
