"""What a letter may say: plain values for one reader, nothing else, each taken through `view`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from coordinator.core.context_agreement import agreement, proposal, quotes
from coordinator.core.context_alone import alone
from coordinator.core.context_life import life, standing_life
from coordinator.core.context_meeting import about_change, coming_event, described
from coordinator.core.context_words import shared
from coordinator.core.first_items import carried, first_items
from coordinator.core.goal_lines import SHARED, shortened
from coordinator.core.hours import local_day
from coordinator.core.moments import Moment, Situation
from coordinator.core.passed_on import told_last
from coordinator.core.places import number_of, regular
from coordinator.core.records import Goal, Meeting, Pairing, Participant
from coordinator.core.resources import told_with
from coordinator.core.said_by import fact_of, is_of, said_by
from coordinator.core.view import may_see_goal, sees_goals, visible
from coordinator.core.where import Where

PLAN = ("expectations", "gains", "improve", "journey", "methods", "purpose")
"""The parts of the plan that both compare before the first meeting (AHE-8, 16, 18, 20)."""

Plain = Mapping[str, Any]


def context(where: Where, moment: Moment) -> dict[str, Any]:
    """Everything that the prompt of a moment may use, as its recipient may see it."""
    return next(contexts([(where, moment)]))


def contexts(several: Sequence[tuple[Where, Moment]]) -> Iterator[dict[str, Any]]:
    """The same for the moments of one letter; what all say of one pair alike is gathered once."""
    gathered: dict[tuple[int, str], dict[str, Any]] = {}
    for where, moment in several:
        if not isinstance(where, Situation):
            yield alone(where, moment)
            continue
        me = where.person(moment.recipient)
        key = (id(where), me.id)
        if key not in gathered:
            gathered[key] = _of_the_pair(where, me)
        yield {**gathered[key], **_of_the_moment(where, me, moment)}


def _of_the_pair(where: Situation, me: Participant) -> dict[str, Any]:
    """What is the same whatever is to be said."""
    role = where.pairing.role_of(me.id) or ""
    return {
        "me": {"first_name": me.first_name, "name": me.name, "role": role},
        "partner": _partner(where, me),
        "program": _program(where),
        "goals": goals_told(where, me.id),
        "plan": _columns(where, me, PLAN),
        "agreement": agreement(where, me),
        "skeleton": _skeleton(where),
        **standing_life(where, me),
    }


def _of_the_moment(where: Situation, me: Participant, moment: Moment) -> dict[str, Any]:
    pairing = where.pairing
    meeting = next((m for m in where.meetings if m.ordinal == moment.ordinal), None)
    upcoming = meeting or _upcoming(where, moment.at)
    return {
        "advisor": advisor(where, moment.at),
        "meeting": described(where, upcoming, me) if upcoming else None,
        "agenda": list(upcoming.agenda) if upcoming and sees_goals(me.id, pairing) else [],
        "feedback": _feedback(where, me, moment),
        "shared": shared(where, me, moment),
        "first": bool(meeting and number_of(pairing, meeting) == 1),
        "event": coming_event(where, me, upcoming.booked if upcoming else None),
        "moment": moment.kind,
        "declined": _decliner(where, meeting),
        **about_change(where, meeting, me),
        "alert": proposal(where, me, moment) or told_with(where, moment),
        "agreed": quotes(where, me, moment),
        **life(where, me, moment),
        "items": _items(where, me, meeting),
        "who": _declarer(where, moment) or _introduced(where, me),
    }


def _partner(where: Situation, me: Participant) -> Plain:
    role = where.pairing.role_of(me.id)
    if role == "advisor":
        return {"first_name": "", "name": "", "role": "", "address": ""}
    other = where.person(where.pairing.partner_of(me.id))
    return {
        "first_name": other.first_name,
        "name": other.name,
        "address": other.address,
        "role": where.pairing.role_of(other.id) or "",
    }


def advisor(where: Situation, now: datetime) -> dict[str, str]:
    """The first advisor who is there, whom a letter names; the chapter's coordinator where a pairing has none."""
    for id_ in where.pairing.advisors:
        somebody = where.person(id_)
        if somebody.status == "active" and not somebody.care.is_absent(local_day(now, where.zone_of(id_))):
            return {"name": somebody.name, "address": somebody.address}
    return {"name": where.chapter.sender_name, "address": where.chapter.coordinator}


def _program(where: Situation) -> Plain:
    return {
        "title": where.program.title,
        "months": where.program.months,
        "starts": where.pairing.start.isoformat(),
        "ends": where.pairing.end.isoformat(),
        "community_link": where.program.community_link,
        "sponsor_goals": where.program.sponsor_goals,
    }


def goals_seen(pairing: Pairing, viewer: str) -> list[dict[str, Any]]:
    """The open goals with their trend, for one of the two; nothing for anybody else."""
    if not sees_goals(viewer, pairing):
        return []
    return [
        {"number": g.number, "text": shortened(g.text), "owner": pairing.role_of(g.owner) or "", "trend": trend(g)}
        for g in pairing.goals
        if g.state == "open" and may_see_goal(viewer, g)
    ]


def goals_told(where: Situation, viewer: str) -> list[dict[str, Any]]:
    """The same; of a shared goal that the two see differently, who says what (AAHA-19): "Maya 3, Mona 6"."""
    return [
        {**goal, "trend": _views(where, viewer, goal["number"]) or goal["trend"]}
        for goal in goals_seen(where.pairing, viewer)
    ]


def _views(where: Situation, viewer: str, number: int) -> str:
    """ "" unless it is nobody's own goal and their last scores differ."""
    pairing = where.pairing
    if not any(g.number == number and g.owner in SHARED for g in pairing.goals):
        return ""
    last: dict[str, int] = {}
    for answer in visible(viewer, pairing):
        told = answer.value.get(str(number)) if isinstance(answer.value, Mapping) else None
        if isinstance(told, Mapping) and told.get("score") is not None and is_of(where, answer, "goal_progress"):
            last[answer.by] = told["score"]
    if len(set(last.values())) < 2:
        return ""
    pair = (pairing.mentee, pairing.mentor)
    return ", ".join(f"{where.person(id_).first_name} {last[id_]}" for id_ in pair if id_ in last)


def trend(goal: Goal) -> str:
    """The scores of a goal over time, as "3 → 6 → 8"; the last state word where there are none."""
    scores = [str(score) for _, score, _, _ in goal.scores if score is not None]
    if scores:
        return " → ".join(scores)
    return goal.scores[-1][2].replace("_", " ") if goal.scores else ""


def _upcoming(where: Situation, now: datetime) -> Meeting | None:
    """The next of the pair's own meetings that stands and has not begun; nothing that is for everybody."""
    ahead = (m for m in regular(where.pairing) if m.status == "invited" and m.start > now)
    return min(ahead, key=lambda meeting: meeting.start, default=None)


def _columns(where: Situation, me: Participant, parts: Sequence[str]) -> dict[str, Any]:
    """What each wrote of these parts, side by side, as far as the reader may see it; the methods that both named."""
    if where.pairing.role_of(me.id) not in ("mentor", "mentee"):
        return {"mine": {}, "theirs": {}, "methods": []}
    columns: dict[str, dict[str, Any]] = {"mine": {}, "theirs": {}}
    for answer in visible(me.id, where.pairing):
        part = fact_of(where.program, answer)
        if part is not None and part in parts:
            columns["mine" if answer.by == me.id else "theirs"][part] = answer.value
    if "journey" not in columns["mine"] and not _shared_anyway(where, me):
        columns["theirs"].pop("journey", None)  # exchanged, never handed over one-sided (AHE-16)
    mine, theirs = (columns[whose].get("methods") or () for whose in ("mine", "theirs"))
    return {**columns, "methods": [method for method in mine if method in theirs]}


def _shared_anyway(where: Situation, me: Participant) -> bool:
    """Whether the partner consented to a one-sided exchange."""
    partner = where.pairing.partner_of(me.id)
    return any(a.field == "share_journey" and a.by == partner and a.value is True for a in where.pairing.answers)


def _feedback(where: Situation, me: Participant, moment: Moment) -> list[str]:
    """What the partner meant for the reader since the last letter that passed such words on (AHE-25, IMA-30).

    It goes with the next invitation; what is said later goes with the agenda, and after the last of these with the
    closing letter.
    """
    role = where.pairing.role_of(me.id)
    if role not in ("mentor", "mentee") or not moment.ordinal or moment.kind not in ("invite", "ask", "tell"):
        return []
    since = told_last(where, role, but=moment.key, feedback=True)
    answers = visible(me.id, where.pairing, by=where.pairing.partner_of(me.id))
    said = (a for a in answers if a.value and fact_of(where.program, a) == "feedback")
    return [str(a.value) for a in said if since is None or a.at > since]


def _items(where: Situation, me: Participant, meeting: Meeting | None) -> list[str]:
    """What belongs to the first meeting, and later what of it is still open."""
    language = me.language or where.chapter.language
    if meeting is None or where.pairing.role_of(me.id) not in ("mentor", "mentee"):
        return []
    return list(first_items(where.program.words, language) if meeting.ordinal == 1 else carried(where, language))


SKELETONS = ("career", "problem", "model")
"""What a first agenda is built around, in the order of the options of what a mentee may look for (AHE-19)."""


def _skeleton(where: Situation) -> str:
    answer = said_by(where, "purpose", where.pairing.mentee)
    if answer is None or answer.visibility not in ("pair", "program"):
        return ""
    asked = [f for versions in where.program.prompts.values() for p in versions.values() for f in p.fields]
    options = (f.options for f in asked if f.fills == "purpose" and answer.value in f.options)
    return next((SKELETONS[o.index(answer.value)] for o in options if len(o) == len(SKELETONS)), "")


def _declarer(where: Situation, moment: Moment) -> Plain:
    """Who sees a conflict of interest, for the advisor who decides and for nobody else."""
    if moment.stage != "blocked":
        return {}
    seen = [a for a in visible(moment.recipient, where.pairing) if fact_of(where.program, a) == "coi" and a.value]
    if not seen:
        return {}
    who, partner = where.person(seen[-1].by), where.person(where.pairing.partner_of(seen[-1].by))
    words = seen[-1].value if isinstance(seen[-1].value, str) else ""
    named = {"name": who.name, "first_name": who.first_name, "address": who.address}
    return {**named, "partner": partner.name, "words": words}


def _introduced(where: Situation, me: Participant) -> Plain:
    """The two by name, for their advisor (IMA-2)."""
    if where.pairing.role_of(me.id) != "advisor":
        return {}
    mentee, mentor = where.person(where.pairing.mentee), where.person(where.pairing.mentor)
    named = {"name": mentee.name, "first_name": mentee.first_name, "partner": mentor.name}
    return {**named, "pairs": [{"mentee": mentee.name, "mentor": mentor.name}]}


def _decliner(where: Situation, meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    for id_, said in meeting.partstats.items():
        if said == "DECLINED":
            return where.person(id_).first_name
    return ""
