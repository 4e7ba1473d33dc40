"""What follows when a meeting does not suit: another time proposed, times offered, or kept short instead of missed."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from coordinator.core.moments import Moment, Situation
from coordinator.core.postponed import OFFER_FROM, TELL_FROM, postponements
from coordinator.core.program import Stage
from coordinator.core.records import Meeting
from coordinator.core.stages.asking import asking, key_of
from coordinator.core.walls import agreed_start

ANSWER_WITHIN = timedelta(days=4)
"""How long the other may think about a proposed time; then the meeting stays where it was."""
ROUNDS = TELL_FROM - 1
"""Postponements after which no more times are offered: a human helps."""


def is_unanswered(meeting: Meeting) -> bool:
    """Whether nobody has said anything about it, by calendar or in words."""
    said = set(meeting.partstats.values())
    return meeting.status == "invited" and said == {"NEEDS-ACTION"} and not meeting.shortened and not meeting.organizer


def changing(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The letters about a change, and what is settled silently when nobody says more."""
    yield from _short_one_over(where, stage, meeting)
    yield from _refusal(where, stage, meeting)
    is_ours = meeting.status == "invited" and not meeting.organizer
    if is_ours:
        yield from _new_rules(where, stage, meeting)
    if meeting.kind == "event":
        return
    if is_ours:
        yield from _behind_the_end(where, stage, meeting)
    if is_ours:
        yield from _proposal(where, stage, meeting) if meeting.counter else _declined(where, stage, meeting)
    elif meeting.status == "cancelled" and meeting.organizer:
        yield from _theirs_is_off(where, stage, meeting)


def _declined(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """One mail to each: the mentee is offered other times, both the shorter ways; once for each SEQUENCE."""
    said = meeting.partstats.items()
    declined = [meeting.stamps[p][1] for p, word in said if word == "DECLINED" and p in meeting.stamps]
    if not declined or meeting.shortened or "moved" not in where.program.prompts:
        return
    for person, prompt, key in _offers(where, meeting):
        yield from asking(where, stage, key, prompt, person, max(declined), meeting, meeting.start)


def _offers(where: Situation, meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    """(person, prompt, key) of each: plain at first, then the shorter way before all, at last without more times."""
    times, pairing = postponements(where.pairing), where.pairing
    is_known = "shorter" in where.program.prompts
    first = "moved" if times < OFFER_FROM or not is_known else "shorter" if times >= ROUNDS else "shorter-or-moved"
    yield pairing.mentee, first, key_of(where, "move", meeting, meeting.sequence)
    if is_known:
        yield pairing.mentor, "shorter", key_of(where, "shorter", meeting, meeting.sequence)


def _proposal(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The other is asked about a proposed time; silence leaves the meeting where it is."""
    counter = meeting.counter
    if counter is None or "counter" not in where.program.prompts:
        return
    other = where.pairing.partner_of(counter.by)
    key = key_of(where, "counter", meeting, meeting.sequence, *counter.name)
    last = min(counter.start, meeting.start) - timedelta(hours=1)
    if where.asked(key) is None:
        yield from asking(where, stage, key, "counter", other, counter.at, meeting, last, urgent=True)
    yield Moment(
        at=max(counter.at, min(counter.at + ANSWER_WITHIN, last)),
        kind="lapse",
        key=f"{key}/lapsed",
        stage=stage.id,
        pairing=where.pairing.id,
        ordinal=meeting.ordinal,
    )


def _refusal(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """Who proposed another time hears that it does not suit, in a sentence and for the calendar (DECLINECOUNTER)."""
    refused = meeting.refused
    if refused is None or "counter-declined" not in where.program.prompts:
        return
    yield Moment(
        at=refused.at,
        kind="refuse",
        key=key_of(where, "refused", meeting, *refused.name),
        stage=stage.id,
        pairing=where.pairing.id,
        recipient=refused.by,
        prompt="counter-declined",
        stale=meeting.start,
        ordinal=meeting.ordinal,
        urgent=True,
    )


def _theirs_is_off(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """A meeting that they had arranged themselves was called off: the mentee is offered times again."""
    is_last = meeting.ordinal == max(m.ordinal for m in where.meetings)
    if is_last and meeting.kind == "meeting" and "again" in where.program.prompts:
        key = key_of(where, "move", meeting, "again")
        stale = meeting.booked + timedelta(days=14)
        yield from asking(where, stage, key, "again", where.pairing.mentee, meeting.booked, meeting, stale)


def _new_rules(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """A government changed the zone's rules: the wall time stays, so the instant moves (settled at once)."""
    start = agreed_start(meeting)
    if start != meeting.start:
        yield Moment(
            at=meeting.booked,
            kind="rezone",
            key=key_of(where, "rezone", meeting, f"{start.astimezone(UTC):%Y%m%dT%H%MZ}"),
            stage=stage.id,
            pairing=where.pairing.id,
            ordinal=meeting.ordinal,
        )


def _behind_the_end(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """The end was moved before it: it leaves both calendars. What the two put off until later themselves stays."""
    if meeting.start >= where.last_day + timedelta(days=1) and not meeting.postponed:
        yield Moment(
            at=meeting.booked,
            kind="behind",
            key=key_of(where, "behind", meeting),
            stage=stage.id,
            pairing=where.pairing.id,
            ordinal=meeting.ordinal,
        )


def _short_one_over(where: Situation, stage: Stage, meeting: Meeting) -> Iterator[Moment]:
    """What both wanted short counts as met once it is over."""
    if meeting.shortened and meeting.status in ("invited", "cancelled"):
        yield Moment(
            at=meeting.end,
            kind="kept",
            key=key_of(where, "kept", meeting),
            stage=stage.id,
            pairing=where.pairing.id,
            ordinal=meeting.ordinal,
        )
