"""Times that suit several people: working hours, days off, what else they have, and when they said that they can."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.leave import days_away
from coordinator.core.meeting import Call, Free
from coordinator.core.records import Participant
from coordinator.core.rhythm import Rhythm, slots
from coordinator.core.zones import zone

Span = tuple[datetime, datetime]

FREE_FOR = timedelta(days=120)
"""How long "Tuesday afternoons" is relied on."""
ROOM = timedelta(minutes=15)
"""Nobody is sent from one talk straight into the next."""


def common(
    chapter: Chapter,
    cohort: Cohort,
    people: Sequence[Participant],
    *,
    rhythm: Rhythm,
    earliest: date,
    minutes: int,
    without: str = "",
    refused: Sequence[Span] = (),
) -> tuple[Span, ...]:
    """Three times in UTC that suit all, on the first one's clock; where it can be, inside what they said of themselves.

    without: the UID of a meeting that is to be moved, so that its own time is not taken. refused: times that were
    offered before and suited nobody.
    """
    zones = [person.timezone or chapter.timezone for person in people]
    taken = [*refused, *(span for person in people for span in busy(cohort, person, without=without))]

    def is_open(start: datetime, end: datetime) -> bool:
        return not any(start < until + ROOM and begin - ROOM < end for begin, until in taken)

    def is_wished(start: datetime, end: datetime) -> bool:
        return is_open(start, end) and all(can(person, start, end, chapter) is not False for person in people)

    for suits in (is_wished, is_open) if any(person.free for person in people) else (is_open,):
        try:
            return slots(
                rhythm,
                earliest=earliest,
                zones=zones,
                minutes=minutes,
                closed=frozenset(chapter.closed) | days_away(people, zones[0]),
                suits=suits,
            )
        except ValueError:
            continue
    return ()


def busy(cohort: Cohort, person: Participant, *, without: str = "") -> Iterator[Span]:
    """What we know that they have: meetings of all their pairings, calls, and what their own calendar says."""
    yield from cohort.taken(person.id)
    for pairing in cohort.pairings_of(person.id):
        for meeting in pairing.meetings:
            comes = person.id in (meeting.attendees or (pairing.mentor, pairing.mentee))
            if meeting.status == "invited" and meeting.uid != without and comes:
                yield meeting.start, meeting.end
    for _, call in calls_of(cohort, person):
        if call.meeting and call.meeting.status == "invited" and call.meeting.uid != without:
            yield call.meeting.start, call.meeting.end


def calls_of(cohort: Cohort, person: Participant) -> Iterator[tuple[Participant, Call]]:
    """Each call with whoever holds it: their own, and those of others of their pairings and searches with them."""
    pairings, matches = cohort.pairings_of(person.id), cohort.matches_of(person.id)
    near = (id_ for p in pairings for id_ in (p.mentor, p.mentee, *p.advisors))
    ids = dict.fromkeys((person.id, *near, *(match.mentee for match in matches)))
    for holder in filter(None, map(cohort.participant, ids)):
        yield from ((holder, call) for call in holder.calls if person.id in call.people)


def is_busy(cohort: Cohort, person: Participant, start: datetime, end: datetime, *, without: str = "") -> bool:
    return any(start < until and begin < end for begin, until in busy(cohort, person, without=without))


def can(person: Participant, start: datetime, end: datetime, chapter: Chapter) -> bool | None:
    """Whether a time lies in what they said; None where they said nothing that still holds."""
    known = [free for free in person.free if free.until > start]
    if not known:
        return None
    here = zone(person.timezone or chapter.timezone)
    return any(_covers(free, start.astimezone(here), end.astimezone(here)) for free in known)


def _covers(free: Free, start: datetime, end: datetime) -> bool:
    if start.weekday() != free.weekday or start.date() != end.date():
        return False
    return free.begin <= start.hour * 60 + start.minute and end.hour * 60 + end.minute <= free.end


def with_free(person: Participant, ranges: Sequence[Free], now: datetime) -> tuple[Free, ...]:
    """What somebody said last, in place of what they said before of the same days; what is too old goes."""
    days = {free.weekday for free in ranges}
    kept = [free for free in person.free if free.weekday not in days and free.until > now]
    return tuple(sorted((*kept, *ranges), key=lambda free: (free.weekday, free.begin)))
