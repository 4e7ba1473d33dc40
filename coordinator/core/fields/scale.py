"""A point on a scale."""

import re
from collections.abc import Sequence

from coordinator.core.answers_numbers import Number, is_limited, numbers
from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_LABEL = re.compile(
    r"\s*(?P<number>\d{1,2})[ \t]*[.):=–-]?[ \t]+(?P<point>\d{1,2}[ \t]?/[ \t]?(?P<total>\d{1,3})\b|[★⭐])"
)
_LEADS = ("scale_lead", "greeting", "scale_verbs")
STARS, _EMPTY = frozenset("★⭐🌟*"), frozenset("☆")


class Scale:
    """value: a whole number between low and high."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        field = question.field
        return (words_of(context).hint("scale", low=field.low, high=field.high),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        text = less_label(text, question)
        scan = tokens(text)
        stars = _stars(scan)
        if stars:
            return _bounded(stars, text, question.field, words_of(context), 1.0)
        return by_language(scan, context, lambda words: _scale(scan, text, question, words)) if len(scan) else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return bounds_problems(field)


def less_label(text: str, question: Question) -> str:
    """Without the question's own number before a point that shows by itself what it is: "1 4/5", "1 ★★★★"."""
    label = _LABEL.match(text)
    sound = label and int(label["number"]) == question.number and label["total"] in {None, str(question.field.high)}
    return text[label.start("point") :] if label and sound else text


def bounds_problems(field: Field) -> tuple[str, ...]:
    wrong = []
    if field.low >= field.high:
        wrong.append(f"low ({field.low}) must be below high ({field.high})")
    if field.options:
        wrong.append(f"options belong to choice and choices, not to {field.kind}")
    return tuple(wrong)


def _stars(scan: Tokens) -> int:
    """How many full stars, when the text is nothing but stars."""
    full = sum(text in STARS for text in scan.texts)
    return full if all(text in STARS or text in _EMPTY or text == "\n" for text in scan.texts) else 0


def _scale(scan: Tokens, text: str, question: Question, words: Words) -> Read:
    field = question.field
    scan = less_bounds(scan, field, words)
    found = _less_articles(scan, tuple(numbers(scan, words)), words)
    if not found:
        return _in_words(scan, text, field, words)
    first = found[0]
    if first.value is None or is_limited(scan, first, words) or is_negative(scan, first):
        return unclear(text, words, "vague")
    if not _is_introduced(scan, first, words) and not (len(found) == 1 and _is_judged(scan, first, words)):
        return unclear(text, words, "vague") if len(found) == 1 else None
    if is_conditional(scan, first, words) or "?" in scan.texts[first.end : found[-1].start]:
        return unclear(text, words, "vague")
    total, end = _out_of(scan, first, words)
    if total is not None and total != field.high:
        return unclear(text, words, "vague")
    if scan.texts[end : end + 1] == ("%",):
        return _percent(first, text, field, words)
    if not _ends_well(scan, end, words) or scan.texts[end : end + 1] == ("?",):
        return unclear(text, words, "vague")
    if is_replaced(scan, first, [n for n in found if n.start >= end], words) or _is_label(scan, found, question):
        return unclear(text, words, "several")
    return _bounded(first.value, text, field, words, _sure(scan, end))


def less_bounds(scan: Tokens, field: Field, words: Words) -> Tokens:
    """Without the "from 1 to 5" that says again which scale it is, where another number is left."""
    for at in range(len(scan) - 2):
        to = words.phrases("range_to").length(scan.texts, at + 1)
        end = at + 1 + to
        if scan.texts[at] != str(field.low) or not to or scan.texts[end : end + 1] != (str(field.high),):
            continue
        lead = next(
            (n for n in (5, 4, 3, 2, 1) if at >= n and words.phrases("bounds_lead").length(scan.texts, at - n) == n), 0
        )
        items = (*scan.items[: at - lead], *scan.items[end + 1 :])
        left = Tokens(scan.raw, items, tuple(item.text for item in items))
        return left if lead and any(numbers(left, words)) else scan
    return scan


def _is_label(scan: Tokens, found: Sequence[Number], question: Question) -> bool:
    """Whether the first number may be the question's own: "1. I would say 4"."""
    first = found[0]
    labelled = first.start == 0 and first.value == question.number and scan.texts[1:2] in {(".",), (")",)}
    return labelled and any(number.value != first.value for number in found[1:])


def _less_articles(scan: Tokens, found: tuple[Number, ...], words: Words) -> tuple[Number, ...]:
    """Without the "eine" of "eine 4", and that of "eine gute Zuhörerin" behind a number."""
    starts = {number.start for number in found}
    lead, articles = words.phrases("scale_lead"), words.phrases("articles")

    def is_article(number: Number) -> bool:
        if not number.spelled or number.value != 1:
            return number.spelled and number.end in starts and lead.length(scan.texts, number.start) > 0
        behind = number is not found[0] and not scan.ends_at(number.end) and articles.length(scan.texts, number.start)
        return bool(behind) or (number.end in starts and lead.length(scan.texts, number.start) > 0)

    return tuple(number for number in found if not is_article(number))


def is_negative(scan: Tokens, number: Number) -> bool:
    before = number.start - 1
    if before < 0 or scan.texts[before] not in {"-", "<", ">", "/"}:
        return False
    return scan.touches(number.start) or scan.texts[before] != "-"


def _is_introduced(scan: Tokens, number: Number, words: Words) -> bool:
    """Whether nothing but words such as "I'd say a" stand before it, in its line."""
    at = 0
    while at < number.start:
        step = max(words.phrases(name).length(scan.texts, at) for name in _LEADS) or _now_judging(scan, at, words)
        if not step and not is_stop(scan.texts[at]):
            return False
        at += step or 1
    return at == number.start


def _now_judging(scan: Tokens, at: int, words: Words) -> int:
    """Tokens of the "for now" in "for now I'd say 4"; "now 3" says that it was something else before."""
    now = words.phrases("right_now").length(scan.texts, at)
    return now if now and words.phrases("scale_verbs").length(scan.texts, at + now) else 0


def is_conditional(scan: Tokens, number: Number, words: Words) -> bool:
    """Whether an "if" stands in the number's own sentence: "5 if I'm honest, 2 if I'm angry"."""
    start, end = next((r for r in sentences(scan) if r[0] <= number.start < r[1]), (0, len(scan)))
    return words.phrases("condition").anywhere(scan.texts[start:end]) is not None


def _is_judged(scan: Tokens, number: Number, words: Words) -> bool:
    """Whether the number stands behind a verb of judging that begins a clause: "going well, I'd say 4"."""
    verbs = words.phrases("scale_verbs")
    starts = [at for at in range(1, number.start) if is_stop(scan.texts[at - 1]) and verbs.length(scan.texts, at)]
    if not starts or words.phrases("negation").anywhere(scan.texts[: number.start]) is not None:
        return False
    at = starts[-1] + verbs.length(scan.texts, starts[-1])
    while at < number.start and (step := words.phrases("scale_lead").length(scan.texts, at)):
        at += step
    return at == number.start


def _out_of(scan: Tokens, number: Number, words: Words) -> tuple[float | None, int]:
    """(5, end) of "4 out of 5" and "4 stars out of 5"; (None, end of the number) without a total."""
    at = number.end + words.phrases("stars").length(scan.texts, number.end)
    while scan.texts[at : at + 1] in {("★",), ("⭐",)}:
        at += 1
    length = words.phrases("out_of").length(scan.texts, at)
    later = next(iter(numbers_from(scan, at + length, words)), None) if length else None
    if later and later.start == at + length:
        return later.value if later.value is not None else -1, later.end
    return None, at


def numbers_from(scan: Tokens, start: int, words: Words) -> Sequence[Number]:
    return [number for number in numbers(scan, words) if number.start >= start]


def _percent(number: Number, text: str, field: Field, words: Words) -> Read:
    share = number.value or 0
    if field.high == 100:
        return _bounded(share, text, field, words, 1.0)
    if field.high == 10 and field.low in {0, 1} and share % 10 == 0:
        return _bounded(share / 10, text, field, words, 0.95)
    return unclear(text, words, "outside", low=field.low, high=field.high)


def _ends_well(scan: Tokens, end: int, words: Words) -> bool:
    return scan.ends_at(end) or any(words.phrases(name).length(scan.texts, end) for name in ("scale_after", "lead"))


def is_replaced(scan: Tokens, first: Number, later: Sequence[Number], words: Words) -> bool:
    """Whether another number stands in the same sentence, before any reason; or alone or corrected in a later one."""
    others = [number for number in later if number.value != first.value]
    if not others:
        return False
    ranges = tuple(sentences(scan))
    home = next((r for r in ranges if r[0] <= first.start < r[1]), (0, len(scan)))
    for number in others:
        start, end = next((r for r in ranges if r[0] <= number.start < r[1]), home)
        if (start, end) != home:
            alone = end - start <= 3
            corrected = words.phrases("correction").anywhere(scan.texts[start:end]) is not None
            if alone or corrected or words.phrases("lead").length(scan.texts, start):
                return True
        elif not _has_reason(scan, first.end, number.start, words) or _is_parallel(scan, first, number):
            return True
    return False


def _is_parallel(scan: Tokens, first: Number, other: Number) -> bool:
    """Whether the same word follows both: "3 for effort, 1 for results"."""
    behind = scan.texts[first.end : first.end + 1]
    return behind == scan.texts[other.end : other.end + 1] and bool(behind) and behind[0].isalpha()


def _has_reason(scan: Tokens, start: int, end: int, words: Words) -> bool:
    between = scan.texts[start:end]
    return words.phrases("because").anywhere(between) is not None and len(between) > 1


def _sure(scan: Tokens, end: int) -> float:
    others = sum(not is_stop(text) for text in scan.texts[end:])
    return 1.0 if others == 0 else 0.9


def _bounded(found: float, text: str, field: Field, words: Words, sure: float) -> Read:
    if found != int(found):
        return unclear(text, words, "vague", guess=found)
    if not field.low <= found <= field.high:
        return unclear(text, words, "outside", low=field.low, high=field.high)
    return value(int(found), text, sure)


def _in_words(scan: Tokens, text: str, field: Field, words: Words) -> Read:
    """ "Excellent" is a guess, never a number."""
    found = words.phrases("scale_words").at(scan.texts, 0)
    if not found or field.high - field.low != 4:
        return None
    return unclear(text, words, "vague", guess=field.high - found[1])
