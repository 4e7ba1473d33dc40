"""Talks with an advisor, found and booked like every meeting, with or without a pairing: `wanted` asks for one.

A room that needs one puts `wanted(person, Call(…))` in place: the person gets three times by mail, both get the
invitation, and moves, answers and reminders follow. Afterwards the room that asked says how it went with `closed`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.finding import Span, calls_of, can, common, is_busy
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local, local_day
from coordinator.core.meeting import Call, Meeting
from coordinator.core.moments import Moment
from coordinator.core.overlay import Overlay
from coordinator.core.program import Program
from coordinator.core.records import Participant
from coordinator.core.rhythm import parse
from coordinator.core.tokens import uid, veiled
from coordinator.core.walls import agreed_start, wall
from coordinator.core.zones import zone

MOST_ROUNDS = 2
PATIENCE = timedelta(days=5)
"""How long times wait for an answer, before they are offered again; then a human looks."""
WAKING = (7, 21)
"""Hours of everybody's day in which a call that one of them proposes is taken without asking."""
NOTICE = 3
"""Days between the letter and the first time that it offers."""
TIMES, INVITATION, CANCELLATION = "call-times", "call-invitation", "call-cancelled"
REFUSAL = "call-refused"


def wanted(person: Participant, call: Call) -> Participant:
    """The person with one more call to be found; the same key twice is one call. The first of its people is the person.

    ValueError for a call that is not the person's own to answer.
    """
    if call.people[:1] != (person.id,) or len(set(call.people)) < 2:
        raise ValueError(f"call {call.key}: {person.id} must be the first of two or more people")
    if any(known.key == call.key for known in person.calls):
        return person
    due = min(call.wanted, person.due) if person.due else call.wanted
    return replace(person, calls=(*person.calls, call), due=due)


def closed(person: Participant, key: str, how: str) -> Participant:
    """The same with how it went: "held" or "missed"; "withdrawn" takes it out of all calendars."""
    call = next(call for call in person.calls if call.key == key)
    meeting = call.meeting
    if how == "withdrawn" and meeting and meeting.status == "invited":
        meeting = replace(meeting, status="cancelled", sequence=meeting.sequence + 1)
    return with_call(person, replace(call, closed=how, meeting=meeting))


def without(person: Participant, key: str, gone: str, now: datetime) -> Participant:
    """The call goes on without one of its people, who alone gets a cancellation (RFC 5546 §3.2.5)."""
    call = next(call for call in person.calls if call.key == key)
    people = tuple(id_ for id_ in call.people if id_ != gone)
    if gone not in call.people or gone == person.id or len(people) < 2:
        return closed(person, key, "withdrawn")
    meeting = call.meeting
    if meeting:
        removed = (*meeting.removed, gone)
        meeting = replace(meeting, attendees=people, removed=removed, sequence=meeting.sequence + 1, booked=now)
    return with_call(person, replace(call, people=people, meeting=meeting))


def left(cohort: Overlay, gone: Participant, now: datetime, *, pairing: str = "") -> None:
    """Takes somebody who left out of every call to come: the others meet without them, or it leaves their calendars.

    pairing: only out of the calls about that one, which they advise no longer.
    """
    for holder, call in tuple(calls_of(cohort, gone)):
        is_meant = pairing in ("", call.pairing)
        if is_meant and not call.closed and (call.meeting is None or call.meeting.start > now):
            current = cohort.participant(holder.id) or holder
            cohort.put(replace(without(current, call.key, gone.id, now), due=now))


def needless(person: Participant, about: str, now: datetime) -> Participant:
    """The person without the calls to come about something that is settled; they leave all calendars."""
    for call in person.calls:
        if call.about == about and not call.closed and (call.meeting is None or call.meeting.start > now):
            person = closed(person, call.key, "withdrawn")
    return person


def with_call(person: Participant, call: Call) -> Participant:
    return replace(person, calls=tuple(call if known.key == call.key else known for known in person.calls))


def call_moments(program: Program, chapter: Chapter, person: Participant) -> Iterator[Moment]:
    """What a person's calls make due: times to choose from, invitations, cancellations, reminders.

    Of somebody who left, only what takes their calls out of the calendars of the others.
    """
    is_gone = person.status in ("stopped", "unreachable")
    for call in person.calls:
        for moment in _of(program, chapter, person, call):
            if moment.key not in person.decided and (moment.kind == "cancel" or not is_gone):
                yield moment


def _of(program: Program, chapter: Chapter, person: Participant, call: Call) -> Iterator[Moment]:
    if call.meeting is not None:
        yield from _letters(program, chapter, person, call, call.meeting)
    if not call.closed and TIMES in program.prompts and _is_sought(call):
        yield from _asking(call, person)


def _is_sought(call: Call) -> bool:
    """Whether a time is looked for: there is none yet, or somebody cannot come at the one there is."""
    return call.meeting is None or (call.rounds > 0 and "DECLINED" in call.meeting.partstats.values())


def _asking(call: Call, person: Participant) -> Iterator[Moment]:
    """Each round is asked once; silence is the answer "none of them"."""
    key = f"{call.key}/times/{call.rounds}"
    asked = person.decided.get(key)
    if asked is None:
        yield Moment(at=call.wanted, kind="ask", key=key, stage=call.key, recipient=person.id, prompt=TIMES)
    else:
        yield Moment(at=asked + PATIENCE, kind="settle", key=f"{key}/silent", stage=call.key)


def _letters(program: Program, chapter: Chapter, person: Participant, call: Call, meeting: Meeting) -> Iterator[Moment]:
    told = _told(person, call)
    if meeting.status == "cancelled":
        for id_ in call.people:
            if id_ in told:
                yield _letter(call, meeting, f"cancel/{meeting.sequence}", id_, "cancel", CANCELLATION, meeting.booked)
    else:
        yield from _invitations(program, chapter, call, meeting, told)
        yield from _refusal(program, call, meeting)
    for id_ in meeting.removed:
        if id_ in told:
            yield _letter(call, meeting, "removed", id_, "cancel", CANCELLATION, meeting.booked)


def _told(person: Participant, call: Call) -> frozenset[str]:
    """Who was invited, and so has it in their calendar."""
    begin = f"{call.key}/invite/"
    return frozenset(key.rpartition("/")[2] for key in person.decided if key.startswith(begin))


def _invitations(
    program: Program, chapter: Chapter, call: Call, meeting: Meeting, told: frozenset[str]
) -> Iterator[Moment]:
    for id_ in call.people:
        yield _letter(call, meeting, f"invite/{meeting.sequence}", id_, "invite", INVITATION, meeting.booked)
        if meeting.place != call.place and id_ in told:
            mark = f"{meeting.sequence}/{veiled(chapter.lasting, meeting.place)}"
            yield _letter(call, meeting, f"place/{mark}", id_, "invite", INVITATION, meeting.booked)
        if call.closed == "" and set(meeting.partstats.values()) == {"NEEDS-ACTION"}:
            eve = at_local(
                local_day(meeting.start, chapter.timezone) - timedelta(days=1), program.mail_hour, 0, chapter.timezone
            )
            if eve > meeting.booked + timedelta(days=1):
                yield _letter(call, meeting, f"remind/{meeting.sequence}", id_, "invite", INVITATION, eve)


def _refusal(program: Program, call: Call, meeting: Meeting) -> Iterator[Moment]:
    """Who proposed a time that does not suit all hears so, in a sentence and for the calendar (DECLINECOUNTER)."""
    refused = meeting.refused
    if refused and refused.by in call.people and REFUSAL in program.prompts:
        part = f"refused/{refused.start.astimezone(UTC):%Y%m%dT%H%MZ}/{meeting.sequence}"
        yield _letter(call, meeting, part, refused.by, "refuse", REFUSAL, refused.at)


def _letter(call: Call, meeting: Meeting, part: str, to: str, kind: str, prompt: str, at: datetime) -> Moment:
    return Moment(
        at=at,
        kind=kind,
        key=f"{call.key}/{part}/{to}",
        stage=call.key,
        recipient=to,
        prompt=prompt,
        stale=meeting.start,
        ordinal=1,
        urgent=True,
    )


def call_of(person: Participant, key: str) -> Call | None:
    return next((call for call in person.calls if call.key == key), None)


def times_for(chapter: Chapter, cohort: Cohort, program: Program, call: Call, now: datetime) -> tuple[Span, ...]:
    """Three times for a call; none where its people share no hour."""
    found = (cohort.participant(id_) for id_ in call.people)
    people = [person for person in found if person]
    rhythm = parse(program.rhythm)
    if rhythm is None or len(people) < 2:
        return ()
    earliest = local_day(now, people[0].timezone or chapter.timezone) + timedelta(days=NOTICE)
    refused = _offered_before(cohort, call)
    return common(chapter, cohort, people, rhythm=rhythm, earliest=earliest, minutes=call.minutes, refused=refused)


def _offered_before(cohort: Cohort, call: Call) -> tuple[Span, ...]:
    """The times of the rounds before this one: a no to them is a no."""
    letters = (cohort.letter(f"{call.key}/times/{number}") for number in range(call.rounds))
    return tuple(span for letter in letters if letter for question in letter.questions for span in question.slots)


def suits_all(chapter: Chapter, cohort: Cohort, call: Call, start: datetime) -> bool:
    """Whether nobody is known to be busy then, to be off, or to have named other hours; in the day of each."""
    end = start + timedelta(minutes=call.minutes)
    uid_ = call.meeting.uid if call.meeting else ""
    people = [person for person in map(cohort.participant, call.people) if person]
    return all(_suits(chapter, cohort, person, start, end, uid_) for person in people)


def _suits(chapter: Chapter, cohort: Cohort, person: Participant, start: datetime, end: datetime, uid_: str) -> bool:
    clock = person.timezone or chapter.timezone
    is_by_day = start.astimezone(zone(clock)).hour in range(*WAKING)
    is_open = is_by_day and local_day(start, clock) not in chapter.closed
    is_free = not is_busy(cohort, person, start, end, without=uid_)
    return is_open and is_free and can(person, start, end, chapter) is not False


def booked(chapter: Chapter, person: Participant, call: Call, start: datetime, now: datetime) -> Participant:
    """The call at its time, or at another than before (RFC 5546 §2.1.4)."""
    place = person.timezone or chapter.timezone
    end = start + timedelta(minutes=call.minutes)
    asked = dict.fromkeys(call.people, "NEEDS-ACTION")
    known = call.meeting
    if known is None:
        domain = chapter.address.rpartition("@")[2]
        name = uid(chapter.secret, f"{call.key}/call", domain)
        known = Meeting(ordinal=1, uid=name, start=start, end=end, zone=place, booked=now, kind="call")
        known = replace(known, place=call.place)
    else:
        known = replace(known, sequence=known.sequence + 1, postponed=known.postponed + 1, stamps={}, refused=None)
    meeting = replace(
        known,
        start=start,
        end=end,
        zone=place,
        wall=wall(start, place),
        booked=now,
        attendees=call.people,
        partstats=asked,
    )
    return with_call(person, replace(call, meeting=meeting))


def on_wall_times(person: Participant, now: datetime) -> Participant:
    """The person with every call to come at the hour that was agreed on, whatever a government did to its zone."""
    for call in person.calls:
        meeting = call.meeting
        if meeting is None or call.closed or meeting.status != "invited" or meeting.start <= now:
            continue
        start = agreed_start(meeting)
        if start != meeting.start:
            again = replace(
                meeting,
                start=start,
                end=start + (meeting.end - meeting.start),
                sequence=meeting.sequence + 1,
                booked=now,
                partstats=dict.fromkeys(call.people, "NEEDS-ACTION"),
                stamps={},
                refused=None,
            )
            person = with_call(person, replace(call, meeting=again))
    return person


def tried_again(person: Participant, call: Call) -> Participant:
    """None of the times suited, or nobody said: others are offered, and after two rounds a human looks."""
    rounds = call.rounds + 1
    return with_call(person, replace(call, rounds=rounds, closed="stuck" if rounds >= MOST_ROUNDS else call.closed))
