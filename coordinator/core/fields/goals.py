"""Progress on each open goal: a score, a state, a note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coordinator.core.answers_numbers import Number, is_limited, number_at
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

TOP = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a goal is named. start, end: tokens of the name; number: the goal's."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Report:
    """What was said of one goal. trusted: whether score and state can be taken at their word."""

    score: int | None
    state: str | None
    note: str
    trusted: bool = True

    @property
    def value(self) -> dict[str, Any]:
        if not self.trusted:
            return {"score": None, "state": None, "note": self.note}
        return {"score": self.score, "state": self.state, "note": self.note}


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
        return by_language(context, lambda words: _reading(scan, text, question, words))

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to goals",) if field.options else ()


def marks(scan: Tokens, words: Words) -> Iterator[Mark]:
    """Every "G1", "goal 2" or "Goal no. 3" in the text."""
    at = 0
    while at < len(scan):
        length = words.phrases("goal_word").length(scan.texts, at)
        number = scan.texts[at + length : at + length + 1] if length else ()
        if number and number[0].isdecimal() and len(number[0]) <= 2 and int(number[0]) > 0:
            yield Mark(int(number[0]), at, at + length + 1)
            at += length + 1
        else:
            at += 1


def _reading(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    known = {number for number, _ in question.goals}
    found = tuple(marks(scan, words)) or _numbered(scan, known)
    if not found:
        return _unnamed(scan, text, question, words)
    if any(mark.number not in known for mark in found):
        return unclear(text, words, "unknown")
    reports: dict[str, _Report] = {}
    for numbers, start, end in _parts(scan, found, words):
        for number in numbers:
            report = _report(scan, start, end, words)
            before = reports.get(str(number))
            if before and before.value != report.value:
                return unclear(text, words, "different")
            reports[str(number)] = report
    before_ = range(found[0].start) if not _says_before(scan, found, words) else ()
    stray = any(not is_stop(scan.texts[i]) and not words.phrases("lead").length(scan.texts, i) for i in before_)
    return _told(reports, text, words, sure=0.8 if stray else 1.0)


def _told(reports: dict[str, _Report], text: str, words: Words, *, sure: float = 1.0) -> Read:
    kept = {number: report.value for number, report in reports.items() if report.value != _NOTHING}
    if not kept:
        return None
    if not any(report.trusted for report in reports.values()):
        return unclear(text, words, "several", guess=kept)
    return value(kept, text, sure if all(report.trusted for report in reports.values()) else min(sure, 0.9))


_NOTHING = {"score": None, "state": None, "note": ""}


def _numbered(scan: Tokens, known: set[int]) -> tuple[Mark, ...]:
    """Lines that begin with a goal's bare number and a colon, when all lines do."""
    starts = [i for i in range(len(scan)) if i == 0 or scan.texts[i - 1] == "\n"]
    found = []
    for start in starts:
        sign = scan.texts[start : start + 2]
        if not sign or sign[0] == "\n":
            continue
        if (
            len(sign) < 2
            or not sign[0].isdecimal()
            or sign[1] not in {":", ")", "="}
            or len(sign[0]) > 2
            or int(sign[0]) not in known
        ):
            return ()
        found.append(Mark(int(sign[0]), start, start + 2))
    return tuple(found)


def _parts(scan: Tokens, found: Sequence[Mark], words: Words) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """(goals, first token, end) of what is said of them; "G1 and G2: done" says it of both, "done: G1" before."""
    shared: list[int] = []
    before = _says_before(scan, found, words)
    for place, mark in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(scan)
        shared.append(mark.number)
        if place + 1 < len(found) and _is_joint(scan, mark.end, end, words):
            continue
        if before and place == len(found) - 1 and _is_joint(scan, mark.end, end, words):
            yield tuple(shared), 0, found[0].start
        else:
            yield tuple(shared), mark.end, end
        shared = []


def _says_before(scan: Tokens, found: Sequence[Mark], words: Words) -> bool:
    """Whether nothing but a state stands before the first goal: "done: G1 and G2"."""
    at, states = 0, 0
    while at < found[0].start:
        state = words.phrases("goal_states").length(scan.texts, at)
        step = state or words.phrases("goal_fillers").length(scan.texts, at)
        if not step and not is_stop(scan.texts[at]):
            return False
        states += state > 0
        at += step or 1
    return states > 0


def _is_joint(scan: Tokens, start: int, end: int, words: Words) -> bool:
    """Whether only "and", "&" or a comma stands between two goals."""
    return all(
        scan.texts[i] in {",", "&", "+", "/"} or words.phrases("together").length(scan.texts, i)
        for i in range(start, end)
    )


def _unnamed(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    """Reports without a name: of the only goal, of all of them, or a line for each."""
    numbers = [number for number, _ in question.goals]
    everyone = words.phrases("all_goals").length(scan.texts, 0)
    if everyone and len(numbers) > 1:
        report = _report(scan, everyone, len(scan), words)
        return _told({str(n): report for n in numbers}, text, words) if _is_plain(report) else None
    if len(numbers) == 1:
        report = _report(scan, 0, len(scan), words)
        if report.score is None and report.state is None:
            return unclear(text, words, "several") if not report.trusted else None
        return _told({str(numbers[0]): report}, text, words)
    lines = _lines(scan)
    if len(lines) != len(numbers):
        return None
    reports = {str(n): _report(scan, *line, words) for n, line in zip(numbers, lines, strict=True)}
    return _told(reports, text, words) if all(_is_plain(report) for report in reports.values()) else None


def _is_plain(report: _Report) -> bool:
    return report.trusted and (report.score is not None or report.state is not None)


def _lines(scan: Tokens) -> list[tuple[int, int]]:
    breaks = {"\n"} if "\n" in scan.texts else {",", ";"}
    lines, start = [], 0
    for index in range(len(scan) + 1):
        if index == len(scan) or scan.texts[index] in breaks:
            if index > start:
                lines.append((start, index))
            start = index + 1
    return lines


def _report(scan: Tokens, start: int, end: int, words: Words) -> _Report:
    """Score and state from the beginning of the words, the rest as a note."""
    scores, states, used = _found(scan, start, end, words)
    note = _note(scan, used, end, words)
    trusted = len({s for s, _ in scores}) <= 1 and len({s for s, _ in states}) <= 1 and (None, True) not in scores
    denied = _denied(scan, start, used, end, words)
    trusted = trusted and not denied
    if not trusted:
        return _Report(None, None, _trim(scan.written(start, end)), trusted=False)
    return _Report(scores[0][0] if scores else None, states[0][0] if states else None, note)


def _found(
    scan: Tokens, start: int, end: int, words: Words
) -> tuple[list[tuple[int | None, bool]], list[tuple[str, bool]], int]:
    """Scores and states before any reason, and where the words about them end."""
    scores: list[tuple[int | None, bool]] = []
    states: list[tuple[str, bool]] = []
    at, used = start, start
    while at < end:
        state = words.phrases("goal_states").at(scan.texts, at)
        if state and at + state[0] <= end:
            if _has_object(scan, state, at, end, words):
                break
            if not (state[1] == "done" and scores and at == used):  # "60 % done" is a score
                states.append((str(state[1]), True))
            at = used = at + state[0]
            continue
        number = number_at(scan, at, words)
        score = _score(scan, number, end, words) if number else None
        if score:
            scores.append(score[:2])
            at = used = score[2]
            continue
        step = max(words.phrases(n).length(scan.texts, at) for n in ("goal_fillers", "about", "together", "turn"))
        if not step and not (is_stop(scan.texts[at]) and scan.texts[at] != "."):
            break
        at += step or 1
    return scores, states, used


def _has_object(scan: Tokens, state: tuple[int, Any], at: int, end: int, words: Words) -> bool:
    """Whether the word belongs to what follows: "finished the first chapter", "slow month"."""
    after = at + state[0]
    if after >= end:
        return False
    if words.phrases("loose_states").length(scan.texts, at) == state[0] and not is_stop(scan.texts[after]):
        lists = ("because", "together", "turn", "goal_fillers", "about", "please")
        return not any(words.phrases(name).length(scan.texts, after) for name in lists)
    if state[1] not in {"done", "changed", "dropped"}:
        return False
    return words.phrases("goal_objects").length(scan.texts, after) > 0


def _score(scan: Tokens, number: Number, end: int, words: Words) -> tuple[int | None, bool, int] | None:
    """(0–10, True, end); (None, True, end) where a number is no score; None where it counts something else."""
    if number.end > end or (number.spelled and number.value == 1):
        return None
    after = scan.texts[number.end : min(number.end + 2, end)]
    if after[:1] == ("%",) or words.phrases("percent").length(scan.texts, number.end):
        share = number.value if number.value is not None else -1
        return (
            (int(share / 10 + 0.5) if 0 <= share <= 100 and not is_limited(scan, number, words) else None),
            True,
            number.end + 1,
        )
    total = words.phrases("out_of").length(scan.texts, number.end)
    stop = number.end
    if total and scan.texts[number.end + total : number.end + total + 1] == ("10",):
        stop = number.end + total + 1
    elif total and scan.texts[number.end] == "/":
        return None, True, number.end + 2
    elif is_limited(scan, number, words):
        return None, True, stop
    elif stop < end and not is_stop(scan.texts[stop]) and not _ends_score(scan, stop, words):
        return None
    value_ = number.value
    if value_ is None or value_ != int(value_) or not 0 <= value_ <= TOP or is_limited(scan, number, words):
        return None, True, stop
    return int(value_), True, stop


def _ends_score(scan: Tokens, at: int, words: Words) -> bool:
    lists = ("because", "together", "turn", "goal_states", "goal_fillers", "scale_after")
    return any(words.phrases(name).length(scan.texts, at) for name in lists)


def _denied(scan: Tokens, start: int, used: int, end: int, words: Words) -> bool:
    """Whether a "not", "or" or "maybe" stands among the words about score and state, or right behind them."""
    lists = ("negation", "either", "condition", "doubt", "limits")
    at = start
    while at < used:
        state = words.phrases("goal_states").length(scan.texts, at)
        if not state and any(words.phrases(name).length(scan.texts, at) for name in lists):
            return True
        at += state or 1
    behind = used < end and scan.texts[used] == "?"
    return (
        behind
        or (used < end and words.phrases("either").length(scan.texts, used) > 0)
        or _late(scan, start, used, end, words)
    )


def _late(scan: Tokens, start: int, used: int, end: int, words: Words) -> bool:
    """Whether nothing was said at the beginning but a denied state follows: "is not done"."""
    return used == start and words.phrases("negation").length(scan.texts, start) > 0 and start < end


def _note(scan: Tokens, used: int, end: int, words: Words) -> str:
    while end > used and (
        scan.texts[end - 1] in {",", "\n", "-", ";"} or words.phrases("together").length(scan.texts, end - 1) == 1
    ):
        end -= 1
    return _trim(scan.written(used, end))


def _trim(note: str) -> str:
    return " ".join(note.split()).strip(" ,;:-–—=.)(*")
