"""What each line of a reply is: new, quoted, or what introduces a quotation; before signatures are looked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coordinator.formats.cut_copy import Copy
from coordinator.formats.cut_lines import Line, small
from coordinator.formats.cut_tokens import has_link, look, words
from coordinator.formats.quotes import (
    STRONG,
    Seam,
    has_address,
    has_date,
    has_time,
    header_kind,
    is_rule,
    names,
)
from coordinator.formats.signatures import is_banner

Mark = tuple[str, str]
"""Label and reason of a span."""

NEW = ("new", "stands neither in our mail nor in a pattern of mail programs")
INSIDE = ("new", "typed into the copy of our mail")
BESIDE = ("new", "typed on a line of ours")
BLANK = ("blank", "nothing is written here")
CODE = ("tagline", "the code of our letter")
DRAWN = ("blank", "a drawn line")
QUOTED = ("quote", "marked as quoted")
QUOTED_ELSEWHERE = ("quote", "another letter, with its own code")
OURS = ("quote", "stands in our mail")
WRAPPED = ("quote", "the end of a quoted line")
BELOW = ("quote", "below the head of a quoted mail")
BETWEEN = ("quote", "between the heads of two quoted mails")
UNREAD = ("quote", "beyond what is read of a body")
SEAM = ("attribution", "introduces what is quoted")
TOUCHES = ("attribution", "touches the quotation and names our mail")
BANNER = ("banner", "a mail gateway's note")
PARTLY = ("partly", "")
"""A line of ours with something beside it; it becomes several spans."""

_UP = 6
_MOST_LAST = 5
"""Lines of an answer to the last question that is typed into a copy."""
_FULL = 66
"""A line of so many characters was full."""


@dataclass(frozen=True, kw_only=True)
class Ours:
    """How our mail is named where it is quoted; "" when not known."""

    address: str = ""
    name: str = ""
    subject: str = ""


def labels_alone(
    lines: Sequence[Line], seams: Iterable[Seam], copy: Copy | None = None, buttons: Sequence[str] | None = None
) -> list[Mark]:
    """By rules. copy: where the questions alone stand, when the rest of our mail is not known.

    buttons: the labels of the buttons under the first question, where nothing else of ours stands between two
    questions; None where there may be prose.
    """
    marks = [_bare(line) for line in lines]
    seen, spoken = 0, False
    for seam in seams:
        spoken, seen = spoken or _has_new(marks, seen, seam.start), seam.start
        below = _next_written(lines, seam.stop)
        quoted = below < len(lines) and lines[below].depth > 0
        if seam.strength < STRONG and not quoted:
            continue
        marks[seam.start : seam.stop] = [SEAM] * (seam.stop - seam.start)
        if not quoted and (seam.marked or spoken):
            marks[seam.stop :] = [_unless_blank(line, BELOW) for line in lines[seam.stop :]]
            break
    _mark_wrapped(lines, marks)
    if copy:
        _mark_between(lines, copy, marks)
        if buttons is not None:
            _mark_answers(lines, copy, marks, look("".join(buttons)))
    return marks


def labels_beside(lines: Sequence[Line], seams: Sequence[Seam], copy: Copy, ours: Ours) -> list[Mark]:
    """By the copy of our mail that stands in it, and by rules for the rest."""
    marks = [_bare(line) for line in lines]
    for place, line in enumerate(lines):
        if copy.is_whole(place) and not has_link(line.text) and line.text[-1] not in "+-":
            marks[place] = OURS
        elif copy.is_partly(place):
            marks[place] = PARTLY
    _mark_inside(lines, copy, marks, seams)
    _mark_above(lines, seams, copy, ours, marks)
    _mark_after(lines, seams, copy, marks)
    return marks


def _bare(line: Line) -> Mark:
    if line.depth:
        return QUOTED
    return NEW if line.text else BLANK


def _mark_wrapped(lines: Sequence[Line], marks: list[Mark]) -> None:
    """The end of a quoted line that a mail program wrapped without marking it again."""
    for place in range(1, len(lines) - 1):
        above, line = lines[place - 1], lines[place]
        if marks[place] is not NEW or not above.depth or not lines[place + 1].depth:
            continue
        if _is_rest_of_link(above.text, line.text):
            marks[place] = WRAPPED
        if not line.text[0].islower():
            continue
        full = len(above.text) + len(line.text.split(" ", 1)[0]) >= _FULL
        if full and above.text[-1] not in ".?!:)":
            marks[place] = WRAPPED


def _is_rest_of_link(above: str, text: str) -> bool:
    """Whether a line is nothing but a link, or ends the bracket in which the line above began one."""
    opened = above.count("(") > above.count(")") and has_link(above) and " " not in text
    return (opened and text.count(")") > text.count("(")) or (has_link(text) and not words(text))


def _mark_between(lines: Sequence[Line], copy: Copy, marks: list[Mark]) -> None:
    """The questions, and in an unmarked copy what stands between two of them.

    What is marked as quoted may be prose or a button of ours that nobody remembers, so it is no answer.
    """
    for place in range(copy.first, copy.last + 1):
        line = lines[place]
        if copy.is_partly(place):
            marks[place] = OURS if copy.is_whole(place) and not has_link(line.text) else PARTLY
        elif marks[place] is BELOW and line.depth == 0 and not line.text.startswith("("):
            marks[place] = INSIDE


def _mark_answers(lines: Sequence[Line], copy: Copy, marks: list[Mark], buttons: str) -> None:
    """What stands in a marked copy between a question and the next one, where our mail has nothing but buttons."""
    written = [place for place in range(copy.first, copy.last + 1) if lines[place].text]
    anchors = [place for place in written if copy.is_partly(place) and copy.number(place) is not None]
    for above, below in pairwise(anchors):
        inside = [place for place in written if above < place < below]
        shown = "".join(look(lines[place].text) for place in inside)
        same = copy.number(above) == copy.number(below) or lines[above].depth != copy.depth
        if not inside or same or _may_be_ours(shown, buttons):
            continue
        for place in inside:
            if marks[place] is QUOTED and lines[place].depth == copy.depth:
                marks[place] = INSIDE
    if anchors and anchors[0] > 0 and not lines[anchors[0] - 1].text:
        _mark_last_answer(lines, copy, marks, buttons)


def _may_be_ours(shown: str, buttons: str) -> bool:
    """Whether what stands under a question begins with its buttons, or with a hint that nobody remembers."""
    return shown.startswith("(") or (bool(buttons) and shown.startswith(buttons))


def _mark_last_answer(lines: Sequence[Line], copy: Copy, marks: list[Mark], buttons: str) -> None:
    """What stands directly under the last question, in a copy that kept its blank lines: ours goes on behind one."""
    stop = copy.last + 1
    while stop < len(lines) and lines[stop].text:
        stop += 1
    inside = range(copy.last + 1, stop)
    shown = "".join(look(lines[place].text) for place in inside)
    if stop == len(lines) or len(inside) > _MOST_LAST or _may_be_ours(shown, buttons):
        return
    for place in inside:
        if marks[place] in (QUOTED, BELOW) and lines[place].depth == copy.depth:
            marks[place] = INSIDE


def _unless_blank(line: Line, mark: Mark) -> Mark:
    return mark if line.text else BLANK


def _next_written(lines: Sequence[Line], place: int) -> int:
    while place < len(lines) and not lines[place].text:
        place += 1
    return place


def _has_new(marks: Sequence[Mark], start: int, stop: int) -> bool:
    return any(mark[0] == "new" for mark in marks[start:stop])


def _mark_inside(lines: Sequence[Line], copy: Copy, marks: list[Mark], seams: Sequence[Seam]) -> None:
    """Lines between ours: typed into the copy, even where the mail program marks them as quoted."""
    asks = bool(copy.parent.asked)
    owner: int | None = None
    unmarked = any(seam.marked and seam.stop <= copy.first for seam in seams)
    for place in range(copy.first, len(lines)):
        line = lines[place]
        if marks[place] in (OURS, PARTLY):
            owner = copy.number(place)
            continue
        if not line.text or (place > copy.last and is_rule(line.text)):
            continue
        if not any(letter.isalnum() or letter > "\u2190" for letter in line.text) and line.depth:
            continue
        if line.depth == 0:
            marks[place] = INSIDE if copy.depth == 0 else NEW
        elif line.depth == copy.depth:
            typed = owner is not None if asks else place < copy.last
            if typed or (unmarked and place > copy.last):
                marks[place] = INSIDE


def _mark_above(lines: Sequence[Line], seams: Sequence[Seam], copy: Copy, ours: Ours, marks: list[Mark]) -> None:
    """What stands above the copy and introduces it, and older mail between two heads."""
    top = copy.first
    while top > 0 and (not lines[top - 1].text or (copy.depth and lines[top - 1].depth >= copy.depth)):
        top -= 1
    _mark_banner(lines, top, copy.first, marks)
    heads = [seam for seam in seams if seam.start < copy.first and (seam.strength >= STRONG or seam.stop >= top)]
    if heads and heads[-1].start > heads[0].stop:
        for place in range(heads[0].stop, heads[-1].start):
            if marks[place][0] == "new":
                marks[place] = BETWEEN
    for seam in heads:
        marks[seam.start : seam.stop] = [_unless_blank(line, SEAM) for line in lines[seam.start : seam.stop]]
    if not heads or heads[-1].stop < top:
        _mark_touching(lines, top, ours, marks)


def _mark_banner(lines: Sequence[Line], start: int, stop: int, marks: list[Mark]) -> None:
    written = [place for place in range(start, stop) if lines[place].text and not lines[place].text.endswith(":")]
    if written and is_banner(" ".join(lines[place].text for place in written[:8])):
        for place in written:
            marks[place] = BANNER


def _mark_touching(lines: Sequence[Line], top: int, ours: Ours, marks: list[Mark]) -> None:
    """The seam rule: no word list, only that a line touches the quotation and names our mail or a date with a time."""
    place = top - 1
    while place >= 0 and not lines[place].text:
        place -= 1
    known = tuple(small(text) for text in (ours.address, ours.name) if text)
    for here in range(place, max(-1, place - _UP), -1):
        text = lines[here].text
        if not text or marks[here][0] != "new" or not _touches(text, known, small(ours.subject)):
            return
        marks[here] = TOUCHES


def _touches(text: str, known: Sequence[str], subject: str) -> bool:
    plain = small(text)
    dated, ends = has_date(text), text.endswith((":", "\uff1a"))
    if names(text, known):
        return dated or ends or has_time(text) or has_address(text) or header_kind(text) is not None
    if subject and len(subject) > 7 and subject in plain:
        return header_kind(text) is not None or plain.rstrip(" :") == subject
    return dated and has_time(text) and (ends or "<" in text or header_kind(text) is not None)


def _mark_after(lines: Sequence[Line], seams: Sequence[Seam], copy: Copy, marks: list[Mark]) -> None:
    """Heads of mails between and below ours; below the last of ours a head begins older mail."""
    for seam in seams:
        if seam.start <= copy.first or seam.strength < STRONG:
            continue
        marks[seam.start : seam.stop] = [_unless_blank(line, SEAM) for line in lines[seam.start : seam.stop]]
        if seam.start > copy.last:
            marks[seam.stop :] = [_unless_blank(line, BELOW) for line in lines[seam.stop :]]
            return
