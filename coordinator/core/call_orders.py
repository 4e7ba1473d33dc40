"""What people write below a letter about a call that is meant for the call, and not for the meetings of their pair."""

from coordinator.core.arrival import Arrival
from coordinator.core.calls import TIMES, call_of, with_call
from coordinator.core.frozen import replace
from coordinator.core.meeting import Call
from coordinator.core.records import Letter, Participant

LONGEST_PLACE = 200


def placed(arrival: Arrival, letter: Letter) -> tuple[Arrival, tuple[str, ...]]:
    """`place: …` put into the call's entry: (the message without it, what to tell its writer)."""
    found = _call_of(arrival, letter)
    commands = [command for command in arrival.reading.commands if command.name == "place"]
    if found is None or not commands:
        return arrival, ()
    owner, call = found
    place = " ".join(str(commands[-1].args.get("place", "")).split())[:LONGEST_PLACE]
    meeting = replace(call.meeting, place=place) if call.meeting else None
    call = replace(call, meeting=meeting) if meeting else replace(call, place=place)
    arrival.cohort.put(replace(with_call(owner, call), due=arrival.now))
    others = tuple(command for command in arrival.reading.commands if command.name != "place")
    without = replace(arrival, reading=replace(arrival.reading, commands=others))
    return without, (" ".join(commands[-1].words.split()),)


def _call_of(arrival: Arrival, letter: Letter) -> tuple[Participant, Call] | None:
    """The call to come that a letter invites to or offers times for, as changed so far, with whoever holds it."""
    known = arrival.cohort.call(letter.uid) if letter.uid else None
    owner = known[0] if known else arrival.writer
    keys = [q.key.rpartition("/times/")[0] for q in letter.questions if q.prompt == TIMES]
    owner = arrival.cohort.participant(owner.id) or owner
    call = call_of(owner, known[1].key if known else keys[0] if keys else "")
    is_open = call is not None and not call.closed and arrival.writer.id in call.people
    is_ahead = call is not None and (call.meeting is None or call.meeting.start > arrival.now)
    return (owner, call) if call and is_open and is_ahead else None
