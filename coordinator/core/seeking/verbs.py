"""Lines that decide about candidates: `approve 1`, `decline 2 because …`, `request 2`, `spoke, goals: …`."""

from dataclasses import dataclass, replace

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.reading import Context
from coordinator.core.words import Words, languages, words_of

_MOST_LINES, _LONGEST_LINE, _LONGEST_TEXT = 60, 1000, 2000


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
    for raw in text.splitlines()[:_MOST_LINES]:
        line = raw.strip()[:_LONGEST_LINE]
        here = _of_line(line, context) if line else ()
        if here:
            found += here
        elif line and found:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}".strip()[:_LONGEST_TEXT])
    return tuple(found)


def _of_line(line: str, context: Context) -> tuple[Wish, ...]:
    """A line may hold a second wish behind a comma or a full stop: "approve 1, mail is enough"."""
    scan = tokens(line)
    for language in languages(context):
        words = words_of(context, language)
        first = _at(scan, 0, words)
        if first is None:
            continue
        wish, after = first
        for place in range(after, len(scan)):
            if is_stop(scan.texts[place]) and (more := _at(scan, place + 1, words)) and more[0].verb in _SECOND:
                ahead = scan.written(after, place)
                rest = replace(more[0], text=scan.written(more[1], len(scan)))
                return (replace(wish, text=_clean(ahead)), replace(rest, text=_clean(rest.text)))
        return (replace(wish, text=_clean(scan.written(after, len(scan)))),)
    return ()


_SECOND = ("mail_enough", "goals", "spoke", "override")
"""What may stand behind another wish on one line."""


def _at(scan: Tokens, at: int, words: Words) -> tuple[Wish, int] | None:
    """A verb that begins here with its number, and the place behind both."""
    at += words.phrases("please").length(scan.texts, at) if at < len(scan) else 0
    named = words.phrases("gates").at(scan.texts, at)
    if named is None:
        return None
    number, after = _number(scan, at + named[0], words)
    return Wish(verb=str(named[1]), number=number), after


def _number(scan: Tokens, at: int, words: Words) -> tuple[int | None, int]:
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
