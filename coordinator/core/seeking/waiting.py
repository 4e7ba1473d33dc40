"""Gates of searches that wait for an advisor, one by one, so that a summary can number them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.match import Match
from coordinator.core.questions import Asked

PARTS = ("profile", "call", "candidates", "spoken")
"""Second parts of the keys of what an advisor is asked about a search."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One gate that an advisor was asked about. key: "m3/call/0"; of a candidate "m3/candidates/1-0/2"."""

    kind: str
    key: str
    since: datetime
    mentee: str
    values: Mapping[str, str]


def waiting_for(cohort: Cohort, advisor: str) -> Iterator[Waiting]:
    """What that advisor was asked and nobody answered; each candidate by itself."""
    for match in cohort.matches_of(advisor):
        for part, asked in _newest(match, advisor).items():
            if asked.sent and not asked.closed:
                yield from _of(cohort, match, part, asked.key, asked.sent)


def _newest(match: Match, advisor: str) -> dict[str, Asked]:
    """Part → what that advisor was asked of it last: an earlier choice is none any more."""
    own = (a for a in match.asked.values() if a.recipient == advisor and a.key.split("/")[1] in PARTS)
    return {asked.key.split("/")[1]: asked for asked in sorted(own, key=lambda a: a.at)}


def _of(cohort: Cohort, match: Match, part: str, asked: str, since: datetime) -> Iterator[Waiting]:
    mentee, place = cohort.participant(match.mentee), asked.rpartition("/")[0]
    if mentee is None or match.state != "open":
        return
    if part in ("profile", "call"):
        values = {"name": mentee.name}
        yield Waiting(kind=f"search_{part}", key=place, since=since, mentee=mentee.id, values=values)
        return
    for candidate in match.candidates:
        mentor = cohort.participant(candidate.mentor)
        is_meant = candidate.state == "shown" if part == "candidates" else candidate.state in ("asked", "yes")
        if mentor and is_meant:
            values = {"name": mentee.name, "mentor": mentor.name, "reason": candidate.reason}
            key = f"{place}/{candidate.number}"
            yield Waiting(kind=f"search_{part}", key=key, since=since, mentee=mentee.id, values=values)
