"""The note beside a calendar answer: read like any reply, for the meeting or call that it stands under."""

from collections.abc import Callable

from coordinator.core.arrival import Arrival
from coordinator.core.effects import Decision
from coordinator.core.endings.weary import asked_what_helps
from coordinator.core.frozen import replace
from coordinator.core.identify import Verdict
from coordinator.core.orders import obeyed
from coordinator.core.other_times import free_ranges
from coordinator.core.overlay import Living
from coordinator.core.pleas.asking import asked_for_help, heard_of_danger
from coordinator.core.reading import CalendarReply
from coordinator.core.records import Pairing
from coordinator.core.spoken import keep
from coordinator.core.voices import asked_to_stop


def noted(arrival: Arrival, about: Living, reply: CalendarReply, other_time: Callable[[str], bool]) -> Decision:
    """Commands are obeyed, another time is put to the others, hours are kept; an open question goes to a human.

    about: whose meeting or call it is. other_time: follows another time that the words name, if there is one.
    """
    names = {command.name for command in arrival.reading.commands}
    if "stop" in names:
        asked_to_stop(arrival)
        return arrival.decision("applied")
    speaking = replace(arrival, reading=replace(arrival.reading, text=reply.comment))
    if "help" in names:
        asked_for_help(speaking)
    elif reply.comment:
        heard_of_danger(speaking)
    # Only who was invited knows the UID, so that it proves as much as an answer to the letter itself.
    done, undone = obeyed(replace(arrival, verdict=Verdict(action="apply")))
    if done:
        arrival.tell(done, about)
    taken = _about_time(arrival, reply, other_time)
    weary = asked_what_helps(speaking, about if isinstance(about, Pairing) else None, reply.comment)
    if undone or weary:
        return arrival.decision("held", undone[0] if undone else weary or "")
    if "?" in reply.comment and not (taken or done or names or reply.method == "COUNTER"):
        return arrival.decision("held", "the note beside a calendar answer asks something")
    return arrival.decision("applied")


def _about_time(arrival: Arrival, reply: CalendarReply, other_time: Callable[[str], bool]) -> bool:
    """A note under a yes names no other time: "looking forward to Thursday"."""
    if reply.method != "REPLY" or not reply.comment or reply.partstat == "ACCEPTED":
        return False
    ranges = free_ranges(reply.comment, arrival.context())
    if ranges:
        keep(arrival, ranges)
        return True
    return other_time(reply.comment)
