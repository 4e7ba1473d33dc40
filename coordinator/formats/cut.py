"""Cuts out of a reply what the person newly wrote, aligned with the mail of ours that it answers.

What of the body stands in our mail is a quotation, whatever the mail program made of it; what touches it and names our
mail introduces it; what is left is new. Without our mail, rules for many languages stand in. The work grows with the
length of the body, whatever stands in it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from coordinator.core.reading import Cut, Span
from coordinator.core.summary.weeks import GLYPHS
from coordinator.formats.cut_copy import Copy, copy_of
from coordinator.formats.cut_labels import (
    BLANK,
    CODE,
    DRAWN,
    NEW,
    OURS,
    PARTLY,
    QUOTED_ELSEWHERE,
    SEAM,
    UNREAD,
    Mark,
    Ours,
    labels_alone,
    labels_beside,
)
from coordinator.formats.cut_lines import Line, lines_of, small
from coordinator.formats.cut_parent import Parent, parent_of
from coordinator.formats.cut_parts import Part, is_our_link, parts_of
from coordinator.formats.cut_pieces import collected, pieces_of, text_of
from coordinator.formats.cut_tokens import has_link, links, words
from coordinator.formats.headers import is_code, refs
from coordinator.formats.quotes import Seam, is_rule, own_words, seams
from coordinator.formats.signatures import Found, banner, tail

__all__ = ["Ours", "cut"]

NOBODY = Ours()

_BUTTON = 4
"""A button of so many words needs no other sign."""
_WEEKS = frozenset(" \xa0".join(GLYPHS.values()))
"""What stands in a cell of a summary's strip: one a line, where a mail program takes the table apart."""
_ADDRESS = 4000
"""Characters of the address that a button opens."""


def cut(
    text: str,
    *,
    parent: str | None = None,
    questions: Sequence[tuple[int, str]] = (),
    asked: str = "",
    buttons: Sequence[str] | None = None,
    ours: Ours = NOBODY,
    writer: str = "",
) -> Cut:
    """The reply's body taken apart.

    text: the body with quoted lines marked by `>`. parent: the text of our mail. questions: number and text as asked,
    so that pieces know the question they stand under; without `parent` they alone are looked for. asked: the questions
    with their hints as printed, for when `parent` is gone. buttons: the labels of the buttons under the first of them,
    where they stand together in our mail; None where prose may part them. ours: how our mail is named where it is
    quoted. writer: the name that the sender's mail program gives, "" when it gives none.
    """
    lines, stop = lines_of(text)
    heads = seams(lines)
    copy = _copy(lines, asked if parent is None else parent, questions, heads)
    if copy is not None and parent is not None:
        marks = labels_beside(lines, heads, copy, ours)
    else:
        marks = labels_alone(lines, heads, copy, buttons)
    _mark_foreign(lines, marks, parent or "")
    _mark_rest(lines, marks, copy, parent or "", writer)
    sent = small(parent or "")
    ends = [*(line.start for line in lines[1:]), stop]
    rows = [
        _row(text, line, mark, copy, place, ends[place], sent)
        for place, (line, mark) in enumerate(zip(lines, marks, strict=True))
    ]
    known = copy.parent if copy else None
    found = collected(text, rows, known)
    return Cut(text=text_of(found), spans=_spans(rows, stop, len(text)), pieces=pieces_of(found, known))


def _copy(
    lines: Sequence[Line], parent: str, questions: Sequence[tuple[int, str]], heads: Sequence[Seam]
) -> Copy | None:
    if not parent:
        parent = "\n\n".join(f"{number}. {asked}" for number, asked in questions)
    inside = frozenset(place for head in heads for place in range(head.start, head.stop))
    return copy_of(lines, parent_of(parent, questions), inside) if parent else None


def _mark_foreign(lines: Sequence[Line], marks: list[Mark], parent: str) -> None:
    """A quoted block with the code of another letter of ours is somebody else's mail, though much reads like ours."""
    for place, line in enumerate(lines):
        if not line.depth or line.text[:3].lower() != "ref" or not parent or not is_code(line.text):
            continue
        if set(refs(line.text)) <= set(refs(parent)):
            continue
        start, stop = place, place + 1
        while start > 0 and lines[start - 1].depth >= line.depth and marks[start - 1] is not QUOTED_ELSEWHERE:
            start -= 1
        while stop < len(lines) and lines[stop].depth >= line.depth:
            stop += 1
        marks[start:stop] = [QUOTED_ELSEWHERE if each.text else BLANK for each in lines[start:stop]]


def _mark_rest(lines: Sequence[Line], marks: list[Mark], copy: Copy | None, parent: str, writer: str) -> None:
    """Links of ours, then what stands beside the person's words: banners, signatures, drawn lines."""
    ours = small(parent)
    for place, line in enumerate(lines):
        if marks[place][0] not in ("new", "partly"):
            continue
        if marks[place][0] == "new" and line.text[:3].lower() == "ref" and is_code(line.text):
            marks[place] = CODE
        if not has_link(line.text):
            continue
        if "mailto:" in line.text and "subject=" in line.text:
            _mark_button(lines, marks, place)
        elif marks[place][0] == "new" and not words(line.text) and _are_ours(line.text, ours):
            marks[place] = OURS
    _mark_weeks(lines, marks, copy)
    people = (*(_people(copy.parent) if copy else ()), *_names(writer))
    for found in list(_beside(lines, marks, copy, people)):
        for place in range(found.start, found.stop):
            if lines[place].text:
                marks[place] = (found.label, found.reason)
    for place, line in enumerate(lines):
        if marks[place][0] == "new" and is_rule(line.text):
            marks[place] = DRAWN


def _mark_weeks(lines: Sequence[Line], marks: list[Mark], copy: Copy | None) -> None:
    """Glyphs of a summary's strip in the midst of what is quoted."""
    for place in range(copy.first + 1, copy.last) if copy else ():
        if marks[place][0] == "new" and set(lines[place].text) <= _WEEKS:
            marks[place] = OURS


def _mark_button(lines: Sequence[Line], marks: list[Mark], place: int) -> None:
    """A button of our HTML part as text: its words and the mail that it opens, which may stand on a line of its own."""
    if marks[place] is not PARTLY:
        marks[place] = OURS
    beside = place > 0 and marks[place - 1][0] == "new" and lines[place - 1].depth == lines[place].depth
    above = lines[place - 1].text if beside else ""
    if not above or not lines[place].text.startswith("<mailto:"):
        return
    if len(above.split()) <= _BUTTON or small(above) in small(unquote(lines[place].text[:_ADDRESS])):
        marks[place - 1] = OURS


def _are_ours(text: str, ours: str) -> bool:
    found = links(text)
    return bool(found) and bool(ours) and all(is_our_link(link, ours) for link in found)


def _beside(lines: Sequence[Line], marks: Sequence[Mark], copy: Copy | None, people: Sequence[str]) -> Iterator[Found]:
    """What is no answer in the blocks where a mail program or a person puts it: above the quotation and at the end."""
    blocks = list(_blocks(marks))
    spoken = False
    for order, (start, stop) in enumerate(blocks):
        note = banner(lines, start, stop) if order == 0 else None
        if note:
            yield note
        if order == len(blocks) - 1 or (order == 0 and _opens(marks, start)):
            begin = note.stop if note else start
            answer = copy is not None and _answers(copy, marks, start)
            yield from tail(lines, begin, stop, people=people, spoken=spoken, answer=answer)
        spoken = True


def _blocks(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Runs of new lines with the blank ones between them."""
    place = 0
    for written, group in groupby(marks, key=lambda mark: mark[0] in ("new", "blank")):
        start, place = place, place + len(list(group))
        if written and any(mark[0] == "new" for mark in marks[start:place]):
            yield start, place


def _opens(marks: Sequence[Mark], start: int) -> bool:
    return all(mark[0] in ("new", "blank", "banner") for mark in marks[:start])


def _answers(copy: Copy, marks: Sequence[Mark], start: int) -> bool:
    """Whether the block that starts there stands under a question, with nothing else that is quoted between them."""
    above = next((line for line in range(start - 1, -1, -1) if copy.is_partly(line) or marks[line][0] == "quote"), None)
    return above is not None and copy.is_partly(above) and copy.number(above) is not None


def _people(parent: Parent) -> tuple[str, ...]:
    """The words with which our mail greets somebody, in small letters; the name is among them."""
    greeting = next((line.text for line in parent.sheet.lines if line.text), "")
    greeted = words(greeting)
    if not 1 <= len(greeted) <= 6 or greeting[-1:] not in ",!:，、،":
        return ()
    return (" ".join(greeted[1:]), *(word for word in greeted if len(word) > 1))


def _names(writer: str) -> tuple[str, ...]:
    """The name of the sender and its first word, in small letters."""
    found = words(writer)[:6] if "@" not in writer else []
    return (" ".join(found), found[0]) if found and len(found[0]) > 1 else ()


def _row(text: str, line: Line, mark: Mark, copy: Copy | None, place: int, after: int, ours: str) -> list[Part]:
    """The parts of one line up to where the next one starts."""
    if mark is PARTLY and copy:
        parts = parts_of(text, copy, place, ours)
        return [*parts[:-1], parts[-1]._replace(end=after)]
    if mark is SEAM and line.depth == 0 and (shared := own_words(text[line.start : line.end])):
        return [Part(line.start, line.start + shared, NEW), Part(line.start + shared, after, mark)]
    if mark[0] == "new" and line.body > line.start:
        return [Part(line.start, line.body, OURS), Part(line.body, after, mark)]
    return [Part(line.start, after, mark, max(copy.words(place), default=-1) if copy and mark is OURS else -1)]


def _spans(rows: Sequence[Sequence[Part]], stop: int, size: int) -> tuple[Span, ...]:
    """Neighbours with the same label and reason as one span."""
    parts = [part for row in rows for part in row]
    if stop < size:
        parts.append(Part(stop, size, UNREAD))
    found = []
    for mark, group in groupby(parts, key=lambda part: part.mark):
        members = list(group)
        if members[-1].end > members[0].start:
            found.append(Span(label=mark[0], start=members[0].start, end=members[-1].end, reason=mark[1]))
    return tuple(found)
