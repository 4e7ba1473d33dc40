"""The moment at which a search becomes a pair: everything that must hold is looked at once more."""

from collections.abc import Iterator
from datetime import datetime

from coordinator.core.calls import needless
from coordinator.core.chapter import Chapter
from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.hours import local_day
from coordinator.core.joining.seats import taken
from coordinator.core.overlay import Overlay
from coordinator.core.program import Program
from coordinator.core.records import Answer, Candidate, Match, Pairing, Participant
from coordinator.core.roster import months_later
from coordinator.core.said_by import NOTED
from coordinator.core.seeking.finding import has_room, noted, with_candidate
from coordinator.core.view import both_see

CHOSEN, LED, FOUND = "chosen", "led", "found"
BRIEF = "brief"
"""Second part of the key of what a mentor brings from the brief into the pairing."""


def goes_on(pairing: Pairing) -> bool:
    """Whether it takes a mentee's place; in one that is ending they may look for somebody else."""
    return pairing.status != "ended" and not pairing.ending


def obstacle(program: Program, cohort: Overlay, match: Match, candidate: Candidate, now: datetime) -> str:
    """Why the two cannot be a pair now, as a key of the words `[seeking_said]`; "" when nothing stands against it."""
    mentor, mentee = cohort.participant(candidate.mentor), cohort.participant(match.mentee)
    if mentor is None or mentor.status in ("stopped", "unreachable") or mentor.consent is None:
        return "mentor_gone"
    if mentee is None or mentee.status in ("stopped", "unreachable") or mentee.consent is None:
        return "mentee_gone"
    if match.state != "open":
        return "search_over"
    if not has_room(cohort, program, mentor, now, besides=match.id):
        return "full"
    open_ones = (p for p in cohort.pairings_of(match.mentee) if goes_on(p))
    return "search_over" if any(p.mentee == match.mentee for p in open_ones) else ""


def formed(
    program: Program, chapter: Chapter, cohort: Overlay, match: Match, candidate: Candidate, now: datetime
) -> Pairing:
    """The pairing that two yeses make; the search ends, the mentee's seat is taken, letters follow in the same tick."""
    start = local_day(now, chapter.timezone)
    pairing = Pairing(
        id=cohort.fresh_id("p"),
        mentor=candidate.mentor,
        mentee=match.mentee,
        advisors=tuple(a for a in match.advisors if a not in (candidate.mentor, match.mentee)),
        start=start,
        end=months_later(start, program.months),
        due=now,
        source="self-found" if match.mode == FOUND else "program-match",
    )
    pairing = replace(pairing, answers=tuple(_brought(pairing, match)))
    cohort.put(pairing)
    over = with_candidate(match, replace(candidate, state="yes", since=candidate.since or now))
    over = replace(noted(over, now, "program", f"paired {pairing.id}"), state="paired", pairing=pairing.id, due=None)
    cohort.put(_all_closed(over, now))
    for other in overtaken(cohort, pairing, now):
        cohort.put(other)
    for role, id_ in (("mentee", match.mentee), ("mentor", candidate.mentor)):
        cohort.put(in_pair(cohort, id_, role, now))
    for id_ in pairing.advisors:
        advisor = cohort.participant(id_)
        if advisor:
            cohort.put(replace(advisor, due=now))
    return pairing


def _brought(pairing: Pairing, match: Match) -> Iterator[Answer]:
    """What the mentor said to the brief about goals of their own stands in the plan of the two (AMIA-25)."""
    said = [a for a in match.answers if (a.by, a.field) == (pairing.mentor, "gains") and both_see(a.visibility)]
    for answer in said[-1:]:
        yield replace(answer, key=f"{pairing.id}/{BRIEF}", prompt=NOTED, visibility="pair")


def overtaken(cohort: Cohort, pairing: Pairing, now: datetime) -> Iterator[Match]:
    """The mentee's other searches, ended by a pairing that came about without them."""
    for match in cohort.matches_of(pairing.mentee):
        if match.mentee == pairing.mentee and match.state == "open":
            yield withdrawn(match, now, "program", f"paired elsewhere {pairing.id}")


def in_pair(cohort: Cohort, id_: str, role: str, now: datetime) -> Participant:
    """Somebody who is in a pairing from now on; a mentee's seat is taken, and they wait no more."""
    person = cohort.participant(id_)
    if person is None:
        raise KeyError(id_)
    roles = person.roles if role in person.roles else (*person.roles, role)
    person = replace(person, roles=roles, due=now)
    return taken(needless(person, "goals", now), now) if role == "mentee" else person


def _all_closed(match: Match, now: datetime) -> Match:
    """No question about a search that is over waits for an answer."""
    asked = {key: replace(a, closed=a.closed or now) for key, a in match.asked.items()}
    return replace(match, asked=asked)


def withdrawn(match: Match, now: datetime, who: str, why: str) -> Match:
    """A search that ends without a pair."""
    return replace(_all_closed(noted(match, now, who, why), now), state="closed", due=None)
