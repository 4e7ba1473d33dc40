"""One line that reports a contact: "called 10 min", "we also spoke Tuesday 20 min"."""

from collections.abc import Sequence
from datetime import date

from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.dates import calendar_of
from coordinator.core.fields.lengths import lengths
from coordinator.core.fields.reports import asks_for_meeting
from coordinator.core.frozen import replace
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

_DAYS = frozenset({"slots", "date"})
"""Kinds of questions that a day and "by phone" answer."""
_WRITTEN = frozenset({"email", "text"})
_MOST_NAMES = 2
"""Of one person: "I called Mona Ek for 10 min"."""
_FILLING = ("contact_lead", "contact_fillers", "about", "or_so", "together", "please", "closing")


def contact(scan: Tokens, words: Words, context: Context, questions: Sequence[Question]) -> Command | None:
    """args: kind ("call", "meeting", "email", "text"), minutes (None when not said), day (ISO, None when not said).

    Every word of the line must be about the contact. Where this letter asks for a day or whether the two met, only
    an "also" makes it a contact beside that, or that it was in writing.
    """
    if "?" in scan.texts or words.phrases("contacts").anywhere(scan.texts) is None or _is_label(scan, questions):
        return None
    calendar = calendar_of(context, words, past=True)
    # "We spoke Tuesday", written on a Tuesday, is of today.
    named = tuple(
        replace(d, day=calendar.today) if d.day is None and d.weekday is not None else d for d in days(scan, calendar)
    )
    times = tuple(lengths(scan, words))
    used = {i for d in named for i in range(d.start, d.end)} | {i for t in times for i in range(t.start, t.end)}
    kinds, understood = _kinds(scan, used, words, with_names=bool(named or times))
    if (
        not kinds
        or not understood
        or len(times) > 1
        or any(d.day is None for d in named)
        or len({d.day for d in named}) > 1
    ):
        return None
    also = any(words.phrases("contact_also").length(scan.texts, i) for i in range(len(scan)))
    written = set(kinds) <= _WRITTEN  # is no talk, whatever is asked
    if not also and not written and any(asks_for_meeting(question, context) for question in questions):
        return None
    if not also and not times and any(question.field.kind in _DAYS for question in questions):
        return None
    who = words.phrases("contact_who").length(scan.texts, 0)
    if not (times or named or also or who):
        return None
    return _command(kinds, times[0].minutes if times else None, named[0].day if named else None)


def _is_label(scan: Tokens, questions: Sequence[Question]) -> bool:
    """Whether the line begins with the number of a question: "2. email"."""
    signed = scan.texts[1:2] in {(".",), (":",), (")",)}
    return signed and scan.texts[0].isdecimal() and int(scan.texts[0][:3]) in {q.number for q in questions}


def _command(kinds: Sequence[str], minutes: float | None, day: date | None) -> Command | None:
    if minutes is not None and (minutes != int(minutes) or minutes <= 0):
        return None
    kind = next((kind for kind in kinds if kind != "meeting"), "meeting")
    args = {"kind": kind, "minutes": None if minutes is None else int(minutes), "day": day.isoformat() if day else None}
    return Command(name="contact", words="", args=args)


def _kinds(scan: Tokens, used: set[int], words: Words, *, with_names: bool) -> tuple[list[str], bool]:
    """The kinds of contact named, and whether every word of the line is about it, or the name of somebody."""
    kinds: list[str] = []
    at = names = 0
    while at < len(scan):
        if at in used or is_stop(scan.texts[at]):
            at += 1
            continue
        named = words.phrases("contacts").at(scan.texts, at)
        step = max(words.phrases(name).length(scan.texts, at) for name in _FILLING)
        if named and named[0] >= step:
            kinds.append(str(named[1]))
            step = named[0]
        if not step and with_names and names < _MOST_NAMES and scan.raw[scan.items[at].start].isupper():
            names, step = names + 1, 1
        if not step:
            return kinds, False
        at += step
    return kinds, True
