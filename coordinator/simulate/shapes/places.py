"""Where the questions of a letter stand, found as its reader finds them: by their numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ASK = re.compile(r"^\s*[*_]*(\d{1,2})[.)][*_]*\s+\S")
DETAIL = re.compile(r"^\s*(?:[-*•]\s*)?(?:[*_]*G\d+\b|\(?[a-z][.)]\s|\()")
"""An option, a goal or a hint in brackets: it belongs to the question above it."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One question: the lines [first, last] with its options and hints; `asked` is where the sentence itself ends."""

    number: int
    first: int
    asked: int
    last: int


def places(lines: Sequence[str]) -> tuple[Place, ...]:
    """The longest run of questions that counts 1, 2, 3 …; a lone list elsewhere in the letter is passed over."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        found = ASK.match(line)
        if not found:
            continue
        number = int(found.group(1))
        if number == 1:
            runs.append([index])
        elif runs and number == len(runs[-1]) + 1:
            runs[-1].append(index)
    best = max(runs, key=lambda run: _weight(lines, run), default=[])
    return tuple(_place(lines, number, first, best) for number, first in enumerate(best, start=1))


def _weight(lines: Sequence[str], run: Sequence[int]) -> tuple[int, int]:
    """Question marks tell questions from other lists."""
    return (sum("?" in lines[index] or ":" in lines[index] for index in run), len(run))


def _place(lines: Sequence[str], number: int, first: int, starts: Sequence[int]) -> Place:
    stop = next((start for start in starts if start > first), len(lines))
    asked = first
    while asked + 1 < stop and _goes_on(lines[asked], lines[asked + 1]):
        asked += 1
    return Place(number=number, first=first, asked=asked, last=_last(lines, asked, stop))


def _goes_on(line: str, following: str) -> bool:
    """Whether the sentence runs over into the following line; what comes after its end is a hint."""
    ended = line.rstrip().endswith(("?", ".", ":", "!", ")"))
    return bool(following.strip()) and not ended and not DETAIL.match(following)


def _last(lines: Sequence[str], asked: int, stop: int) -> int:
    last, index = asked, asked + 1
    while index < stop and (not lines[index].strip() or DETAIL.match(lines[index]) or last == index - 1):
        if lines[index].strip():
            last = index
        index += 1
    return last
