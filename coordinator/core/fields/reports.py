"""Reports of whether two people met: which question asks for one, and what only sounds like a meeting that was."""

from dataclasses import dataclass
from functools import cached_property

from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.dates import calendar_of
from coordinator.core.fields.reports_told import is_of_others, is_told_with_length, is_undone, told_at
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

AROUND = ("please", "closing", "greeting", "lead", "turn", "together")
_SOON = 4
"""Words behind a yes within which a month says when it was, and is no topic."""
_CLAUSE = 16
"""Words behind a "did not" that are looked at; so a long text takes no longer than its length."""


@dataclass(frozen=True)
class Plans:
    """Where a text names a day to come: "we had a call set for 20 March". Looked for once, when somebody asks."""

    scan: Tokens
    words: Words
    context: Context

    @cached_property
    def places(self) -> frozenset[int]:
        """All tokens of the sentences that do."""
        calendar = calendar_of(self.context, self.words, past=True)
        named = (day for day in days(self.scan, calendar) if day.weekday is None)
        ahead = {d.start for d in named if d.why == "day" or (d.day is not None and d.day > calendar.today)}
        ranges = [range(*each) for each in sentences(self.scan)]
        return frozenset(at for each in ranges if not ahead.isdisjoint(each) for at in each)


def report_at(scan: Tokens, at: int, words: Words, plans: Plans) -> tuple[int, bool | None]:
    """(words, True) of "we met" and "we talk every Friday"; None where it may be a plan: "we talk on Friday"."""
    past, habit = words.phrases("met").length(scan.texts, at), words.phrases("met_habit").length(scan.texts, at)
    past = max(past, told_at(scan, at, words))
    if habit > past:
        sure = at not in plans.places and is_told_with_length(scan, at, at + habit, words)
        return habit, True if sure or _is_habit(scan, at + habit, words) else None
    is_plan = past > 0 and (at in plans.places or is_undone(scan, at + past, words))
    is_plan = is_plan or (past > 0 and is_of_others(scan, at, at + past, words))
    return past, None if is_plan else True


def is_another_meeting(scan: Tokens, start: int, end: int, words: Words, context: Context) -> bool:
    """Whether a yes goes on with another person, or with a time before the last mail: "but that was in December"."""
    if words.phrases("other_person").anywhere(scan.texts[start:]) is not None:
        return True
    months, told = words.phrases("months"), words.phrases("it_was").anywhere(scan.texts[start:end])
    recent = {context.now.month - 1, (context.now.month - 2) % 12}
    first = start + told if told is not None else start
    if any(
        (found := months.at(scan.texts, at)) and found[1] not in recent for at in range(first, min(end, first + _SOON))
    ):
        return True
    return words.phrases("last_year").anywhere(scan.texts[start:end]) is not None


def is_in_writing(scan: Tokens, start: int, end: int, words: Words, asked: Tokens, context: Context) -> bool:
    """Whether a yes to a talk is about what was only written: "yes, by text"."""
    written = words.phrases("in_writing").anywhere(scan.texts[start:end]) is not None
    return written and not touches(asked, context)


def touches(asked: Tokens, context: Context) -> bool:
    """Whether a question is for any contact at all."""
    return _is_in("touch_asked", asked, context)


def is_with_another(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether a yes is about somebody of theirs: "with her manager"."""
    with_, theirs = words.phrases("with_person"), words.phrases("theirs")
    for at in range(start, end):
        behind = at + with_.length(scan.texts, at)
        owner = theirs.length(scan.texts, behind) if behind > at else 0
        if owner and not scan.ends_at(behind + owner) and not _goes_on(scan, behind + owner, words):
            return True
    return False


def is_with_somebody(scan: Tokens, at: int, words: Words) -> bool:
    """Whether these words are "with" and neither of the two: the end of "yes, but with Tom" and "but only with Tom"."""
    at += words.phrases("consent_less").length(scan.texts, at)
    behind = at + words.phrases("with_person").length(scan.texts, at)
    return behind > at and not words.phrases("pair_words").length(scan.texts, behind)


def _goes_on(scan: Tokens, at: int, words: Words) -> bool:
    """Whether a "her" is the partner herself: the next word belongs to the meeting, as in "with her on Friday"."""
    around = (*AROUND, "day_joins", "at_time", "weekdays", "relative_days", "because", "but", "years", "articles")
    counted = scan.texts[at][0].isdecimal() or words.phrases("numbers").length(scan.texts, at) > 0
    return counted or any(words.phrases(name).length(scan.texts, at) for name in around)


def _is_habit(scan: Tokens, at: int, words: Words) -> bool:
    end = next((i for i in range(at, min(len(scan), at + _CLAUSE)) if is_stop(scan.texts[i])), at + _CLAUSE)
    return words.phrases("habit_word").anywhere(scan.texts[at:end]) is not None


def asks_for_meeting(question: Question, context: Context) -> bool:
    """Whether the question, in whatever language, is whether the two met."""
    return _is_in("met_asked", tokens(question.field.ask), context)


def asks_for_touch(question: Question, context: Context) -> bool:
    """Whether any contact at all makes the answer a yes."""
    return question.field.kind == "yes_no" and touches(tokens(question.field.ask), context)


def _is_in(key: str, asked: Tokens, context: Context) -> bool:
    return any(words_of(context, name).phrases(key).anywhere(asked.texts) is not None for name in languages(context))


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


def refuses(scan: Tokens, at: int, end: int, words: Words) -> bool:
    """Whether a no turns down an offer rather than tell that a meeting failed: "she offered the 11th, I can't"."""
    if words.phrases("refusal").length(scan.texts, at) != end - at:
        return False
    clause = scan.texts[end : end + _CLAUSE]
    stop = next((i for i, text in enumerate(clause) if is_stop(text)), len(clause))
    return words.phrases("no_met").anywhere(clause[:stop]) is None


def failed_at(scan: Tokens, at: int, words: Words) -> int:
    """How many words say here that a meeting failed, 0 for none; "I forgot" only where no other thing follows."""
    open_ = words.phrases("not_met_open").length(scan.texts, at)
    behind = at + open_ + (scan.texts[at + open_ : at + open_ + 1] == (",",))
    if open_ and denies_this(scan, behind, words, met=True):
        return open_
    return words.phrases("not_met").length(scan.texts, at)
