"""Obeying what is said about goals: done, dropped, reworded, ordered, taken apart into lines, steps and measures."""

import re
from collections.abc import Callable, Sequence

from coordinator.core.arrival import Arrival
from coordinator.core.context import goals_seen
from coordinator.core.folding import progressed, with_goal
from coordinator.core.frozen import replace
from coordinator.core.goal_lines import SHARED
from coordinator.core.kept_back import is_kept_back
from coordinator.core.notes import kept
from coordinator.core.orders_agreement import speak
from coordinator.core.reading import Command
from coordinator.core.records import Goal, Measure, Pairing, Skill
from coordinator.core.said_by import said_by
from coordinator.core.standing import ticked_off
from coordinator.core.steps import steps_of
from coordinator.core.terms import proposed

Order = Callable[[Arrival, Pairing, Command], Pairing | str | None]

_HOW_OFTEN = re.compile(r"\b(weekly|fortnightly|monthly|quarterly|by (?:the )?(?:mentor|mentee|me))\b", re.IGNORECASE)
_EVERY = {"weekly": "1 week", "fortnightly": "2 weeks", "monthly": "1 month", "quarterly": "3 months"}


def goal_of(pairing: Pairing, command: Command) -> Goal | None:
    return next((g for g in pairing.goals if g.number == command.args.get("number")), None)


def unknown(arrival: Arrival, pairing: Pairing, command: Command) -> str:
    """What somebody hears who named a goal that there is none of: their words, and the goals that there are."""
    said, numbers = " ".join(command.words.split()), ", ".join(f"G{g.number}" for g in _seen(arrival, pairing))
    return speak(arrival, "no_such_goal" if numbers else "no_goals", said=said, goals=numbers)


def _seen(arrival: Arrival, pairing: Pairing) -> list[Goal]:
    seen = {g["number"] for g in goals_seen(pairing, arrival.writer.id)}
    return [goal for goal in pairing.goals if goal.number in seen]


def may_change(arrival: Arrival, goal: Goal) -> bool:
    """A goal belongs to whoever named it; one of both, or of the organisation, to either."""
    return goal.owner in (arrival.writer.id, *SHARED)


def state(word: str) -> Order:
    def order(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
        goal = goal_of(pairing, command)
        if goal is None:
            return unknown(arrival, pairing, command)
        if not may_change(arrival, goal):
            return speak(arrival, "not_yours", goal=f"G{goal.number}")
        score = (arrival.now, 10 if word == "done" else None, word, "")
        return with_goal(pairing, replace(goal, state=word, scores=(*goal.scores, score)))

    return order


def change(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """A new wording, the old ones kept (AHE-26); whoever does not own the goal proposes it (AAHA-16)."""
    goal, text = goal_of(pairing, command), " ".join(str(command.args.get("text", "")).split())
    if goal is None:
        return unknown(arrival, pairing, command)
    if not text:
        return None
    if command.args.get("unsaid") and goal.owner in (arrival.writer.id, *SHARED):
        return speak(arrival, "reworded", said=" ".join(command.words.split()), goal=f"G{goal.number}")
    if goal.owner != arrival.writer.id:
        return proposed(arrival.situation(pairing), f"G{goal.number}", text, arrival.writer.id)
    seen = "private" if is_kept_back(text, arrival.context()) else goal.visibility
    return with_goal(pairing, replace(goal, texts=(*goal.texts, text), visibility=seen))


def stand(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """`G1 6, G2 stuck`, whenever somebody writes it (AHE-23)."""
    told = command.args.get("told") or {}
    named = {number: next((g for g in pairing.goals if g.number == int(number)), None) for number in told}
    if None in named.values():
        return unknown(arrival, pairing, command)
    others = [goal for goal in named.values() if goal and not may_change(arrival, goal)]
    if others:
        return speak(arrival, "not_yours", goal=f"G{others[0].number}")
    return progressed(pairing, told, arrival.now)


def add(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    text = str(command.args.get("text", "")).strip()
    if not text:
        return None
    owner = str(command.args.get("owner") or arrival.writer.id)
    seen = "private" if is_kept_back(text, arrival.context()) else "pair"
    goal = Goal(number=len(pairing.goals) + 1, owner=owner, texts=(text,), visibility=seen)
    return replace(pairing, goals=(*pairing.goals, goal))


def order(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """Goals in the order named, the others behind; their numbers stay."""
    wanted = tuple(dict.fromkeys(int(n) for n in command.args.get("numbers", ())))
    if not set(wanted) <= {g.number for g in pairing.goals}:
        return unknown(arrival, pairing, command)
    rank = {number: place for place, number in enumerate(wanted)}
    return replace(pairing, goals=tuple(sorted(pairing.goals, key=lambda g: rank.get(g.number, len(rank)))))


def part(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """`G1 steps: a > b > c`, `G1 measure: audit score monthly`, `G1 by when: October`, `G1 keep: once a month`."""
    goal, name = goal_of(pairing, command), str(command.args.get("part", ""))
    text = " ".join(str(command.args.get("text", "")).split())
    if command.args.get("number") is None:
        mine = [g for g in _seen(arrival, pairing) if may_change(arrival, g) and g.state == "open"]
        if len(mine) > 1:
            return _which(arrival, command, mine)
        goal = mine[0] if mine else None
    if goal is None:
        return unknown(arrival, pairing, command)
    if not text:
        return None
    if name == "keep":
        return kept_alive(arrival, pairing, goal, text)
    if not may_change(arrival, goal):
        return speak(arrival, "not_yours", goal=f"G{goal.number}")
    if name == "steps":
        return _with_steps(arrival, pairing, goal, text)
    if name == "measure":
        return with_goal(pairing, replace(goal, measure=measure_of(text, pairing, goal)))
    return with_goal(pairing, replace(goal, smart={**goal.smart, name: text}))


def _which(arrival: Arrival, command: Command, goals: Sequence[Goal]) -> str:
    """A line that names no goal, where it may mean any of several."""
    said, first = " ".join(command.words.split()), f"G{goals[0].number}"
    numbers = ", ".join(f"G{goal.number}" for goal in goals)
    return speak(arrival, "which_goal", said=said, words=said, goals=numbers, goal=first)


def kept_alive(arrival: Arrival, pairing: Pairing, goal: Goal, text: str) -> Pairing | None:
    """How it goes on after the end, beside what its writer said of the other goals (AHE-29)."""
    name, before = f"G{goal.number}:", said_by(arrival.situation(pairing), "keep_going", arrival.writer.id)
    told = str(before.value).split("; ") if before else []
    others = [line for line in told if not line.startswith(name)]
    letter = arrival.found.letter
    for question in letter.questions if letter else ():
        if question.field.fills == "keep_going":
            pairing = ticked_off(pairing, question.key, question.field.name)
    return kept(arrival, pairing, "keep_going", "; ".join((*others, f"{name} {text}")))


def _with_steps(arrival: Arrival, pairing: Pairing, goal: Goal, text: str) -> Pairing | str:
    """The steps in their order; those that were done stay. A step that comes twice would wait for itself."""
    found = steps_of(text, arrival.context())
    said = [step.text.casefold() for step in found]
    twice = next((step.text for step in found if said.count(step.text.casefold()) > 1), "")
    if twice:
        return speak(arrival, "cycle", step=twice, goal=f"G{goal.number}")
    done = {s.text.casefold(): s for s in goal.steps if s.state != "open"}
    steps = tuple(
        replace(s, state=old.state, settled=old.settled) if (old := done.get(s.text.casefold())) else s for s in found
    )
    return with_goal(pairing, replace(goal, steps=steps))


def measure_of(text: str, pairing: Pairing, goal: Goal) -> Measure:
    """What is counted, how often, and who is asked: "audit score monthly by mentee"."""
    low = text.casefold()
    every = next((span for word, span in _EVERY.items() if word in low), "1 month")
    owner = goal.owner if goal.owner not in SHARED else pairing.mentee
    reporter = pairing.mentor if "by mentor" in low else pairing.mentee if "by mentee" in low else owner
    what = _HOW_OFTEN.sub("", text)
    return Measure(what=" ".join(what.split()).strip(" ,"), every=every, reporter=reporter)


def step(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """`G1 b done`, `stop G1 b`, `stop b`: the next step is asked for only then (IMA-26, 27)."""
    name, said = str(command.args.get("step", "")), " ".join(command.words.split())
    having = [g for g in _seen(arrival, pairing) if any(s.name == name for s in g.steps)]
    goal = goal_of(pairing, command) if command.args.get("number") else having[0] if len(having) == 1 else None
    if goal is None and command.args.get("number"):
        return unknown(arrival, pairing, command)
    if goal is None or goal not in having:
        return speak(arrival, "no_such_step", said=said)
    if not may_change(arrival, goal):
        return speak(arrival, "not_yours", goal=f"G{goal.number}")
    word = str(command.args.get("state", "done"))
    steps = tuple(replace(s, state=word, settled=arrival.now) if s.name == name else s for s in goal.steps)
    return with_goal(pairing, replace(goal, steps=steps))


def skill(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | None:
    """Something to practise: both rate it now, and again when there was time to practise (AAHA-28)."""
    name = " ".join(str(command.args.get("text", "")).split())[:80]
    if not name or any(s.name.casefold() == name.casefold() for s in pairing.skills):
        return pairing if name else None
    new = Skill(number=len(pairing.skills) + 1, name=name, since=arrival.now)
    return replace(pairing, skills=(*pairing.skills, new))


GOALS: dict[str, Order] = {
    "goal_done": state("done"),
    "goal_drop": state("dropped"),
    "goal_change": change,
    "goal_add": add,
    "goal_told": stand,
    "goal_order": order,
    "goal_part": part,
    "step": step,
    "skill": skill,
}
