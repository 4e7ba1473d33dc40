"""What becomes of an answer, and of all that it became, when its writer keeps it from the other of the two."""

from collections.abc import Callable, Iterable, Mapping

from coordinator.core.booking import meeting_of, with_meeting
from coordinator.core.frozen import replace
from coordinator.core.records import Answer, Goal, Pairing, Question, Skill
from coordinator.core.terms import withdrawn

SHARED = ("pair", "program")
"""Classes that the other of the two may read."""
NEVER_HIDDEN = ("meeting_met", "slot", "place")
"""Whether, when and where they meet concerns both."""

Change = Callable[[Pairing, Answer], Pairing]


def lowered(pairing: Pairing, question: Question, by: str, visibility: str) -> Pairing | None:
    """The pairing with an answer's class changed by its writer, and with it what the answer became.

    None where that cannot be: that the two met is attendance, which their advisors see.
    """
    fact = question.field.fills or ""
    if fact in NEVER_HIDDEN and visibility == "private":
        return None
    mine = [a for a in pairing.answers if (a.key, a.field, a.by) == (question.key, question.field.name, by)]
    changed = tuple(replace(a, visibility=visibility) if a in mine else a for a in pairing.answers)
    pairing = replace(pairing, answers=changed)
    if fact == "goals":
        return _every(pairing, lambda goal: replace(goal, visibility=visibility) if goal.owner == by else goal)
    if visibility not in SHARED:
        for answer in mine:
            pairing = _HIDE.get(fact, _nothing_more)(pairing, answer)
            pairing = withdrawn(pairing, fact, by)
    return pairing


def _nothing_more(pairing: Pairing, _answer: Answer) -> Pairing:
    return pairing


def _every(pairing: Pairing, change: Callable[[Goal], Goal]) -> Pairing:
    return replace(pairing, goals=tuple(change(goal) for goal in pairing.goals))


def _ordinal(answer: Answer) -> int:
    """Of the meeting that an answer is about, 0 = of none."""
    parts = answer.key.split("/")
    return int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0


def _agenda(pairing: Pairing, answer: Answer) -> Pairing:
    ordinal = _ordinal(answer)
    is_there = any(m.ordinal == ordinal for m in pairing.meetings)
    return with_meeting(pairing, ordinal, agenda=()) if is_there else pairing


def _minutes(pairing: Pairing, answer: Answer) -> Pairing:
    ordinal = _ordinal(answer)
    if not any(m.ordinal == ordinal for m in pairing.meetings):
        return pairing
    end = meeting_of(pairing, ordinal).end
    kept = (replace(c, minutes=None) if c.kind == "meeting" and c.at == end else c for c in pairing.contacts)
    return replace(with_meeting(pairing, ordinal, minutes=None), contacts=tuple(kept))


def _new_goals(pairing: Pairing, answer: Answer) -> Pairing:
    """The goals that its lines named are from now on its writer's alone."""
    lines = _lines(answer)

    def kept_back(goal: Goal) -> Goal:
        is_of_it = any(text.casefold() in lines for text in goal.texts)
        return replace(goal, owner=answer.by, visibility="private") if is_of_it else goal

    return _every(pairing, kept_back)


def _steps(pairing: Pairing, answer: Answer) -> Pairing:
    """Steps of a plan of both that its lines named."""
    said = str(answer.value).casefold()
    return _every(
        pairing, lambda goal: replace(goal, steps=tuple(s for s in goal.steps if s.text.casefold() not in said))
    )


def _progress(pairing: Pairing, answer: Answer) -> Pairing:
    """What it reported; that a goal is done or dropped stays, because nobody is asked for it any more."""
    return _every(pairing, lambda goal: replace(goal, scores=tuple(s for s in goal.scores if s[0] != answer.at)))


def _smart(pairing: Pairing, answer: Answer) -> Pairing:
    said = str(answer.value).casefold()
    number = answer.field.rpartition("_")[2]

    def without(goal: Goal) -> Goal:
        left = {name: text for name, text in goal.smart.items() if text.casefold() not in said}
        return replace(goal, smart=left) if str(goal.number) == number else goal

    return _every(pairing, without)


def _measured(pairing: Pairing, answer: Answer) -> Pairing:
    def without(goal: Goal) -> Goal:
        if goal.measure is None:
            return goal
        values = tuple(each for each in goal.measure.values if each[0] != answer.at)
        return replace(goal, measure=replace(goal.measure, values=values))

    return _every(pairing, without)


def _skills(pairing: Pairing, answer: Answer) -> Pairing:
    lines = _lines(answer)
    return _practised(
        pairing, (replace(s, visibility="private") if s.name.casefold() in lines else s for s in pairing.skills)
    )


def _rated(pairing: Pairing, answer: Answer) -> Pairing:
    def left(skill: Skill) -> Skill:
        return replace(skill, ratings=tuple(r for r in skill.ratings if r[:2] != (answer.at, answer.by)))

    return _practised(pairing, map(left, pairing.skills))


def _seen(pairing: Pairing, answer: Answer) -> Pairing:
    said = str(answer.value).strip()
    return _practised(pairing, (replace(s, seen=tuple(t for t in s.seen if t != said)) for s in pairing.skills))


def _practised(pairing: Pairing, skills: Iterable[Skill]) -> Pairing:
    return replace(pairing, skills=tuple(skills))


def _lines(answer: Answer) -> frozenset[str]:
    """As the folds take a text apart."""
    texts = str(answer.value).replace(";", "\n").splitlines()
    whole = [text.strip(" -*•–").casefold() for text in texts]
    return frozenset((*whole, *(text[:80] for text in whole)))


_HIDE: Mapping[str, Change] = {
    "agenda": _agenda,
    "meeting_minutes": _minutes,
    "goal_progress": _progress,
    "smart": _smart,
    "measure": _measured,
    "shared_goals": _new_goals,
    "mentor_goals": _new_goals,
    "start_plan": _steps,
    "skill": _skills,
    "skill_rating": _rated,
    "skill_seen": _seen,
}
"""Fact → what of it the record forgets, or keeps for the writer."""
