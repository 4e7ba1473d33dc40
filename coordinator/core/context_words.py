"""What the other of the two wrote for both and no letter has passed on yet, each with the question that it answers."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from coordinator.core.moments import Moment, Situation
from coordinator.core.passed_on import is_for_both, told_last
from coordinator.core.phases import is_fading
from coordinator.core.records import Answer, Participant
from coordinator.core.said import short
from coordinator.core.said_by import fact_of
from coordinator.core.view import may_see_goal, sees_goals, visible

WITHOUT_A_PLACE = frozenset({
    "achievement", "challenge", "gained", "goal_progress", "helped", "lesson", "smart", "problem", "problem_since",
    "problem_effect", "problem_tried", "problem_options", "skill_seen", "strength",
    "worry", None,
})  # fmt: skip
"""Facts of which no letter of its own tells the other; None = a question that fills no fact."""
OF_THE_PLAN = frozenset({"expectations", "gains", "improve", "methods", "purpose"})
"""Both columns of these stand in the mail before the first meeting; what comes later is passed on like the rest."""
OF_THE_SHEET = frozenset({"idea", "dream"})
"""They have a place of their own on the sheet before a meeting; where there is none, they go with the rest."""
EXCHANGED = "dream"
"""Told to nobody who has not told theirs."""
LONGEST = 300
"""Characters of one answer."""


def shared(where: Situation, me: Participant, moment: Moment) -> list[dict[str, Any]]:
    """For the mail that prepares a meeting: since the one before it, or since the beginning."""
    role = where.pairing.role_of(me.id) or ""
    if not sees_goals(me.id, where.pairing) or not is_for_both(where, moment.key):
        return []
    since = told_last(where, role, but=moment.key)
    facts = _facts(where, moment, is_first=since is None)
    goals = {g.number for g in where.pairing.goals if may_see_goal(me.id, g)}
    partner = where.pairing.partner_of(me.id)
    told = visible(me.id, where.pairing, by=partner)
    fresh = (a for a in told if since is None or _known_since(where, me, a) > since)
    return [
        {"ask": _ask(where, answer), "text": text}
        for answer in fresh
        if _fact(where, answer) in facts and _goal_of(answer) in (None, *goals) and _is_exchanged(where, me, answer)
        for text in _texts(answer.value, goals)
    ]


def _facts(where: Situation, moment: Moment, *, is_first: bool) -> Collection[str | None]:
    meeting = next((m for m in where.meetings if m.ordinal == moment.ordinal), None)
    more = OF_THE_SHEET if meeting and is_fading(where, meeting.start) else frozenset()
    return WITHOUT_A_PLACE | more if is_first else WITHOUT_A_PLACE | OF_THE_PLAN | more


def _mine(where: Situation, me: Participant, fact: str) -> Answer | None:
    return next((a for a in where.pairing.answers if a.by == me.id and fact_of(where.program, a) == fact), None)


def _is_exchanged(where: Situation, me: Participant, answer: Answer) -> bool:
    return _fact(where, answer) != EXCHANGED or _mine(where, me, EXCHANGED) is not None


def _known_since(where: Situation, me: Participant, answer: Answer) -> datetime:
    """When it could be told: what is exchanged, once both have said theirs."""
    mine = _mine(where, me, EXCHANGED) if _fact(where, answer) == EXCHANGED else None
    return max(answer.at, mine.at) if mine else answer.at


def _goal_of(answer: Answer) -> int | None:
    """The goal that a question names in its words ("smart_2"), None = none."""
    name, _, number = answer.field.rpartition("_")
    return int(number) if name == "smart" and number.isdigit() else None


def _fact(where: Situation, answer: Answer) -> str | None:
    return "smart" if _goal_of(answer) else fact_of(where.program, answer)


def _ask(where: Situation, answer: Answer) -> str:
    """The question as it was asked, "" where its letter is gone."""
    asked = where.pairing.asked.get(answer.key)
    letter = where.cohort.letter(asked.letter) if asked and asked.letter else None
    questions = letter.questions if letter else ()
    found = (q.field.ask for q in questions if (q.key, q.field.name) == (answer.key, answer.field))
    return short(next(found, ""))


def _texts(value: object, goals: Collection[int]) -> Iterator[str]:
    """Words on one line; of a report on goals the notes on those that the reader sees, each with its goal."""
    if isinstance(value, str):
        yield from filter(None, [_flat(value)])
    elif isinstance(value, Mapping):
        notes = ((number, said.get("note")) for number, said in value.items() if isinstance(said, Mapping))
        yield from (f"G{number}: {_flat(str(note))}" for number, note in notes if note and int(number) in goals)


def _flat(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    words = "; ".join(line for line in lines if line)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} …"
