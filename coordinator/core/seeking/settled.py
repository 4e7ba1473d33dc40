"""What a search does silently when its time has come: it begins, finds candidates, lets a request expire, ends."""

from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.moments import Moment
from coordinator.core.overlay import Living, Overlay
from coordinator.core.program import Stage
from coordinator.core.records import Match, Participant
from coordinator.core.seeking.due import advisors_for
from coordinator.core.seeking.finding import found, noted, with_candidate
from coordinator.core.seeking.forming import CHOSEN, LED, withdrawn
from coordinator.core.standing import decided
from coordinator.core.where import Where

MOST = 3
"""Candidates at once."""


def begun(where: Where, moment: Moment, overlay: Overlay, now: datetime) -> Living:
    """A mentee's search; the record of the mentee stays as it is."""
    person = where.record
    assert isinstance(person, Participant)
    stage = where.program.stage(moment.stage)
    overlay.put(opened(where, stage, person, overlay, now))
    for advisor in overlay.pool("advisor"):
        if advisor.due is None:  # from now on there is something for their summary to tell
            overlay.put(replace(advisor, due=now))
    return person


def opened(where: Where, stage: Stage, mentee: Participant, overlay: Overlay, now: datetime) -> Match:
    mode = str(stage.options.get("mode") or CHOSEN)
    return Match(
        id=overlay.fresh_id("m"),
        mentee=mentee.id,
        mode=mode,
        opened=now,
        advisors=advisors_for(where, stage, mentee.id) if mode == LED or stage.options.get("advisors") else (),
        due=now,
    )


def listed(where: Where, moment: Moment, overlay: Overlay, now: datetime) -> Living:
    """Candidates, as they are at this instant; for an advisor also when there is nobody."""
    match = _match(where)
    mentee = overlay.participant(match.mentee)
    if mentee is None:
        return match
    reader = overlay.participant(match.advisors[0]) if match.advisors and match.mode == LED else mentee
    language = (reader.language if reader else "") or where.chapter.language
    most = int(where.program.stage(moment.stage).options.get("most") or MOST)
    for candidate in found(where.program, overlay, match, mentee, language, now, most):
        match = with_candidate(match, candidate)
    if not any(c.state == "shown" for c in match.candidates) and moment.key != f"{match.id}/shortlist/0":
        match = decided(match, f"{match.id}/nobody/{moment.key.rpartition('/')[2]}", now)
    return match


def expired(where: Where, moment: Moment, _overlay: Overlay, now: datetime) -> Living:
    """No answer by its day: kindly over, and the next one is offered."""
    match = _match(where)
    number = int(moment.key.split("/")[2])
    candidate = match.candidate(number)
    if candidate is None or candidate.state not in ("asked", "yes"):
        return match
    match = with_candidate(match, replace(candidate, state="expired", since=now))
    asked = {k: replace(a, closed=a.closed or now) for k, a in match.asked.items() if _about(k, number)}
    return noted(replace(match, asked={**match.asked, **asked}), now, "program", f"expired {number}")


def _about(key: str, number: int) -> bool:
    parts = key.split("/")
    return parts[1] in ("request", "brief", "proposal", "confirm", "spoken") and parts[2] == str(number)


def left(where: Where, moment: Moment, _overlay: Overlay, now: datetime) -> Living:
    """A candidate who stopped or cannot be reached any more."""
    match = _match(where)
    candidate = match.candidate(int(moment.key.rpartition("/")[2]))
    return with_candidate(match, replace(candidate, state="gone", since=now)) if candidate else match


def ended(where: Where, _moment: Moment, _overlay: Overlay, now: datetime) -> Living:
    return withdrawn(_match(where), now, "program", "nobody to search for")


def _match(where: Where) -> Match:
    assert isinstance(where.record, Match)
    return where.record
