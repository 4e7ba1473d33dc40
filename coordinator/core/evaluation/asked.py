"""What a look asks: the criteria of the pair, each from 1 to 5; without them the items of a questionnaire."""

import re
from collections.abc import Iterator
from datetime import datetime

from coordinator.core.frozen import replace
from coordinator.core.instruments import Instrument
from coordinator.core.moments import Moment, Situation
from coordinator.core.program import Stage
from coordinator.core.records import Question

MOST = 5
"""No letter asks more; a longer questionnaire comes in portions."""
OWN = "criterion"
OURS = "pulse"
"""The questionnaire that we wrote and that needs no word on whose it is."""
_APART = re.compile(r"\s*[;|•]\s*")


def criteria(where: Situation) -> tuple[str, ...]:
    """What the two agreed to look at, five at most (ACHE-33)."""
    return _parted(where.pairing.terms.get("criteria", ""))


def criteria_at(where: Situation, at: datetime | None) -> tuple[str, ...]:
    """What they had agreed to look at by then, as the versions of their agreement say."""
    told = [v.clauses["criteria"] for v in where.pairing.agreement if at and v.at <= at and "criteria" in v.clauses]
    return _parted(told[-1]) if told else criteria(where)


def _parted(text: str) -> tuple[str, ...]:
    parts = _APART.split(text) if _APART.search(text) else text.split(",")
    return tuple(part.strip(" .-") for part in parts if part.strip(" .-"))[:MOST]


def instrument_of(where: Situation, stage: Stage) -> Instrument | None:
    return where.program.instruments.get(str(stage.options.get("instrument", "")))


def scale_of(where: Situation, stage: Stage) -> dict[str, object]:
    """What a look says of itself: whose measures, from which number to which, and by whose leave."""
    own = bool(criteria(where))
    found = None if own else instrument_of(where, stage)
    if found is None:
        return {"own": own, "low": 1, "high": 5, "title": "", "holder": ""}
    theirs = found.id != OURS
    title, holder = (found.title, found.licence.holder) if theirs else ("", "")
    return {"own": False, "low": found.low, "high": found.high, "title": title, "holder": holder}


def portions(where: Situation, stage: Stage) -> int:
    """How many letters one look takes."""
    found = instrument_of(where, stage)
    return 1 if criteria(where) or found is None else -(-len(found.items) // MOST)


def questions(where: Situation, moment: Moment, question: Question, _now: datetime) -> Iterator[Question]:
    """One question for each criterion, or for each item of this letter's portion."""
    stage = next((s for s in where.program.stages if s.id == moment.stage), None)
    own = criteria(where)
    for number, text in enumerate(own, start=1):
        yield replace(question, field=replace(question.field, name=f"{OWN}_{number}", ask=text, visibility="pair"))
    found = instrument_of(where, stage) if stage else None
    if own or found is None:
        return
    language = where.person(moment.recipient).language or where.chapter.language
    first = (portion_of(moment.asked or moment.key) - 1) * MOST
    for item in found.items[first : first + MOST]:
        ask = _with_anchors(item.words(language), found.anchored(language), found)
        field = replace(question.field, name=item.id, ask=ask, low=found.low, high=found.high, visibility="private")
        yield replace(question, field=field)


def _with_anchors(ask: str, anchors: tuple[str, ...], found: Instrument) -> str:
    if len(anchors) < 2:
        return ask
    return f"{ask} ({found.low} = {anchors[0]}, {found.high} = {anchors[-1]})"


def portion_of(key: str) -> int:
    """Of "p1/check/m3.2/mentee" the 2."""
    number = key.split("/")[2].rpartition(".")[2]
    return int(number) if number.isdigit() else 1
