"""The rhythm of meetings: book, invite, ask for the agenda, pass it on, ask how it went – one meeting ahead.

A meeting is booked silently (by the default rhythm, or by an answer); its letters follow from the record, so that a
tick may be missed or repeated: each has a key made of the meeting's ordinal, its SEQUENCE and the reader's role.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordinator.core.moments import Moment, Situation
from coordinator.core.phases import is_fading
from coordinator.core.places import number_of, regular
from coordinator.core.program import Stage
from coordinator.core.records import Meeting
from coordinator.core.stages.ahead import answers_soon, booking_due, next_meeting, rhythm_meetings, with_the_next
from coordinator.core.stages.asking import ROLES, asking, in_turn, key_of
from coordinator.core.stages.moving import changing, is_unanswered
from coordinator.core.stages.talks import talk_debrief
from coordinator.core.tokens import veiled

AGENDA_STALE = timedelta(days=1)
"""So shortly before a meeting nobody is asked for its agenda."""
TWO_DAYS = timedelta(days=2)


def meetings(where: Situation, stage: Stage) -> Iterator[Moment]:
    if _somebody_left(where):
        yield from cancellations(where, stage)
        return
    yield from _booking(where, stage)
    for meeting in where.meetings:
        yield from _letters_of(where, stage, meeting)


def cancellations(where: Situation, stage: Stage) -> Iterator[Moment]:
    """The entries to be taken out of both calendars; all that is left of meetings when a pairing ends.

    An event that one of the two left is taken out of theirs, and the other's says who still goes.
    """
    for meeting in where.meetings:
        if meeting.status == "cancelled":
            yield from _cancellation(where, stage, meeting)
        elif meeting.removed:
            yield from _cancellation(where, stage, meeting, only=meeting.removed)
            yield from _invitations(where, stage, meeting)


def _somebody_left(where: Situation) -> bool:
    """Nobody is invited to meet a person who asked for no more mail or cannot be reached."""
    pair = (where.pairing.mentee, where.pairing.mentor)
    return any(where.person(id_).status in ("stopped", "unreachable") for id_ in pair)


def _asking_the_mentor(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The mentee comes first; where nothing was heard, the mentor's invitation offers other times (ACHE-26)."""
    key = key_of(where, "times", meeting, "mentor")
    is_ours = where.is_decided(f"{where.pairing.id}/book/{meeting.ordinal}") and meeting.sequence == 0
    if "times" not in where.program.prompts or not is_ours or where.asked(key) or not is_unanswered(meeting):
        return
    if number_of(where.pairing, meeting) == 1:
        yield Moment(
            at=meeting.booked,
            kind="ask",
            key=key,
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=where.pairing.mentor,
            prompt="times",
            stale=meeting.booked + TWO_DAYS,
            ordinal=meeting.ordinal,
            urgent=True,
        )


def _booking(where: Situation, stage: Stage) -> Iterator[Moment]:
    if rhythm_meetings(where) and next_meeting(where) is None:
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
    yield from changing(where, stage, meeting)
    if meeting.status == "cancelled":
        yield from _cancellation(where, stage, meeting)
        return
    if not meeting.organizer:
        yield from _invitations(where, stage, meeting)
        yield from _last_reminder(where, stage, meeting)
    if meeting.kind != "meeting":
        yield from talk_debrief(where, meeting)
        return
    yield from _asking_the_mentor(where, stage, meeting)
    if not is_fading(where, meeting.start):
        yield from _agenda(where, stage, meeting)
        yield from _passing_on(where, stage, meeting)
    for role in in_turn(where, meeting):
        yield from _debrief(where, stage, meeting, role)


def _invitations(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    for role in ROLES:
        (person,) = where.in_role(role)
        if person in meeting.removed:
            continue
        yield Moment(
            at=meeting.booked,
            kind="invite",
            key=key_of(where, "invite", meeting, meeting.sequence, role),
            stage=stage.id,
            pairing=where.pairing.id,
            recipient=person,
            prompt="event" if meeting.kind == "event" else str(stage.options["invitation"]),
            stale=meeting.start,
            ordinal=meeting.ordinal,
            urgent=True,
        )


def _cancellation(where: Situation, stage: Stage, meeting: Meeting, *, only: Sequence[str] = ()) -> Iterator[Moment]:
    for role in ROLES:
        (person,) = where.in_role(role)
        if only and person not in only:
            continue
        invitations = (key_of(where, "invite", meeting, number, role) for number in range(meeting.sequence + 1))
        if any(map(where.is_decided, invitations)):
            yield Moment(
                at=meeting.booked,
                kind="cancel",
                key=key_of(where, "cancel", meeting, role),
                stage=stage.id,
                pairing=where.pairing.id,
                recipient=person,
                prompt=str(stage.options["cancellation"]),
                stale=meeting.start,
                ordinal=meeting.ordinal,
                urgent=True,
            )


def _last_reminder(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """On the day before a meeting that nobody has answered; three days before, the agenda asks the same."""
    if "reminder" not in where.program.prompts or not is_unanswered(meeting) or meeting.kind == "event":
        return
    for role in ROLES:
        (person,) = where.in_role(role)
        at = where.morning(meeting.start, person, days=-1)
        if at > meeting.booked + TWO_DAYS:
            yield Moment(
                at=at,
                kind="invite",
                key=key_of(where, "reminder", meeting, meeting.sequence, role),
                stage=stage.id,
                pairing=where.pairing.id,
                recipient=person,
                prompt="reminder",
                stale=meeting.start - timedelta(hours=1),
                ordinal=meeting.ordinal,
                urgent=True,
            )


def _agenda(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """From the second meeting on; the first has an agenda of its own, which every pair needs (ACHE-32)."""
    prompt = stage.options.get("agenda")
    if number_of(where.pairing, meeting) == 1 or prompt is None:
        return
    before: timedelta = stage.options.get("agenda_before", timedelta(days=5))
    at = where.morning(meeting.start - before, where.pairing.mentee)
    stale = meeting.start - AGENDA_STALE
    key = key_of(where, "agenda", meeting)
    yield from asking(where, stage, key, str(prompt), where.pairing.mentee, at, meeting, stale)


def _passing_on(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The mentee's points, in the event and in the mail; before the first meeting both get the plan anyway.

    Where nobody has answered the invitation, it goes to both a day earlier, and asks.
    """
    if "update" not in stage.options or "DECLINED" in meeting.partstats.values() or meeting.shortened:
        return
    before: timedelta = stage.options.get("update_before", TWO_DAYS)
    asks = is_unanswered(meeting) and meeting.booked < meeting.start - before - TWO_DAYS
    before += timedelta(days=1) if asks else timedelta(0)
    for role in ROLES:
        (person,) = where.in_role(role)
        if role == "mentee" and not asks and not meeting.agenda and number_of(where.pairing, meeting) > 1:
            continue
        place = [veiled(where.chapter.lasting, meeting.place)] if meeting.place else []
        more = (*(["agenda"] if meeting.agenda else []), *place)
        yield Moment(
            at=max(where.morning(meeting.start - before, person), _agenda_hoped_for(where, meeting)),
            kind="tell" if meeting.organizer else "invite",
            key=key_of(where, "update", meeting, role, *more),
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
    key = key_of(where, "agenda", meeting)
    asked = where.asked(key)
    if meeting.agenda or number_of(where.pairing, meeting) == 1:
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
    following = [m.start for m in regular(where.pairing) if m.ordinal > meeting.ordinal]
    stale = min([at + timedelta(days=21), *(f for f in following if f > at)])
    key = key_of(where, "debrief", meeting, role)
    is_soon = answers_soon(where, meeting, role)
    patient = with_the_next(where, meeting, role)
    yield from asking(where, stage, key, str(prompt), person, at, meeting, stale, patient=patient, again=is_soon)
