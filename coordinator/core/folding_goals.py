"""What an answer changes about goals, skills and first steps."""

import re
from collections.abc import Callable, Mapping

from coordinator.core.answered import Said
from coordinator.core.answers_text import unwrapped
from coordinator.core.frozen import replace
from coordinator.core.moments import Situation
from coordinator.core.reading import Context
from coordinator.core.records import Goal, Pairing, Skill, Step
from coordinator.core.steps import steps_of

Fold = Callable[[Situation, Said], Pairing]
_LABEL = re.compile(r"^\s*([a-z ]{3,24})\s*:\s*(.+)$", re.IGNORECASE)
LABELS: Mapping[str, str] = {
    "specific": "specific", "what exactly": "specific", "what": "specific",
    "measurable": "measurable", "how will you know": "measurable", "how you will know": "measurable",
    "measured by": "measurable", "measure": "measurable",
    "attainable": "attainable", "achievable": "attainable", "what it takes": "attainable",
    "realistic": "realistic", "relevant": "realistic", "what makes it realistic": "realistic",
    "timely": "timely", "by when": "timely", "when": "timely", "by": "timely", "deadline": "timely",
    "why": "why", "why it matters": "why", "because": "why",
}  # fmt: skip
"""What people write before a colon → the line of the goal."""


def _smart(where: Situation, said: Said) -> Pairing:
    """The labelled lines of one goal; words without a label are what it is exactly."""
    number = _number(said)
    goal = next((g for g in where.pairing.goals if g.number == number), None)
    if goal is None or not str(said.value).strip():
        return where.pairing
    lines: dict[str, str] = {}
    for line in str(said.value).replace(";", "\n").splitlines():
        found = _LABEL.match(line)
        name = LABELS.get(" ".join(found[1].casefold().split()), "") if found else ""
        text = found[2].strip() if found and name else line.strip()
        if text:
            name = name or "specific"
            lines[name] = f"{lines[name]} {text}" if name in lines else text
    return _with(where.pairing, replace(goal, smart={**goal.smart, **lines}))


def _number(said: Said) -> int:
    tail = said.question.field.name.rpartition("_")[2]
    return int(tail) if tail.isdigit() else 0


def _with(pairing: Pairing, goal: Goal) -> Pairing:
    return replace(pairing, goals=tuple(goal if g.number == goal.number else g for g in pairing.goals))


def _measure(where: Situation, said: Said) -> Pairing:
    goal = next((g for g in where.pairing.goals if g.number == _number(said)), None)
    if goal is None or goal.measure is None:
        return where.pairing
    values = (*goal.measure.values, (said.now, float(said.value)))
    return _with(where.pairing, replace(goal, measure=replace(goal.measure, values=values)))


def _new_goals(owner: str) -> Fold:
    """Goals, one a line, of both together or of the writer; said again, only what is new is added."""

    def fold(where: Situation, said: Said) -> Pairing:
        pairing = where.pairing
        known = {g.text.casefold() for g in pairing.goals}
        for line in (text.strip(" -*•–") for text in unwrapped(str(said.value)).replace(";", "\n").splitlines()):
            if line and line.casefold() not in known:
                goal = Goal(number=len(pairing.goals) + 1, owner=owner or said.by, texts=(line,))
                pairing = replace(pairing, goals=(*pairing.goals, goal))
        return pairing

    return fold


def context_of(where: Situation, said: Said) -> Context:
    """What the reader of their words must know about the writer."""
    return Context(
        language=where.person(said.by).language or where.chapter.language,
        timezone=where.zone_of(said.by),
        now=said.now,
        words=where.program.words,
    )


def _start(where: Situation, said: Said) -> Pairing:
    """The first steps, one a line, as a goal of both: what is planned is tracked like everything else (IMA-13)."""
    steps = steps_of(str(said.value), context_of(where, said))
    pairing, title = where.pairing, said.question.field.hint or "A good start"
    if not steps:
        return pairing
    old = next((g for g in pairing.goals if g.owner == "pair" and g.texts[0] == title), None)
    if old:
        return _with(pairing, replace(old, steps=_joined(old.steps, steps)))
    goal = Goal(number=len(pairing.goals) + 1, owner="pair", texts=(title,), steps=steps)
    return replace(pairing, goals=(*pairing.goals, goal))


def _joined(old: tuple[Step, ...], new: tuple[Step, ...]) -> tuple[Step, ...]:
    known = {s.text.casefold() for s in old}
    more = [s for s in new if s.text.casefold() not in known]
    return (*old, *(replace(s, name=chr(ord("a") + len(old) + n)) for n, s in enumerate(more)))


def _skill(where: Situation, said: Said) -> Pairing:
    pairing = where.pairing
    for line in (text.strip(" -*•–") for text in unwrapped(str(said.value)).replace(";", "\n").splitlines()):
        if line and not any(s.name.casefold() == line.casefold() for s in pairing.skills):
            new = Skill(number=len(pairing.skills) + 1, name=line[:80], since=said.now)
            pairing = replace(pairing, skills=(*pairing.skills, new))
    return pairing


def _skill_of(pairing: Pairing, said: Said) -> Skill | None:
    return next((s for s in pairing.skills if s.number == said.ordinal), None)


def _rated(where: Situation, said: Said) -> Pairing:
    skill = _skill_of(where.pairing, said)
    if skill is None:
        return where.pairing
    return _with_skill(where.pairing, skill, ratings=(*skill.ratings, (said.now, said.by, int(said.value))))


def _seen(where: Situation, said: Said) -> Pairing:
    skill, text = _skill_of(where.pairing, said), str(said.value).strip()
    return _with_skill(where.pairing, skill, seen=(*skill.seen, text)) if skill and text else where.pairing


def _with_skill(pairing: Pairing, skill: Skill, **changes: object) -> Pairing:
    new = replace(skill, **changes)  # type: ignore[arg-type]
    return replace(pairing, skills=tuple(new if s.number == skill.number else s for s in pairing.skills))


def _holds(where: Situation, said: Said) -> Pairing:
    """No: the steps that are late serve nothing any more, and are let go; yes: they begin to count anew."""
    goal = next((g for g in where.pairing.goals if g.number == said.ordinal), None)
    if goal is None or said.value:
        return where.pairing
    late = [s for s in goal.steps if s.state == "open" and s.by and s.by < said.now.date()]
    steps = tuple(replace(s, state="stopped", settled=said.now) if s in late else s for s in goal.steps)
    return _with(where.pairing, replace(goal, steps=steps))


GOAL_FOLDS: Mapping[str, Fold] = {
    "smart": _smart,
    "measure": _measure,
    "shared_goals": _new_goals("pair"),
    "mentor_goals": _new_goals(""),
    "start_plan": _start,
    "skill": _skill,
    "skill_rating": _rated,
    "skill_seen": _seen,
    "purpose_holds": _holds,
}
