"""What a letter may say about a meeting: in words, on the reader's clock, and what is the matter with it."""

from datetime import datetime, timedelta
from typing import Any

from coordinator.core.hours import when
from coordinator.core.moments import Situation
from coordinator.core.places import in_person_due, number_of
from coordinator.core.postponed import postponements
from coordinator.core.records import Meeting, Participant
from coordinator.core.stages.moving import is_unanswered


def described(where: Situation, meeting: Meeting, me: Participant) -> dict[str, Any]:
    """A meeting in words, on the reader's clock and on the other's."""
    zone = where.zone_of(me.id)
    language = me.language or where.chapter.language
    other = zone
    if where.pairing.role_of(me.id) in ("mentor", "mentee"):
        other = where.zone_of(where.pairing.partner_of(me.id))
    return {
        "when": when(meeting.start, zone, language),
        "other_when": when(meeting.start, other, language),
        "same_clock": zone == other,
        "place": meeting.place,
        "title": meeting.title,
        "ordinal": number_of(where.pairing, meeting),
        "minutes": int((meeting.end - meeting.start).total_seconds() // 60),
        "said": meeting.partstats.get(me.id, ""),
        "moved": meeting.sequence > 0 and not meeting.shortened,
        "unanswered": is_unanswered(meeting),
        "shortened": meeting.shortened,
        "instead": _instead(where, meeting, me),
        "alone": _is_alone(where, me),
        "goes_on": _goes_on(where) and meeting.start < where.last_day + timedelta(days=1),
    }


def _goes_on(where: Situation) -> bool:
    """Whether the two may still want another time: neither has left, and the pairing is not at its end."""
    is_over = where.pairing.status == "ended" or where.pairing.ending
    pair = (where.pairing.mentee, where.pairing.mentor)
    return not is_over and all(where.person(id_).status in ("active", "paused") for id_ in pair)


def _is_alone(where: Situation, me: Participant) -> bool:
    """Whether the other of the two has left."""
    others = {where.pairing.mentor, where.pairing.mentee} - {me.id}
    return any(where.person(id_).status not in ("active", "paused") for id_ in others)


def _instead(where: Situation, meeting: Meeting, me: Participant) -> str:
    """When they meet in place of a meeting of ours, by an arrangement of their own."""
    theirs = [m for m in where.meetings if m.organizer and m.kind == "meeting" and m.ordinal > meeting.ordinal]
    if meeting.status != "cancelled" or not theirs:
        return ""
    return when(theirs[0].start, where.zone_of(me.id), me.language or where.chapter.language)


def about_change(where: Situation, meeting: Meeting | None, me: Participant) -> dict[str, Any]:
    """A time that was proposed, how often they put it off, and whether it is time to meet in one room again."""
    plain: dict[str, Any] = {"proposed": "", "put_off": postponements(where.pairing), "in_person": False}
    if meeting is None:
        return plain
    said = meeting.counter or meeting.refused
    if said:
        plain["proposed"] = when(said.start, where.zone_of(me.id), me.language or where.chapter.language)
    after = _virtual_after(where)
    plain["in_person"] = bool(after) and in_person_due(where.pairing, meeting, where.program.words, after)
    return plain


def _virtual_after(where: Situation) -> int:
    stages = (stage for stage in where.program.stages if stage.kind == "meetings")
    return next((int(stage.options.get("in_person_after") or 0) for stage in stages), 0)


def coming_event(where: Situation, me: Participant, after: datetime | None) -> str:
    """The next thing that the two could go to together, as "Conversation circle, Tue 14 April 2026, 12:00 (Berlin)"."""
    later = (event for event in where.chapter.events if after and event.start > after)
    event = min(later, key=lambda event: event.start, default=None)
    language = me.language or where.chapter.language
    return f"{event.title}, {when(event.start, where.zone_of(me.id), language)}" if event else ""
