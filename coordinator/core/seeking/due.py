"""What a search makes due: gates put to advisors, candidates shown, mentors asked, and what silence means."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.calls import call_of
from coordinator.core.joining.due import is_more_due, reviewers
from coordinator.core.joining.forms import MORE
from coordinator.core.moments import Moment, nudges
from coordinator.core.program import Stage
from coordinator.core.records import Candidate, Match
from coordinator.core.seeking.finding import WAIVED
from coordinator.core.seeking.forming import CHOSEN, FOUND, LED, goes_on
from coordinator.core.where import Alone, Search, Where

LOOK_AGAIN = (timedelta(days=1), timedelta(days=7))
"""When nobody fits, how long until everybody is looked at anew: at first, and after two weeks of it."""
WAIT_FOR_MORE = timedelta(days=3)
"""How long a search waits for what may be said besides the first form."""
CALL_BY_WORDS = timedelta(days=4)
"""When no time was found for the call, the advisor is asked by then how it went."""
EXPIRES = timedelta(days=7)
LIVE = ("shown", "asked", "yes")
GONE = ("stopped", "unreachable")


def seeking(where: Alone, stage: Stage) -> Iterator[Moment]:
    """An open seat of a mentee begins a search, once what they may add had its time."""
    person = where.participant
    seat = person.seat("mentee")
    if seat is None or seat.state != "open" or person.consent is None or is_more_due(where, "mentee"):
        return
    if any(m.mentee == person.id and m.state == "open" for m in where.cohort.matches_of(person.id)):
        return
    if person.status == "paused" or any(
        goes_on(p) for p in where.cohort.pairings_of(person.id) if p.mentee == person.id
    ):
        return
    number = sum(1 for key in person.decided if "/search/" in key)
    at = max(seat.since, _more_is_done(where))
    yield Moment(at=at, kind="search", key=f"{person.id}/search/{number}", stage=stage.id)


def _more_is_done(where: Alone) -> datetime:
    person = where.participant
    key = f"{person.id}/more/mentee"
    asked = where.asked(key)
    if asked is None or MORE["mentee"] not in where.program.prompts:
        return max(s.since for s in person.seats)
    if asked.closed or (person.answered and person.answered > asked.at):
        return asked.at
    return asked.at + WAIT_FOR_MORE


def searching(where: Search, stage: Stage) -> Iterator[Moment]:
    """Everything of one search that is not decided yet."""
    match = where.match
    if where.person(match.mentee).status in GONE:
        yield _silent(where, stage, "withdraw", "withdraw", match.opened)
        return
    for candidate in match.candidates:
        if candidate.state in LIVE and where.person(candidate.mentor).status in GONE:
            yield _silent(where, stage, "gone", f"gone/{candidate.number}", match.opened)
    kinds = {LED: _led, CHOSEN: _chosen, FOUND: _found}
    yield from kinds[match.mode](where, stage)


def _led(where: Search, stage: Stage) -> Iterator[Moment]:
    match = where.match
    reviewed, spoken = match.gates.get("reviewed"), match.gates.get("spoken")
    if reviewed is None:
        yield from _gate(where, stage, "profile", "gate-profile", match.opened)
    elif spoken is None:
        yield from _call(where, stage, reviewed)
    elif live := [c for c in match.candidates if c.state in ("asked", "yes")]:
        yield from _asked_or_yes(where, stage, live[0])
    else:
        yield from _shortlist(where, stage, spoken)
        if _rounds(match) and not _is_empty_again(match):
            since = match.decided[f"{match.id}/shortlist/{_rounds(match) - 1}"]
            at = max((since, *(c.since for c in match.candidates if c.since)))
            yield from _gate(where, stage, f"candidates/{_rounds(match)}-{_over(match)}", "gate-candidates", at)


def _is_empty_again(match: Match) -> bool:
    """Nobody new to show, and the advisor was told so before."""
    nobody = not any(c.state == "shown" for c in match.candidates)
    was_told = any(key.startswith(f"{match.id}/candidates/") for key in match.asked)
    return nobody and was_told and any(key.startswith(f"{match.id}/nobody/") for key in match.decided)


def _call(where: Search, stage: Stage, reviewed: datetime) -> Iterator[Moment]:
    """After the call, or after a while without a time for one, the advisors are asked how it was."""
    match = where.match
    number = (match.decided and sum(1 for k in match.decided if k.startswith(f"{match.id}/again/"))) or 0
    call = call_of(where.person(match.mentee), f"{match.id}/goals/{number}")
    at = max((reviewed, *(t for k, t in match.decided.items() if k.startswith(f"{match.id}/again/")))) + CALL_BY_WORDS
    if call and call.meeting and call.meeting.status == "invited":
        at = call.meeting.end
    yield from _gate(where, stage, f"call/{number}", "gate-call", at)


def _gate(where: Search, stage: Stage, part: str, prompt: str, at: datetime) -> Iterator[Moment]:
    """The same question to each advisor of the search; the first answer passes the gate for all."""
    for advisor in where.match.advisors:
        key = f"{where.match.id}/{part}/{advisor}"
        asked = where.asked(key)
        if asked:
            yield from nudges(where, stage, asked)
        else:
            yield _ask(where, stage, key, prompt, advisor, at)


def _asked_or_yes(where: Search, stage: Stage, candidate: Candidate) -> Iterator[Moment]:
    match, since = where.match, candidate.since or where.match.opened
    if candidate.state == "asked":
        yield from _request(where, stage, candidate, f"brief/{candidate.number}", "brief-mentor", candidate.mentor)
    elif not candidate.spoken:
        yield from _gate(where, stage, f"spoken/{candidate.number}", "gate-spoken", since)
    else:
        yield from _request(where, stage, candidate, f"proposal/{candidate.number}", "proposal-mentee", match.mentee)


def _request(where: Search, stage: Stage, candidate: Candidate, part: str, prompt: str, to: str) -> Iterator[Moment]:
    """A question with an answer by a day: a reminder on the way, and then it expires."""
    key = f"{where.match.id}/{part}"
    asked = where.asked(key)
    if asked is None:
        yield _ask(where, stage, key, prompt, to, candidate.since or where.match.opened, urgent=True)
        return
    yield from nudges(where, stage, asked)
    if asked.sent and not asked.closed:
        at = asked.sent + (stage.closes or EXPIRES)
        yield _silent(where, stage, "expire", f"expired/{candidate.number}/{candidate.state}", at)


def _shortlist(where: Search, stage: Stage, since: datetime) -> Iterator[Moment]:
    """Somebody new is looked for when nobody is left to choose from."""
    match = where.match
    if any(c.state == "shown" for c in match.candidates):
        return
    number = _rounds(match)
    before = match.decided.get(f"{match.id}/shortlist/{number - 1}")
    ended = max((c.since for c in match.candidates if c.since), default=since)
    found_any = any(c.since and before and c.since > before for c in match.candidates)
    at = since if before is None else max(before, ended) if found_any else before + LOOK_AGAIN[number > 14]
    yield _silent(where, stage, "shortlist", f"shortlist/{number}", at)


def _rounds(match: Match) -> int:
    return sum(1 for key in match.decided if key.startswith(f"{match.id}/shortlist/"))


def _over(match: Match) -> int:
    """How often the choice changed: candidates who are out of the question now, or whom an advisor brought back in."""
    out = sum(1 for c in match.candidates if c.state in ("declined", "expired", "gone", "refused"))
    return out + sum(1 for _, _, what in match.log if what.startswith(f"{WAIVED} "))


def _chosen(where: Search, stage: Stage) -> Iterator[Moment]:
    match = where.match
    asked = next((c for c in match.candidates if c.state in ("asked", "yes")), None)
    if asked:
        yield from _request(where, stage, asked, f"request/{asked.number}", "request-mentor", asked.mentor)
        return
    yield from _shortlist(where, stage, match.opened)
    if any(c.state == "shown" for c in match.candidates):
        key = f"{match.id}/cards/{_rounds(match)}-{_over(match)}"
        known = where.asked(key)
        at = max(c.since or match.opened for c in match.candidates)
        if known:
            yield from nudges(where, stage, known)
        else:
            yield _ask(where, stage, key, "cards", match.mentee, at, urgent=True)


def _found(where: Search, stage: Stage) -> Iterator[Moment]:
    """They found each other: whoever did not write is asked to confirm."""
    match = where.match
    for candidate in match.candidates:
        if candidate.state == "asked":
            other = match.mentee if candidate.by == candidate.mentor else candidate.mentor
            yield from _request(where, stage, candidate, f"confirm/{candidate.number}", "confirm-pair", other)
        elif candidate.state in ("declined", "expired"):
            key = f"{match.id}/not-confirmed/{candidate.number}"
            at = candidate.since or match.opened
            yield Moment(
                at=at, kind="tell", key=key, stage=stage.id, pairing=match.id, recipient=candidate.by,
                prompt="not-confirmed", urgent=True,
            )  # fmt: skip
            yield _silent(where, stage, "withdraw", "withdraw", at + timedelta(days=1))


def _ask(where: Search, stage: Stage, key: str, prompt: str, to: str, at: datetime, *, urgent: bool = False) -> Moment:
    """urgent: somebody waits for the answer, so that it does not wait for tomorrow's mail."""
    return Moment(
        at=at,
        kind="ask",
        key=key,
        stage=stage.id,
        pairing=where.match.id,
        recipient=to,
        prompt=prompt,
        urgent=urgent,
    )


def _silent(where: Search, stage: Stage, kind: str, part: str, at: datetime) -> Moment:
    return Moment(at=at, kind=kind, key=f"{where.match.id}/{part}", stage=stage.id, pairing=where.match.id)


def advisors_for(where: Where, stage: Stage, mentee: str) -> tuple[str, ...]:
    """The advisors of a search, as many as the stage says."""
    return reviewers(where, stage, mentee)
