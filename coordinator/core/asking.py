"""The questions of a prompt as one reader is asked them now: what is settled is left out, turns are taken, lists grow.

A field whose fact has an expansion becomes as many questions as there are things to ask about, each with a name of its
own ("settle_type", "measure_2"), so that a reply is read against what was asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from coordinator.core.agreement.clauses import ATTENDANCE
from coordinator.core.agreement.differences import MOST, differing, wishes
from coordinator.core.context import goals_seen
from coordinator.core.evaluation.asked import questions as check_questions
from coordinator.core.first_items import is_covered, open_items
from coordinator.core.frozen import replace
from coordinator.core.goal_lines import SHARED, is_due, lacking, shortened
from coordinator.core.joining import forms
from coordinator.core.labels import label, phrase, told
from coordinator.core.moments import Moment, Situation
from coordinator.core.orientation import left as orientation_left
from coordinator.core.places import regular
from coordinator.core.program import Field
from coordinator.core.records import Goal, Question
from coordinator.core.said_by import said_by
from coordinator.core.seeking.forming import BRIEF
from coordinator.core.stages.ahead import offered
from coordinator.core.stages.checkin import question_for
from coordinator.core.stages.introducing import MADE, is_advisors
from coordinator.core.where import Alone, Where

MEASURE = "measure"
MOST_GOALS = 5
"""So many goals are asked about in one letter, by their owner's priority; nobody rates thirty from a phone."""


def questions_of(where: Where, moment: Moment, now: datetime) -> tuple[Question, ...]:
    """The fields of a prompt that are still open, as this reader is asked them now."""
    if moment.kind not in ("ask", "nudge"):
        return ()
    to = where.person(moment.recipient)
    prompt = where.program.prompt(moment.prompt, to.language or where.chapter.language)
    asked = where.asked(moment.asked) if moment.kind == "nudge" else None
    fields = prompt.fields if asked else _turned(where, moment, prompt.fields, now)
    if not isinstance(where, Situation):
        alone = (
            _plain(moment, f) for f in fields if f.kind not in ("goals", "slots") and not _is_known(where, moment, f)
        )
        return tuple(q for q in alone if asked is None or q.field.name in asked.fields)
    made = (question for field in fields for question in _expanded(where, moment, field, now))
    return tuple(q for q in made if asked is None or q.field.name in asked.fields)


def _is_known(where: Where, moment: Moment, field: Field) -> bool:
    """Whether a form need not ask that: a roster or another form said it."""
    if not isinstance(where, Alone) or field.fills != "profile" or moment.kind != "ask":
        return False
    return forms.is_known(where.participant, field.name)


def _turned(where: Where, moment: Moment, fields: Sequence[Field], now: datetime) -> Iterator[Field]:
    """One field of each turn, by how often this prompt was put to this reader; one that is settled gives way.

    A number that is due comes first: its writer chose how often they are asked for it.
    """
    times = sum(1 for a in where.record.asked.values() if (a.prompt, a.recipient) == (moment.prompt, moment.recipient))
    taken: set[str] = set()
    for field in fields:
        if field.turn in taken:
            continue
        if not field.turn:
            if not is_settled(where, moment.recipient, field):
                yield field
            continue
        taken.add(field.turn)
        group = [f for f in fields if f.turn == field.turn]
        turn = [group[(times + n) % len(group)] for n in range(len(group))]
        firsts = [f for f in group if f.once][times:]
        turn = [*firsts, *(f for f in turn if f not in firsts)]
        still = [f for f in turn if not is_settled(where, moment.recipient, f)]
        due = [f for f in still if f.fills == MEASURE and _measured(where, moment.recipient, now)]
        yield from [*due, *(f for f in still if f.fills != MEASURE)][:1]


def is_settled(where: Where, person: str, field: Field) -> bool:
    """Whether there is nothing left to ask: the newest agreement is signed, the line is known."""
    settled = _SETTLED.get(field.fills or "")
    return settled is not None and isinstance(where, Situation) and settled(where, person)


def _is_signed(where: Situation, person: str) -> bool:
    drawn = where.pairing.agreement
    return not drawn or person in drawn[-1].signed


def _once(fact: str) -> Callable[[Situation, str], bool]:
    return lambda where, person: said_by(where, fact, person) is not None


def _is_brought(where: Situation, person: str) -> bool:
    """Whether somebody said it before the pairing began, in answer to the brief."""
    said = said_by(where, "gains", person)
    return said is not None and said.key == f"{where.pairing.id}/{BRIEF}"


def _has_read(where: Situation, person: str) -> bool:
    """Whether somebody has read the text as it is now."""
    name = f"read_{where.program.how_it_works}"
    return any(a.by == person and a.field == name and a.value for a in where.pairing.answers)


def _measures_nothing(where: Situation, person: str) -> bool:
    return not any(g.state == "open" and g.measure and g.measure.reporter == person for g in where.pairing.goals)


def _measured(where: Where, person: str, now: datetime) -> Sequence[Goal]:
    """The goals of which somebody owes a number now."""
    goals = where.pairing.goals if isinstance(where, Situation) else ()
    return [g for g in goals if g.state == "open" and g.measure and g.measure.reporter == person and is_due(g, now)]


def _is_said_lately(where: Situation, person: str) -> bool:
    """Whether somebody said so towards this end; after a renewal there is another one."""
    said = said_by(where, "turn_to", person)
    return said is not None and said.at.date() > where.pairing.end - LATELY


_SETTLED: Mapping[str, Callable[[Situation, str], bool]] = {
    "signed": _is_signed,
    "coi": _once("coi"),
    "ack": _has_read,
    "covered": is_covered,
    "gains": _is_brought,
    "hours": _once("hours"),
    "goal_progress": lambda where, person: not _own_goals(where, person),
    MEASURE: _measures_nothing,
    "vision": lambda where, _person: "vision" in where.pairing.terms,
    "turn_to": _is_said_lately,
}
"""Fact → whether somebody need not be asked (again)."""


def _expanded(where: Situation, moment: Moment, field: Field, now: datetime) -> Iterator[Question]:
    question = _plain(moment, _to_an_advisor(where, moment, _confided(where, field)))
    expand = _EXPANSIONS.get(field.fills or "")
    if expand:
        yield from expand(where, moment, question, now)
    elif field.kind == "goals":
        yield from _goals(where, moment, question)
    elif field.kind == "slots":
        yield from _slots(where, moment, question, now)
    else:
        yield question


def _plain(moment: Moment, field: Field) -> Question:
    key = moment.asked or moment.key
    return Question(number=0, pairing=moment.pairing, prompt=moment.prompt, key=key, field=field)


LATELY = timedelta(days=60)
"""So long before the end what somebody says about the time after it stands."""
OF_THE_CALENDAR = ("meeting_met", "meeting_minutes", "slot", "counter", "shorter", "place", "in_touch")
"""Facts that are attendance, whatever the two agreed on confidentiality."""


TO_THE_ADVISOR = ("coi", "introduce")
"""Facts that a question asks for the advisor by its own words."""


def _confided(where: Situation, field: Field) -> Field:
    """As the two agreed: where their advisor sees attendance only, what would go to the advisor stays (ACHE-28)."""
    if where.pairing.terms.get("confidentiality") != ATTENDANCE or field.fills in (*OF_THE_CALENDAR, *TO_THE_ADVISOR):
        return field
    return replace(field, visibility="private") if field.visibility == "advisor" else field


def _to_an_advisor(where: Situation, moment: Moment, field: Field) -> Field:
    """An introduction that an advisor thought of is between them and the mentee, whatever else the two agreed."""
    is_theirs = moment.stage == MADE and is_advisors(where, moment)
    return replace(field, visibility="advisor") if is_theirs else field


def _goals(where: Situation, moment: Moment, question: Question) -> Iterator[Question]:
    """Nothing where no goal is open."""
    goals = _own_goals(where, moment.recipient)
    if goals:
        yield replace(question, goals=goals[:MOST_GOALS])


def _own_goals(where: Situation, person: str) -> tuple[tuple[int, str], ...]:
    """The open goals of somebody, and those of both."""
    seen = {g["number"] for g in goals_seen(where.pairing, person)}
    mine = (person, *SHARED)
    return tuple((g.number, shortened(g.text)) for g in where.pairing.goals if g.number in seen and g.owner in mine)


def _slots(where: Situation, moment: Moment, question: Question, now: datetime) -> Iterator[Question]:
    """Nothing where no common hour is left, or where the first meeting is booked already."""
    if regular(where.pairing) and not moment.ordinal:
        return
    moved = next((m for m in where.meetings if m.ordinal == moment.ordinal and m.status == "invited"), None)
    times = offered(where, now, days=8, around=moved)
    if times:
        yield replace(question, slots=times)


def _settle(where: Situation, moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """A choice for each clause on which the two differ, or of which only one has spoken (AAHA-3)."""
    language = where.person(moment.recipient).language or where.chapter.language
    names = (n for n in differing(where.pairing) if set(where.pairing.proposals[n]) != {moment.recipient})
    for name in tuple(names)[:MOST]:
        wanted = wishes(where.pairing, name)
        values = (told(where.program, language, name, value) for value in wanted)
        options = (*values, phrase(where.program, language, "talk"))
        ask = f"{label(where.program, language, name)}: {phrase(where.program, language, 'which')}"
        if name == "until" and len(wanted) > 1:
            earliest = told(where.program, language, name, min(wanted))
            ask += f" {phrase(where.program, language, 'earlier', day=earliest)}"
        field = replace(question.field, name=f"settle_{name}", kind="choice", ask=ask, options=options)
        yield replace(question, field=field)


def _covered(where: Situation, moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """What of their first agenda they came to."""
    items = tuple(open_items(where, where.person(moment.recipient).language or where.chapter.language))
    if len(items) > 1:
        yield replace(question, field=replace(question.field, kind="choices", options=items))


def _smart(where: Situation, moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """One question for each goal of the reader, about the lines that it lacks (AAHA-17)."""
    language = where.person(moment.recipient).language or where.chapter.language
    mine = [g for g in where.pairing.goals if g.owner == moment.recipient and g.state == "open"]
    for goal in mine[:MOST_GOALS]:
        missing = [phrase(where.program, language, f"smart_{name}") for name in lacking(goal)]
        if missing:
            text = shortened(goal.text)
            ask = phrase(where.program, language, "smart", goal=f"G{goal.number}", text=text, lines=", ".join(missing))
            yield replace(question, field=replace(question.field, name=f"smart_{goal.number}", ask=ask))


def _measures(where: Situation, moment: Moment, question: Question, now: datetime) -> Iterator[Question]:
    """The number by which a goal is measured, of whoever reports it, when it is due (AAHA-30); one in a letter."""
    language = where.person(moment.recipient).language or where.chapter.language
    for goal in _measured(where, moment.recipient, now)[:1]:
        what = goal.measure.what if goal.measure else ""
        ask = phrase(where.program, language, "measure", goal=f"G{goal.number}", what=what)
        field = replace(question.field, name=f"measure_{goal.number}", kind="number", low=0, high=100000, ask=ask)
        yield replace(question, field=field)


def _orientation(where: Situation, _moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """What of the orientation is left, while anything is (IMA-10)."""
    left = orientation_left(where)
    if len(left) > 1:
        yield replace(question, field=replace(question.field, kind="choices", options=left))
    elif left:
        yield replace(question, field=replace(question.field, kind="choices", options=(*left, "–")))


def _check_in(where: Situation, moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """With the next question of the bank under it."""
    language = where.person(moment.recipient).language or where.chapter.language
    stage = next((stage for stage in where.program.stages if stage.id == moment.stage), None)
    hint = question_for(where, stage, moment.ordinal or 1, language) if stage else ""
    yield replace(question, field=replace(question.field, hint=hint))


def _how_it_works(where: Situation, _moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """Under the version of the text, so that the answer says what was read (IMA-6)."""
    yield replace(question, field=replace(question.field, name=f"read_{where.program.how_it_works}"))


Expand = Callable[[Situation, Moment, Question, datetime], Iterator[Question]]

_EXPANSIONS: Mapping[str, Expand] = {
    "checkin": _check_in,
    "settle": _settle,
    "check": check_questions,
    "ack": _how_it_works,
    "covered": _covered,
    "smart": _smart,
    MEASURE: _measures,
    "ticked": _orientation,
    "not_needed": _orientation,
}


def has_nothing_to_ask(where: Where, moment: Moment, questions: Sequence[Question]) -> bool:
    """Whether a letter exists only to ask about things of which there are none yet; it waits for them."""
    if moment.kind != "ask" or questions or not isinstance(where, Situation):
        return False
    fields = where.program.prompts[moment.prompt]["en"].fields
    return bool(fields) and all(field.fills in _EXPANSIONS for field in fields)
