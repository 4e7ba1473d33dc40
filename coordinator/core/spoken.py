"""What somebody says about a meeting in their own words: yes, no, another time, or hours of the week that suit."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from coordinator.core.answering import Heard, ask_once_more, take
from coordinator.core.answers import without_commands
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.booking import booked, meeting_of, with_meeting
from coordinator.core.counters import proposed
from coordinator.core.fields import KINDS
from coordinator.core.finding import can, with_free
from coordinator.core.folding import SOONEST
from coordinator.core.frozen import replace
from coordinator.core.hours import when
from coordinator.core.meant import names_questions
from coordinator.core.meeting import Free
from coordinator.core.other_times import free_ranges, proposed_start
from coordinator.core.program import Field
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Letter, Meeting, Pairing, Question
from coordinator.core.rsvp import answered, in_words
from coordinator.core.stages.ahead import offered
from coordinator.core.words import Words, languages_in, words_of

TIMES = ("slot", "counter", "shorter")
"""Facts that are about the time of a meeting: plain words to a letter that asks nothing else are, too."""
LATEST = timedelta(days=31)
"""A day so long after the times that were offered is about something else: nobody is booked for it."""
_COMING = Question(number=1, pairing="", prompt="", key="", field=Field(name="comes", kind="yes_no", ask=""))


def presence(text: str, context: Context) -> bool | None:
    """Whether somebody comes, as far as their words tell: "works", "can't make it"."""
    scan = tokens(text[:2000])
    for language in languages_in(scan, context):
        words = words_of(context, language)
        if _declines(words, scan.texts):
            return False
    answer = KINDS["yes_no"].read(text, _COMING, context)
    if isinstance(answer, Value):
        return bool(answer.value)
    for language in languages_in(scan, context):
        if "?" not in scan.texts and words_of(context, language).phrases("comes").anywhere(scan.texts) is not None:
            return True
    return None


def _declines(words: Words, texts: Sequence[str]) -> bool:
    """Whether a no stands anywhere that is not part of a longer yes: "can't wait to see you"."""
    no, yes = words.phrases("comes_not"), words.phrases("comes")
    return any(no.length(texts, i) > yes.length(texts, i) for i in range(len(texts)))


def spoken(arrival: Arrival, letter: Letter, heard: Heard) -> frozenset[int]:
    """Takes what the words of a reply say about the letter's meeting; the numbers of the questions that they settle."""
    asked = [question for question in letter.questions if question.field.fills in TIMES]
    pairing = arrival.cohort.pairing(asked[0].pairing) if asked else _pairing_of(arrival, letter)
    if pairing is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return frozenset()
    if _is_answered(arrival, asked):
        return frozenset()
    text = _words(arrival, letter, asked)
    if text and (
        _hours(arrival, pairing, letter, asked, text, heard) or _other_time(arrival, pairing, letter, asked, text)
    ):
        heard.settled = True
        return frozenset(question.number for question in asked)
    return frozenset()


def _pairing_of(arrival: Arrival, letter: Letter) -> Pairing | None:
    known = arrival.cohort.meeting(letter.uid) if letter.uid else None
    return (arrival.cohort.pairing(known[0].id) or known[0]) if known else None


def _is_answered(arrival: Arrival, asked: Sequence[Question]) -> bool:
    """Whether a pick, a yes or a choice was read: then there is nothing to look for in the words."""
    answers = (arrival.reading.answers.get(question.number) for question in asked)
    return any(isinstance(answer, Value) and answer.value not in (False, []) for answer in answers)


def _words(arrival: Arrival, letter: Letter, asked: Sequence[Question]) -> str:
    """All that was written but commands, where it is about the time alone; else what stands for such a question.

    Beside an invitation plain words are about the date, unless they name questions.
    """
    others = {question.number for question in letter.questions} - {question.number for question in asked}
    is_alone = others.isdisjoint(arrival.reading.answers) and not _needs(letter, others)
    if not names_questions(arrival) if letter.uid else is_alone:
        said = without_commands(arrival.reading.text or "", arrival.context(), letter.questions)
        return _unlabelled(said, letter)
    found = (arrival.reading.answers.get(question.number) for question in asked)
    return " ".join(answer.evidence for answer in found if isinstance(answer, Unclear))


def _unlabelled(text: str, letter: Letter) -> str:
    """Without the numbers of our questions before the answers: "1. no" names no first of the month."""
    numbers = "|".join(str(question.number) for question in letter.questions)
    return re.sub(rf"(?m)^[ \t]*(?:{numbers})[ \t]*[.:)](?=[ \t])", "", text) if numbers else text


def _needs(letter: Letter, numbers: Collection[int]) -> bool:
    return any(question.number in numbers and not question.field.optional for question in letter.questions)


def _meeting_of(pairing: Pairing, letter: Letter, asked: Sequence[Question]) -> Meeting | None:
    """The one that the letter invites to or asks about; None before the first."""
    by_uid = next((m for m in pairing.meetings if letter.uid and m.uid == letter.uid), None)
    parts = asked[0].key.split("/") if asked else []
    first = next((m.ordinal for m in pairing.meetings if m.kind == "meeting"), 0)
    ordinal = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else first
    return by_uid or next((m for m in pairing.meetings if asked and m.ordinal == ordinal), None)


def _other_time(arrival: Arrival, pairing: Pairing, letter: Letter, asked: Sequence[Question], text: str) -> bool:
    meeting = _meeting_of(pairing, letter, asked)
    if meeting is not None:
        return propose(arrival, pairing, meeting, text)
    slots = next((question.slots for question in asked if question.slots), ())
    start = proposed_start(text, arrival.context(), slots[0][0]) if slots else None
    if start is None or not arrival.now + SOONEST < start < slots[-1][1] + LATEST:
        return False
    arrival.heard()
    arrival.put(booked(arrival.situation(pairing), arrival.now, start))
    return True


def propose(
    arrival: Arrival,
    pairing: Pairing,
    meeting: Meeting,
    text: str,
    *,
    said: bool | None = None,
    at: datetime | None = None,
) -> bool:
    """Another time in words, put to the other or taken at once. said: that they come or not, where it is known.

    at: when they said so, where their calendar tells.
    """
    start = proposed_start(text, arrival.context(), meeting.start)
    if start is None or meeting.status != "invited" or meeting.start <= arrival.now:
        return False
    comes = presence(text, arrival.context()) if said is None else said
    arrival.heard()
    return suggest(arrival, pairing, meeting, start, None, comes=comes is not False, at=at)


def suggest(
    arrival: Arrival,
    pairing: Pairing,
    meeting: Meeting,
    start: datetime,
    end: datetime | None,
    *,
    comes: bool,
    at: datetime | None = None,
) -> bool:
    """The proposal of one of the two, put to the other or taken at once; False where it cannot be followed."""
    writer = arrival.writer
    answer = answered(meeting, writer, "TENTATIVE" if comes else "DECLINED", (meeting.sequence, at or arrival.now))
    stamped = with_meeting(pairing, meeting.ordinal, partstats=answer.partstats, stamps=answer.stamps)
    where = arrival.situation(stamped)
    changed = proposed(where, meeting_of(stamped, meeting.ordinal), writer.id, start, end, arrival.now)
    if changed is None:
        return False
    arrival.put(changed)
    if meeting_of(changed, meeting.ordinal).counter:
        arrival.tell((_asked_line(arrival, changed, start),), changed)
    return True


def _asked_line(arrival: Arrival, pairing: Pairing, start: datetime) -> str:
    context = arrival.context()
    other = arrival.cohort.participant(pairing.partner_of(arrival.writer.id))
    text = str(words_of(context).data.get("event", {}).get("asked", "{name}: {when}"))
    return text.format(name=other.first_name if other else "", when=when(start, context.timezone, context.language))


def _hours(
    arrival: Arrival, pairing: Pairing, letter: Letter, asked: Sequence[Question], text: str, heard: Heard
) -> bool:
    """Hours of the week: kept, and the first common time is taken where the other named hours, too; else offered."""
    ranges = free_ranges(text, arrival.context())
    if not ranges:
        return False
    keep(arrival, ranges)
    question = next((question for question in asked if question.field.fills == "slot"), None)
    where = arrival.situation(arrival.cohort.pairing(pairing.id) or pairing)
    if question is None:
        return _another_time_wanted(arrival, where.pairing, _meeting_of(pairing, letter, asked))
    times = offered(where, arrival.now, days=3)
    other = where.person(pairing.partner_of(arrival.writer.id))
    known = [span for span in times if can(other, *span, arrival.chapter)]
    if known:
        take(arrival, question, [{"start": known[0][0].isoformat(), "end": known[0][1].isoformat()}], heard)
    else:
        ask_once_more(arrival, replace(question, slots=times or question.slots), heard)
    return True


def _another_time_wanted(arrival: Arrival, pairing: Pairing, meeting: Meeting | None) -> bool:
    """Other hours than the meeting's count as a no; the times that are offered then lie inside them."""
    if meeting is None or meeting.status != "invited":
        return False
    arrival.put(in_words(pairing, meeting, arrival.writer, comes=False, now=arrival.now))
    return True


def keep(arrival: Arrival, ranges: Sequence[Free]) -> None:
    """Notes when the writer can."""
    arrival.heard()
    writer = arrival.writer
    arrival.cohort.put(replace(writer, free=with_free(writer, ranges, arrival.now)))
