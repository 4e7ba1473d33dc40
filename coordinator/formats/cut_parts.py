"""A line of ours with something of the person's beside it, taken apart."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from coordinator.formats.cut_copy import Copy
from coordinator.formats.cut_labels import BESIDE, NEW, OURS, Mark
from coordinator.formats.cut_lines import small
from coordinator.formats.cut_tokens import links, places


class Part(NamedTuple):
    """A run of characters. place: the last of our words in it, -1 = none."""

    start: int
    end: int
    mark: Mark
    place: int = -1


Group = tuple[bool, list[int]]
"""Whether a run of words is ours, and which words of the line it is."""

_CLOSERS = "?!.,:;)]}>\"'»”’*_…？！。：）」』"
_BARE = frozenset({"+", "++", "-", "--", "✓", "✔", "?"})
_REWRITERS = ("safelinks.protection.outlook", "urldefense", "mimecast", "cudasvc", "google.com/url", "trustifi")


def parts_of(body: str, copy: Copy, line: int, ours: str) -> list[Part]:
    """The parts of one line, covering it. ours: the text of our mail, in small letters."""
    entry = copy.sheet.lines[line]
    raw = body[entry.body : entry.end]
    spots, at = places(raw), copy.words(line)
    last = max(at, default=-1)
    if len(spots) != len(at) or not at:
        return [Part(entry.start, entry.end, OURS if at.count(-1) * 2 < len(at) else NEW, last)]
    cuts = list(_with_tail(raw, list(_cuts(raw, spots, at, copy)), spots[-1][1], at[-1], copy))
    cuts = [part for cut in cuts for part in _with_links(raw, cut, ours)]
    lead = [Part(entry.start, entry.body, OURS)]
    found = lead + [part._replace(start=entry.body + part.start, end=entry.body + part.end) for part in cuts]
    return [part for part in found if part.end > part.start]


def is_our_link(link: str, ours: str) -> bool:
    """Whether a link stands in our mail, as it is or rewritten by a gateway."""
    bare = small(link)
    if any(name in bare for name in _REWRITERS) or bare.startswith("mailto:"):
        return True
    host = bare.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")
    return bool(host) and host in ours


def _cuts(raw: str, spots: list[tuple[int, int]], at: list[int], copy: Copy) -> Iterator[Part]:
    """Alternating parts by words; what stands between two parts goes with the new one."""
    numbered = groupby(range(len(at)), lambda word: at[word] >= 0)
    groups = _without_mangled([(ours, list(members)) for ours, members in numbered], at, copy)
    here = 0
    for order, (ours, members) in enumerate(groups):
        end = spots[members[-1]][1]
        if ours:
            end = _closed(raw, end, at[members[-1]], copy)
        elif order < len(groups) - 1:
            end = _opened(raw, end, spots[groups[order + 1][1][0]][0])
        else:
            end = len(raw)
        yield Part(here, end, OURS if ours else BESIDE, at[members[-1]] if ours else -1)
        here = end
    yield Part(here, len(raw), OURS)


def _without_mangled(groups: list[Group], at: list[int], copy: Copy) -> list[Group]:
    """Words that stand where a few of ours should stand, in the middle of a sentence of ours, are ours, garbled."""
    kept: list[Group] = []
    for order, (ours, members) in enumerate(groups):
        mine = ours or (0 < order < len(groups) - 1 and _is_mangled(groups, order, at, copy))
        if kept and kept[-1][0] == mine:
            kept[-1] = (mine, kept[-1][1] + members)
        else:
            kept.append((mine, members))
    return kept


def _is_mangled(groups: list[Group], order: int, at: list[int], copy: Copy) -> bool:
    before, after = at[groups[order - 1][1][-1]], at[groups[order + 1][1][0]]
    missing = after - before - 1
    same = copy.parent.begins[before] == copy.parent.begins[after]
    return same and 0 < missing <= 3 and len(groups[order][1]) <= missing + 2


def _closed(raw: str, end: int, place: int, copy: Copy) -> int:
    """Behind the punctuation of ours that follows our last word."""
    skipped = len(raw) - end - len(raw[end:].lstrip())
    for tail in _tails_of(copy, place):
        if raw.startswith(tail, end + skipped):
            end += skipped + len(tail)
            break
    while end < len(raw) and raw[end] in _CLOSERS:
        end += 1
    return end


def _tails_of(copy: Copy, place: int) -> tuple[str, ...]:
    """The punctuation behind one of our words at the end of a line of ours, as written and as rendered."""
    sheet = copy.parent.sheet
    line = sheet.line[place]
    if sheet.first[line + 1] - 1 != place:
        return ()
    text = sheet.lines[line].text
    spots = places(text)
    tail = text[spots[-1][1] :].strip() if spots else ""
    return tuple(dict.fromkeys(each for each in (tail, tail.strip("`*_")) if each))


def _opened(raw: str, start: int, end: int) -> int:
    """Where ours begins again before a word of ours: with the number or bracket in front of it."""
    space = raw.rfind(" ", start, end)
    return space + 1 if space >= 0 else end


def _with_tail(raw: str, cuts: list[Part], end: int, place: int, copy: Copy) -> Iterator[Part]:
    """A line that ends in "+" or "-" where ours does not was answered with it."""
    behind = _closed(raw, end, place, copy) if place >= 0 else len(raw)
    yield from cuts[:-1]
    last = cuts[-1]
    yield last._replace(mark=BESIDE) if raw[behind:].strip() in _BARE and last.start >= behind else last


def _with_links(raw: str, part: Part, ours: str) -> Iterator[Part]:
    """A link on a line of ours that is none of ours was typed there."""
    text = raw[part.start : part.end]
    foreign = [link for link in links(text) if part.mark is OURS and not is_our_link(link, ours)]
    if not foreign:
        yield part
        return
    begin = part.start + text.index(foreign[0])
    yield part._replace(end=begin)
    yield Part(begin, part.end, BESIDE)
