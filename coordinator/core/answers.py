"""A reply split into answers: which of the newly written words answer which question, and what they say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coordinator.core.answers_labels import (
    MOST_LABELS,
    STRONG_LABEL,
    Line,
    after_question,
    is_own_list,
    labelled,
    named_question,
)
from coordinator.core.answers_one import Answers, answer, beyond, is_open, is_plain_answer, reads_at_all
from coordinator.core.answers_polite import is_closing, politeness_removed
from coordinator.core.answers_text import LONGEST, sentences, tokens
from coordinator.core.answers_wrapped import numbers_rejoined
from coordinator.core.commands import command_lines
from coordinator.core.fields.kind import unclear
from coordinator.core.fields.text import is_nothing
from coordinator.core.prose import read_rest
from coordinator.core.prose.told import in_prose
from coordinator.core.reading import Context, Cut, Piece, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import words_of

_JUDGED = frozenset({"scale", "yes_no"})
_NAMED = re.compile(r"(?<=[.!?;])[ \t]+(?=(?P<name>[^\n.:!?;]{1,60}?)[ \t]?:)")


@dataclass(kw_only=True)
class _Found:
    """What was collected so far: question number → texts that name it; the words that name none."""

    texts: dict[int, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    anchored: bool = False


def answers(cut: Cut, questions: Sequence[Question], context: Context) -> Answers:
    """Question number → what was said to it; a question that nothing answers is missing.

    Pieces under or on a quoted question answer it. What stands elsewhere is split by number, letter, goal or field
    name, then by kind, then by order, then as prose that names several. Lines that are commands answer nothing.
    """
    by_number = {question.number: question for question in questions}
    if not by_number:
        return {}
    pieces = cut.pieces or (Piece(text=cut.text),)
    found = _collected(pieces, by_number, context)
    _part_points(found, by_number, context)
    read = {number: _joined(texts, by_number[number], context) for number, texts in found.texts.items()}
    known = {number: answer for number, answer in read.items() if answer is not None}
    alone = not found.texts and not found.anchored
    for number, following in pairwise(by_number):
        if following not in known:
            parts = (part for text in found.texts.get(number, ()) for part in beyond(text, by_number[number], context))
            found.rest += [part for part in parts if _opens_with_answer(part, by_number[following], context)]
    left = [question for question in questions if question.number not in known]
    known |= read_rest("\n".join(found.rest), left, context, alone=alone, total=len(by_number))
    return dict(sorted(known.items()))


def _part_points(found: _Found, questions: Mapping[int, Question], context: Context) -> None:
    """Takes the points out of an open answer that end its line: "suggestion: worry less! 4 out of 5 I'd say"."""
    scales = [q for n, q in questions.items() if q.field.kind == "scale" and n not in found.texts]
    for number, texts in found.texts.items():
        if not scales or not is_open(questions[number]) or "\n" in texts[-1]:
            continue
        scan = tokens(texts[-1])
        parts = tuple(sentences(scan))
        last = scan.written(*parts[-1]) if len(parts) > 1 else ""
        if last and any(isinstance(in_prose(last, scale, context), Value) for scale in scales):
            texts[-1] = scan.written(0, parts[-1][0])
            found.rest.append(last)


def _opens_with_answer(text: str, question: Question, context: Context) -> bool:
    """Whether the first words of what goes on behind an answer speak to the next question: "1: yes, 40 min"."""
    first = re.split(r"[,;.!\n]", text, maxsplit=1)[0]
    return is_plain_answer(text, question, context) or (
        not is_open(question) and reads_at_all(first, question, context)
    )


def _collected(pieces: Sequence[Piece], questions: Mapping[int, Question], context: Context) -> _Found:
    found = _Found()
    room = LONGEST
    for piece in pieces:
        text = numbers_rejoined(piece.text[: max(room, 0)], context)
        room -= len(text)
        own = piece.after if piece.after in questions else None
        found.anchored = found.anchored or own is not None
        _sort(without_commands(text, context, questions.values()), own, questions, context, found)
    return found


def without_commands(text: str, context: Context, questions: Iterable[Question]) -> str:
    """Without the lines that are commands; a blank line stays where they stood."""
    lines = text.splitlines()
    commanded = command_lines(lines, context, tuple(questions))
    return "\n".join("" if place in commanded else line for place, line in enumerate(lines))


def _sort(text: str, own: int | None, questions: Mapping[int, Question], context: Context, found: _Found) -> None:
    """Each line to the question that it names, to the one before it, to the piece's own, or to the rest."""
    copied = any(after_question(line, questions)[0] not in {None, own} for line in text.splitlines()[:MOST_LABELS])
    known = {} if own is not None and not copied and _is_its_own(text, questions[own], context) else questions
    lines = labelled(_names_on_lines(text, known), known, context, lambda t, q: _reads_as(t, q, context))
    current: int | None = None
    if sum(line.number is not None for line in lines) >= MOST_LABELS:
        lines = lines[:MOST_LABELS]  # No person names questions so often; the rest would be read again as prose.
    for line in lines:
        if line.number is not None:
            current = line.number
            found.texts.setdefault(current, []).append(line.text.strip())
        elif (
            current is not None
            and _continues(line, questions[current], found.texts[current])
            and not _is_another(line.text, found.texts[current][-1], current, questions, found, context)
        ):
            found.texts[current][-1] = _appended(found.texts[current][-1], line)
        else:
            current = None
            target = found.rest if own is None else found.texts.setdefault(own, [""])
            if own is None:
                target.extend(["", line.text] if line.blank_before else [line.text])
            else:
                target[-1] = _appended(target[-1], line)


def _names_on_lines(text: str, questions: Mapping[int, Question]) -> str:
    """ "Yes, we spoke. goals: a course" as two lines: behind a sentence, too, a field's name begins an answer."""

    def parted(found: re.Match[str]) -> str:
        return "\n" if named_question(tokens(found["name"]).texts, questions) is not None else found[0]

    return _NAMED.sub(parted, text) if ":" in text else text


def _is_its_own(text: str, question: Question, context: Context) -> bool:
    """Whether numbers under a question are no labels: a list of its own, or "4 – very useful" on a scale."""
    if is_own_list(text, question) or is_plain_answer(text, question, context):
        return True
    counted = question.field.kind in {"scale", "number", "duration", "goals"} and (
        ":" not in text[:4] or question.field.kind == "goals"
    )
    return counted and (isinstance(answer(text, question, context), Value) or _is_unlabelled(text, question))


def _is_unlabelled(text: str, question: Question) -> bool:
    """Whether numbers under a question for a number are counts of its own: "3 in nursing, 5 in all"."""
    return question.field.kind in {"scale", "number"} and not STRONG_LABEL.search(text)


def _reads_as(text: str, question: Question, context: Context) -> bool:
    nothing = question.field.optional and is_nothing(text, context)
    return question.field.kind == "text" or nothing or is_plain_answer(text, question, context)


def _continues(line: Line, question: Question, texts: Sequence[str]) -> bool:
    """Whether a line without a label goes on with the one before: no blank line between, or nothing said yet."""
    return not line.blank_before or not texts[-1] or question.field.kind == "text"


def _is_another(
    line: str, before: str, current: int, questions: Mapping[int, Question], found: _Found, context: Context
) -> bool:
    """Whether a line under a finished sentence of free text answers a closed question: "I'd give it a 4."."""
    if not is_open(questions[current]) or before[-1:] not in {".", "!", "?"}:
        return False
    left = (question for number, question in questions.items() if number != current and number not in found.texts)
    return any(
        question.field.kind in _JUDGED and isinstance(in_prose(line, question, context), Value) for question in left
    )


def _appended(text: str, line: Line) -> str:
    gap = "\n\n" if line.blank_before and text else "\n" if text else ""
    return f"{text}{gap}{line.text.strip()}"


def _joined(texts: Sequence[str], question: Question, context: Context) -> Value | Unclear | None:
    """One answer of all texts that name the question; two that differ are unclear."""
    said = [text for text in texts if text.strip()]
    if not said:
        return None
    if question.field.kind in {"text", "goals", "choices"}:
        whole = "\n".join(said)
        left = politeness_removed(whole, context) if question.field.kind == "text" else whole
        return answer(left if left or is_closing(whole, context) else whole, question, context)
    read = [found for found in (answer(text, question, context) for text in said) if found is not None]
    values = [found.value for found in read if isinstance(found, Value)]
    if len(read) > 1 and (len(values) < len(read) or any(v != values[0] for v in values)):
        return unclear("\n".join(said), words_of(context), "different")
    return read[0] if read else None
