"""How long something took, in minutes."""

from coordinator.core.answers_clock import clocks
from coordinator.core.answers_days import days
from coordinator.core.answers_numbers import Number, is_limited, number_at, numbers, unexplained, with_fraction
from coordinator.core.answers_text import Tokens, sentences, tokens
from coordinator.core.dates import calendar_of
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.fields.lengths import Length, length_at, lengths
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_BESIDE = ("about", "length_lead", "or_so", "please", "closing")
SHORTEST, LONGEST = 5, 300
"""A bare number between these is minutes."""
_DAY = 600


class Duration:
    """value: whole minutes."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        return (words_of(context).hint("duration"),)

    def read(self, text: str, question: Question, context: Context) -> Read:  # noqa: ARG002
        scan = tokens(text)
        return by_language(scan, context, lambda words: _reading(scan, text, words, context)) if len(scan) else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to duration",) if field.options else ()


def _reading(scan: Tokens, text: str, words: Words, context: Context) -> Read:
    named = tuple(lengths(scan, words))
    found = [length for length in named if not _is_something_else(scan, length, words)]
    if any(length.minutes is not None for length in found):  # The "even" of "nog even gebeld, een half uur".
        found = [
            n for n in found if n.minutes is not None or not words.phrases("length_vague").length(scan.texts, n.start)
        ]
    if not found:
        return unclear(text, words, "vague") if named else _bare(scan, text, words)
    if any(length.minutes is None for length in found):
        return unclear(text, words, "vague")
    lengths_differ = len({length.minutes for length in found}) > 1
    if (
        lengths_differ
        or _counts_on(scan, found, words, context)
        or _has_rival(scan, found, words, context)
        or _is_one_of_two(scan, found, words)
    ):
        return unclear(text, words, "several")
    if any(_is_unsafe(scan, length, words) for length in found):
        return unclear(text, words, "vague")
    return _whole(found[0].minutes or 0, text, words, _sure(scan, found, words))


def _counts_on(scan: Tokens, found: list[Length], words: Words, context: Context) -> bool:
    """Whether a further bare number goes with a count: "30 minutes the first time, 20 the second"."""
    end = max(length.end for length in found)
    rest = scan.texts[end:]
    if not any(text.isdecimal() for text in rest) or words.phrases("ordinals").anywhere(rest) is None:
        return False
    dated = _dated(scan, words, context)  # "20 minutes, mostly about the exam on the 3rd"
    return any(scan.texts[i].isdecimal() and i not in dated for i in range(end, len(scan)))


def _has_rival(scan: Tokens, found: list[Length], words: Words, context: Context) -> bool:
    """Whether a bare number in the same sentence could be the minutes as well: "she says 40 minutes, I say 30"."""
    start, end = next((s for s in sentences(scan) if s[0] <= found[0].start < s[1]), (0, len(scan)))
    taken = {i for length in found for i in range(length.start, length.end)}
    rivals = [
        n for n in numbers(scan, words) if start <= n.start < end and n.start not in taken and _is_bare(scan, n, words)
    ]
    if not rivals:
        return False
    dated = _dated(scan, words, context)
    return any(number.start not in dated for number in rivals)


def _is_one_of_two(scan: Tokens, found: list[Length], words: Words) -> bool:
    """Whether the sentence goes on with another one: "an hour, or maybe two", "one was 20 min, the other I forgot"."""
    first = found[0]
    start, end = next((s for s in sentences(scan) if s[0] <= first.start < s[1]), (0, len(scan)))
    if words.phrases("other_one").anywhere(scan.texts[start:end]) is not None:
        return True
    later = (at for at in range(first.end, end) if words.phrases("either").length(scan.texts, at))
    return any(_is_amount(scan, _behind_maybe(scan, at, words), words) for at in later)


def _behind_maybe(scan: Tokens, at: int, words: Words) -> int:
    while step := max(words.phrases(name).length(scan.texts, at) for name in ("either", "maybe", "about")):
        at += step
    return at


def _is_amount(scan: Tokens, at: int, words: Words) -> bool:
    number = number_at(scan, at, words)
    return number is not None and (scan.ends_at(number.end) or length_at(scan, at, words) is not None)


def _dated(scan: Tokens, words: Words, context: Context) -> frozenset[int]:
    """The tokens that belong to a day or a time of day."""
    dated = frozenset(i for day in days(scan, calendar_of(context, words)) for i in range(day.start, day.end))
    return dated | {i for clock in clocks(scan, words, dated) for i in range(clock.start, clock.end)}


def _is_bare(scan: Tokens, number: Number, words: Words) -> bool:
    """Whether it may be minutes and counts nothing that is named behind it."""
    if number.spelled or number.value is None or not SHORTEST <= number.value <= LONGEST:
        return False
    if scan.texts[number.end : number.end + 1] in {("/",), ("%",), (":",)} or scan.texts[
        number.start - 1 : number.start
    ] == ("/",):
        return False
    joins = ("part_of", "either", "together", "turn", "because")
    return scan.ends_at(number.end) or any(words.phrases(name).length(scan.texts, number.end) for name in joins)


def _is_something_else(scan: Tokens, length: Length, words: Words) -> bool:
    """ "15 minutes late" is not how long it took."""
    else_, about = (words.phrases(name).length(scan.texts, length.end) for name in ("not_length_after", "or_so"))
    going_on = words.phrases("length_so_far").length(scan.texts, length.end)
    if going_on and scan.ends_at(length.end + going_on):
        return True  # "we are talking right now, 5 minutes in"
    return else_ > about  # Not "una hora más o menos".


def _is_unsafe(scan: Tokens, length: Length, words: Words) -> bool:
    """Whether a denial, a bound, a range or a count stands before it in its sentence, or more digits behind it."""
    start = next((first for first, end in sentences(scan) if first <= length.start < end), 0)
    denied = words.phrases("negation").anywhere(_less_about(scan, start, length.start, words)) is not None
    limited = is_limited(scan, Number(length.minutes, length.start, length.end), words)
    after = scan.texts[length.end : length.end + 1]
    torn = bool(after) and (after[0][0].isdecimal() or after[0] in {"+", "x", "%", "?"})
    clock = words.phrases("am").length(scan.texts, length.end) or words.phrases("pm").length(scan.texts, length.end)
    before = words.phrases("not_length_before")
    when = any(before.length(scan.texts, length.start - n) == n for n in (1, 2) if length.start >= n)
    more = words.phrases("length_more").length(scan.texts, length.end)
    part = length.start > 0 and (scan.texts[length.start - 1][0].isdecimal() or _is_part(scan, length.start, words))
    return denied or limited or torn or part or when or bool(clock or more) or _in_range(scan, start, length, words)


def _is_part(scan: Tokens, start: int, words: Words) -> bool:
    """Whether "of" and a number or fraction stand before "an hour"."""
    return any(
        words.phrases("part_of").length(scan.texts, start - back) == back and start > back
        for back in (1, 2)
        if start >= back and number_at(scan, start - back - 1, words)
    )


def _less_about(scan: Tokens, start: int, end: int, words: Words) -> tuple[str, ...]:
    """The tokens without "more or less", in which a "less" denies nothing."""
    kept, at = [], start
    while at < end:
        about = words.phrases("about").length(scan.texts, at)
        kept.append("·" if about else scan.texts[at])
        at += about or 1
    return tuple(kept)


def _in_range(scan: Tokens, start: int, length: Length, words: Words) -> bool:
    """Whether a bare number before it is the other end of a range or a count: "40-45 min", "2 x 30", "two calls of"."""
    joins = ("either", "range_to", "together", "length_times")
    for number in numbers(scan, words):
        if not start <= number.start or number.end >= length.start:
            continue
        if start < number.start and length.start and scan.texts[number.start - 1] == scan.texts[length.start - 1]:
            return True  # "once for 30 and once for 40 min"
        between = number.end == length.start - 1
        tied = scan.texts[number.end] in {"-", "x", "*", "/", "+", "~"} or any(
            words.phrases(name).length(scan.texts, number.end) == 1 for name in joins
        )
        counted = number.value != 1 and words.phrases("length_times").length(scan.texts, number.end)
        if counted or (between and tied):
            return True
    return False


def _whole(minutes: float, text: str, words: Words, sure: float) -> Read:
    if minutes != int(minutes) or not 0 < minutes <= _DAY:
        return unclear(text, words, "vague")
    return value(int(minutes), text, sure)


def _sure(scan: Tokens, found: list[Length], words: Words) -> float:
    said = sum(length.end - length.start for length in found)
    rest = unexplained(scan, {i for length in found for i in range(length.start, length.end)}, words, _BESIDE)
    return 1.0 if not rest else 0.9 if said >= rest else 0.8


def _bare(scan: Tokens, text: str, words: Words) -> Read:
    """A number without a unit is minutes when it can be nothing else."""
    found = tuple(numbers(scan, words))
    if len(found) > 1 and unexplained(scan, set(), words, _BESIDE) <= len(found):
        return unclear(text, words, "several")
    if len(found) != 1:
        return None
    number = with_fraction(scan, found[0])
    remark = number.start == 0 and _is_remark(scan, number.end, words)
    if not remark and unexplained(scan, set(range(number.start, number.end)), words, (*_BESIDE, "yes")):
        return None
    after = scan.texts[number.end : number.end + 1]
    torn = after in {(":",), ("/",), ("%",), ("+",), ("?",)} or is_limited(scan, number, words)
    if torn or number.value != int(number.value or 0.5) or not SHORTEST <= (number.value or 0) <= LONGEST:
        return unclear(text, words, "vague")
    return value(int(number.value or 0), text, 1.0 if len(scan) == 1 else 0.85 if remark else 0.9)


def _is_remark(scan: Tokens, end: int, words: Words) -> bool:
    """Whether what follows the number is set apart and does not change it: "45, by Zoom"."""
    if scan.texts[end : end + 1] not in {(",",), ("(",), (".",), ("!",)} and not (
        scan.texts[end : end + 1] == ("-",) and not scan.touches(end)
    ):
        return False
    changes = ("negation", "either", "limits", "not_length_after", "maybe", "length_more", "correction", "doubt")
    return not any(words.phrases(name).length(scan.texts, at) for at in range(end, len(scan)) for name in changes)
