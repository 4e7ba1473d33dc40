"""What the last letter says of the time together: the same for both, so that nobody reads there who wanted what."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from coordinator.core.endings.log import Log, log_of
from coordinator.core.goal_lines import shortened
from coordinator.core.moments import Situation
from coordinator.core.passed_on import told_last
from coordinator.core.records import Answer
from coordinator.core.said_by import fact_of
from coordinator.core.view import view

PARTS = ("achievement", "lesson", "gained", "keep_going", "turn_to")


def together(where: Situation, now: datetime) -> dict[str, Any]:
    """The names that `closing` and the papers use beside those of every letter."""
    pairing = where.pairing
    look_back = [
        {"name": where.person(id_).first_name, **dict.fromkeys(PARTS, ""), **dict(_said(where, id_))}
        for id_ in (pairing.mentee, pairing.mentor)
    ]
    return {
        "pair": names_of(where),
        "log": log_told(log_of(pairing, now), over=pairing.end <= now.date()),
        "reached": [
            {"number": g.number, "text": shortened(g.text), "trend": _trend(g.scores), "state": g.state}
            for g in pairing.goals
            if g.visibility != "private" and g.state != "dropped"
        ],
        "look_back": look_back,
        "has_look_back": any(person[part] for person in look_back for part in PARTS),
        "kind_words": list(_kind_words(where)),
    }


def log_told(log: Log, *, over: bool) -> dict[str, Any]:
    """The log as letters know it."""
    return {
        "meetings": log.meetings,
        "planned": log.planned,
        "others": log.others,
        "hours": log.hours,
        "minutes": log.minutes + log.other_minutes,
        "months": log.months,
        "pairs": 1,
        "over": over,
    }


def names_of(where: Situation) -> dict[str, str]:
    """Both first names, always in the same order."""
    one, other = where.person(where.pairing.mentee), where.person(where.pairing.mentor)
    return {"one": one.first_name, "other": other.first_name}


def _trend(scores: tuple[tuple[datetime, int | None, str, str], ...]) -> str:
    """The scores over time, as "3 → 6 → 8"; what stayed the same is said once."""
    said = [str(score) for _, score, _, _ in scores if score is not None]
    return " → ".join(word for place, word in enumerate(said) if not place or word != said[place - 1])


def _both_see(where: Situation, answer: Answer) -> bool:
    """Whether the partner of its writer may read it, and so both."""
    return view(where.pairing.partner_of(answer.by), where.pairing, answer) is not None


def _said(where: Situation, by: str) -> Iterator[tuple[str, str]]:
    for answer in _shown(where, by):
        fact = fact_of(where.program, answer)
        if fact in PARTS and answer.value:
            yield fact, str(answer.value)


def _shown(where: Situation, by: str) -> Iterator[Answer]:
    return (a for a in where.pairing.answers if a.by == by and _both_see(where, a))


def _kind_words(where: Situation) -> Iterator[dict[str, str]]:
    """The strengths that each saw in the other, and what no letter has passed on yet, with the names of both."""
    for by in (where.pairing.mentee, where.pairing.mentor):
        to = where.pairing.partner_of(by)
        last = told_last(where, where.pairing.role_of(to) or "", feedback=True)
        for answer in _shown(where, by):
            fact = fact_of(where.program, answer)
            late = fact == "feedback" and (last is None or answer.at > last)
            if answer.value and (fact == "strength" or late):
                names = {"by": where.person(by).first_name, "to": where.person(to).first_name}
                yield {**names, "text": str(answer.value)}


def news_for(where: Situation, me: str, since: datetime) -> list[dict[str, str]]:
    """What the other of the two wrote to be passed on since then, when both are peers."""
    by = where.pairing.partner_of(me)
    names = {"by": where.person(by).first_name, "to": where.person(me).first_name}
    said = (a for a in _shown(where, by) if fact_of(where.program, a) == "feedback" and a.at > since and a.value)
    return [{**names, "text": str(answer.value)} for answer in said]
