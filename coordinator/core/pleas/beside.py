"""A reply that calls for help and says other things as well: which words are answers, and which belong to the call.

The words of a call go to nobody before their writer says so, so that only what is surely something else is taken for
an answer: what names its question before the call, and what is too short and plain to tell of any trouble.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coordinator.core.answers import answers
from coordinator.core.answers_labels import LABEL
from coordinator.core.answers_text import tokens
from coordinator.core.arrival import Arrival
from coordinator.core.care import MOST_WORDS
from coordinator.core.commands import call_lines
from coordinator.core.frozen import replace
from coordinator.core.reading import Context, Cut, Piece, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of

PLAIN = ("yes_no", "scale", "number", "duration", "choice", "choices")
"""Kinds of questions whose answers tell nothing but themselves …"""
FEW = 4
"""… in so many words."""
_NUMBER = re.compile(r"^[ \t]*\d{1,2}[ \t]*[.:)\-]?[ \t]*")


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """before: what stands before the first call. named: of it, what names its question. behind: the same after it."""

    before: tuple[Piece, ...] = ()
    named: tuple[Piece, ...] = ()
    behind: tuple[Piece, ...] = ()


def beside(arrival: Arrival) -> Arrival | None:
    """The same message with all but the call and its words; None when nothing is left of it."""
    letter, reading = arrival.found.letter, arrival.reading
    if letter is None or reading.cut is None or arrival.verdict.action != "apply":
        return None
    if any(item.kind == "relay" for item in letter.items):
        return None
    parts = _parts(reading.cut, arrival.context(), letter.questions)
    sure = _sure(parts, letter.questions, arrival.context())
    commands = tuple(command for command in reading.commands if command.name != "help")
    text = "\n".join(piece.text for piece in (*parts.before, *parts.behind))
    has_verbs = bool(text.strip()) and (bool(letter.items) or letter.purpose == "summary")
    if not sure and not commands and not has_verbs:
        return None
    cut = Cut(text=text, spans=(), pieces=(*parts.named, *parts.behind))
    return replace(arrival, reading=replace(reading, kind="reply", text=text, cut=cut, answers=sure, commands=commands))


def own_words(arrival: Arrival) -> str:
    """What somebody wrote besides the bare call and what was surely an answer; "" where there is nothing else."""
    rest = beside(arrival)
    said = [value.evidence for value in rest.reading.answers.values()] if rest else []
    lines = (arrival.reading.text or "").splitlines()
    left = [line for line in lines if not _is_bare_call(arrival, line) and not _is_said_in(line, said)]
    return "\n".join(left).strip()[:MOST_WORDS]


def _is_bare_call(arrival: Arrival, line: str) -> bool:
    said = tuple(text for text in tokens(line).texts if text[0].isalnum())
    context = arrival.context()
    return not said or any(said in words_of(context, name).phrases("help") for name in languages(context))


def _is_said_in(line: str, evidence: Iterable[str]) -> bool:
    bare = _NUMBER.sub("", line).strip()
    return any(bare in (each.strip(), *map(str.strip, each.splitlines())) for each in evidence)


def _parts(cut: Cut, context: Context, questions: Sequence[Question]) -> _Parts:
    parts, called = _Parts(), False
    for piece in cut.pieces or (Piece(text=cut.text),):
        lines = piece.text.splitlines()
        calls = call_lines(lines, context, questions)
        end = min(calls, default=len(lines)) if not called else 0
        behind = [line for place, line in enumerate(lines) if place >= end and place not in calls]
        is_under = piece.after is not None and not calls
        parts = _Parts(
            before=(*parts.before, *_piece(piece, lines[:end])),
            named=(*parts.named, *_piece(piece, lines[:end] if piece.after is not None else _named(lines[:end]))),
            behind=(*parts.behind, *_piece(piece, behind if is_under else _named(behind))),
        )
        called = called or bool(calls)
    return parts


def _piece(piece: Piece, lines: Sequence[str]) -> tuple[Piece, ...]:
    text = "\n".join(lines)
    return (replace(piece, text=text),) if text.strip() else ()


def _named(lines: Sequence[str]) -> list[str]:
    """Lines that begin with a number, each with those that go on with it."""
    kept: list[str] = []
    goes_on = False
    for line in lines:
        goes_on = bool(LABEL.match(line)) or (goes_on and bool(line.strip()))
        if goes_on:
            kept.append(line)
    return kept


def _sure(parts: _Parts, questions: Sequence[Question], context: Context) -> dict[int, Value | Unclear]:
    """Question number → its answer."""
    kinds = {question.number: question.field.kind for question in questions}

    def read(pieces: Sequence[Piece]) -> Mapping[int, Value | Unclear]:
        return answers(Cut(text="\n".join(p.text for p in pieces), spans=(), pieces=tuple(pieces)), questions, context)

    plain = {n: value for pieces in (parts.behind, parts.before) if pieces for n, value in read(pieces).items()}
    plain = {n: v for n, v in plain.items() if kinds[n] in PLAIN and len(v.evidence.split()) <= FEW}
    named = read(parts.named) if parts.named else {}
    return {n: value for n, value in {**plain, **named}.items() if isinstance(value, Value)}
