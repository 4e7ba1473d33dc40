"""Who waits to be matched, and on whom: searches for a mentor, people who apply, invitations without an answer."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from coordinator.core.joining.seats import required
from coordinator.core.program import Program
from coordinator.core.records import Match, Participant
from coordinator.store.work import Work


def searches(work: Work, now: datetime) -> list[dict[str, Any]]:
    """Every open search, longest first, with its step and on whom it waits."""
    found = sorted((m for m in work.matches() if m.state == "open"), key=lambda m: (m.opened, m.id))
    return [
        {
            "id": match.id,
            "mentee": _address(work, match.mentee),
            "mode": match.mode,
            "step": step(match),
            "days": max(0, (now - match.opened).days),
            "advisors": [_address(work, a) for a in match.advisors],
            "candidates": [
                {"number": c.number, "mentor": _address(work, c.mentor), "state": c.state, "reason": c.reason}
                for c in match.candidates
            ],
        }
        for match in found
    ]


def _address(work: Work, id_: str) -> str:
    person = work.participant(id_)
    return person.address if person else id_


def step(match: Match) -> str:
    """What the search waits for, in words."""
    states = {c.state for c in match.candidates}
    if match.mode == "led" and "reviewed" not in match.gates:
        return "an advisor looks at the profile"
    if match.mode == "led" and "spoken" not in match.gates:
        return "an advisor speaks with the mentee"
    if "yes" in states:
        spoken = all(c.spoken for c in match.candidates if c.state == "yes")
        return "the mentee says yes or no" if spoken else "an advisor has a word with the mentor"
    if "asked" in states:
        return "the other one confirms" if match.mode == "found" else "a mentor says yes or no"
    if "shown" in states:
        return "an advisor chooses a candidate" if match.mode == "led" else "the mentee chooses whom to ask"
    return "nobody fits yet"


def shown_search(match: Match, work: Work) -> dict[str, Any]:
    """One search whole: candidates with their reasons, and who decided what, overrides included.

    What a mentee wrote to a mentor, and an advisor for the advisors, is not in it.
    """
    return {
        "id": match.id,
        "mentee": _address(work, match.mentee),
        "mode": match.mode,
        "state": match.state,
        "step": step(match) if match.state == "open" else "",
        "pairing": match.pairing,
        "since": match.opened.isoformat(),
        "advisors": [_address(work, id_) for id_ in match.advisors],
        "gates": {name: at.isoformat() for name, at in match.gates.items()},
        "candidates": [
            {"number": c.number, "mentor": _address(work, c.mentor), "state": c.state, "reason": c.reason}
            for c in match.candidates
        ],
        "log": [{"at": at.isoformat(), "by": _address(work, who), "what": what} for at, who, what in match.log],
    }


def applicants(program: Program, people: Iterable[Participant], now: datetime) -> list[dict[str, Any]]:
    """Those whom an advisor has to accept or to decline, with the rules that they do not meet."""
    return [
        {
            "id": p.id,
            "address": p.address,
            "role": s.role,
            "since": s.since.isoformat(),
            "days": max(0, (now - s.since).days),
            "rules": list(required(program, p, s.role, now)),
        }
        for p in people
        for s in p.seats
        if s.state == "held"
    ]


def joining(people: Iterable[Participant]) -> dict[str, int]:
    """How many were invited and have not answered, have a form to fill in, are open to be matched."""
    counts = {"invited": 0, "form": 0, "open": 0}
    for person in people:
        counts["invited"] += bool(person.invited and not person.seats and person.status == "active")
        for state in ("form", "open"):
            counts[state] += any(s.state == state for s in person.seats)
    return counts


def lines(plain: Mapping[str, Any]) -> Iterator[str]:
    """The same for a person at a terminal."""
    counts = plain["joining"]
    if any(counts.values()):
        yield (
            f"joining: {counts['invited']} invited without an answer, {counts['form']} with a form to fill in, "
            f"{counts['open']} open to be matched"
        )
    for one in plain["searches"]:
        yield f"{one['id']:>5}  {one['mentee']} looks for a mentor, {one['days']} days: {one['step']}"
    for one in plain["applicants"]:
        rules = "".join(f", the rule {rule} is not met" for rule in one["rules"])
        yield (
            f"{one['id']:>5}  {one['address']} would like to be a {one['role']}, {one['days']} days{rules}: "
            f"coordinator approve {one['id']}"
        )
    for one in plain["nobody"]:
        yield f"nobody for {', '.join(one['mentees'])}: {one['why']}"
