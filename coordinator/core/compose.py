"""From the moments that are due for one person to one letter: merged, numbered, named for good."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coordinator.core.again import put_again, sections_again
from coordinator.core.agreement.obeyed import CHANGES
from coordinator.core.asking import questions_of
from coordinator.core.beside import beside
from coordinator.core.context import advisor
from coordinator.core.context_alone import footer_alone
from coordinator.core.effects import Chapter, Effect, Invite, Section
from coordinator.core.endings.peers import PEER, is_among_peers, papers, told_each
from coordinator.core.frozen import replace
from coordinator.core.hours import at_local
from coordinator.core.invites import invite_of
from coordinator.core.moments import CALENDAR, Moment, Part, Situation
from coordinator.core.records import Asked, Letter, Meeting, Participant, Question, Receipt
from coordinator.core.tokens import message_id, ref, token
from coordinator.core.where import Where

MOST_QUESTIONS = 5
ASKED_ONCE = frozenset(("goal_progress", "achievement", "lesson", "score"))
"""Facts for which more than one letter asks: about the last meeting, and about all of them."""
AFTERWARDS = timedelta(days=45)
"""How long after the pairing's end a letter may still be answered."""

ALONE = timedelta(days=120)
"""The same for a letter that belongs to no pairing, from the day it is written."""


def asked_with(one: Part, now: datetime) -> Asked:
    """What its record keeps of the questions of a part that goes out now."""
    return Asked(
        key=one.moment.key,
        prompt=one.moment.prompt,
        stage=one.moment.stage,
        recipient=one.moment.recipient,
        at=now,
        fields=tuple(q.field.name for q in one.questions),
    )


def part(where: Where, moment: Moment, now: datetime) -> Part:
    """A moment with its questions, not numbered yet."""
    return Part(where=where, moment=moment, questions=questions_of(where, moment, now))


def fitting(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Those that fit into one letter, in order: of one entry in the calendar, and no more than five questions.

    For another prompt to fit, questions that yield are left out.
    """
    kept: list[Part] = []
    entry: tuple[object, ...] = ()
    for one in sorted(parts, key=_order):
        named = _entry(one)
        room = _with_room([*kept, one])
        if (named and entry and named != entry) or (kept and room is None):
            continue
        kept = [*kept, one] if room is None else room
        entry = entry or named
    return tuple(kept)


def _entry(one: Part) -> tuple[object, ...]:
    """Which entry of the calendar it brings, and how; () = none."""
    moment = one.moment
    return (moment.pairing, moment.ordinal, moment.kind) if moment.kind in CALENDAR else ()


def _with_room(parts: list[Part]) -> list[Part] | None:
    """The same parts with no more than five questions in all, None where they need more."""
    parts = _asking_once(parts)
    over = sum(len(p.questions) for p in parts) - MOST_QUESTIONS
    for place in reversed(range(len(parts))):
        yielding = [q.field.name for q in parts[place].questions if q.field.yields] if over > 0 else []
        gone = set(yielding[-over:])
        left = tuple(q for q in parts[place].questions if q.field.name not in gone)
        over -= len(parts[place].questions) - len(left)
        parts[place] = replace(parts[place], questions=left)
    return parts if over <= 0 else None


def _asking_once(parts: list[Part]) -> list[Part]:
    """What two parts ask of one pairing the one asks that needs it; beside a check-in no score is asked (ACHE-44)."""
    asked = [q for part in parts for q in part.questions]
    by: dict[tuple[str, str], str] = {(q.pairing, "score"): q.key for q in asked if q.field.fills == "checkin"}
    for question in sorted(asked, key=lambda q: q.field.yields):
        by.setdefault((question.pairing, question.field.fills or ""), question.key)

    def is_kept(question: Question) -> bool:
        fact = question.field.fills or ""
        return fact not in ASKED_ONCE or by[question.pairing, fact] == question.key

    return [replace(part, questions=tuple(filter(is_kept, part.questions))) for part in parts]


def _order(one: Part) -> tuple[bool, int, bool, datetime, int, str]:
    """The calendar first, then a meeting that does not suit, then questions before reminders; company comes last.

    What goes today in any case comes before what would make a second mail of this day. Of what can wait, that first
    which can wait least. What is alike stands as the program has its stages.
    """
    rank = {"invite": 0, "cancel": 0, "refuse": 0, "ask": 2, "tell": 2, "nudge": 3}
    ids = [stage.id for stage in one.where.program.stages]
    place = ids.index(one.moment.stage) if one.moment.stage in ids else len(ids)
    is_change = one.moment.kind == "ask" and one.moment.prompt in CHANGES
    first = 1 if is_change else rank[one.moment.kind]
    patient = one.moment.patient
    settled = (patient is not None, 0 if patient else first, not one.moment.urgent)
    return (*settled, patient or one.moment.at, place, one.moment.key)


def letter_effect(
    chapter: Chapter, to: Participant, parts: Sequence[Part], receipts: Sequence[Receipt], now: datetime
) -> Effect:
    """One letter that holds all the parts and tells what was understood lately."""
    first = parts[0]
    questions = tuple(replace(q, number=n) for n, q in enumerate((q for p in parts for q in p.questions), start=1))
    again = put_again(receipts)
    lines, told_again = retold(receipts)
    closes = max(_closes(p.where, now) for p in parts)
    letter = new_letter(
        chapter,
        to,
        key=first.moment.key,
        purpose=_purpose(parts),
        now=now,
        closes=closes,
        keys=tuple(p.moment.asked or p.moment.key for p in parts),
        pairings=_about_whom(parts),
        questions=questions + _renumbered(again, len(questions)),
        told=told_again,
        uid=next((m.uid for p in parts if (m := _meeting(p))), "") if _is_calendar(parts) else "",
    )
    sections = tuple(
        Section(
            prompt=p.moment.prompt,
            pairing=p.moment.pairing,
            key=p.moment.asked or p.moment.key,
            context=plain,
            nudge=p.moment.kind == "nudge",
        )
        for p, plain in zip(parts, told_each([_now(p, now) for p in parts]), strict=True)
    )
    return Effect(
        letter=letter,
        sections=sections + sections_again(parts[0].where, to, receipts, now),
        receipts=lines,
        footer={**_footer(parts, to, now), **_spoken_by(parts, to, now)},
        invite=_invite(parts, now),
        papers=papers((p.where, p.moment) for p in parts),
        beside=beside(parts, to, receipts),
    )


def _now(part: Part, now: datetime) -> tuple[Where, Moment]:
    """It may have been due earlier; what it says of yesterday and tomorrow is said today."""
    return part.where, replace(part.moment, at=max(part.moment.at, now))


def _about_whom(parts: Sequence[Part]) -> tuple[str, ...]:
    """Ids of the pairings and searches that a reply may mean; what travels along and asks nothing is none of them."""
    speaking = [p for p in parts if p.questions or p.moment.patient is None] or parts
    return tuple(dict.fromkeys(p.moment.pairing for p in speaking if p.moment.pairing))


def _footer(parts: Sequence[Part], to: Participant, now: datetime) -> dict[str, str]:
    """As the first of the parts says; without a role where one of them goes to peers."""
    plain = footer(parts[0].where, to, now)
    is_among = any(is_among_peers(p.where, p.moment) for p in parts)
    return {**plain, "role": PEER} if is_among else plain


def retold(receipts: Sequence[Receipt]) -> tuple[tuple[str, ...], tuple[Question, ...]]:
    """(lines, questions) of all receipts: answers numbered throughout, so that `fix 2: …` means one of them."""
    answers = [pair for r in receipts for pair in zip(r.told, r.lines, strict=False)]
    others = dict.fromkeys(line for r in receipts for line in r.lines[len(r.told) :])  # each remark once
    told = tuple(replace(question, number=n) for n, (question, _) in enumerate(answers, start=1))
    lines = [f"{n}. {line}" for n, (_, line) in enumerate(answers, start=1)]
    return (*lines, *others), told


def _renumbered(questions: Sequence[Question], offset: int) -> tuple[Question, ...]:
    if not offset:
        return tuple(questions)
    return tuple(replace(q, number=n) for n, q in enumerate(questions, start=offset + 1))


def new_letter(
    chapter: Chapter,
    to: Participant,
    *,
    key: str,
    purpose: str,
    now: datetime,
    closes: datetime | None,
    keys: tuple[str, ...] = (),
    pairings: tuple[str, ...] = (),
    questions: tuple[Question, ...] = (),
    told: tuple[Question, ...] = (),
    uid: str = "",
) -> Letter:
    """A letter with its token, ref and Message-ID, all derived from its key."""
    domain = chapter.address.rpartition("@")[2]
    return Letter(
        id=key,
        version=1,
        token=token(chapter.secret, to.id, key, closes),
        ref=ref(chapter.secret, key),
        message_id=message_id(chapter.secret, key, domain),
        recipient=to.id,
        address=to.address,
        purpose=purpose,
        language=to.language or chapter.language,
        keys=keys,
        pairings=pairings,
        questions=questions,
        at=now,
        closes=closes,
        told=told,
        uid=uid,
    )


def _spoken_by(parts: Sequence[Part], to: Participant, now: datetime) -> dict[str, str]:
    """A letter that holds nothing but a check-in comes in the advisor's name, from the program's address (AMIA-26)."""
    first = parts[0].where
    kinds = {stage.id: stage.kind for stage in first.program.stages}
    if isinstance(first, Situation) and all(kinds.get(p.moment.stage) == "checkin" for p in parts):
        return {"from": footer(first, to, now)["advisor_name"]}
    return {}


def footer(where: Where, to: Participant, now: datetime) -> dict[str, str]:
    """Why they get this mail and whom they may turn to: an advisor to the coordinator, not to themselves."""
    if not isinstance(where, Situation):
        return footer_alone(where, to)
    role, chapter = where.pairing.role_of(to.id) or "", where.chapter
    is_advisor = role == "advisor"
    named = {"name": chapter.sender_name, "address": chapter.coordinator} if is_advisor else advisor(where, now)
    return {
        "advisor_name": named["name"],
        "advisor_address": named["address"],
        "program": where.program.title,
        "role": role,
        "chapter": where.chapter.name,
    }


def _closes(where: Where, now: datetime) -> datetime:
    if not isinstance(where, Situation):
        return now + ALONE
    return max(at_local(where.pairing.end, 0, 0, where.zone), now) + AFTERWARDS


def _purpose(parts: Sequence[Part]) -> str:
    if _is_calendar(parts):
        return "calendar"
    if all(_is_over(p.where) for p in parts):
        return "care"
    return "nudge" if all(p.moment.kind == "nudge" for p in parts) else "prompt"


def _is_over(where: Where) -> bool:
    return isinstance(where, Situation) and where.pairing.status == "ended"


def _is_calendar(parts: Sequence[Part]) -> bool:
    return any(p.moment.kind in CALENDAR for p in parts)


def _meeting(one: Part) -> Meeting | None:
    if one.moment.kind not in CALENDAR or not isinstance(one.where, Situation):
        return None
    return next(m for m in one.where.meetings if m.ordinal == one.moment.ordinal)


def _invite(parts: Sequence[Part], now: datetime) -> Invite | None:
    for one in parts:
        meeting = _meeting(one)
        if meeting and isinstance(one.where, Situation):
            return invite_of(one.where, meeting, one.moment.kind, now, to=one.moment.recipient)
    return None
