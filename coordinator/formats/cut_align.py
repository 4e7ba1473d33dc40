"""Which words of a reply stand in the mail that it answers.

Runs of four or more words that stand in both are found by a table of four-word shingles and prolonged greedily, so
the work grows with the length of the reply and not with its square. What may as well be the person's own words is
given back: the ends of a run that touch an item of ours without filling it, and an unmarked run that is no copy.
"""

from collections.abc import Iterator
from typing import NamedTuple

from coordinator.formats.cut_parent import SHINGLE, Parent, Sheet
from coordinator.formats.cut_tokens import look, number

_LONG = 12
"""So many words in a row are a copy wherever they stand."""

_HINT = 12
"""By so many characters, without spaces, a hint is known."""

_GAP = 3
"""So many words may be garbled in the midst of a sentence of ours."""


class Run(NamedTuple):
    """Words start to stop (excluded) of the reply are the parent's words from `at` on."""

    start: int
    stop: int
    at: int


def runs(reply: Sheet, parent: Parent) -> list[Run]:
    """What of the reply stands in the parent, in the reply's order, without overlap."""
    found: list[Run] = []
    mine, index = reply.words, parent.shingles
    shingles = list(zip(mine, mine[1:], mine[2:], mine[3:], strict=False))
    here, expected = 0, 0
    while here < len(shingles):
        places = index.get(shingles[here])
        if places is None or all(map(str.isdecimal, shingles[here])):
            here += 1  # Numbers alone are no sign: the points of a scale are the same as "2, 3, 4, 5" elsewhere.
            continue
        at = _place(reply, parent, here, places, expected)
        run = _chosen_alone(reply, parent, _prolonged(mine, parent.sheet.words, here, at), expected)
        kept = _trimmed(reply, parent, run, expected)
        if (
            kept.stop > kept.start
            and not _is_chosen(reply, parent, kept, expected)
            and _is_copy(reply, parent, kept, expected)
        ):
            found.append(kept)
            expected = kept.at + kept.stop - kept.start
        here = max(here + 1, kept.stop)
    return found


def _chosen_alone(reply: Sheet, parent: Parent, run: Run, expected: int) -> Run:
    """The run up to the end of its first item, where that alone is unmarked or was read already."""
    end = run.start + parent.ends[run.at] - run.at
    if parent.begins[run.at] != run.at or end >= run.stop:
        return run
    marked = reply.lines[reply.line[end - 1]].depth or not reply.lines[reply.line[end]].depth
    again = run.at < expected and is_again(parent, run.at, expected)
    return run if marked and not again else run._replace(stop=end)


def _is_chosen(reply: Sheet, parent: Parent, run: Run, expected: int) -> bool:
    """Whether the run is an option that the person wrote again: behind its question on the line, or below them all."""
    size = run.stop - run.start
    option = parent.begins[run.at] == run.at and parent.ends[run.at] == run.at + size
    behind = reply.first[reply.line[run.start]] < run.start and not expected <= run.at <= expected + _GAP
    return option and (behind or run.at < expected) and is_again(parent, run.at, expected)


def is_again(parent: Parent, at: int, expected: int) -> bool:
    """Whether a line of a question's block stands where that block was read already."""
    owner = parent.owners[at]
    return owner is not None and expected > 0 and parent.owners[expected - 1] == owner and at not in parent.asked


def _place(reply: Sheet, parent: Parent, here: int, places: list[int], expected: int) -> int:
    """Of several places that read the same: the one with the same number, else the next one in order."""
    if len(places) == 1:
        return places[0]
    line = reply.line[here]
    if reply.first[line] == here and (wanted := number(reply.lines[line].text)) is not None:
        for at in places:
            if number(parent.sheet.lines[parent.sheet.line[at]].text) == wanted:
                return at
    usual = next((at for at in places if at >= expected - _GAP), places[0])
    sizes = {at: _prolonged(reply.words, parent.sheet.words, here, at).stop for at in places}
    return usual if sizes[usual] == max(sizes.values()) else max(places, key=sizes.__getitem__)


def _prolonged(mine: list[str], ours: list[str], here: int, at: int) -> Run:
    size, most = SHINGLE, min(len(mine) - here, len(ours) - at)
    while size < most and mine[here + size] == ours[at + size]:
        size += 1
    return Run(here, here + size, at)


def _trimmed(reply: Sheet, parent: Parent, run: Run, expected: int) -> Run:
    """The run without ends that may be an answer: "no" before "2. How long", where "(yes or no)" stands above it."""
    start, stop, at = run
    begin, end = parent.begins[at], parent.ends[at]
    if begin < at != expected and end - at < SHINGLE and end < at + stop - start:
        start, at = start + end - at, end
    last = at + stop - start
    begin = parent.begins[last - 1]
    if last < parent.ends[last - 1] and last - begin < SHINGLE and begin > at:
        stop -= last - begin
    return _alike(reply, parent, Run(start, stop, at))


def _alike(reply: Sheet, parent: Parent, run: Run) -> Run:
    """The run up to the first item of ours that looks different in the reply; such items in front are skipped."""
    start, stop, at = run
    here = at
    for begin in _items(parent, run):
        short = parent.looks.get(begin)
        if short is None or _looks_like(reply, start + begin - at, short):
            here = parent.ends[begin]
        elif here == at:
            skipped = parent.ends[begin] - at
            start, at, here = start + skipped, at + skipped, at + skipped
        else:
            return Run(start, start + begin - at, at)
    return Run(min(start, stop), stop, at)


def _items(parent: Parent, run: Run) -> Iterator[int]:
    """First words of the parent's items that lie wholly in the run."""
    at, last = run.at, run.at + run.stop - run.start
    if parent.begins[at] != at:
        at = parent.ends[at]
    while at < last and parent.ends[at] <= last:
        yield at
        at = parent.ends[at]


def _looks_like(reply: Sheet, word: int, short: str) -> bool:
    seen = look(reply.lines[reply.line[word]].text)
    if seen == short:
        return True
    # A hint in brackets may be wrapped or stand behind its question, but the bracket is there.
    bare = short.lstrip("-")
    return not (short[0].isalnum() and short[-1].isalnum()) and (bare[:_HINT] if bare[:1] == "(" else bare) in seen


def _is_copy(reply: Sheet, parent: Parent, run: Run, expected: int) -> bool:
    """Whether the run was copied, and is not a turn of phrase that the person shares with us.

    It is where it is long, or goes from one edge to another: the edge of an item of ours, of a quoted line, or of a
    gap of a few words in the midst of an item. Unmarked, a question or two items must be whole in it.
    """
    size = run.stop - run.start
    if size >= _LONG:
        return True
    line = reply.line[run.start]
    quoted, at_start = reply.lines[line].depth > 0, reply.first[line] == run.start
    goes_on = 0 < expected <= run.at <= expected + _GAP
    if not (goes_on or parent.begins[run.at] == run.at or (quoted and at_start)):
        return False
    resumes, end = _resumes(reply, parent, run), run.at + size
    if resumes or parent.ends[end - 1] == end:
        return quoted or goes_on or resumes or (at_start and (_is_whole(parent, run) or run.at >= parent.buttons))
    return quoted and (at_start or goes_on) and reply.first[reply.line[run.stop - 1] + 1] == run.stop


def _is_whole(parent: Parent, run: Run) -> bool:
    """Whether a question or two items of ours are in a run from one end to the other."""
    items = list(_items(parent, run))
    return len(items) > 1 or any(begin in parent.asked for begin in items)


def _resumes(reply: Sheet, parent: Parent, run: Run) -> bool:
    """Whether ours goes on behind a few words, so that those are garbled or typed in between."""
    end = run.at + run.stop - run.start
    for start in range(run.stop + 1, run.stop + _GAP + 1):
        shingle = tuple(reply.words[start : start + SHINGLE])
        if any(end <= at <= end + _GAP for at in parent.shingles.get(shingle, ())):
            return True
    return False
