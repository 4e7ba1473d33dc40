"""Lines that decide about candidates: `approve 1`, `decline 2 because …`, `request 2`, `spoke, goals: …`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.frozen import replace
from coordinator.core.reading import Context
from coordinator.core.words import Words, languages, words_of

SEARCH = re.compile(r"m\d{1,7}")
"""The name of a search: "approve m3 1"."""
_MOST_LINES, _LONGEST_LINE, _LONGEST_TEXT = 60, 1000, 2000
_SHORT = 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One line. verb: a key of the words table `[gates]`. number: of a candidate, None = none was named.

    text: what stands behind it and on the lines below, such as a reason.
    """

    verb: str
    number: int | None = None
    text: str = ""


def wishes(text: str, context: Context) -> tuple[Wish, ...]:
    """Every wish in order; lines without a verb belong to the one before them."""
    found: list[Wish] = []
    for line in _lines(text):
        here = _of_line(line, context, late=() if found else _LATE)
        if here:
            found += here
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}".strip()[:_LONGEST_TEXT])
    return tuple(found)


def leading(text: str, context: Context) -> Wish | None:
    """The first wish, with all that stands behind it as its text: what somebody gives as a reason wishes nothing."""
    lines = _lines(text)
    for number, line in enumerate(lines):
        if here := _of_line(line, context, late=(), second=()):
            behind = "\n".join((here[0].text, *lines[number + 1 :])).strip()
            return replace(here[0], text=behind[:_LONGEST_TEXT])
    return None


def is_no_to_all(text: str, context: Context) -> bool:
    """ "None of them fits", and not much more."""
    scan = tokens(text[:_LONGEST_LINE])
    return len(scan) <= _SHORT and any(
        words_of(context, language).phrases("none_of_them").length(scan.texts, start)
        for language in languages(context)
        for start in range(len(scan))
        if start == 0 or is_stop(scan.texts[start - 1])
    )


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines()[:_MOST_LINES] if (line := raw.strip()[:_LONGEST_LINE])]


_LATE = ("mail_enough", "goals", "spoke")
"""What counts though the line begins with other words: "Yes, we spoke"."""
_SECOND = (*_LATE, "override")
"""What may stand behind another wish on one line: "approve 1, mail is enough"."""
_NUMBERED = ("approve", "decline")
"""What counts with its number wherever a clause begins: "approve 1, decline 2 because …"."""


def _of_line(line: str, context: Context, *, late: Sequence[str], second: Sequence[str] = _SECOND) -> tuple[Wish, ...]:
    scan = tokens(line)
    for language in languages(context):
        words = words_of(context, language)
        if found := tuple(_begun(scan, words, late, second)):
            ends = (*(begin for _, begin, _ in found[1:]), len(scan))
            return tuple(
                replace(wish, text=_clean(scan.written(after, end)))
                for (wish, _, after), end in zip(found, ends, strict=True)
            )
    return ()


def _begun(scan: Tokens, words: Words, late: Sequence[str], second: Sequence[str]) -> Iterator[tuple[Wish, int, int]]:
    """Each wish of a line, the place of its verb and the place behind it: the first word, or the first after a stop."""
    allowed = late
    for place in range(len(scan)):
        behind_and = place > 0 and words.phrases("together").length(scan.texts, place - 1) == 1
        if place and not behind_and and not is_stop(scan.texts[place - 1]):
            continue
        named = _at(scan, place, words)
        is_numbered = named and second and named[0].verb in _NUMBERED and named[0].number is not None
        if named and (place == 0 or is_numbered or (named[0].verb in allowed and not behind_and)):
            # A reason is a reason to its end.
            allowed = () if named[0].verb == "decline" else second
            yield named[0], place, named[1]


def _at(scan: Tokens, at: int, words: Words) -> tuple[Wish, int] | None:
    """A verb that begins here with its number, and the place behind both."""
    at += words.phrases("please").length(scan.texts, at) if at < len(scan) else 0
    named = words.phrases("gates").at(scan.texts, at)
    if named is None:
        return None
    number, after = _number(scan, at + named[0], words)
    return Wish(verb=str(named[1]), number=number), after


def _number(scan: Tokens, at: int, words: Words) -> tuple[int | None, int]:
    at += 2 * bool(SEARCH.fullmatch(scan.written(at, min(at + 2, len(scan))).strip().casefold()))
    place = at
    while place < len(scan) and (
        scan.texts[place] in {"#", ":", "(", "no", "number", "nr"} or _is_name(scan, place, words)
    ):
        place += 1
    if place < len(scan) and scan.texts[place].isdecimal() and len(scan.texts[place]) <= 2:
        return int(scan.texts[place]), place + 1
    return None, at


def _is_name(scan: Tokens, place: int, words: Words) -> bool:
    return words.phrases("candidate_word").length(scan.texts, place) == 1


def _clean(text: str) -> str:
    return text.strip(" \t,;:.-–—")[:_LONGEST_TEXT] if text.strip() else ""
