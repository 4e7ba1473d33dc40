"""What of joining and of searches needs an advisor: who waits for a mentor and why, gates, and those who apply."""

from collections.abc import Iterator
from datetime import datetime

from coordinator.core.attention_item import Item, Watch
from coordinator.core.cohort import Cohort
from coordinator.core.joining.waiting import applications
from coordinator.core.matching.explain import why_nobody
from coordinator.core.matching.propose import excluded
from coordinator.core.records import Participant
from coordinator.core.seeking.finding import seekers
from coordinator.core.seeking.waiting import waiting_for


def unmatched(look: Watch) -> Iterator[Item]:
    """Mentees without a pairing, with the days they have waited, and why where nobody is there for them (AMIA-16)."""
    reasons = _reasons(look)
    for person in look.cohort.unmatched():
        since, why = waiting_since(person) or look.now, reasons.get(person.id, "")
        yield Item(
            kind="unmatched_why" if why else "unmatched",
            key=f"{person.id}/unmatched",
            since=since,
            person=person.id,
            values={"name": person.name, "days": (look.now - since).days, "why": why},
            verbs=("snooze", "call"),
        )


def waiting_since(person: Participant) -> datetime | None:
    """The day that counts for a mentee's place in the queue."""
    seat = person.seat("mentee")
    asked = seat.since if seat else person.consent.at if person.consent else None
    return person.waiting_since or asked


def _reasons(look: Watch) -> dict[str, str]:
    """Mentees for whom nobody at all is there → which rule keeps everybody away; of programs that search by mail."""
    program, reader = look.program, look.advisor
    if not any(stage.kind == "match" for stage in program.stages):
        return {}
    pool = seekers(program, look.cohort, look.cohort.unmatched(), look.now)
    language = (reader.language or look.chapter.language).split("-", maxsplit=1)[0]
    words, mentors = program.words.get(language) or program.words.get("en", {}), len(pool.mentors)
    found = excluded(program.matching, pool)
    return {id_: why_nobody(program.matching, bars, mentors, words) for id_, bars in found.items()}


def searches(look: Watch) -> Iterator[Item]:
    """Gates of searches that wait for this advisor's word (AMIA-10, AMIA-21)."""
    for gate in waiting_for(look.cohort, look.advisor.id):
        yield Item(
            kind=gate.kind,
            key=gate.key,
            since=gate.since,
            person=gate.mentee,
            values=gate.values,
            verbs=("approve", "decline") if gate.kind != "search_spoken" else ("approve", "snooze"),
        )


def applicants(look: Watch) -> Iterator[Item]:
    """Those who apply, of whom this advisor was asked and whom nobody has decided about (AMIA-22)."""
    for asked, person, role in applications(look.cohort, look.advisor.id):
        yield Item(
            kind=f"applicant_{role}",
            key=asked.key.rpartition("/")[0],
            since=asked.sent or look.now,
            person=person.id,
            values={"name": person.name, "days": (look.now - (asked.sent or look.now)).days},
            verbs=("approve", "decline"),
        )


def since_when(cohort: Cohort, advisor: str) -> datetime | None:
    """Since when somebody without a pairing has waited, put off or not; None when nobody does."""
    mentees = [since for person in cohort.unmatched() if (since := waiting_since(person))]
    gates = [gate.since for gate in waiting_for(cohort, advisor)]
    asked = [asked.sent for asked, _, _ in applications(cohort, advisor) if asked.sent]
    return min((*mentees, *gates, *asked), default=None)
