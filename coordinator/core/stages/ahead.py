"""The meeting ahead: its day by the rhythm, the times offered for it, and when it is put into both calendars."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from coordinator.core.finding import common
from coordinator.core.hours import at_local, local_day
from coordinator.core.leave import days_away
from coordinator.core.moments import Situation
from coordinator.core.records import Meeting
from coordinator.core.rhythm import next_start
from coordinator.core.stages.asking import ROLES, in_turn, key_of

BOOKED_AFTER = timedelta(days=5)
"""How long the first times may stay unanswered before one is booked, and the mentor may pick another (AHE-11)."""
BREATH = timedelta(days=18)
"""The first meeting stands outside the rhythm; the one after it is not to follow on its heels."""
WEEK = timedelta(days=7)
AWAITED = timedelta(days=10)
"""So much longer the next meeting waits for word of the last one, where nobody could be asked in time."""
NOTICE = timedelta(days=9)
"""Never so near to the next one, which both want to know of."""
SOON = timedelta(days=3)
"""An answer that came so soon was no late one; a mail that comes so soon takes along what need not come alone."""
TWO_DAYS = timedelta(days=2)
SOME_DAYS = timedelta(days=3)
"""A meeting is rather moved on than forward, so that it stays apart from the one before."""


def rhythm_meetings(where: Situation) -> tuple[Meeting, ...]:
    """Those that move the rhythm on; calls and extra meetings do not (AHE-10)."""
    return tuple(m for m in where.meetings if m.kind == "meeting")


def next_meeting(where: Situation) -> datetime | None:
    """Start of the meeting that follows the rhythm after the last one, None when it would lie behind the end."""
    known = rhythm_meetings(where)
    if not known:
        return None
    start = _after(where, _place(where, known))
    if "month" in where.every and _is_too_near(where, known, start):
        start = _after(where, local_day(start, where.zone))
    return start if start < at_local(where.pairing.end, 0, 0, where.zone) else None


def _after(where: Situation, previous: date) -> datetime:
    closed = _closed(where)
    return next_start(where.rhythm, previous, where.pairing.start, where.every, where.zone, closed=closed)


def _place(where: Situation, known: Sequence[Meeting]) -> date:
    """The day of the last one in the rhythm; by months also of one that was moved into another month."""
    last = known[-1]
    if not last.postponed or len(known) == 1 or "month" not in where.every:
        return local_day(last.start, where.zone)
    return local_day(_after(where, _place(where, known[:-1])), where.zone)


def _is_too_near(where: Situation, known: Sequence[Meeting], start: datetime) -> bool:
    """Right behind the first one, or behind one that was moved into the next one's month."""
    last = known[-1].start
    if len(known) == 1:
        return start < last + BREATH
    day, before = local_day(start, where.zone), local_day(last, where.zone)
    return (day.year, day.month) == (before.year, before.month) or start < last + WEEK


def _closed(where: Situation) -> frozenset[date]:
    """The days off of the place, and those on which one of the two is away."""
    two = (where.person(where.pairing.mentee), where.person(where.pairing.mentor))
    return frozenset(where.chapter.closed) | days_away(two, where.zone)


def offered(
    where: Situation, now: datetime, *, days: int, around: Meeting | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """Three times on different days, at least so many days ahead, that suit both as far as we know.

    around: a meeting that is to be moved; the times are near its own, in its own month.
    """
    pairing = where.pairing
    times = common(
        where.chapter,
        where.cohort,
        (where.person(pairing.mentee), where.person(pairing.mentor)),
        rhythm=where.rhythm,
        earliest=max(max(local_day(now, where.zone), pairing.start) + timedelta(days=days), _near(where, around)),
        minutes=where.minutes,
    )
    end = at_local(pairing.end, 0, 0, where.zone)
    return tuple(time for time in times if time[0] < end)


def _near(where: Situation, meeting: Meeting | None) -> date:
    """Some days before a meeting, and in its month."""
    if meeting is None:
        return date.min
    day = local_day(meeting.start, where.zone)
    return max(day - SOME_DAYS, day.replace(day=1))


def _latest(where: Situation, last: Meeting, asked: Sequence[datetime]) -> datetime:
    """Until when the next one waits for word of the last one. asked: when the two were asked how it went."""
    usual = where.morning(last.end, where.pairing.mentee, days=4)
    if not _is_asked_about(where, last):
        return usual
    answered = where.morning(min(asked), where.pairing.mentee, days=3) if asked else usual + AWAITED
    following = next_meeting(where)
    in_time = following - NOTICE if following else usual
    return max(usual, min(answered, usual + AWAITED, in_time))


def _is_asked_about(where: Situation, last: Meeting) -> bool:
    """Whether one of the two, who answers, is asked how it went and was not yet given up."""
    stages = (stage.options.get("debrief") for stage in where.program.stages if stage.kind == "meetings")
    roles = next(stages, None) or ()
    return any(_is_awaited(where, last, role) for role in in_turn(where, last) if role in roles)


def _is_awaited(where: Situation, last: Meeting, role: str) -> bool:
    (person,), key = where.in_role(role), key_of(where, "debrief", last, role)
    is_told = where.asked(key) is not None or not where.is_decided(key)
    return is_told and where.person(person).status == "active" and answers_soon(where, last, role)


def answers_soon(where: Situation, meeting: Meeting, role: str) -> bool:
    """Whether it is worth asking before the next invitation goes: they answered the last such question soon enough."""
    (person,) = where.in_role(role)
    if not where.is_responsive(person, meeting.end):
        return False
    keys = (key_of(where, "debrief", m, role) for m in rhythm_meetings(where) if m.ordinal < meeting.ordinal)
    asked = [a for key in keys if (a := where.asked(key)) and a.sent]
    if not asked or asked[-1].sent is None:
        return True
    answers = [a.at for a in where.pairing.answers if a.key == asked[-1].key and a.by == person]
    return bool(answers) and min(answers) < asked[-1].sent + SOON


def _booked_after(where: Situation) -> timedelta:
    stages = (stage for stage in where.program.stages if stage.kind == "meetings")
    return next((stage.options.get("mentor_after") or BOOKED_AFTER for stage in stages), BOOKED_AFTER)


def booking_due(where: Situation) -> datetime:
    """When the next meeting is put into both calendars.

    With the first letter unanswered: after five days. Later: as soon as both said how the last one went, at the latest
    four days after it, so that one mail tells both; a pair that answers nothing gets it as the last one begins. Where
    the two were asked late, after days without a tick, the next one waits for what they say all the same.
    """
    known = rhythm_meetings(where)
    if not known:
        begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
        return begin + _booked_after(where)
    last = known[-1]
    if not any(where.has_answered(p, last.start) for p in (where.pairing.mentee, where.pairing.mentor)):
        return last.start
    asked = {role: where.asked(key_of(where, "debrief", last, role)) for role in ROLES}
    closed = [a.closed for a in asked.values() if a and a.closed]
    latest = _latest(where, last, [a.at for a in asked.values() if a])
    awaited = sum(a is not None or answers_soon(where, last, role) for role, a in asked.items())
    return min(max(closed), latest) if closed and len(closed) >= awaited else latest


def with_the_next(where: Situation, meeting: Meeting, role: str) -> datetime | None:
    """Until when what is asked after a meeting waits for the next invitation, where its reader answers late.

    None = it does not wait, or none is to come.
    """
    is_to_come = meeting == rhythm_meetings(where)[-1] and next_meeting(where) is not None
    if not is_to_come or answers_soon(where, meeting, role):
        return None
    return booking_due(where) + TWO_DAYS


def mail_near(where: Situation, person: str, since: datetime) -> datetime | None:
    """The mail before a meeting, or after it, that is due to somebody so soon that news go with it."""
    held = [m for m in rhythm_meetings(where) if m.status == "invited"]
    mornings = (where.morning(day, person, days=days) for m in held for day, days in ((m.start, -2), (m.end, 1)))
    return min((at for at in mornings if since < at <= since + SOON), default=None)
