"""Our own words inside a reply, line by line."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from coordinator.formats.cut_align import Run, is_again, runs
from coordinator.formats.cut_lines import Line
from coordinator.formats.cut_parent import SHINGLE, Parent, Sheet, sheet_of
from coordinator.formats.cut_tokens import look
from coordinator.formats.quotes import has_date, has_time

_NAMED = 12
"""A name and an address are not longer, in words."""


class Copy(NamedTuple):
    """at: for each word of the reply the word of ours that it is, -1 = none. first, last: the lines where ours begins
    and ends. depth: how deep most of ours is quoted.
    """

    sheet: Sheet
    parent: Parent
    at: list[int]
    first: int
    last: int
    depth: int

    def words(self, line: int) -> list[int]:
        """Of a line's words, which of ours each is."""
        return self.at[self.sheet.first[line] : self.sheet.first[line + 1]]

    def is_whole(self, line: int) -> bool:
        """Whether the line has words and all are ours."""
        places = self.words(line)
        return bool(places) and -1 not in places

    def is_partly(self, line: int) -> bool:
        """Whether some of the line's words are ours."""
        return any(place >= 0 for place in self.words(line))

    def number(self, line: int) -> int | None:
        """The question in whose block the last words of ours on the line stand."""
        return next((self.parent.owners[place] for place in reversed(self.words(line)) if place >= 0), None)


def copy_of(lines: Sequence[Line], parent: Parent, heads: AbstractSet[int] = frozenset()) -> Copy | None:
    """What of ours stands in the reply; None when nothing does. heads: lines that introduce a quotation."""
    sheet = sheet_of(lines)
    at = [-1] * len(sheet.words)
    found = [run for run in runs(sheet, parent) if not _only_names(sheet, parent, run, heads)]
    kept = [run for run in found if not _is_option(parent, run)]
    depth = _depth(sheet, kept)
    top = min(heads, default=-1) if any(sheet.line[run.start] > min(heads, default=-1) for run in kept) else -1
    for run in found:
        line = sheet.line[run.start]
        typed = not kept or (sheet.lines[line].depth == 0 and (depth > 0 or line < top))
        if not (typed and _is_option(parent, run)):
            at[run.start : run.stop] = range(run.at, run.at + run.stop - run.start)
    _add_short(sheet, parent, at, depth)
    ours = [word for word, place in enumerate(at) if place >= 0]
    if not ours:
        return None
    first, last = _with_title(sheet, parent, at, sheet.line[ours[0]]), sheet.line[ours[-1]]
    return Copy(sheet, parent, at, first, last, lines[first].depth if depth < 0 else depth)


def _depth(sheet: Sheet, found: Sequence[Run]) -> int:
    """How deep most words of the runs are quoted, -1 = there are none."""
    by_depth: dict[int, int] = {}
    for run in found:
        depth = sheet.lines[sheet.line[run.start]].depth
        by_depth[depth] = by_depth.get(depth, 0) + run.stop - run.start
    return max(by_depth, key=by_depth.__getitem__) if by_depth else -1


def _is_option(parent: Parent, run: Run) -> bool:
    """Whether a run is one option of a question and nothing else, which a person may choose in its own words."""
    size = run.stop - run.start
    whole = parent.begins[run.at] == run.at and parent.ends[run.at] == run.at + size
    line = parent.sheet.lines[parent.sheet.line[run.at]].text
    asked = run.at in parent.asked or run.at >= parent.buttons or line.startswith("(")
    return whole and parent.owners[run.at] is not None and not asked


def _with_title(sheet: Sheet, parent: Parent, at: list[int], first: int) -> int:
    """The first line of the copy, after the line above it was noted where it is one of ours, such as the title."""
    above = next((place for place in range(first - 1, max(-1, first - 4), -1) if sheet.lines[place].text), -1)
    if above < 0 or sheet.lines[above].depth != sheet.lines[first].depth:
        return first
    said = sheet.words[sheet.first[above] : sheet.first[above + 1]]
    lines = zip(parent.sheet.first, parent.sheet.first[1:], strict=False)
    begin = next(
        (a for a, b in lines if said and parent.owners[a : a + 1] == [None] and parent.sheet.words[a:b] == said), -1
    )
    if begin < 0:
        return first
    at[sheet.first[above] : sheet.first[above + 1]] = range(begin, begin + len(said))
    return above


def _only_names(sheet: Sheet, parent: Parent, run: Run, heads: AbstractSet[int]) -> bool:
    """Whether a run is our name and address, which stand in attributions as well as in our mail."""
    first, last = sheet.line[run.start], sheet.line[run.stop - 1]
    if sheet.first[first] == run.start and sheet.first[last + 1] == run.stop:
        return False
    if first in heads and last in heads:
        return True
    text = sheet.lines[last].text
    named = run.stop - run.start <= _NAMED and parent.owners[run.at] is None and first == last
    return named and "@" in text and (text.endswith(":") or (has_date(text) and has_time(text)))


def _add_short(sheet: Sheet, parent: Parent, at: list[int], depth: int) -> None:
    """Items of ours that are too short for a shingle: known by their look, and by where they stand."""
    where: dict[str, list[int]] = {}
    for begin, short in parent.looks.items():
        where.setdefault(short, []).append(begin)
    heads = tuple(short for short, begins in where.items() if any(begin in parent.heads for begin in begins))
    first, expected = sheet.first, 0
    for place, line in enumerate(sheet.lines if where else ()):
        start, stop = first[place], first[place + 1]
        if start == stop:
            continue
        if at[start] >= 0 or at[stop - 1] >= 0:
            expected = max(at[start:stop]) + 1
        elif stop - start < SHINGLE or heads:
            seen, stop = _across(sheet, place, look(line.text), stop, where)
            begin = _short_at(where, heads, seen, expected)
            chosen = 0 <= begin < expected and is_again(parent, begin, expected)
            if begin >= 0 and not chosen and _is_ours(parent, begin, line, depth, expected):
                expected = _put(at, start, stop, begin, parent, whole=seen in where)


def _across(sheet: Sheet, place: int, seen: str, stop: int, where: Collection[str]) -> tuple[str, int]:
    """How a line looks together with those below, where only that is an item of ours: buttons, one a line."""
    if seen in where or not any(short.startswith(seen) for short in where):
        return seen, stop
    joined = seen
    for below in range(place + 1, min(place + 5, len(sheet.lines))):
        joined += look(sheet.lines[below].text)
        if joined in where:
            return joined, sheet.first[below + 1]
    return seen, stop


def _put(at: list[int], start: int, stop: int, begin: int, parent: Parent, *, whole: bool) -> int:
    """Note that words from start on are an item of ours, up to stop where all are; where ours goes on."""
    end = parent.ends[begin]
    if not whole:
        stop = min(stop, start + end - begin)
    at[start:stop] = [min(begin + word - start, end - 1) for word in range(start, stop)]
    return end


def _short_at(where: dict[str, list[int]], heads: tuple[str, ...], seen: str, expected: int) -> int:
    """The item of ours that a line looks like, or begins with where answers are typed behind it; -1 = none."""
    begins = where.get(seen)
    if begins is None and seen.startswith(heads):
        begins = where[max((short for short in heads if seen.startswith(short)), key=len)]
    return next((each for each in begins if each >= expected), begins[0]) if begins else -1


def _is_ours(parent: Parent, begin: int, line: Line, depth: int, expected: int) -> bool:
    """Whether a short line that looks like ours is ours and not an answer in the same words."""
    if line.depth:
        return line.depth == depth or depth < 0
    short = parent.looks[begin]
    if begin >= parent.buttons:
        return depth >= 0
    if begin in parent.heads or (short[:1] == "(" and short[-1:] == ")"):
        return depth >= 0 or begin in parent.asked
    return depth == 0 and begin == expected and (not short[-1:].isalnum() or short not in _bare_words(line.text))


def _bare_words(text: str) -> tuple[str, ...]:
    """A line that is one word, which may be an answer."""
    return (look(text),) if len(text.split()) == 1 else ()
