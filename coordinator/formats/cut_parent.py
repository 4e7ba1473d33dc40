"""The mail that a reply answers, prepared for comparing: its words, its items, and which question each belongs to."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from coordinator.formats.cut_lines import Line, lines_of
from coordinator.formats.cut_tokens import head, look, number, words
from coordinator.formats.headers import is_code

SHINGLE = 4
"""So many words in a row are recognised."""

_PLACES = 8
_WRAPPED = 45
_LABEL = re.compile(r"G[0-9]{1,2}\b")


class Sheet(NamedTuple):
    """A text as words. first: index of each line's first word, then the number of words. line: each word's line."""

    lines: Sequence[Line]
    words: list[str]
    first: list[int]
    line: list[int]


class Parent(NamedTuple):
    """Our mail. Everything is counted in words of the sheet.

    shingles: four words → where they stand. begins, ends: of the item (a paragraph, a question, a hint) in which
    each word stands. owners: the number of the question in whose block each word stands. looks: first word of an
    item too short for a shingle → how it looks. asked: first words of questions. labels: first word of a goal's
    line → "G1". buttons: first word of the quick answers; the number of words where there are none.
    """

    sheet: Sheet
    shingles: dict[tuple[str, ...], list[int]]
    begins: list[int]
    ends: list[int]
    owners: list[int | None]
    looks: dict[int, str]
    asked: dict[int, int]
    labels: dict[int, str]
    buttons: int

    @property
    def heads(self) -> tuple[int, ...]:
        """First words of the items behind which an answer may be typed."""
        return (*self.asked, *self.labels)


def sheet_of(lines: Sequence[Line]) -> Sheet:
    """The lines as words."""
    every: list[str] = []
    first: list[int] = []
    line: list[int] = []
    for place, entry in enumerate(lines):
        first.append(len(every))
        if entry.text:
            found = words(entry.text)
            every.extend(found)
            line.extend([place] * len(found))
    first.append(len(every))
    return Sheet(lines, every, first, line)


def parent_of(text: str, questions: Sequence[tuple[int, str]]) -> Parent:
    """Our mail, prepared; once for several replies to it."""
    return _prepared(text, tuple(questions))


@lru_cache(maxsize=2)
def _prepared(text: str, questions: tuple[tuple[int, str], ...]) -> Parent:
    sheet = sheet_of(lines_of(text)[0])
    asked = _asked(sheet, questions)
    blocks = {line for _, end in asked.values() for line in _block(text, sheet, sheet.line[end - 1] + 1)}
    begins, ends = _items(sheet, asked, blocks)
    return Parent(
        sheet=sheet,
        shingles=_shingles(sheet.words),
        begins=begins,
        ends=ends,
        owners=_owners(text, sheet, asked),
        looks=_looks(sheet, begins, ends),
        asked={begin: number_ for begin, (number_, _) in asked.items()},
        labels=_labels(sheet, blocks),
        buttons=_buttons(sheet),
    )


def _shingles(every: list[str]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for place, shingle in enumerate(zip(every, every[1:], every[2:], every[3:], strict=False)):
        if shingle not in found:
            found[shingle] = [place]
        elif len(found[shingle]) < _PLACES:
            found[shingle].append(place)
    return found


def _asked(sheet: Sheet, questions: Sequence[tuple[int, str]]) -> dict[int, tuple[int, int]]:
    """First word of each question in the text → (its number, the word behind it)."""
    found: dict[int, tuple[int, int]] = {}
    wanted: dict[str, list[tuple[int, list[str]]]] = {}
    for number_, ask in questions:
        if asked := [word for line in ask.splitlines() for word in words(line.strip())]:
            wanted.setdefault(asked[0], []).append((number_, asked))
    for place in dict.fromkeys(sheet.first[:-1]):
        for number_, asked in wanted.get(sheet.words[place], ()) if place < len(sheet.words) else ():
            if sheet.words[place : place + len(asked)] == asked and _is_number(sheet, place, number_, found):
                found[place] = (number_, place + len(asked))
    return found


def _is_number(sheet: Sheet, place: int, number_: int, found: dict[int, tuple[int, int]]) -> bool:
    """Whether the question there is this one, where two of a letter have the same words."""
    shown = number(sheet.lines[sheet.line[place]].text)
    return place not in found or shown == number_


def _items(sheet: Sheet, asked: dict[int, tuple[int, int]], blocks: set[int]) -> tuple[list[int], list[int]]:
    """For each word where its item begins and ends. blocks: the lines under questions, where goals stand."""
    inside = {word for begin, (_, end) in asked.items() for word in range(begin + 1, end)}
    starts = [
        first
        for place, first in enumerate(sheet.first[:-1])
        if first < sheet.first[place + 1] and first not in inside and not _continues(sheet, place, blocks)
    ]
    begins: list[int] = []
    ends: list[int] = []
    for begin, end in pairwise([*starts, len(sheet.words)]):
        begins += [begin] * (end - begin)
        ends += [end] * (end - begin)
    return begins, ends


def _continues(sheet: Sheet, place: int, blocks: set[int]) -> bool:
    """Whether a line goes on with the paragraph of the line above, which was full."""
    if place == 0 or len(sheet.lines[place - 1].text) < _WRAPPED:
        return False
    text = sheet.lines[place].text
    return not (text.startswith("(") or head(text) or (place in blocks and _LABEL.match(text)))


def _owners(text: str, sheet: Sheet, asked: dict[int, tuple[int, int]]) -> list[int | None]:
    """The question of each word: its own words and the lines under it, up to a line that starts a new paragraph."""
    owners: list[int | None] = [None] * len(sheet.words)
    starts = sorted(asked)
    for begin, following in pairwise([*starts, len(sheet.words)]):
        number_, end = asked[begin]
        for line in _block(text, sheet, sheet.line[end - 1] + 1):
            end = max(end, sheet.first[line + 1])
        end = min(end, following)
        owners[begin:end] = [number_] * (end - begin)
    buttons = _buttons(sheet)
    if asked:
        owners[buttons:] = [min(number_ for number_, _ in asked.values())] * (len(owners) - buttons)
    return owners


def _buttons(sheet: Sheet) -> int:
    """First word of the quick answers, which our HTML part shows under the first question.

    They stand last of all, below the code of the letter and the title.
    """
    written = [place for place, line in enumerate(sheet.lines) if line.text][-3:]
    below_code = len(written) == 3 and is_code(sheet.lines[written[0]].text)
    return sheet.first[written[2]] if below_code else len(sheet.words)


def _block(text: str, sheet: Sheet, place: int) -> Iterator[int]:
    """Lines from there that belong to the question above: directly below it, indented, or in brackets."""
    blank = False
    for line in range(place, len(sheet.lines)):
        entry = sheet.lines[line]
        if not entry.text:
            blank = True
            continue
        indented = text[entry.body : entry.body + 2].isspace() or entry.text[0] == "(" or _LABEL.match(entry.text)
        if blank and not indented:
            return
        yield line


def _looks(sheet: Sheet, begins: list[int], ends: list[int]) -> dict[int, str]:
    """Hints in brackets too, since an answer may have their words."""
    return {
        begin: look(text)
        for begin in dict.fromkeys(begins)
        for text in (sheet.lines[sheet.line[begin]].text,)
        if ends[begin] - begin < SHINGLE or (text[0] == "(" and text[-1] == ")")
    }


def _labels(sheet: Sheet, blocks: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place in sorted(blocks):
        entry = sheet.lines[place]
        if "G" not in entry.text:
            continue
        label = _LABEL.match(entry.text[head(entry.text) :].lstrip())
        if label:
            found[sheet.first[place]] = label.group()
    return found
