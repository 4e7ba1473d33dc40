"""What a letter may say of the life of a pair: its phase, steps, skills, problem, strengths, what both told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from coordinator.core.examples import example, sought
from coordinator.core.goal import Skill
from coordinator.core.hours import on_day
from coordinator.core.moments import Moment, Situation
from coordinator.core.phases import current, phase_of
from coordinator.core.records import Answer, Participant
from coordinator.core.said_by import all_said, fact_of
from coordinator.core.stages.tips import tip_of
from coordinator.core.steps import next_step
from coordinator.core.tips import wants_tips
from coordinator.core.view import sees_goals, visible

TOLD = ("dream", "idea", "turn_to", "gained", "problem", "strength", "openly")
"""What each says to the other, newest first shown."""
LATELY = ("openly",)
"""What is said for the next meeting only."""
SHEET = ("problem_since", "problem_effect", "problem_tried", "problem_options")


def standing_life(where: Situation, me: Participant) -> dict[str, Any]:
    """Plain values for one of the two, whatever is to be said; empty for anybody else."""
    if not sees_goals(me.id, where.pairing):
        return {}
    return {
        "example": example(where, me),
        "sought": sought(me),
        "tips": wants_tips(me),
        "vision": where.pairing.terms.get("vision", ""),
        "phase": _phase(where),
        "problem": _problem(where, me),
        "skills": _skills(where, me),
        "strengths": [str(a.value) for a in all_said(where, "strength") if a.by != me.id and _may(where, me, a)],
        "reflections": [str(a.value) for a in all_said(where, "reflection", me.id)],
    }


def life(where: Situation, me: Participant, moment: Moment) -> dict[str, Any]:
    """The same for one moment."""
    if not sees_goals(me.id, where.pairing):
        return {}
    return {
        "tip": tip_of(where, moment),
        "steps": _steps(where, me, moment),
        "skill": _skill(where, me, moment),
        "told": _told(where, me, moment),
    }


def _may(where: Situation, me: Participant, answer: Answer) -> bool:
    return answer in visible(me.id, where.pairing)


def _phase(where: Situation) -> Mapping[str, Any]:
    phase = phase_of(where)
    if phase is None:
        return {"number": 0, "count": len(where.program.phases), "title": "", "purpose": ""}
    count = len(where.program.phases)
    return {"number": current(where.pairing), "count": count, "title": phase.title, "purpose": phase.purpose}


def _steps(where: Situation, me: Participant, moment: Moment) -> list[dict[str, Any]]:
    """The next step of each open goal that the reader sees, with its day; late once that day is past."""
    lines = []
    for goal in where.pairing.goals:
        step = next_step(goal)
        if goal.state != "open" or step is None or (goal.visibility == "private" and goal.owner != me.id):
            continue
        lines.append({
            "goal": f"G{goal.number}",
            "name": step.name,
            "text": step.text,
            "by": on_day(step.by, me.language or where.chapter.language) if step.by else "",
            "late": bool(step.by and step.by < moment.at.date()),
        })  # fmt: skip
    return lines


def _skill(where: Situation, me: Participant, moment: Moment) -> Mapping[str, Any] | None:
    """The skill that a letter is about ("p1/skill/2/first/mentor"), with the reader's own ratings."""
    parts = (moment.asked or moment.key).split("/")
    if len(parts) < 3 or parts[1] != "skill" or not parts[2].isdigit():
        return None
    skill = next((s for s in where.pairing.skills if s.number == int(parts[2])), None)
    if skill is None or skill.visibility == "private":
        return None
    task = skill.task or where.program.skills.get(skill.name.casefold(), "")
    return {"name": skill.name, "task": task, "trend": _trend(skill, me), "seen": list(skill.seen)}


def _skills(where: Situation, me: Participant) -> list[dict[str, str]]:
    """Each skill that the reader has rated, with their own numbers in turn."""
    mine = ((skill.name, _trend(skill, me)) for skill in where.pairing.skills if skill.visibility != "private")
    return [{"name": name, "trend": trend} for name, trend in mine if trend]


def _trend(skill: Skill, me: Participant) -> str:
    return " → ".join(str(score) for _, by, score in skill.ratings if by == me.id)


def _problem(where: Situation, me: Participant) -> Mapping[str, Any]:
    """The newest problem that is not solved, as its sheet says, for whoever may read it."""
    found = [a for a in all_said(where, "problem") if _may(where, me, a)]
    if not found:
        return {"text": "", "lines": []}
    number = len(all_said(where, "problem"))
    sheet = f"{where.pairing.id}/problem/{number}/sheet"
    told = {
        fact_of(where.program, a): str(a.value) for a in visible(me.id, where.pairing) if a.key == sheet and a.value
    }
    return {"text": str(found[-1].value), "lines": [told[name] for name in SHEET if name in told]}


def _told(where: Situation, me: Participant, moment: Moment) -> Mapping[str, Mapping[str, str]]:
    return {
        side: _of(where, me, by, moment) for side, by in (("mine", me.id), ("theirs", where.pairing.partner_of(me.id)))
    }


def _of(where: Situation, me: Participant, by: str, moment: Moment) -> Mapping[str, str]:
    said: dict[str, str] = {}
    for answer in visible(me.id, where.pairing, by=by):
        fact = fact_of(where.program, answer)
        if fact in TOLD and answer.value and not (fact in LATELY and answer.at < _last_talk(where, moment)):
            said[fact] = _plain(answer.value)
    return said


def _last_talk(where: Situation, moment: Moment) -> datetime:
    """When the last meeting began that is over, long ago where there was none."""
    return max((m.start for m in where.meetings if m.end <= moment.at), default=datetime.min.replace(tzinfo=UTC))


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
