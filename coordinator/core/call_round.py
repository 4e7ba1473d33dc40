"""The letters of calls between people who are no pair, one person's calls at a time."""

from coordinator.core.call_letters import call_effect
from coordinator.core.calls import call_moments, call_of, on_wall_times, tried_again
from coordinator.core.day import Day
from coordinator.core.frozen import replace
from coordinator.core.moments import LETTERS, Moment


def tell_of_calls(day: Day, id_: str) -> None:
    """The letters of somebody's calls, to all who are in them; what cannot go now is looked at tomorrow."""
    day.cohort.put(on_wall_times(day.person(id_), day.now))
    is_paused = day.person(id_).status == "paused"
    for moment in tuple(call_moments(day.program, day.chapter, day.person(id_))):
        if moment.at > day.now or (is_paused and moment.kind == "settle"):
            continue
        is_stale = moment.stale is not None and moment.stale <= day.now
        if moment.kind in LETTERS and not is_stale and not _is_said(day, id_, moment):
            continue
        owner = day.person(id_)
        if moment.kind == "settle" and (call := call_of(owner, moment.stage)):
            owner = tried_again(owner, call)
        day.cohort.put(replace(owner, decided={**owner.decided, moment.key: day.now}))


def _is_said(day: Day, owner: str, moment: Moment) -> bool:
    """Whether that was said, or need not be."""
    to = day.person(moment.recipient)
    if day.is_beyond(to.id, moment):
        return True
    opens = day.opens(to, cancels=moment.kind == "cancel")
    if opens is None or opens > day.now or (not moment.urgent and day.was_written_today(to)):
        return False
    effect = call_effect(day.program, day.chapter, day.cohort, day.person(owner), moment, day.now)
    if effect is not None:
        day.effects.append(effect)
        day.cohort.put(to if moment.urgent else replace(to, written=day.now))
    return True
