"""Those who apply for a seat and wait for an advisor's word."""

from collections.abc import Iterator

from coordinator.core.cohort import Cohort
from coordinator.core.records import Asked, Participant


def applications(cohort: Cohort, advisor: str) -> Iterator[tuple[Asked, Participant, str]]:
    """What that advisor was asked about applicants and nobody answered: with whom it is about, and as what."""
    for person in cohort.pool("applicant"):
        for asked in person.asked.values():
            part, *rest = asked.key.split("/")[1:]
            seat = person.seat(rest[0]) if part == "review" else None
            if asked.recipient == advisor and asked.sent and not asked.closed and seat and seat.state == "held":
                yield asked, person, seat.role
