"""Goals named by words of their own: "the team meeting is at 7, the exam at 3", "first one 4, second one 6"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.goal_report import Report, report_in
from coordinator.core.words import Words

_SHORTEST = 4
"""Letters of a word by which a goal is known, also at the head of a longer one: "exam" in "examen"."""
_LONGEST_TAIL = 8
Goals = Sequence[tuple[int, str]]
"""(number, text) of each."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a goal is named. start, end: tokens of the name; number: the goal's."""

    number: int
    start: int
    end: int


def topic_marks(scan: Tokens, goals: Goals, words: Words) -> Iterator[Mark]:
    """Every place where the text names a goal by words that no other goal has."""
    own, shared = _words_of_goals(tuple(goals), words.openers(("no_topic", "months", "weekdays")))
    at = 0
    while at < len(scan):
        found = _name_at(scan, at, own, shared)
        if found:
            yield found
        at = found.end if found else at + 1


def term_marks(scan: Tokens, goals: Goals, words: Words) -> tuple[Mark, ...]:
    """The same by words of another language or plain ones such as "meetings", where every goal is named once.

    None where a number may be a day or an hour: "the meetings are at 5".
    """
    found = list(clause_marks(scan, 0, len(scan), goals, words))
    each_once = sorted(mark.number for mark in found) == sorted(number for number, _ in goals)
    return tuple(found) if each_once and not _tells_when(scan, words) else ()


def clause_marks(scan: Tokens, start: int, end: int, goals: Goals, words: Words) -> Iterator[Mark]:
    """Every name of a goal in a part of the text, by its own words or by plain ones in any language."""
    terms = words.phrases("goal_terms")
    own, shared = _words_of_goals(tuple(goals), words.openers(("no_topic", "months", "weekdays")))
    at = start
    while at < end:
        term = terms.at(scan.texts, at)
        named = [number for number, goal in goals if term and _has_term(goal, str(term[1]), words)]
        mark = Mark(named[0], at, at + term[0]) if term and len(named) == 1 else _name_at(scan, at, own, shared)
        if mark:
            yield mark
        at = mark.end if mark else at + 1


def _tells_when(scan: Tokens, words: Words) -> bool:
    """Whether a number in the text has a word of days or hours before it."""
    before = tuple(words.phrases(name) for name in ("at_time", "day_joins"))
    return any(
        scan.texts[at - 1] != ","
        and any(table.length(scan.texts, at - 1) for table in before)
        and (number := number_at(scan, at, words)) is not None
        and number.value != 1  # "Op een 7" is no "op één".
        for at in range(1, len(scan))
    )


def _has_term(goal: str, term: str, words: Words) -> bool:
    """Whether a goal in English or in the writer's language speaks of it."""
    said, terms = tokens(goal).texts, words.phrases("goal_terms")
    return term in said or any((found := terms.at(said, at)) and found[1] == term for at in range(len(said)))


def ordinal_marks(scan: Tokens, goals: Goals, words: Words) -> tuple[Mark, ...]:
    """ "First one 4, second one 6", each goal once; one alone may be a part of something else."""
    ordinals, fillers = words.phrases("ordinals"), words.phrases("goal_ones")
    found, at = [], 0
    while at < len(scan):
        place = ordinals.at(scan.texts, at)
        if place and place[1] < len(goals):
            end = at + place[0]
            found.append(Mark(goals[place[1]][0], at, end + fillers.length(scan.texts, end)))
            at = found[-1].end
        else:
            at += 1
    return tuple(found) if [mark.number for mark in found] == [number for number, _ in goals] else ()


def told_by_topic(scan: Tokens, marks: Sequence[Mark], words: Words) -> dict[Mark, Report]:
    """What is plainly said of each; a mark beside which nothing is plain is left out."""
    told: dict[Mark, Report] = {}
    ranges = tuple(sentences(scan))
    for place, mark in enumerate(marks):
        end = next((end for start, end in ranges if start <= mark.start < end), len(scan))
        limit = marks[place + 1].start if place + 1 < len(marks) else end
        report = _plain_report(scan, mark.end, min(end, limit), words)
        if report:
            told[mark] = report
    return told


def _plain_report(scan: Tokens, start: int, end: int, words: Words) -> Report | None:
    """Of what follows the name, or of a later clause: "the exam is going well, I'd give it a 7"."""
    starts = [start, *(i + 1 for i in range(start, end - 1) if scan.texts[i] in {",", "-", ";"})]
    for at in starts:
        report = report_in(scan, at, less_link(scan, at, end, words), words)
        if report.trusted and report.score is not None:
            return replace(report, state=None)  # "Is going nicely, I'd give it a 7": the number says it.
        if report.trusted and at == start and report.state is not None:
            return report
        if not report.trusted:
            return None
    return None


def less_link(scan: Tokens, start: int, end: int, words: Words) -> int:
    """Without the "and with the" in front of the next name."""
    while end > start and any(
        words.phrases(name).length(scan.texts, end - 1) == 1 for name in ("goal_links", "together", "but")
    ):
        end -= 1
    return end


def _name_at(scan: Tokens, at: int, own: dict[str, int], shared: frozenset[str]) -> Mark | None:
    end, number = at, 0
    while end < len(scan) and not is_stop(scan.texts[end]):
        text = scan.texts[end]
        found = own.get(text) or next((n for word, n in own.items() if _is_head(word, text)), 0)
        if found and number in {0, found}:
            number = found
        elif text not in shared or (end == at and not found):
            break
        end += 1
    return Mark(number, at, end) if number else None


def _is_head(word: str, text: str) -> bool:
    return text.startswith(word) and len(text) <= len(word) + _LONGEST_TAIL


@lru_cache(maxsize=256)
def _words_of_goals(
    goals: tuple[tuple[int, str], ...], no_topic: frozenset[str]
) -> tuple[dict[str, int], frozenset[str]]:
    """(word → the only goal that has it, all words of goals)."""
    said = {number: {text for text in tokens(goal).texts if not is_stop(text)} for number, goal in goals}
    own: dict[str, int] = {}
    for number, texts in said.items():
        others = set().union(*(each for n, each in said.items() if n != number))
        for text in texts - others - no_topic:
            if len(text) >= _SHORTEST and text.isalpha():
                own[text] = number
    return own, frozenset().union(*said.values())
