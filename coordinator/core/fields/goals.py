"""Progress on each open goal: a score, a state, a note."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.fields.goal_report import Report, report_in
from coordinator.core.fields.goal_topics import Mark, less_link, ordinal_marks, told_by_topic, topic_marks
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of


class Goals:
    """value: goal number → {"score": 0–10 or None, "state": a state or None, "note": words}, of the goals named.

    "80 %" is 8. A goal of which too much was said for one score or state keeps the words as its note.
    """

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        words = words_of(context)
        return (words.hint("goals"), *(f"G{number}  {text}" for number, text in question.goals))

    def read(self, text: str, question: Question, context: Context) -> Read:
        if not text.strip() or not question.goals:
            return None
        scan = tokens(text)
        return by_language(scan, context, lambda words: _reading(scan, text, question, words))

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to goals",) if field.options else ()


_NUMBERS = range(1, 100)
_SEVERAL = 2
_BY_WORDS = 0.9
"""How sure a report is of goals that are named by words which may mean something else, too."""


def marks(scan: Tokens, words: Words) -> Iterator[Mark]:
    """Every "G1", "goal 2", "goal two" or "Goal no. 3" in the text; "O1" as well, but not "o 1"."""
    starts = (words.phrases(name).anywhere(scan.texts) for name in ("goal_word", "goal_letters"))
    at = min((start for start in starts if start is not None), default=len(scan))
    while at < len(scan):
        length = words.phrases("goal_word").length(scan.texts, at) or _letter(scan, at, words)
        number = number_at(scan, at + length, words) if length else None
        if number and number.value in _NUMBERS:
            yield Mark(int(number.value or 0), at, number.end)
            at = number.end
        else:
            at += 1


def _letter(scan: Tokens, at: int, words: Words) -> int:
    """1 where the first letter of a word for a goal stands directly before a number, else 0."""
    is_one = words.phrases("goal_letters").length(scan.texts, at) == 1
    return int(is_one and scan.touches(at + 1) and scan.texts[at + 1].isdecimal())


def _lettered(scan: Tokens, words: Words) -> Tokens:
    """With a "g" for such a letter: the "o" of "O1 6 O2 3" is no "or" behind the 6."""
    texts = tuple("g" if _letter(scan, at, words) else text for at, text in enumerate(scan.texts))
    return Tokens(scan.raw, scan.items, texts)


def _reading(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    known = {number for number, _ in question.goals}
    scan = _lettered(scan, words)
    found = tuple(marks(scan, words)) or _numbered(scan, known)
    if not found:
        return _by_own_words(scan, text, question, words) or _unnamed(scan, text, question, words)
    if any(mark.number not in known for mark in found):
        return unclear(text, words, "unknown")
    if _is_crossed(scan, found, words):
        return unclear(text, words, "which")
    reports: dict[str, Report] = {}
    for numbers, start, end in _parts(scan, found, words):
        for number in numbers:
            told = report_in(scan, start, end, words)
            before = reports.get(str(number))
            if before and before.value != told.value:
                return unclear(text, words, "different")
            reports[str(number)] = told
    before_ = range(found[0].start) if not _says_before(scan, found, words) else ()
    stray = any(not is_stop(scan.texts[i]) and not words.phrases("lead").length(scan.texts, i) for i in before_)
    return _told(reports, text, words, sure=0.8 if stray else 1.0)


def _told(reports: dict[str, Report], text: str, words: Words, *, sure: float = 1.0) -> Read:
    kept = {number: told.value for number, told in reports.items() if told.value != _NOTHING}
    if not kept:
        return None
    if not any(told.trusted for told in reports.values()):
        return unclear(text, words, "several", guess=kept)
    return value(kept, text, sure if all(told.trusted for told in reports.values()) else min(sure, 0.9))


_NOTHING = {"score": None, "state": None, "note": ""}


def _numbered(scan: Tokens, known: set[int]) -> tuple[Mark, ...]:
    """Bare numbers of goals with a sign behind them, on every line or one after the other: "1: 8/10 2: 4/10"."""
    signs = {":", ")", "="}
    found = [
        Mark(int(text), at, at + 2)
        for at, text in enumerate(scan.texts[:-1])
        if text.isdecimal() and len(text) <= 2 and int(text) in known and scan.texts[at + 1] in signs
        and scan.texts[at - 1 : at] not in {("/",), ("=",), (":",)}
    ]  # fmt: skip
    lines = {i for i, text in enumerate(scan.texts) if text != "\n" and (i == 0 or scan.texts[i - 1] == "\n")}
    rising = all(a.number < b.number for a, b in pairwise(found))
    return tuple(found) if lines <= {mark.start for mark in found} and (rising or len(lines) == len(found)) else ()


def _parts(scan: Tokens, found: Sequence[Mark], words: Words) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """(goals, first token, end) of what is said of them; "G1 and G2: done" says it of both.

    "Done: G1" says it before; so does "stuck on G2, G1 is a 6" of the first, and "behind with G1, fine with G2" each.
    """
    ends = [*(mark.start for mark in found[1:]), len(scan)]
    if _says_before(scan, found, words):
        if _is_empty(scan, found[-1].end, len(scan)):
            yield from _said_before(scan, found, words)
            return
        if len(found) > 1 and _is_joint(scan, found[0].end, found[1].start, words):
            yield (found[0].number,), _state_place(scan, words), less_link(scan, 0, found[0].start, words)
            found, ends = found[1:], ends[1:]
    shared: list[int] = []
    for place, (mark, end) in enumerate(zip(found, ends, strict=True)):
        shared.append(mark.number)
        if place + 1 < len(found) and _is_joint(scan, mark.end, end, words):
            continue
        yield tuple(shared), mark.end, end
        shared = []


def _said_before(scan: Tokens, found: Sequence[Mark], words: Words) -> Iterator[tuple[tuple[int, ...], int, int]]:
    start, shared = _state_place(scan, words), [found[0]]
    for mark in found[1:]:
        if not _is_joint(scan, shared[-1].end, mark.start, words):
            yield tuple(each.number for each in shared), start, less_link(scan, start, shared[0].start, words)
            start, shared = shared[-1].end, []
        shared.append(mark)
    yield tuple(each.number for each in shared), start, less_link(scan, start, shared[0].start, words)


def _state_place(scan: Tokens, words: Words) -> int:
    return words.phrases("goal_states").anywhere(scan.texts) or 0


def _is_crossed(scan: Tokens, found: Sequence[Mark], words: Words) -> bool:
    """Whether states stand before the first goal, between two of them and behind the last: whose they are, who knows.

    "I am making progress: G1 7, G2 3" tells each by its number.
    """
    ends = [*(mark.start for mark in found[1:]), len(scan)]
    return (
        len(found) > 1
        and _says_before(scan, found, words)
        and not _is_empty(scan, found[-1].end, len(scan))
        and not _is_joint(scan, found[0].end, found[1].start, words)
        and not all(report_in(scan, m.end, end, words).score is not None for m, end in zip(found, ends, strict=True))
    )


def _is_empty(scan: Tokens, start: int, end: int) -> bool:
    """Whether nothing but punctuation stands there."""
    return all(is_stop(text) for text in scan.texts[start:end])


def _says_before(scan: Tokens, found: Sequence[Mark], words: Words) -> bool:
    """Whether nothing but a state stands before the first goal: "done: G1 and G2"."""
    at, states = 0, 0
    while at < found[0].start:
        state = words.phrases("goal_states").length(scan.texts, at)
        step = state or max(
            words.phrases(n).length(scan.texts, at) for n in ("goal_fillers", "goal_links", "goal_beside")
        )
        if not step and not is_stop(scan.texts[at]):
            return False
        states += state > 0
        at += step or 1
    return states > 0


def _is_joint(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether only "and", "&" or a comma stands between two goals."""
    return all(
        scan.texts[i] in {",", "&", "+", "/", "="} or words.phrases("together").length(scan.texts, i)
        for i in range(start, end)
    )


def _by_own_words(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    """ "Team meeting 5, exam 7" and "first one 4, second one 6", where something plain stands beside each name."""
    if len(question.goals) < _SEVERAL:
        return None
    for found in (tuple(topic_marks(scan, question.goals, words)), ordinal_marks(scan, question.goals, words)):
        told = told_by_topic(scan, found, words)
        if len(told) == len(question.goals) == len({mark.number for mark in told}):
            return _told({str(mark.number): report for mark, report in told.items()}, text, words, sure=_BY_WORDS)
    return None


def _unnamed(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    """Reports without a name: of the only goal, of all of them, or a line for each."""
    numbers = [number for number, _ in question.goals]
    everyone = words.phrases("all_goals").length(scan.texts, 0)
    if everyone and len(numbers) > 1:
        told = report_in(scan, everyone, len(scan), words)
        return _told({str(n): told for n in numbers}, text, words) if _is_plain(told) else None
    if len(numbers) == 1:
        told = report_in(scan, 0, len(scan), words)
        if told.score is None and told.state is None:
            return unclear(text, words, "several") if not told.trusted else None
        return _told({str(numbers[0]): told}, text, words)
    lines = _lines(scan)
    if len(lines) != len(numbers):
        return None
    reports = {str(n): report_in(scan, *line, words) for n, line in zip(numbers, lines, strict=True)}
    return _told(reports, text, words) if all(_is_plain(told) for told in reports.values()) else None


def _is_plain(told: Report) -> bool:
    return told.trusted and (told.score is not None or told.state is not None)


def _lines(scan: Tokens) -> list[tuple[int, int]]:
    breaks = {"\n"} if "\n" in scan.texts else {",", ";"}
    lines, start = [], 0
    for index in range(len(scan) + 1):
        if index == len(scan) or scan.texts[index] in breaks:
            if index > start:
                lines.append((start, index))
            start = index + 1
    return lines
