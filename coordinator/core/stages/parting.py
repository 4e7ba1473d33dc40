"""What follows when somebody is gone, wants to end it, or is in doubt. Every program has this, with its letters."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coordinator.core.endings.doubt import discussed
from coordinator.core.endings.gone import gone_since
from coordinator.core.endings.last_day import is_early
from coordinator.core.endings.renewing import ROLES, answers_to
from coordinator.core.joining.returning import is_in
from coordinator.core.moments import Moment, Situation
from coordinator.core.records import Answer
from coordinator.core.said_by import fact_of

LEFT, REMATCH, GOING_ON, LEAVE = "left", "rematch", "going-on", "leave"
"""The prompts: to a mentor whose mentee is gone; to a mentee without a mentor; to both in private; to who would end."""
SILENT = timedelta(days=14)
"""How long these questions wait for an answer."""
UNCONFIRMED = timedelta(days=3)
"""After so long the wish to end it holds without another word: no form blocks an ending."""
LATER = timedelta(days=3)
"""A mentee is asked about somebody new so long after the closing letter, not in it."""


def is_leaving(where: Situation) -> bool:
    """Whether one of the two was asked whether it is to end, and has not said no to that."""
    return any(asked.prompt == LEAVE and not asked.closed for asked in where.pairing.asked.values())


def is_taken_back(where: Situation, yes: Answer) -> bool:
    """Whether who said yes to going on wrote since then that they want to end it, and stayed with that."""
    wishes = [a for a in where.pairing.asked.values() if (a.prompt, a.recipient) == (LEAVE, yes.by) and a.at > yes.at]
    return any(not asked.closed or _is_meant(where, asked.key) for asked in wishes)


def _is_meant(where: Situation, key: str) -> bool:
    said = [a for a in where.pairing.answers if a.key == key and fact_of(where.program, a) == "leave"]
    return bool(said and said[-1].value)


def parting(where: Situation) -> Iterator[Moment]:
    if where.pairing.ending:
        yield from _afterwards(where)
        return
    yield from wanting_to_end(where)
    yield from _going_on(where)


def wanting_to_end(where: Situation) -> Iterator[Moment]:
    """One of the two is gone, or wrote that they want to end it."""
    for role in ROLES:
        gone = gone_since(where, *where.in_role(role))
        if gone and is_early(where, gone):
            yield _silent(where, "leave", f"leave/{role}", gone)
    yield from _asked_to_end(where)


def _silent(where: Situation, kind: str, name: str, at: datetime, asked: str = "") -> Moment:
    key = f"{where.pairing.id}/{name}"
    return Moment(at=at, kind=kind, key=key, asked=asked, stage="parting", pairing=where.pairing.id)


def _letter(where: Situation, name: str, prompt: str, role: str, at: datetime) -> Iterator[Moment]:
    """The question, then its end; nobody is reminded of it. Nothing in a program without that letter."""
    key = f"{where.pairing.id}/{name}/{role}"
    asked = where.asked(key)
    if prompt not in where.program.prompts:
        return
    if asked is None:
        yield Moment(
            at=at,
            kind="ask",
            key=key,
            stage="parting",
            pairing=where.pairing.id,
            recipient=where.in_role(role)[0],
            prompt=prompt,
        )
    elif asked.sent and not asked.closed:
        yield _silent(where, "close", f"{name}/{role}/closed", asked.sent + SILENT, asked=key)


def _afterwards(where: Situation) -> Iterator[Moment]:
    """To who is left, at once; to a mentee whose pairing somebody ended, a few days after the closing letter."""
    pairing = where.pairing
    if pairing.ending == "left":
        began = max(at for key, at in pairing.decided.items() if key.startswith(f"{pairing.id}/leave/"))
        gone = [role for role in ROLES if where.is_decided(f"{pairing.id}/leave/{role}")]
        if gone == ["mentee"]:
            yield from _letter(where, "left", LEFT, "mentor", began)
        elif gone == ["mentor"]:
            yield from _somebody_new(where, began)
    closed = [at for key, at in pairing.decided.items() if "/closing" in key and key.endswith("/mentee")]
    if pairing.ending == "asked" and closed:
        yield from _somebody_new(where, max(closed) + LATER)


def _somebody_new(where: Situation, at: datetime) -> Iterator[Moment]:
    """Whoever asked for it themselves meanwhile is not asked."""
    mentee = where.person(where.pairing.mentee)
    if where.asked(f"{where.pairing.id}/rematch/mentee") or not is_in(mentee, "mentee"):
        yield from _letter(where, "rematch", REMATCH, "mentee", at)


def _asked_to_end(where: Situation) -> Iterator[Moment]:
    """Somebody wrote that they want to end it, and did not take it back when asked."""
    for asked in where.pairing.asked.values():
        if asked.prompt == LEAVE and asked.sent and not asked.closed:
            name = asked.key.removeprefix(f"{where.pairing.id}/")
            held = asked.sent + UNCONFIRMED
            if is_early(where, held):
                yield _silent(where, "part", f"{name}/silent", held, asked=asked.key)


def _going_on(where: Situation) -> Iterator[Moment]:
    """After the meeting at which the two looked back together, each is asked alone."""
    for number, meeting in discussed(where.pairing):
        name = f"going-on/{number}"
        for role in ROLES:
            person = where.in_role(role)[0]
            yield from _letter(where, name, GOING_ON, role, where.morning(meeting.end, person, days=1))
        yield from _outcome(where, name)


def _outcome(where: Situation, name: str) -> Iterator[Moment]:
    """One no is enough, but it shows only once both have answered, or cannot any more."""
    key = f"{where.pairing.id}/{name}"
    said = answers_to(where, key, "go_on")
    if all(answer.value for answer in said.values()):
        return
    asked = [a for role in ROLES if (a := where.asked(f"{key}/{role}"))]
    if len(asked) == len(ROLES) and all(a.closed for a in asked):
        yield _silent(where, "part", f"{name}/parted", max(answer.at for answer in said.values()))
