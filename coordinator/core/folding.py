"""What an answer changes in the record: one small function for each fact that a field may fill."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.answered import Said
from coordinator.core.answers_text import unwrapped
from coordinator.core.booking import booked, meeting_of, moved, with_meeting
from coordinator.core.counters import said_to
from coordinator.core.folding_agreement import AGREEMENT
from coordinator.core.folding_goals import GOAL_FOLDS, context_of
from coordinator.core.frozen import replace
from coordinator.core.kept_back import is_kept_back
from coordinator.core.moments import Situation
from coordinator.core.proposals import proposal_in
from coordinator.core.records import Answer, Contact, Goal, Pairing
from coordinator.core.shorter import OPTIONS, agreed, kept_short, wished
from coordinator.core.standing import answered
from coordinator.core.terms import proposed, withdrawn

SOONEST = timedelta(hours=12)
"""Nobody is called to a talk at shorter notice."""


def folded(where: Situation, said: Said) -> Pairing:
    """The pairing with an answer kept, its prompt nearer to closed, and the fact that it fills."""
    pairing = _kept(where.pairing, said)
    fold = _FOLDS.get(said.question.field.fills or "")
    if fold is None:
        return pairing
    return fold(replace(where, pairing=pairing), said)


def _kept(pairing: Pairing, said: Said) -> Pairing:
    question = said.question
    answer = Answer(
        key=question.key,
        prompt=question.prompt,
        field=question.field.name,
        by=said.by,
        at=said.now,
        value=said.value,
        visibility=question.field.visibility,
    )
    return answered(pairing, answer)


def _met(where: Situation, said: Said) -> Pairing:
    """Held as soon as one of the two says so; both are asked, and a correction counts."""
    pairing = where.pairing
    if not _has_meeting(pairing, said.ordinal):
        return pairing
    word = [a.value for a in pairing.answers if a.field == said.question.field.name and _about(a.key, said.ordinal)]
    held = any(v is True for v in word)
    meeting = meeting_of(pairing, said.ordinal)
    pairing = with_meeting(pairing, said.ordinal, status="held" if held else "missed")
    others = tuple(c for c in pairing.contacts if c.at != meeting.end)
    contact = (Contact(at=meeting.end, kind="meeting", minutes=meeting.minutes, by=said.by),) if held else ()
    return replace(pairing, contacts=tuple(sorted((*others, *contact), key=lambda c: c.at)))


def _about(key: str, ordinal: int) -> bool:
    parts = key.split("/")
    return len(parts) > 2 and parts[2] == str(ordinal)


def _has_meeting(pairing: Pairing, ordinal: int) -> bool:
    return any(m.ordinal == ordinal for m in pairing.meetings)


def _minutes(where: Situation, said: Said) -> Pairing:
    if not _has_meeting(where.pairing, said.ordinal):
        return where.pairing
    pairing = with_meeting(where.pairing, said.ordinal, minutes=int(said.value))
    end = meeting_of(pairing, said.ordinal).end
    contacts = tuple(
        replace(c, minutes=int(said.value)) if c.kind == "meeting" and c.at == end else c for c in pairing.contacts
    )
    return replace(pairing, contacts=contacts)


def _goals(where: Situation, said: Said) -> Pairing:
    """One goal a line. Said again, the lines reword the goals of the first answer in their order."""
    pairing, context = where.pairing, context_of(where, said)
    lines = [
        line for text in unwrapped(str(said.value)).replace(";", "\n").splitlines() if (line := _without_number(text))
    ]
    mine = [g for g in pairing.goals if g.owner == said.by and g.state == "open"]
    for goal, line in zip(mine, lines, strict=False):
        if goal.text != line:
            pairing = with_goal(pairing, replace(goal, texts=(*goal.texts, line)))
    for line in lines[len(mine) :]:
        seen = "private" if is_kept_back(line, context) else said.question.field.visibility
        new = Goal(number=len(pairing.goals) + 1, owner=said.by, texts=(line,), visibility=seen)
        pairing = replace(pairing, goals=(*pairing.goals, new))
    return pairing


def _without_number(line: str) -> str:
    """A goal without its list mark: "1. …", "G2: …", "- …"."""
    text = line.strip().lstrip("-*•–").strip()
    head, _, tail = text.partition(" ")
    mark = head.rstrip(".:)").lstrip("Gg#(")
    return tail.strip() if tail and mark.isdigit() and len(mark) <= 2 and head != mark else text


def with_goal(pairing: Pairing, goal: Goal) -> Pairing:
    """The pairing with one goal changed."""
    return replace(pairing, goals=tuple(goal if g.number == goal.number else g for g in pairing.goals))


def _progress(where: Situation, said: Said) -> Pairing:
    return progressed(where.pairing, said.value, said.now)


def progressed(pairing: Pairing, told: Mapping[str, Any], now: datetime) -> Pairing:
    """The pairing with one more entry in the series of each goal that was told about."""
    for goal in pairing.goals:
        word = told.get(str(goal.number))
        if word is None:
            continue
        state = str(word.get("state") or "")
        score = (now, word.get("score"), state, str(word.get("note") or ""))
        settled = {"done": "done", "dropped": "dropped"}.get(state, goal.state)
        pairing = with_goal(pairing, replace(goal, scores=(*goal.scores, score), state=settled))
    return pairing


def _agenda(where: Situation, said: Said) -> Pairing:
    if not _has_meeting(where.pairing, said.ordinal):
        return where.pairing
    lines = tuple(line for text in unwrapped(str(said.value)).splitlines() if (line := _without_number(text)))
    return with_meeting(where.pairing, said.ordinal, agenda=lines)


def _slot(where: Situation, said: Said) -> Pairing:
    """The first of the times that suits: the first meeting, or a new time for one that stands already."""
    ahead = ahead_of(said)
    if not ahead:
        return where.pairing
    (start, end) = ahead[0]
    pairing = where.pairing
    known = [m for m in pairing.meetings if m.kind == "meeting"]
    if not known:
        return booked(where, said.now, start)
    ordinal = said.ordinal or known[0].ordinal
    if not _has_meeting(pairing, ordinal):
        return pairing
    meeting = meeting_of(pairing, ordinal)
    if meeting.organizer and meeting.status == "cancelled" and meeting == pairing.meetings[-1]:
        return booked(where, said.now, start)
    if meeting.status != "invited" or meeting.start <= said.now or meeting.start == start:
        return pairing
    return moved(pairing, ordinal, start, end, said.now)


def ahead_of(said: Said) -> list[tuple[datetime, datetime]]:
    """The chosen times that are not past or about to begin."""
    chosen = ((datetime.fromisoformat(s["start"]), datetime.fromisoformat(s["end"])) for s in said.value)
    return [slot for slot in chosen if slot[0] > said.now + SOONEST]


def _shorter(where: Situation, said: Said) -> Pairing:
    """What somebody would rather do than miss it; as soon as both say the same, the event follows (ACHE-43)."""
    options, pairing = said.question.field.options, where.pairing
    place = options.index(said.value) if said.value in options else len(OPTIONS)
    if place >= len(OPTIONS) or not _has_meeting(pairing, said.ordinal):
        return pairing
    meeting = meeting_of(pairing, said.ordinal)
    if meeting.status != "invited" or meeting.shortened or meeting.start <= said.now:
        return pairing
    pairing = wished(pairing, said.ordinal, said.by, OPTIONS[place])
    if not agreed(meeting_of(pairing, said.ordinal)):
        return pairing
    return kept_short(pairing, said.ordinal, said.now, where.program.words, where.chapter.language)


def _counter(where: Situation, said: Said) -> Pairing:
    """Yes moves the meeting to the proposed time; no leaves it, and the other hears so."""
    if not _has_meeting(where.pairing, said.ordinal):
        return where.pairing
    key = said.question.key
    return said_to(where.pairing, said.ordinal, key, said.by, yes=bool(said.value), now=said.now)


def _place(where: Situation, said: Said) -> Pairing:
    """Kept for the meetings to come; the calendar says it as soon as an invitation goes out again."""
    pairing = replace(where.pairing, terms={**where.pairing.terms, "place": str(said.value)})
    if _has_meeting(pairing, said.ordinal):
        return with_meeting(pairing, said.ordinal, place=str(said.value))
    return pairing


def _term(name: str) -> Callable[[Situation, Said], Pairing]:
    def fold(where: Situation, said: Said) -> Pairing:
        return proposed(where, name, str(said.value), said.by)

    return fold


def _agree(where: Situation, said: Said) -> Pairing:
    """Yes to what the partner proposed makes it a term of both; no withdraws it. A newer proposal is asked anew."""
    name, value = proposal_in(where.pairing, said.question.key)
    partner = where.pairing.partner_of(said.by)
    if where.pairing.proposals.get(name, {}).get(partner) != value:
        return where.pairing
    if said.value:
        return proposed(where, name, value, said.by)
    return withdrawn(where.pairing, name, partner)


def _in_touch(where: Situation, said: Said) -> Pairing:
    """Yes to "have you been in touch?" counts as contact, whatever its channel (AHE-13)."""
    if not said.value:
        return where.pairing
    contact = Contact(at=said.now, kind="call", by=said.by)
    return replace(where.pairing, contacts=(*where.pairing.contacts, contact))


_FOLDS: Mapping[str, Callable[[Situation, Said], Pairing]] = {
    "meeting_met": _met,
    "meeting_minutes": _minutes,
    "goals": _goals,
    "goal_progress": _progress,
    "agenda": _agenda,
    "slot": _slot,
    "counter": _counter,
    "shorter": _shorter,
    "place": _place,
    "rhythm": _term("rhythm"),
    "minutes": _term("minutes"),
    "agree": _agree,
    "in_touch": _in_touch,
    **AGREEMENT,
    **GOAL_FOLDS,
}
