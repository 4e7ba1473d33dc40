"""What people answer about a call: a time that suits, or their calendar's yes or no."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.calls import TIMES, booked, call_of, tried_again, with_call
from coordinator.core.effects import Decision
from coordinator.core.meeting import Call, Meeting
from coordinator.core.reading import CalendarReply, Value
from coordinator.core.records import Letter, Participant
from coordinator.core.rsvp import answered, is_theirs, newest
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
        return arrival.decision("held", "an answer to times for a call that could not be read")
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


def _closed(person: Participant, key: str) -> str:
    call = call_of(person, key)
    return call.closed if call else ""


def _ahead(value: Sequence[dict[str, str]], now: datetime) -> list[datetime]:
    starts = (datetime.fromisoformat(slot["start"]) for slot in value)
    return [start for start in starts if start > now + SOON]


def calendar_answered(arrival: Arrival, reply: CalendarReply) -> Decision | None:
    """The answer of a calendar to a call, None where it is about none.

    Who proposes another time, or declines: the person is offered times once more, the others' answer stands.
    """
    known = arrival.cohort.call(reply.uid)
    if known is None:
        return None
    owner, call = known
    owner = arrival.cohort.participant(owner.id) or owner
    call = call_of(owner, call.key) or call
    meeting = call.meeting
    if meeting is None or arrival.writer.id not in call.people or not is_theirs(arrival, reply):
        return arrival.decision("held", "a calendar answer for somebody else than its sender")
    stamp = newest(meeting, arrival.writer, reply, arrival.now)
    if stamp is None:
        return arrival.decision("ignored")
    _noted(
        arrival, owner, call, answered(meeting, arrival.writer, reply.partstat, stamp), moves=reply.method == "COUNTER"
    )
    return _applied(arrival)


def answered_in_words(arrival: Arrival, uid: str, *, comes: bool) -> bool:
    """Whether these words answer the invitation to a call; "sorry, I cannot make it" is as good as a click."""
    known = arrival.cohort.call(uid)
    if known is None or known[1].meeting is None or arrival.writer.id not in known[1].people:
        return False
    meeting = known[1].meeting
    said = "ACCEPTED" if comes else "DECLINED"
    _noted(arrival, *known, answered(meeting, arrival.writer, said, (meeting.sequence, arrival.now)))
    return True


def _noted(arrival: Arrival, owner: Participant, call: Call, meeting: Meeting, *, moves: bool = False) -> None:
    """The call with an answer to it; who cannot come, or moves it, brings other times."""
    arrival.heard()
    owner, call = arrival.cohort.participant(owner.id) or owner, replace(call, meeting=meeting)
    is_off = moves or meeting.partstats.get(arrival.writer.id) == "DECLINED"
    _put(arrival, _sought_again(owner, call, arrival.now) if is_off else with_call(owner, call))


def _sought_again(owner: Participant, call: Call, now: datetime) -> Participant:
    """Other times are offered beside the one that stands; a pick moves it."""
    return with_call(owner, replace(call, rounds=call.rounds + 1, wanted=now))


def _put(arrival: Arrival, person: Participant) -> None:
    """The person is due at once: the letters follow from the record."""
    arrival.cohort.put(replace(person, due=min(person.due, arrival.now) if person.due else arrival.now))


def _applied(arrival: Arrival) -> Decision:
    return arrival.decision("applied")
