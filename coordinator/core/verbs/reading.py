"""Reads the lines of an advisor's reply: `3 snooze 2w`, `done 1, 2`, `pair 4 every 2 weeks`, or plain words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.fields import KINDS
from coordinator.core.program import Field
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.verbs.wish import Verb
from coordinator.core.words import Words, languages, words_of

_BETWEEN = re.compile(r"\s*[;,]\s*(?=\D*\d)|\s+(?:and|y|und|et|e|en)\s+(?=\d)", re.IGNORECASE)
_MOST_LINES, _LONGEST_LINE = 60, 1000
_MOST_NUMBERS = 20


@dataclass(frozen=True, kw_only=True)
class Line:
    """One verb as it was written. numbers: of items; pairs: of pairs, as the letter numbers them."""

    verb: str
    words: str
    numbers: tuple[int, ...] = ()
    pairs: tuple[int, ...] = ()
    args: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Lines that hold no verb. number: the item whose number stands before them, None = none."""

    words: str
    number: int | None = None


def lines(text: str, verbs: Mapping[str, Verb], context: Context) -> Iterator[Line | Prose]:
    """Everything that a reply says, in order; running text stays together."""
    prose: list[str] = []
    for raw in text.splitlines()[:_MOST_LINES]:
        line = raw.strip()[:_LONGEST_LINE]
        found = tuple(_read(line, verbs, context)) if line else ()
        if (found or not line or _numbered(line)) and prose:
            yield _prose(prose)
            prose = []
        yield from found
        if line and not found:
            prose.append(line)
    if prose:
        yield _prose(prose)


def _read(line: str, verbs: Mapping[str, Verb], context: Context) -> Iterator[Line]:
    """The verbs of a line: one, or several of which each is complete."""
    whole = _one(line, verbs, context)
    if whole:
        yield whole
        return
    pieces = [_one(piece, verbs, context) for piece in _BETWEEN.split(line)]
    if len(pieces) > 1 and all(pieces):
        yield from (piece for piece in pieces if piece)


def _prose(collected: list[str]) -> Prose:
    first = _numbered(collected[0])
    number, rest = first or (None, collected[0])
    return Prose(words="\n".join((rest, *collected[1:])).strip(), number=number)


def _numbered(line: str) -> tuple[int, str] | None:
    """(3, "She is on leave") of "3: She is on leave"."""
    found = re.match(r"(\d{1,3})\s*[.:)\-–—]\s*(?=\D)(.+)$", line)
    return (int(found[1]), found[2].strip()) if found else None


def _one(line: str, verbs: Mapping[str, Verb], context: Context) -> Line | None:
    scan = tokens(line.rstrip(" .!"))
    if not len(scan):
        return None
    for language in languages(context):
        words = words_of(context, language)
        found = _in_language(scan, line, verbs, words, context)
        if found:
            return found
    return None


def _in_language(scan: Tokens, line: str, verbs: Mapping[str, Verb], words: Words, context: Context) -> Line | None:
    """The number before the verb or behind it, what the verb needs after both."""
    start = words.phrases("please").length(scan.texts, 0)
    is_pair, numbers, at = _target(scan, start, words)
    named = words.phrases("verbs").at(scan.texts, at)
    if named is None or named[1] not in verbs:
        return None
    name, at = str(named[1]), at + named[0]
    if not numbers and verbs[name].about != "self":
        is_pair, numbers, at = _target(scan, at, words)
    args = verbs[name].reads(scan, _past_signs(scan, at), words, context)
    if args is None or (verbs[name].about == "self") == bool(numbers):
        return None
    return Line(
        verb=name,
        words=line,
        numbers=() if is_pair else numbers,
        pairs=numbers if is_pair else (),
        args=args,
    )


def _target(scan: Tokens, at: int, words: Words) -> tuple[bool, tuple[int, ...], int]:
    """(whether pairs are meant, their numbers, the token behind): "pair 4", "3", "1, 2 and 5"."""
    named = words.phrases("pair_word").length(scan.texts, at)
    numbers: list[int] = []
    place = end = at + named
    while place < len(scan) and len(numbers) < _MOST_NUMBERS:
        text = scan.texts[place]
        if text.isdecimal() and len(text) <= 3 and not _goes_on(scan, place):
            numbers.append(int(text))
            place = end = place + 1
        elif numbers and (text in {",", "&", "+"} or words.phrases("together").length(scan.texts, place) == 1):
            place += 1
        else:
            break
    return bool(named), tuple(dict.fromkeys(numbers)), _past_signs(scan, end) if numbers else at


def _goes_on(scan: Tokens, place: int) -> bool:
    """Whether a letter touches the number, as in "2w"."""
    return scan.touches(place + 1) and scan.texts[place + 1][0].isalpha()


def _past_signs(scan: Tokens, at: int) -> int:
    while at < len(scan) and is_stop(scan.texts[at]):
        at += 1
    return at


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """A yes or a no to what was asked once more. number: of one line, None = of all that waits."""

    yes: bool
    number: int | None = None


def confirmation(line: Prose, context: Context) -> Confirmation | None:
    """ "Yes", "yes 2", "2: yes"; None for anything else."""
    found = re.fullmatch(r"(?:(\d{1,3})\s*[.:)]?\s+)?(.*?)(?:\s+(\d{1,3}))?", line.words.strip(" .!"), re.DOTALL)
    if not found:
        return None
    number = line.number or int(found[1] or found[3] or 0) or None
    question = Question(number=1, pairing="", prompt="", key="", field=_SURE)
    answer = KINDS["yes_no"].read(found[2], question, context)
    is_short = len(found[2].split()) <= _SHORTEST_YES
    return Confirmation(yes=bool(answer.value), number=number) if isinstance(answer, Value) and is_short else None


_SURE = Field(name="sure", kind="yes_no", ask="")
_SHORTEST_YES = 4


def addressee(text: str, context: Context) -> tuple[str, str]:
    """("Maya", "I can meet on Friday") of "tell Maya: I can meet on Friday"; ("", "") when nobody is addressed."""
    head, colon, body = text.partition(":")
    name = head.strip()
    for language in languages(context):
        phrases = words_of(context, language).phrases("verbs")
        scan = tokens(name)
        found = phrases.at(scan.texts, 0)
        if found and found[1] == "tell":
            name = scan.written(found[0], len(scan))
            break
    is_name = bool(colon) and 0 < len(name.split()) <= _LONGEST_NAME
    return (name, body.strip()) if is_name and body.strip() else ("", "")


_LONGEST_NAME = 4
