"""Numbers in a text: digits, words, halves and quarters, and whether what stands beside them can be trusted."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.words import Words


@dataclass(frozen=True, slots=True)
class Number:
    """value: None where the digits could mean two numbers ("1.200"). start, end: tokens."""

    value: float | None
    start: int
    end: int
    spelled: bool = False


def numbers(scan: Tokens, words: Words) -> Iterator[Number]:
    """Every number, first to last; "forty-five" is one, "1 1/2" is three."""
    at = 0
    while at < len(scan):
        found = number_at(scan, at, words)
        if found:
            yield found
        at = found.end if found else at + 1


def number_at(scan: Tokens, at: int, words: Words) -> Number | None:
    if at >= len(scan):
        return None
    text = scan.texts[at]
    if text[0].isdecimal():
        return Number(digits(text), at, at + 1)
    if not text[0].isalpha():
        return None
    found = words.phrases("numbers").at(scan.texts, at)
    if not found:
        return None
    length, value = found
    tail = words.phrases("numbers").at(scan.texts, at + length)
    if 20 <= value < 100 and value % 10 == 0 and tail and 0 < tail[1] < 10 and tail[0] == 1:
        return Number(value + tail[1], at, at + length + 1, spelled=True)
    return Number(value, at, at + length, spelled=True)


def digits(text: str) -> float | None:
    """The value of a token that begins with a digit; None for "1.200", "14.04.26" and endless numbers."""
    if len(text) > 12:
        return None
    if text.isdecimal():
        return int(text)
    whole, _, part = text.replace(",", ".").partition(".")
    if not part.isdecimal() or len(part) == 3:
        return None
    return float(f"{int(whole)}.{part}") if int(part) else int(whole)


def with_fraction(scan: Tokens, number: Number) -> Number:
    """The number, with "1/2" or "3/4" as a fraction, alone or after a whole number."""
    own = _fraction(scan, number.start)
    if own:
        return Number(own, number.start, number.start + 3)
    more = _fraction(scan, number.end)
    if more and number.value is not None and number.value == int(number.value) and not number.spelled:
        return Number(number.value + more, number.start, number.end + 3)
    return number


def _fraction(scan: Tokens, at: int) -> float | None:
    parts = scan.texts[at : at + 3]
    if len(parts) < 3 or parts[1] != "/" or not (scan.touches(at + 1) and scan.touches(at + 2)):
        # "½" folds to three tokens of one place
        return None
    known = {("1", "2"): 0.5, ("1", "4"): 0.25, ("3", "4"): 0.75, ("1", "3"): 1 / 3, ("2", "3"): 2 / 3}
    return known.get((parts[0], parts[2]))


def plain(value: float) -> int | float:
    """4 rather than 4.0."""
    return int(value) if value == int(value) else value


def is_limited(scan: Tokens, number: Number, words: Words) -> bool:
    """Whether it is one end of a range or a bound: "less than 4", "3 or 4", "4+", "3-4"."""
    return _limit_before(scan, number.start, words) or _limit_after(scan, number.end, words)


def _limit_before(scan: Tokens, start: int, words: Words) -> bool:
    for back in range(1, 5):
        at = start - back
        if at < 0:
            return False
        if words.phrases("limits").length(scan.texts, at) >= back:  # "moins d'une" reaches into "d'une heure"
            return True
        if words.phrases("either").length(scan.texts, at) == back and at > 0:
            return True
    return False


def _limit_after(scan: Tokens, end: int, words: Words) -> bool:
    if end >= len(scan):
        return False
    text = scan.texts[end]
    if text in {"+", "-"} and (end + 1 >= len(scan) or scan.texts[end + 1][0].isdecimal() or scan.touches(end)):
        return True
    if words.phrases("or_so").length(scan.texts, end):
        return False
    if words.phrases("range_to").length(scan.texts, end) and number_at(scan, end + 1, words):
        return True
    return words.phrases("either").length(scan.texts, end) > 0


def unexplained(scan: Tokens, used: AbstractSet[int], words: Words, names: Sequence[str]) -> int:
    """How many words are neither used nor in one of these lists."""
    at, count = 0, 0
    while at < len(scan):
        step = max(words.phrases(name).length(scan.texts, at) for name in names)
        if at in used or step or is_stop(scan.texts[at]):
            at += step or 1
            continue
        count, at = count + 1, at + 1
    return count
