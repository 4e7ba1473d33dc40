"""Reports of whether two people met: which question asks for one, and what only sounds like a meeting that was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coordinator.core.answers_day import Day
from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.dates import calendar_of
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

AROUND = ("please", "closing", "greeting", "lead", "turn", "together")
_CLAUSE = 16
"""Words behind a "did not" that are looked at; so a long text takes no longer than its length."""


@dataclass(frozen=True, slots=True)
class Plans:
    """Tokens of the sentences that name a day which may be to come (`dated`), and one which must be (`ahead`)."""

    dated: frozenset[int]
    ahead: frozenset[int]


def plans(scan: Tokens, words: Words, context: Context) -> Plans:
    """A report in such a sentence may be a plan: "we meet on Friday", "we had a call set for 20 March"."""
    calendar = calendar_of(context, words, past=True)
    named = [day for day in days(scan, calendar) if day.weekday is None]
    ahead = [day for day in named if day.why == "day" or (day.day and day.day > calendar.today)]
    later = days(scan, replace(calendar, past=False))
    open_ = [day for day in later if day.weekday is not None or (day.day and day.day > calendar.today)]
    return Plans(_around(open_, scan), _around(ahead, scan))


def _around(named: Sequence[Day], scan: Tokens) -> frozenset[int]:
    """Tokens of the sentences in which these days are named."""
    ranges = (s for s in sentences(scan) if any(s[0] <= day.start < s[1] for day in named)) if named else ()
    return frozenset(i for start, end in ranges for i in range(start, end))


def report_at(scan: Tokens, at: int, words: Words, planned: Plans) -> tuple[int, bool | None]:
    """(words, True) of "we met"; None where it may be a plan, and of a habit where a day is named."""
    past, habit = words.phrases("met").length(scan.texts, at), words.phrases("met_habit").length(scan.texts, at)
    doubtful = at in planned.ahead or (habit > past and at in planned.dated)
    return max(past, habit), None if doubtful else True


def asks_for_meeting(question: Question, context: Context) -> bool:
    """Whether the question, in whatever language, is whether the two met."""
    return _asks("met_asked", question, context)


def asks_for_touch(question: Question, context: Context) -> bool:
    """Whether any contact at all makes the answer a yes."""
    return question.field.kind == "yes_no" and _asks("touch_asked", question, context)


def _asks(key: str, question: Question, context: Context) -> bool:
    asked = tokens(question.field.ask).texts
    return any(words_of(context, name).phrases(key).anywhere(asked) is not None for name in languages(context))


def denies_this(scan: Tokens, at: int, words: Words, met: bool) -> bool:
    """Whether a "did not" denies what was asked: nothing goes on behind it, or a word that belongs to the question."""
    about, rest = words.phrases("no_met" if met else "no_wish"), words.phrases("no_rest")
    only_rest, end = True, at + _CLAUSE
    while at < len(scan) and not is_stop(scan.texts[at]):
        if at >= end:
            return False
        if about.length(scan.texts, at):
            return True
        step = max(rest.length(scan.texts, at), *(words.phrases(name).length(scan.texts, at) for name in AROUND))
        only_rest = only_rest and step > 0
        at += step or 1
    return only_rest


def failed_at(scan: Tokens, at: int, words: Words) -> int:
    """How many words say here that a meeting failed, 0 for none."""
    return words.phrases("not_met").length(scan.texts, at)
