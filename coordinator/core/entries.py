"""What stands in the calendar of a pairing or of a person: every meeting and call, as an entry to look at."""

from collections.abc import Iterator

from coordinator.core.call_letters import call_invite
from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter, Invite
from coordinator.core.finding import calls_of
from coordinator.core.invites import invite_of
from coordinator.core.meeting import Meeting
from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Participant


def of_pairing(where: Situation) -> Iterator[Invite]:
    """Of the two, also what they arranged themselves; what was called off says so."""
    for meeting in where.meetings:
        yield invite_of(where, meeting, _kind(meeting), meeting.booked)


def of_person(program: Program, chapter: Chapter, cohort: Cohort, person: Participant) -> Iterator[Invite]:
    """Of all their pairings, and their calls with others."""
    for pairing in cohort.pairings_of(person.id):
        if person.id in (pairing.mentor, pairing.mentee):
            where = Situation(program=program, chapter=chapter, cohort=cohort, pairing=pairing)
            yield from (each for each in of_pairing(where) if person.address in {a.address for a in each.attendees})
    for _, call in calls_of(cohort, person):
        if call.meeting:
            yield call_invite(program, chapter, cohort, call, call.meeting, _kind(call.meeting), call.meeting.booked)


def _kind(meeting: Meeting) -> str:
    return "cancel" if meeting.status == "cancelled" else "invite"
