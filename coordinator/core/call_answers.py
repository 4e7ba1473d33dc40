"""What people answer about a call: a time that suits, a yes or no by calendar or in words, another time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.call_letters import call_effect
from coordinator.core.calls import INVITATION, TIMES, booked, call_of, suits_all, tried_again, with_call
from coordinator.core.effects import Decision, Effect
from coordinator.core.frozen import replace
from coordinator.core.meeting import Call, Counter, Meeting
from coordinator.core.moments import Moment
from coordinator.core.noted import noted
from coordinator.core.other_times import proposed_start
from coordinator.core.reading import CalendarReply, Value
from coordinator.core.records import Letter, Participant, Question
from coordinator.core.rsvp import answered, is_theirs, newest, tell_of_new_time
from coordinator.core.spoken import presence

SOON = timedelta(hours=2)


def is_about_call(letter: Letter) -> bool:
    return any(question.prompt == TIMES for question in letter.questions)


def times_answered(arrival: Arrival, letter: Letter) -> Decision:
    """The first of the times that suit and are still ahead; "none" brings others, and then a human."""
    question = next(question for question in letter.questions if question.prompt == TIMES)
    key = question.key.rpartition("/times/")[0]
    call, answer = call_of(arrival.writer, key), arrival.reading.answers.get(question.number)
    if call is None or call.closed:
        return arrival.decision("held", "times for a call that is no longer looked for")
    said = answer.value if isinstance(answer, Value) else None
    if said is None and presence(arrival.reading.text or "", arrival.context()) is False:
        said = []  # a bare "no" to all of them
    if said is None:
        return _asked_again(arrival, question)
    arrival.heard()
    ahead = _ahead(said, arrival.now)
    person = arrival.writer
    if ahead:
        changed = booked(arrival.chapter, person, call, ahead[0], arrival.now)
    elif call.meeting is None:
        changed = tried_again(person, call)
    else:
        changed = person
    _put(arrival, changed)
    is_stuck = call_of(changed, key) != call and not ahead and _closed(changed, key) == "stuck"
    return arrival.decision("held", "no time for a call was found in two rounds") if is_stuck else _applied(arrival)


def _asked_again(arrival: Arrival, question: Question) -> Decision:
    """The same times once more; what cannot be read a second time is for a human."""
    person, key = arrival.writer, f"{question.key}/unclear"
    if key in person.decided:
        return arrival.decision("held", "an answer to times for a call that could not be read")
    _put(arrival, replace(person, decided={**person.decided, key: arrival.now}))
    arrival.tell((), arrival.writer, unclear=(question,), at_once=True)
    arrival.heard()
    return _applied(arrival)


def _closed(person: Participant, key: str) -> str:
    call = call_of(person, key)
    return call.closed if call else ""


def _ahead(value: Sequence[dict[str, str]], now: datetime) -> list[datetime]:
    starts = (datetime.fromisoformat(slot["start"]) for slot in value)
    return [start for start in starts if start > now + SOON]


def calendar_answered(arrival: Arrival, reply: CalendarReply) -> Decision | None:
    """The answer of a calendar to a call, None where it is about none; a note beside it is read like any reply."""
    known = arrival.cohort.call(reply.uid)
    if known is None:
        return None
    owner, call = current(arrival, *known)
    meeting = call.meeting
    if meeting is None or arrival.writer.id not in call.people or not is_theirs(arrival, reply):
        return arrival.decision("held", "a calendar answer for somebody else than its sender")
    arrival.heard()
    if reply.method == "REFRESH":
        arrival.effects.extend(_invited_again(arrival, owner, call))
        return _applied(arrival)
    owner, call = current(arrival, owner, call)
    stamp = newest(meeting, arrival.writer, reply, arrival.now)
    if stamp is None:
        tell_of_new_time(arrival, owner, meeting, reply)
        return _applied(arrival)
    is_other = reply.method == "COUNTER"
    said = answered(meeting, arrival.writer, "DECLINED" if is_other else reply.partstat, stamp)
    _follow(arrival, owner, replace(call, meeting=said), reply.start if is_other else None)
    return noted(arrival, owner, reply, lambda text: _other_time(arrival, owner, call, text))


def current(arrival: Arrival, owner: Participant, call: Call) -> tuple[Participant, Call]:
    """The two as changed so far."""
    owner = arrival.cohort.participant(owner.id) or owner
    return owner, call_of(owner, call.key) or call


def answered_in_words(arrival: Arrival, letter: Letter, text: str) -> bool:
    """Whether plain words to the invitation of a call said that somebody comes, or not, or another time."""
    known = arrival.cohort.call(letter.uid)
    if known is None or known[1].meeting is None or arrival.writer.id not in known[1].people:
        return False
    arrival.heard()
    owner, call = current(arrival, *known)
    if _other_time(arrival, owner, call, text):
        return True
    comes = presence(text, arrival.context())
    meeting = call.meeting
    if comes is None or meeting is None:
        return False
    stamp = (meeting.sequence, arrival.now)
    said = answered(meeting, arrival.writer, "ACCEPTED" if comes else "DECLINED", stamp)
    _follow(arrival, owner, replace(call, meeting=said))
    return True


def _other_time(arrival: Arrival, owner: Participant, call: Call, text: str) -> bool:
    owner, call = current(arrival, owner, call)
    meeting = call.meeting
    start = proposed_start(text, arrival.context(), meeting.start) if meeting else None
    if meeting is None or start is None:
        return False
    said = answered(meeting, arrival.writer, "DECLINED", (meeting.sequence, arrival.now))
    _follow(arrival, owner, replace(call, meeting=said), start)
    return True


def _follow(arrival: Arrival, owner: Participant, call: Call, other: datetime | None = None) -> None:
    """A time that suits all as far as we know is taken; else a no brings three others beside the one that stands."""
    meeting = call.meeting
    if meeting is None or meeting.status != "invited":
        return
    # Some calendars propose the very time that they decline, or this very moment.
    sensible = other if other and other > arrival.now + SOON and other != meeting.start else None
    if sensible and suits_all(arrival.chapter, arrival.cohort, call, sensible):
        _put(arrival, booked(arrival.chapter, with_call(owner, call), call, sensible, arrival.now))
    elif meeting.partstats.get(arrival.writer.id) == "DECLINED":
        known = _refused(arrival, meeting, sensible) if sensible else meeting
        _put(arrival, with_call(owner, replace(call, meeting=known, rounds=call.rounds + 1, wanted=arrival.now)))
    else:
        _put(arrival, with_call(owner, call))


def _refused(arrival: Arrival, meeting: Meeting, start: datetime) -> Meeting:
    """The meeting where it was; the letter that tells its proposer follows from the record."""
    until = start + (meeting.end - meeting.start)
    return replace(meeting, refused=Counter(by=arrival.writer.id, start=start, end=until, at=arrival.now))


def _invited_again(arrival: Arrival, owner: Participant, call: Call) -> Iterator[Effect]:
    """The invitation once more, for a calendar that lost it (REFRESH, RFC 5546 §3.2.6)."""
    if call.meeting and call.meeting.status == "invited":
        key, to = f"{call.key}/refresh/{arrival.name}", arrival.writer.id
        again = Moment(at=arrival.now, kind="invite", key=key, stage=call.key, recipient=to, prompt=INVITATION)
        effect = call_effect(arrival.program, arrival.chapter, arrival.cohort, owner, again, arrival.now)
        yield from (effect,) if effect else ()


def _put(arrival: Arrival, person: Participant) -> None:
    """The person is due at once: the letters follow from the record."""
    arrival.cohort.put(replace(person, due=min(person.due, arrival.now) if person.due else arrival.now))


def _applied(arrival: Arrival) -> Decision:
    return arrival.decision("applied")
