"""The two questions that are asked around sending: is a letter still wanted, and what follows once it was accepted."""

from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter, Decision
from coordinator.core.frozen import replace
from coordinator.core.overlay import Overlay
from coordinator.core.program import Program
from coordinator.core.records import Letter, Meeting, Participant
from coordinator.core.stages import moments
from coordinator.core.standing import R, holder, standing
from coordinator.core.where import Where

ALWAYS = ("help", "notice", "alert")
"""Purposes that reach people who asked for no more mail: the answer to their own call, and the coordinator."""

ANSWERS = ("receipt", "relay")
"""Purposes of what answers a mail that just came: it reaches somebody who has a break, too."""

AFTERWARDS = ("calendar", "receipt", "relay", "care")
"""Purposes that go on when a pairing has ended."""


def still_wanted(cohort: Cohort, letter: Letter, now: datetime) -> bool:
    """Whether a letter may still be sent, asked again at the moment of sending.

    False when its reader left, its pairing ended or changed hands, its meeting has begun, or all that it asks was
    answered meanwhile.
    """
    if letter.recipient == "coordinator":
        return True
    person = cohort.participant(letter.recipient)
    if person is None or letter.address not in person.addresses:
        return False
    if letter.purpose in ALWAYS:
        return True
    if not _may_reach(person, letter) or not _still_belongs(cohort, letter):
        return False
    return _is_timely(cohort, letter, now)


def _may_reach(person: Participant, letter: Letter) -> bool:
    """What is off is taken out of the calendar also of somebody who wants no more mail; who is paused just wrote."""
    if person.status in ("paused", "stopped") and is_cancellation(letter):
        return True
    return person.status == "active" or (person.status == "paused" and letter.purpose in ANSWERS)


def is_cancellation(letter: Letter) -> bool:
    """Whether it takes a meeting or a call out of its reader's calendar; its key says so."""
    return letter.purpose == "calendar" and not {"cancel", "removed"}.isdisjoint(letter.id.split("/"))


def _still_belongs(cohort: Cohort, letter: Letter) -> bool:
    """Whether the reader still has a part in each pairing that the letter tells of, and one, or a search, goes on."""
    if not letter.pairings or is_cancellation(letter) or _is_of_the_desk(letter):
        return True
    pairings = [p for p in map(cohort.pairing, letter.pairings) if p is not None]
    if any(p.role_of(letter.recipient) is None for p in pairings):
        return False
    still = (p for p in pairings if p.status != "ended" or letter.purpose in AFTERWARDS)
    if any(cohort.participant(name) for name in letter.pairings):
        return True
    searches = [m for m in map(cohort.match, letter.pairings) if m is not None]
    return any(p.role_of(letter.recipient) is not None for p in still) or any(
        letter.recipient in m.people and (m.state == "open" or letter.purpose == "receipt") for m in searches
    )


def _is_of_the_desk(letter: Letter) -> bool:
    """Whether it says what became of an advisor's own words, which may be that a pair is theirs no longer."""
    return letter.purpose == "receipt" and "answered" in letter.id.split("/")


def _is_timely(cohort: Cohort, letter: Letter, now: datetime) -> bool:
    if letter.purpose == "calendar" and letter.uid:
        meeting = _meeting(cohort, letter)
        is_there = meeting is not None and meeting.start > now
        says_more = bool(letter.questions or letter.told or len(letter.keys) > 1)
        return is_there and (says_more or not is_overtaken(cohort, letter))
    if letter.purpose == "nudge":
        return any(_is_open(cohort, letter, key) for key in letter.keys)
    return True


def is_overtaken(cohort: Cohort, letter: Letter) -> bool:
    """Whether it invites to what its reader was taken out of meanwhile: no REQUEST may follow a CANCEL of its UID."""
    meeting = _meeting(cohort, letter) if letter.uid and not is_cancellation(letter) else None
    return meeting is not None and (meeting.status == "cancelled" or letter.recipient in meeting.removed)


def _meeting(cohort: Cohort, letter: Letter) -> Meeting | None:
    known, call = cohort.meeting(letter.uid), cohort.call(letter.uid)
    return known[1] if known else call[1].meeting if call else None


def _is_open(cohort: Cohort, letter: Letter, key: str) -> bool:
    for id_ in ("", *letter.pairings):
        record = holder(cohort, id_, letter.recipient)
        asked = record.asked.get(key) if record else None
        if asked and not asked.closed and asked.fields:
            return True
    return False


def accepted(program: Program, chapter: Chapter, cohort: Cohort, letter: Letter, at: datetime) -> Decision:
    """What follows when a letter was accepted for sending: from now on silence counts."""
    overlay = Overlay(cohort)
    for id_ in ("", *letter.pairings):
        record = holder(overlay, id_, letter.recipient)
        if record:
            changed = _with_sent(record, letter, at)
            if changed != record:
                where = standing(program, chapter, overlay, changed)
                overlay.put(replace(changed, due=_earlier(_next_of(where, letter), changed.due)))
    return Decision(changes=overlay.changes())


def _next_of(where: Where, letter: Letter) -> datetime | None:
    """When the prompts of that letter are next due: reminders, and the end of waiting."""
    stages = {asked.stage for key, asked in where.record.asked.items() if key in letter.keys}
    return min((m.at for m in moments(where, stages=stages) if m.asked in letter.keys), default=None)


def _earlier(new: datetime | None, old: datetime | None) -> datetime | None:
    """Never later than what was already planned, which may know of a deferral."""
    return min((d for d in (new, old) if d), default=None)


def _with_sent(record: R, letter: Letter, at: datetime) -> R:
    asked = dict(record.asked)
    for key in letter.keys:
        if key in asked and asked[key].sent is None:
            asked[key] = replace(asked[key], sent=at)
    return replace(record, asked=asked) if asked != record.asked else record
