"""Several labels on one line: "1: yes 2: 45", "Q1 yes Q2 an hour", "1 yes, 2 45, 3 4"."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from coordinator.core.answers_one import is_open
from coordinator.core.records import Question

INNER = re.compile(
    r"(?:(?<=[\s,;.])|^)\(?(?P<asked>#|[Qq](?=\d))?(?P<number>\d{1,2})"
    r"(?P<sign>[:)=](?!\d)|/(?=[ \t])|[ \t]=(?=[ \t])|\.(?=\s)|-(?=[^\W_])|(?(asked)(?=[ \t])|(?!)))"
)
_COUNTED, _PAIR = 3, 2
_SHORT = 3
"""Words of an answer that could not be read and still stands behind its number."""
_GOAL = re.compile(r"[Gg]\d{1,2}[:=]?")
"""A goal's name; the number behind it is its points, and no label."""
Reads = Callable[[str, Question], bool]
"""Whether a text is a plain answer to a question."""


def split(line: str, questions: Mapping[int, Question], reads: Reads) -> list[str]:
    """ "1: yes 2: 45 3: good" as three; labels must be alike, rise and name questions."""
    found = [match for match in INNER.finditer(line) if int(match["number"]) in questions]
    rising = all(_follows(line, a, b) or _is_answered(line, a, b, questions, reads) for a, b in pairwise(found))
    alike = len({match["sign"] for match in found}) == 1
    in_order = rising or _is_shuffled(line, found, questions, reads)
    if len(found) < 2 or not in_order or not alike or line[: found[0].start()].strip(" \t>*•-"):
        return _split_bare(line, questions, reads)
    ends = [*(match.start() for match in found[1:]), len(line)]
    return [_as_label(line, match, end) for match, end in zip(found, ends, strict=True)]


def _is_shuffled(line: str, found: Sequence[re.Match[str]], questions: Mapping[int, Question], reads: Reads) -> bool:
    """Whether numbers that do not rise are labels all the same: "4) her patience 1) no 2) 45".

    Each stands once, and what follows those of closed questions is short and answers at least one of them plainly.
    """
    numbers = [int(match["number"]) for match in found]
    if len(set(numbers)) < len(numbers) or any(not match["sign"].strip("-/.") for match in found):
        return False
    ends = [*(match.start() for match in found[1:]), len(line)]
    parts = [
        (line[m.end() : end].strip(" ,;."), questions[int(m["number"])]) for m, end in zip(found, ends, strict=True)
    ]
    shut = [(part, question, reads(part, question)) for part, question in parts if not is_open(question)]
    short = all(plain or len(part.split()) <= _SHORT for part, _, plain in shut)
    return short and any(plain for _, _, plain in shut)


def _as_label(line: str, match: re.Match[str], end: int) -> str:
    """One of several labels as a line; "Q1 yes" and "1-yes" with a sign that nothing else can mean."""
    whole = line[match.start() : end].rstrip(" ,;")
    return whole if match["sign"].strip("-/") else f"{match['number']}: {line[match.end() : end].strip(' ,;')}"


def _follows(line: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """Whether the label may come after the one before; one with a full stop may as well end a sentence: "say 5."."""
    step = int(match["number"]) - int(before["number"])
    if match["sign"] != "." or step == 1:
        return step > 0
    return step > 0 and line[: match.start()].rstrip(" \t(#")[-1:] in {",", ";", ".", "!", "?"}


def _is_answered(
    line: str, before: re.Match[str], match: re.Match[str], questions: Mapping[int, Question], reads: Reads
) -> bool:
    """Whether a later label without a stop in front is one all the same: "2. once a year 4. no thanks"."""
    question = questions[int(match["number"])]
    said = re.split(r"\s\(?\d{1,2}[.:)]\s", line[match.end() :], maxsplit=1)[0].strip(" ,;.")
    return int(match["number"]) > int(before["number"]) and not is_open(question) and reads(said, question)


def _split_bare(line: str, questions: Mapping[int, Question], reads: Reads) -> list[str]:
    """ "1 yes, 2 45, 3 4" and "1y 2n 3a": parts that each begin with the next question's number."""
    for separator in (r"(?<!\d),|,(?!\d)", ";", " / ", r"\|", r"\s+"):
        parts = [part.strip() for part in re.split(separator, line) if part.strip()]
        heads = [re.match(r"\d{1,2}(?=[ \ta-zA-Z])", part) for part in parts]
        if len(parts) < 2 or not all(heads):
            continue
        numbers = [int(head.group()) for head in heads if head]
        if all(n in questions for n in numbers) and all(a < b for a, b in pairwise(numbers)):
            if separator == r"\s+" and any(len(part) > 4 for part in parts):
                continue
            return parts
    return _split_counted(line, questions, reads)


def _split_counted(line: str, questions: Mapping[int, Question], reads: Reads) -> list[str]:
    """ "1 yes 2 45 3 G1 4/10 4 role play": every question's number once, in order, each with something behind it.

    Of some questions only where each part plainly answers its own: "1 yes 4 no", "1 yes 2 patience 3 less haste 4 5".
    """
    words = [(match.group(), match.start()) for match in re.finditer(r"\S+", line)]
    heads: list[tuple[int, int]] = []
    for before, (word, start) in zip((("", -1), *words), words, strict=False):
        answers = bool(heads) and heads[-1][1] == before[1]  # The 5 of "4 5" is the answer to question 4.
        answers = answers or _GOAL.fullmatch(before[0]) is not None
        if not answers and len(word) <= 2 and word.isdecimal() and int(word) in questions:
            heads.append((int(word), start))
    numbers = [number for number, _ in heads]
    if len(numbers) < _PAIR or any(a >= b for a, b in pairwise(numbers)) or not words[0][0].isdecimal():
        return [line]
    starts = [start for _, start in heads]
    parts = [line[a:b].strip(" ,;") for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]
    if not all(" " in part for part in parts):
        return [line]
    if len(numbers) >= _COUNTED and numbers == list(questions):
        return [f"{number}: {part.partition(' ')[2].strip()}" for number, part in zip(numbers, parts, strict=True)]
    rests = [(part.partition(" ")[2].strip(), questions[n]) for part, n in zip(parts, numbers, strict=True)]
    shut = [(rest, question) for rest, question in rests if not is_open(question)]
    fits = all(reads(rest, question) for rest, question in shut)
    counted = len(numbers) >= _COUNTED and len(shut) > 1
    worded = len(shut) == len(rests) and any(is_word(rest) for rest, _ in rests)
    return parts if fits and (counted or worded) else [line]


def is_word(rest: str) -> bool:
    """Whether the rest begins with a letter or a sign such as 👍, which a number cannot go on with."""
    first = rest.strip(" \t(")[:1]
    return first.isalpha() or first > "\u2190"
