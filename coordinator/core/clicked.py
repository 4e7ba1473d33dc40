"""What somebody clicked in their calendar: a yes, a no, another time, or that the invitation got lost."""

from collections.abc import Iterator

from coordinator.core.arrival import Arrival
from coordinator.core.booking import meeting_of
from coordinator.core.call_answers import calendar_answered
from coordinator.core.compose import letter_effect, part
from coordinator.core.counters import for_everybody
from coordinator.core.effects import Decision, Effect
from coordinator.core.frozen import replace
from coordinator.core.moments import Moment
from coordinator.core.noted import noted
from coordinator.core.reading import CalendarReply
from coordinator.core.records import Meeting, Pairing
from coordinator.core.rsvp import counted, is_theirs, newest, tell_of_new_time
from coordinator.core.spoken import propose, suggest
from coordinator.core.together import tell_both

SOMEBODY_ELSE = (
    "a calendar answer to a meeting of ours from an address that is not registered – an alias, an assistant?"
)


def clicked(arrival: Arrival, reply: CalendarReply) -> Decision:
    """The decision about the answer of a calendar to an invitation of ours, or to none."""
    meeting = arrival.cohort.meeting(reply.uid)
    if arrival.found.writer is None and _is_for_somebody(arrival, reply):
        return arrival.decision("held", SOMEBODY_ELSE)
    if arrival.found.writer is None or arrival.verdict.action == "quarantine":
        return arrival.decision("quarantined", "a calendar answer from an address that nobody registered")
    if meeting is None:
        about_call = calendar_answered(arrival, reply)
        return about_call or arrival.decision("held", "a calendar answer to a meeting that is not ours")
    pairing, known = meeting
    is_one_of_them = pairing.role_of(arrival.writer.id) in ("mentor", "mentee")
    if not is_one_of_them or not is_theirs(arrival, reply) or arrival.verdict.action in ("hold", "late"):
        return arrival.decision("held", "a calendar answer for somebody else than its sender")
    return _heard_of_meeting(arrival, arrival.cohort.pairing(pairing.id) or pairing, known, reply)


def _is_for_somebody(arrival: Arrival, reply: CalendarReply) -> bool:
    """Whether a stranger answers an invitation of ours: an alias, or an assistant, may know its UID."""
    sender = arrival.reading.envelope.sender
    is_ours = arrival.cohort.meeting(reply.uid) or arrival.cohort.call(reply.uid)
    return bool(is_ours and sender and sender != arrival.chapter.address.casefold())


def _heard_of_meeting(arrival: Arrival, current: Pairing, known: Meeting, reply: CalendarReply) -> Decision:
    """The answer of one of the two: sent again, too late, another time, or what they said."""
    arrival.heard()
    if reply.method == "REFRESH":
        arrival.effects.extend(_invited_again(arrival, current, known))
        return arrival.decision("applied")
    if newest(known, arrival.writer, reply, arrival.now) is None:
        tell_of_new_time(arrival, current, known, reply)
        return arrival.decision("applied")
    is_put = reply.method == "COUNTER" and _countered(arrival, current, known, reply)
    if not is_put:
        said = replace(reply, partstat="DECLINED") if reply.method == "COUNTER" else reply
        heard = counted(current, known, arrival.writer, said, arrival.now)
        arrival.put(for_everybody(heard, known, arrival.writer.id, reply, arrival.now))
        tell_both(arrival, current, known)
    return noted(arrival, current, reply, lambda text: _other_time(arrival, current, known, reply, text))


def _other_time(arrival: Arrival, pairing: Pairing, meeting: Meeting, reply: CalendarReply, text: str) -> bool:
    current = arrival.cohort.pairing(pairing.id) or pairing
    comes = reply.partstat != "DECLINED"
    return propose(arrival, current, meeting_of(current, meeting.ordinal), text, said=comes, at=reply.stamp)


def _countered(arrival: Arrival, pairing: Pairing, meeting: Meeting, reply: CalendarReply) -> bool:
    """Whether the proposal of a calendar was taken or is put to the other (RFC 5546 §3.2.7)."""
    if reply.start is None:
        return False
    comes = reply.partstat != "DECLINED"
    return suggest(arrival, pairing, meeting, reply.start, reply.end, comes=comes, at=reply.stamp)


def _invited_again(arrival: Arrival, pairing: Pairing, meeting: Meeting) -> Iterator[Effect]:
    """The invitation once more, for a calendar that lost it (REFRESH, RFC 5546 §3.2.6)."""
    where = arrival.situation(pairing)
    for stage in arrival.program.stages:
        if stage.kind == "meetings" and meeting.status == "invited":
            moment = Moment(
                at=arrival.now,
                kind="invite",
                key=f"{pairing.id}/refresh/{meeting.ordinal}/{arrival.name}",
                stage=stage.id,
                pairing=pairing.id,
                recipient=arrival.writer.id,
                prompt=str(stage.options["invitation"]),
                ordinal=meeting.ordinal,
            )
            once = part(where, moment, arrival.now)
            yield letter_effect(arrival.chapter, arrival.writer, (once,), (), arrival.now)
