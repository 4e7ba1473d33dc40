"""Commands about goals: done, dropped, changed, added, put in order, and where they stand."""

from collections.abc import Sequence

from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.fields.goal_report import report_in
from coordinator.core.fields.goal_topics import Mark
from coordinator.core.fields.goals import Goals, marks
from coordinator.core.program import Field
from coordinator.core.reading import Command, Context, Value
from coordinator.core.records import Question
from coordinator.core.words import Words

_SIGNS = frozenset(":-=>,.~\"'")
_SETTLED = ("done", "dropped")
_DIGITS = 2
"""Of the number of a goal."""


def goal_command(scan: Tokens, words: Words, context: Context, questions: Sequence[Question]) -> Command | None:
    """One line about goals. That a goal is done is left to a question of this letter that lists the goal."""
    found = tuple(marks(scan, words))
    if not found:
        return (
            _bare_order(scan, words)
            or _bare_stop(scan, words)
            or _bare_part(scan, words)
            or _added(scan, words)
            or _said(scan, words)
        )
    ordered = _order(scan, found, words)
    if ordered or len(found) > 1:
        return ordered or _stand(scan, found, context, questions)
    mark = found[0]
    detail = _part(scan, mark, words) or _step(scan, mark, words)
    if detail:
        return detail
    change = _changed(scan, mark, words)
    if change or _is_only(scan, mark, "goal_drop", words):
        return change or Command(name="goal_drop", words="", args={"number": mark.number})
    asked = any(mark.number == number for question in questions for number, _ in question.goals)
    if not asked and _is_only(scan, mark, "goal_done", words):
        return Command(name="goal_done", words="", args={"number": mark.number})
    stand = _stand(scan, found, context, questions)
    return stand or (None if _takes_words(questions) else _reworded(scan, mark, words))


def _stand(scan: Tokens, found: Sequence[Mark], context: Context, questions: Sequence[Question]) -> Command | None:
    """ "G1 8", "G1 6/10, G2 stuck": where goals stand, told to a letter that does not ask; nothing else on the line."""
    numbers = sorted({mark.number for mark in found})
    if found[0].start or any(number in numbers for question in questions for number, _ in question.goals):
        return None
    field = Field(name="progress", kind="goals", ask="")
    asked = Question(
        number=1, pairing="", prompt="", key="", field=field, goals=tuple((number, "") for number in numbers)
    )
    told = Goals().read(scan.raw, asked, context)
    if not isinstance(told, Value) or told.sure < 1 or len(told.value) != len(numbers):
        return None
    is_plain = all(not each["note"] and each["state"] not in _SETTLED for each in told.value.values())
    return Command(name="goal_told", words="", args={"number": numbers[0], "told": told.value}) if is_plain else None


def _takes_words(questions: Sequence[Question]) -> bool:
    """Whether a line with a goal in front may be an answer: a point of an agenda, or how the goal goes."""
    return any(question.field.kind in ("text", "goals") for question in questions)


def _reworded(scan: Tokens, mark: Mark, words: Words) -> Command | None:
    """ "G1: lead two meetings", which says neither what is to be done with the words nor how it goes."""
    if mark.start or scan.texts[mark.end : mark.end + 1] != (":",):
        return None
    text, report = scan.written(mark.end + 1, len(scan)), report_in(scan, mark.end + 1, len(scan), words)
    if report.score is not None or report.state or not report.trusted or not _says_something(text):
        return None
    return Command(name="goal_change", words="", args={"number": mark.number, "text": text, "unsaid": True})


def _is_only(scan: Tokens, mark: Mark, name: str, words: Words) -> bool:
    """Whether the line is the goal and that phrase, in either order, with at most a reason behind."""
    phrase = words.phrases(name)
    if mark.start:
        length = phrase.length(scan.texts, 0)
        skipped = _skipped(scan, length, words, mark.start)
        return bool(length) and skipped == mark.start and _ends(scan, mark.end, words)
    at = _skipped(scan, mark.end, words)
    length = phrase.length(scan.texts, at)
    return bool(length) and _ends(scan, at + length, words)


def _skipped(scan: Tokens, at: int, words: Words, stop: int | None = None) -> int:
    stop = len(scan) if stop is None else stop
    while at < stop and (scan.texts[at] in _SIGNS or words.phrases("goal_command_fillers").length(scan.texts, at)):
        at += 1
    return at


def _ends(scan: Tokens, at: int, words: Words) -> bool:
    while at < len(scan) and is_stop(scan.texts[at]) and scan.texts[at] != "?":
        at += 1
    if at >= len(scan):
        return True
    polite = max(words.phrases(name).length(scan.texts, at) for name in ("please", "because"))
    return polite > 0 and "?" not in scan.texts


def _changed(scan: Tokens, mark: Mark, words: Words) -> Command | None:
    """ "G2: change to …", "change G2 to …"."""
    if mark.start:
        verb = words.phrases("change_verb").length(scan.texts, 0)
        at = mark.end + words.phrases("change_to").length(scan.texts, mark.end)
        if not verb or verb != mark.start or (at == mark.end and scan.texts[at : at + 1] != (":",)):
            return None
    else:
        start = _skipped(scan, mark.end, words)
        length = words.phrases("goal_change").length(scan.texts, start)
        at = start + length
        if not length:
            return None
    text = scan.written(at, len(scan)).strip(' :-–—"“”=')
    return (
        Command(name="goal_change", words="", args={"number": mark.number, "text": text})
        if _says_something(text)
        else None
    )


def _part(scan: Tokens, mark: Mark, words: Words) -> Command | None:
    """ "G1 steps: a > b", "G2 by when: October"."""
    found = words.phrases("goal_parts").at(scan.texts, mark.end) if not mark.start else None
    end = mark.end + found[0] if found else 0
    if not found or scan.texts[end : end + 1] != (":",):
        return None
    text = scan.written(end + 1, len(scan))
    args = {"number": mark.number, "part": str(found[1]), "text": text}
    return Command(name="goal_part", words="", args=args) if _says_something(text) else None


def _step(scan: Tokens, mark: Mark, words: Words) -> Command | None:
    """ "G1 b done", "G1 step b done", "stop G1 b"."""
    at = mark.end + words.phrases("step_word").length(scan.texts, mark.end)
    name = scan.texts[at : at + 1]
    if not name or len(name[0]) != 1 or not "a" <= name[0] <= "l":
        return None
    stops = words.phrases("step_stop").length(scan.texts, 0)
    if mark.start and stops == mark.start and _ends(scan, at + 1, words):
        return Command(name="step", words="", args={"number": mark.number, "step": name[0], "state": "stopped"})
    after = _skipped(scan, at + 1, words)
    for phrase, state in (("goal_done", "done"), ("step_stop", "stopped")):
        length = words.phrases(phrase).length(scan.texts, after)
        if not mark.start and length and _ends(scan, after + length, words):
            return Command(name="step", words="", args={"number": mark.number, "step": name[0], "state": state})
    return None


def _bare_stop(scan: Tokens, words: Words) -> Command | None:
    """ "Stop b": of the goal that has such a step."""
    stops = words.phrases("step_stop").length(scan.texts, 0)
    at = stops + words.phrases("step_word").length(scan.texts, stops)
    name = scan.texts[at : at + 1]
    if not stops or not name or len(name[0]) != 1 or not "a" <= name[0] <= "l" or not _ends(scan, at + 1, words):
        return None
    return Command(name="step", words="", args={"number": None, "step": name[0], "state": "stopped"})


def _bare_part(scan: Tokens, words: Words) -> Command | None:
    """ "Measure: audit score monthly", "steps: a > b": of the one goal that there is."""
    found = words.phrases("goal_parts_alone").at(scan.texts, 0)
    if not found or scan.texts[found[0] : found[0] + 1] != (":",):
        return None
    text = scan.written(found[0] + 1, len(scan))
    args = {"number": None, "part": str(found[1]), "text": text}
    return Command(name="goal_part", words="", args=args) if _says_something(text) else None


def _said(scan: Tokens, words: Words) -> Command | None:
    """ "Shared: …", "organisation goal: …", "skill: …", "share my worry"."""
    if words.phrases("share_worry").length(scan.texts, 0) and _ends(
        scan, words.phrases("share_worry").length(scan.texts, 0), words
    ):
        return Command(name="share_worry", words="")
    found = words.phrases("goal_owners").at(scan.texts, 0)
    if not found or scan.texts[found[0] : found[0] + 1] != (":",):
        return None
    text = scan.written(found[0] + 1, len(scan))
    if not _says_something(text):
        return None
    if found[1] == "skill":
        return Command(name="skill", words="", args={"text": text})
    return Command(name="goal_add", words="", args={"text": text, "owner": str(found[1])})


def _added(scan: Tokens, words: Words) -> Command | None:
    length = words.phrases("goal_add").length(scan.texts, 0)
    if not length or scan.texts[length : length + 1] != (":",):
        return None
    text = scan.written(length + 1, len(scan))
    return Command(name="goal_add", words="", args={"text": text}) if _says_something(text) else None


def _says_something(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= 2


def _order(scan: Tokens, found: Sequence[Mark], words: Words) -> Command | None:
    """ "Order: G3 G1 G2"."""
    length = words.phrases("goal_order").length(scan.texts, 0)
    numbers = [mark.number for mark in found]
    if not length:
        return None
    used = {i for mark in found for i in range(mark.start, mark.end)} | set(range(length))
    rest = [i for i in range(len(scan)) if i not in used and not is_stop(scan.texts[i])]
    if any(not words.phrases("together").length(scan.texts, i) for i in rest):
        return None
    return Command(name="goal_order", words="", args={"numbers": numbers})


def _bare_order(scan: Tokens, words: Words) -> Command | None:
    """ "Order: 3, 1, 2"."""
    length = words.phrases("goal_order").length(scan.texts, 0)
    if not length or scan.texts[length : length + 1] != (":",):
        return None
    said = [text for text in scan.texts[length + 1 :] if not is_stop(text) and text not in _SIGNS]
    is_row = len(said) > 1 and all(text.isdecimal() and len(text) <= _DIGITS for text in said)
    return Command(name="goal_order", words="", args={"numbers": [int(text) for text in said]}) if is_row else None
