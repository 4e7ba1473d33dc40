"""The rhythm of meetings: book, invite, ask for the agenda, pass it on, ask how it went – one meeting ahead.

A meeting is booked silently (by the default rhythm, or by an answer); its letters follow from the record, so that a
tick may be missed or repeated: each has a key made of the meeting's ordinal, its SEQUENCE and the reader's role.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.hours import at_local, local_day
from coordinator.core.moments import Moment, Situation, closing, nudges
from coordinator.core.program import Stage
from coordinator.core.records import Meeting
from coordinator.core.rhythm import next_start, slots

BOOKED_AFTER = timedelta(days=5)
"""How long the first slots may stay unanswered before the default rhythm is invited (AHE-11)."""
BREATH = timedelta(days=18)
"""The first meeting stands outside the rhythm; the one after it is not to follow on its heels."""
AGENDA_STALE = timedelta(days=1)
"""So shortly before a meeting nobody is asked for its agenda."""
ROLES = ("mentee", "mentor")


def meetings(where: Situation, stage: Stage) -> Iterator[Moment]:
    if _somebody_left(where):
        yield from cancellations(where, stage)
        return
    yield from _booking(where, stage)
    for meeting in where.meetings:
        yield from _letters_of(where, stage, meeting)


def cancellations(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The entries to be taken out of both calendars; all that is left of meetings when a pairing ends."""
    for meeting in where.meetings:
        if meeting.status == "cancelled":
            yield from _cancellation(where, stage, meeting)


def _somebody_left(where: Situation) -> bool:
    """Nobody is invited to meet a person who asked for no more mail or cannot be reached."""
    pair = (where.pairing.mentee, where.pairing.mentor)
    return any(where.person(id_).status in ("stopped", "unreachable") for id_ in pair)


def next_meeting(where: Situation) -> datetime | None:
    """Start of the meeting that follows the rhythm after the last one, None when it would lie behind the end."""
    if not where.meetings:
        return None
    previous = local_day(where.meetings[-1].start, where.zone)
    start = next_start(where.rhythm, previous, where.pairing.start, where.every, where.zone)
    if len(where.meetings) == 1 and "month" in where.every and start < where.meetings[0].start + BREATH:
        start = next_start(where.rhythm, local_day(start, where.zone), where.pairing.start, where.every, where.zone)
    return start if start < at_local(where.pairing.end, 0, 0, where.zone) else None


def offered(where: Situation, now: datetime, *, days: int) -> tuple[tuple[datetime, datetime], ...]:
    """Three times on different days, at least so many days ahead, at hours that suit both."""
    pairing = where.pairing
    times = slots(
        where.rhythm,
        earliest=max(local_day(now, where.zone), pairing.start) + timedelta(days=days),
        zone_a=where.zone_of(pairing.mentee),
        zone_b=where.zone_of(pairing.mentor),
        minutes=where.minutes,
    )
    end = at_local(pairing.end, 0, 0, where.zone)
    return tuple(time for time in times if time[0] < end)


def booking_due(where: Situation) -> datetime:
    """When the next meeting is put into both calendars.

    With the first letter unanswered: after five days. Later: as soon as both said how the last one went, at the latest
    four days after it, so that one mail tells both; a pair that answers nothing gets it as the last one begins.
    """
    if not where.meetings:
        begin = at_local(where.pairing.start, where.program.mail_hour, 0, where.zone)
        return begin + BOOKED_AFTER
    last = where.meetings[-1]
    if not any(where.has_answered(p, last.start) for p in (where.pairing.mentee, where.pairing.mentor)):
        return last.start
    keys = [f"{where.pairing.id}/debrief/{last.ordinal}/{role}" for role in ROLES]
    closed = [a.closed for key in keys if (a := where.asked(key)) and a.closed]
    latest = where.morning(last.end, where.pairing.mentee, days=4)
    return min(max(closed), latest) if len(closed) == len(ROLES) else latest


def _booking(where: Situation, stage: Stage) -> Iterator[Moment]:
    if where.meetings and next_meeting(where) is None:
        return
    ordinal = len(where.meetings) + 1
    yield Moment(
        at=booking_due(where),
        kind="book",
        key=f"{where.pairing.id}/book/{ordinal}",
        stage=stage.id,
        pairing=where.pairing.id,
        ordinal=ordinal,
    )


def _letters_of(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    if meeting.status == "cancelled":
        yield from _cancellation(where, stage, meeting)
        return
    yield from _invitations(where, stage, meeting)
    yield from _moving(where, stage, meeting)
    yield from _agenda(where, stage, meeting)
    yield from _passing_on(where, stage, meeting)
    for role in ROLES:
        yield from _debrief(where, stage, meeting, role)


def _key(where: Situation, part: str, meeting: Meeting, *more: object) -> str:
    return "/".join((where.pairing.id, part, str(meeting.ordinal), *map(str, more)))


def _invitations(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    for role in ROLES:
        (person,) = where.in_role(role)
        yield Moment(
            at=meeting.booked,
            kind="invite",
            key=_key(where, "invite", meeting, meeting.sequence, role),
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=str(stage.options["invitation"]),
            stale=meeting.start,
            ordinal=meeting.ordinal,
            urgent=True,
        )


def _cancellation(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    for role in ROLES:
        (person,) = where.in_role(role)
        if where.is_decided(_key(where, "invite", meeting, 0, role)):
            yield Moment(
                at=meeting.booked,
                kind="cancel",
                key=_key(where, "cancel", meeting, role),
                stage=stage.id,
                pairing=where.pairing.id,
                recipient=person,
                prompt=str(stage.options["cancellation"]),
                stale=meeting.start,
                ordinal=meeting.ordinal,
                urgent=True,
            )


def _moving(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """Somebody declined: the mentee is offered three other times, once for each SEQUENCE."""
    declined = [
        meeting.stamps[p][1] for p, said in meeting.partstats.items() if said == "DECLINED" and p in meeting.stamps
    ]
    if declined and "moved" in where.program.prompts:
        key = _key(where, "move", meeting, meeting.sequence)
        yield from _asking(where, stage, key, "moved", where.pairing.mentee, max(declined), meeting, meeting.start)


def _agenda(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """From the second meeting on; the first has an agenda of its own, which every pair needs (ACHE-32)."""
    prompt = stage.options.get("agenda")
    if meeting.ordinal == 1 or prompt is None:
        return
    before: timedelta = stage.options.get("agenda_before", timedelta(days=5))
    at = where.morning(meeting.start - before, where.pairing.mentee)
    stale = meeting.start - AGENDA_STALE
    key = _key(where, "agenda", meeting)
    yield from _asking(where, stage, key, str(prompt), where.pairing.mentee, at, meeting, stale)


def _passing_on(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The mentee's points, in the event and in the mail; before the first meeting both get the plan anyway."""
    if "update" not in stage.options or "DECLINED" in meeting.partstats.values():
        return
    before: timedelta = stage.options.get("update_before", timedelta(days=2))
    for role in ROLES:
        (person,) = where.in_role(role)
        if role == "mentee" and not meeting.agenda and meeting.ordinal > 1:
            continue
        more = (*(["agenda"] if meeting.agenda else []), *([f"at {meeting.place}"] if meeting.place else []))
        yield Moment(
            at=max(where.morning(meeting.start - before, person), _agenda_hoped_for(where, meeting)),
            kind="invite",
            key=_key(where, "update", meeting, role, *more),
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=str(stage.options["update"]),
            stale=meeting.start - timedelta(hours=1),
            ordinal=meeting.ordinal,
            urgent=True,
        )


def _agenda_hoped_for(where: Situation, meeting: Meeting) -> datetime:
    """Until when the mail that passes it on waits for an agenda that was asked for late: it need not go twice."""
    key = _key(where, "agenda", meeting)
    asked = where.asked(key)
    if meeting.agenda or meeting.ordinal == 1:
        return meeting.booked
    if asked is None:
        return meeting.booked if where.is_decided(key) else meeting.start - AGENDA_STALE
    return meeting.booked if asked.closed else asked.at + timedelta(days=1)


def _debrief(where: Situation, stage: Stage, meeting: Meeting, role: str) -> Iterator[Moment]:
    (person,) = where.in_role(role)
    prompt = stage.options.get("debrief", {}).get(role)
    if prompt is None:
        return
    after: timedelta = stage.options.get("debrief_after", timedelta(days=1))
    at = where.morning(meeting.end + after, person)
    following = [m.start for m in where.meetings if m.ordinal > meeting.ordinal and m.status != "cancelled"]
    stale = min([at + timedelta(days=21), *(f for f in following if f > at)])
    yield from _asking(where, stage, _key(where, "debrief", meeting, role), str(prompt), person, at, meeting, stale)


def _asking(
    where: Situation,
    stage: Stage,
    key: str,
    prompt: str,
    person: str,
    at: datetime,
    meeting: Meeting,
    stale: datetime,
) -> Iterator[Moment]:
    asked = where.asked(key)
    if asked is None:
        yield Moment(
            at=at,
            kind="ask",
            key=key,
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt=prompt,
            stale=stale,
            ordinal=meeting.ordinal,
        )
        return
    yield from closing(where, stage, asked)
    for moment in nudges(where, stage, asked):
        if moment.at < stale:
            yield moment
