"""One mentor with several mentees: they know of each other and all talk together, as often as a pair meets (AMIA-1).

Each of them is in a pairing of their own with the mentor, with letters, goals and words that are nobody else's.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from coordinator.core.calls import call_of, closed, wanted
from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.meeting import Call
from coordinator.core.moments import Moment, Situation
from coordinator.core.overlay import Overlay
from coordinator.core.records import Pairing, Participant
from coordinator.core.rhythm import step
from coordinator.core.roster import months_later

GROUP = "group"
"""Stage of these moments, their prompt, and what the talks are about."""
LATE = timedelta(days=14)
"""A talk of all that was due so long ago is not looked for any more: the next one comes."""


def gatherings(where: Situation) -> Iterator[Moment]:
    """Each mentee hears who the others are, the mentor once; and of the first pairing the talks of all."""
    pairing = where.pairing
    members = group_of(where.cohort, pairing) if where.program.group and pairing.group else ()
    if len(members) < 2 or GROUP not in where.program.prompts:
        return
    yield _told(where, pairing.mentee)
    if pairing.id == members[0].id:
        yield _told(where, pairing.mentor)
        for number, day in enumerate(_days(where)):
            at = at_local(day, where.program.mail_hour, 0, where.zone)
            yield Moment(at=at, kind="gather", key=f"{pairing.group}/{GROUP}/{number}", stage=GROUP, pairing=pairing.id)


def group_of(cohort: Cohort, pairing: Pairing) -> tuple[Pairing, ...]:
    """The pairings of a group that go on, the first of them first."""
    own = (p for p in cohort.pairings_of(pairing.mentor) if (p.mentor, p.group) == (pairing.mentor, pairing.group))
    return tuple(sorted((p for p in own if p.status != "ended" and not p.ending), key=lambda p: (len(p.id), p.id)))


def others_in(where: Situation, reader: str) -> list[str]:
    """The names of the mentees of a group but the reader's own."""
    return [where.person(p.mentee).name for p in group_of(where.cohort, where.pairing) if p.mentee != reader]


def _told(where: Situation, person: str) -> Moment:
    at = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone_of(person))
    return Moment(
        at=at,
        kind="tell",
        key=f"{where.pairing.id}/{GROUP}/{where.pairing.role_of(person)}",
        stage=GROUP,
        pairing=where.pairing.id,
        recipient=person,
        prompt=GROUP,
        stale=at + LATE,
    )


def _days(where: Situation) -> Iterator[date]:
    distance, number, day = step(where.program.every), 0, where.pairing.start
    while day < where.pairing.end:
        yield day
        number += 1
        day = months_later(where.pairing.start, number * distance.months) + number * timedelta(weeks=distance.weeks)


def gathered(where: Situation, moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    """The mentor gets three times that suit all; the one before is over."""
    members, mentor = group_of(overlay, where.pairing), overlay.participant(where.pairing.mentor)
    if mentor is None or len(members) < 2 or moment.at < now - LATE:
        return where.pairing
    people = (mentor.id, *(p.mentee for p in members))
    call = Call(key=moment.key, about=GROUP, people=people, wanted=now, minutes=where.program.minutes)
    overlay.put(wanted(_without_those_before(mentor, moment.key, now), call))
    return where.pairing


def _without_those_before(mentor: Participant, key: str, now: datetime) -> Participant:
    group = key.rpartition("/")[0]
    for call in mentor.calls:
        if call.key.rpartition("/")[0] == group and call.key != key and not call.closed:
            known = call_of(mentor, call.key)
            is_held = known is not None and known.meeting is not None and known.meeting.end <= now
            mentor = replace(closed(mentor, call.key, "held" if is_held else "withdrawn"), due=now)
    return mentor
