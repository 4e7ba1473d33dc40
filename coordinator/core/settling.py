"""What is settled in a pairing without a word when its time has come: one small function for each silent kind."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from coordinator.core.agreement.drawn import drawn
from coordinator.core.booking import added, booked, called_off, meeting_of, on_its_wall_time, with_meeting
from coordinator.core.checking_in import called
from coordinator.core.counters import refused
from coordinator.core.endings.early import ended_early, ended_today
from coordinator.core.endings.renewing import renewed
from coordinator.core.frozen import replace
from coordinator.core.joining.seats import reopened
from coordinator.core.moments import Moment, Situation
from coordinator.core.overlay import Overlay
from coordinator.core.phases import entered
from coordinator.core.places import place_for, regular
from coordinator.core.records import Pairing
from coordinator.core.seeking.forming import goes_on
from coordinator.core.shorter import met_short
from coordinator.core.stages.ahead import offered
from coordinator.core.stages.events import announced, entry_of, is_in_the_way
from coordinator.core.stages.gathering import gathered
from coordinator.core.stages.talks import LENGTHS, notice
from coordinator.core.standing import closed
from coordinator.core.walls import wall

Settle = Callable[[Situation, Moment, Overlay, datetime], Pairing]


def settled(where: Situation, moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    """The pairing as it is from then on; what else follows is put into the overlay. KeyError for an unknown kind."""
    return SETTLED[moment.kind](where, moment, overlay, now)


def _booked(where: Situation, _moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    return booked(where, now)


def _entered(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    return entered(where.pairing, moment.ordinal, now)


def _closed(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    return closed(where.pairing, moment.asked, now)


def _ended(where: Situation, _moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    """Who waits for somebody new, or asked for it since the last day, is looked for from now on."""
    mentee = overlay.participant(where.pairing.mentee)
    if mentee and not any(goes_on(p) for p in _others(where, overlay)):
        overlay.put(replace(reopened(mentee, now) if mentee.waiting_since else mentee, due=now))
    return replace(where.pairing, status="ended", ended=now)


def _others(where: Situation, overlay: Overlay) -> Iterator[Pairing]:
    """Pairings in which this mentee is with somebody else."""
    mentee = where.pairing.mentee
    return (p for p in overlay.pairings_of(mentee) if p.mentee == mentee and p.id != where.pairing.id)


def _renewed(where: Situation, _moment: Moment, _overlay: Overlay, _now: datetime) -> Pairing:
    return renewed(where)


def _left(where: Situation, _moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    return ended_early(where, overlay, "left", now)


def _parted(where: Situation, moment: Moment, overlay: Overlay, now: datetime) -> Pairing:
    return ended_early(replace(where, pairing=closed(where.pairing, moment.asked, now)), overlay, "asked", now)


def _over(where: Situation, _moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    """Nobody decided until its last day: it ends as it would have, and the mentee is asked about somebody new."""
    return ended_today(where, "asked", now)


def _wait(where: Situation, _moment: Moment, _overlay: Overlay, _now: datetime) -> Pairing:
    return where.pairing


def _drawn(where: Situation, _moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    return drawn(where, now)


def _rezoned(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    """Only what is still ahead is issued again."""
    meeting = meeting_of(where.pairing, moment.ordinal)
    return on_its_wall_time(where.pairing, moment.ordinal, now) if meeting.start > now else where.pairing


def _behind(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    meeting = meeting_of(where.pairing, moment.ordinal)
    return called_off(where.pairing, moment.ordinal, now) if meeting.start > now else where.pairing


def _lapsed(where: Situation, moment: Moment, _overlay: Overlay, _now: datetime) -> Pairing:
    """Nobody answered a proposal, or the letter could not go in time: the meeting stays where it was."""
    has_counter = meeting_of(where.pairing, moment.ordinal).counter is not None
    return refused(where.pairing, moment.ordinal) if has_counter else where.pairing


def _kept(where: Situation, moment: Moment, _overlay: Overlay, _now: datetime) -> Pairing:
    return met_short(where.pairing, moment.ordinal)


def _event(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    """Into both calendars, unless one of the two has something else then; that it was left out is remembered."""
    event = announced(where, moment.stage)
    if event is None or event.start <= now or is_in_the_way(where, event):
        return where.pairing
    at = wall(event.start, event.timezone)
    return added(where, now, kind="event", event=event.id, wall=at, **entry_of(event))


def _event_changed(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    """Everybody hears what holds now, and is asked anew where the time is another; what is over stays as it was."""
    meeting, event = meeting_of(where.pairing, moment.ordinal), announced(where, moment.stage)
    if meeting.start <= now:
        return where.pairing
    if event is None or event.start <= now:
        return called_off(where.pairing, moment.ordinal, now)
    at, more = wall(event.start, event.timezone), {}
    if (event.start, event.end) != (meeting.start, meeting.end):
        more = {"partstats": dict.fromkeys(meeting.partstats, "NEEDS-ACTION"), "stamps": {}}
    changed = {**entry_of(event), "wall": at, "sequence": meeting.sequence + 1, "booked": now, **more}
    return with_meeting(where.pairing, moment.ordinal, **changed)


def _talk(where: Situation, moment: Moment, _overlay: Overlay, now: datetime) -> Pairing:
    """At the first common time; none for a day that is over."""
    ahead = notice(moment, now)
    times = offered(where, now, days=ahead.days) if ahead else ()
    if not times:
        return where.pairing
    start, number = times[0][0], len(regular(where.pairing)) + 1
    place = place_for(where.pairing, number, where.program.words, where.chapter.language)
    end = start + LENGTHS[moment.stage]
    return added(where, now, start=start, end=end, kind=moment.stage, place=place)


SETTLED: Mapping[str, Settle] = {
    "call": called,
    "book": _booked,
    "close": _closed,
    "phase": _entered,
    "draw": _drawn,
    "end": _ended,
    "renew": _renewed,
    "leave": _left,
    "part": _parted,
    "over": _over,
    "wait": _wait,
    "rezone": _rezoned,
    "behind": _behind,
    "lapse": _lapsed,
    "kept": _kept,
    "event": _event,
    "event-changed": _event_changed,
    "gather": gathered,
    "talk": _talk,
}
"""Kind of moment → what it does."""
