"""Yes or no, in words, signs and sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

_SKIPPED = ("lead", "turn", "together")
_AROUND = ("please", "closing", "greeting", "lead", "turn", "together")
_CLAUSE = 16
"""Words behind a "did not" that are looked at; so a long text takes no longer than its length."""
_LISTS = (
    ("maybe", None, False),
    ("no", False, False),
    ("no_open", False, False),
    ("no_alone", False, True),
    ("yes", True, False),
    ("yes_alone", True, True),
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A yes (True), a no (False) or neither (None), from token `start` up to `end`."""

    start: int
    end: int
    says: bool | None


class YesNo:
    """value: a boolean. A contradiction, a condition or irony is unclear."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        return (words_of(context).hint("yes_no"),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        scan = tokens(ticked(text))
        if not len(scan):
            return None
        met = asks_for_meeting(question, context) or asks_for_touch(question, context)
        return by_language(scan, context, lambda words: _reading(scan, text, met, words))

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to yes_no",) if field.options else ()


def ticked(text: str) -> str:
    """Of a form with ticked and empty boxes, what stands after the ticked ones; any other text as it is."""
    marks = (
        text.translate({ord("☑"): "[x]", ord("☒"): "[x]", ord("☐"): "[ ]"}).replace("[X]", "[x]").replace("[]", "[ ]")
    )
    if "[ ]" not in marks or "[x]" not in marks:
        return text
    return ", ".join(part.split("[ ]")[0].strip() for part in marks.split("[x]")[1:])


def asks_for_meeting(question: Question, context: Context) -> bool:
    """Whether the question, in whatever language, is whether the two met."""
    return _asks("met_asked", question, context)


def asks_for_touch(question: Question, context: Context) -> bool:
    """Whether any contact at all makes the answer a yes."""
    return question.field.kind == "yes_no" and _asks("touch_asked", question, context)


def _asks(key: str, question: Question, context: Context) -> bool:
    asked = tokens(question.field.ask).texts
    return any(words_of(context, name).phrases(key).anywhere(asked) is not None for name in languages(context))


def _reading(scan: Tokens, text: str, met: bool, words: Words) -> Read:
    whole = _whole(scan, words)
    if whole is not None:
        return value(whole, text)
    signs = tuple(_signs(scan, words, met))
    if not signs:
        return None
    reason = _distrust(scan, signs, words) or ("" if met else _restriction(scan, signs[0], words))
    if reason:
        return unclear(text, words, reason)
    says = {sign.says for sign in _near(scan, signs) if sign.says is not None}
    if len(says) != 1:
        return unclear(text, words, "both" if says else "maybe")
    said = says.pop()
    if not said and _has_yes_inside(scan, signs, words):
        return unclear(text, words, "both")
    return value(said, text, _sure(scan, signs, words))


def _has_yes_inside(scan: Tokens, signs: tuple[_Sign, ...], words: Words) -> bool:
    """Whether a yes stands in the midst of the sentence that denies: "not since the 14th, before that yes"."""
    start, end = _sentence(scan, signs[0])
    taken = {i for sign in signs for i in range(sign.start, sign.end)}
    outside = tuple("·" if i in taken else scan.texts[i] for i in range(start, end))
    return words.phrases("yes_inside").anywhere(outside) is not None


def _whole(scan: Tokens, words: Words) -> bool | None:
    """An answer of words that mean yes only when they stand alone."""
    bare = tuple(t for t in scan.texts if t not in {".", "!", ",", "\n", "*", '"'})
    please = words.phrases("please")
    end = len(bare)
    while end > 1 and please.length(bare, end - 1) == 1:
        end -= 1
    return True if bare[:end] in words.phrases("yes_whole") else None


def _signs(scan: Tokens, words: Words, met: bool) -> Iterator[_Sign]:
    """Every answer that stands at the beginning of a clause, and every report that a meeting failed."""
    at, fresh, denied = 0, True, -1
    while at < len(scan):
        found = _sign_at(scan, at, words, met and at != denied) if fresh else None
        if met and not found:
            found = _failed(scan, at, words)
        if found:
            yield found
            at = found.end
            # "we haven't" + "met" is one no; "no" + "we met" is a contradiction
            denied = at if found.says is False and (scan.texts[found.start],) not in words.phrases("no_alone") else -1
            continue
        skipped = max(words.phrases(name).length(scan.texts, at) for name in _SKIPPED)
        if skipped and (fresh or words.phrases("turn").length(scan.texts, at)):
            at, fresh = at + skipped, True
            continue
        fresh = is_stop(scan.texts[at])
        at += 1


def _sign_at(scan: Tokens, at: int, words: Words, met: bool) -> _Sign | None:
    best: _Sign | None = None
    lists = (*_LISTS, ("met", True, False)) if met else _LISTS
    for name, says, alone in lists:
        length = words.phrases(name).length(scan.texts, at)
        if name == "no_open" and length and not _denies_this(scan, at + length, words, met):
            best = None if not best or best.end <= at + length else best
            continue
        if length and not (alone and not scan.ends_at(at + length)) and (not best or length > best.end - best.start):
            best = _Sign(at, at + length, says)
    if best and best.end < len(scan) and scan.texts[best.end] == "?":
        return _Sign(best.start, best.end, None)
    return best


def _denies_this(scan: Tokens, at: int, words: Words, met: bool) -> bool:
    """Whether a "did not" denies what was asked: nothing goes on behind it, or a word that belongs to the question."""
    about, rest = words.phrases("no_met" if met else "no_wish"), words.phrases("no_rest")
    only_rest, end = True, at + _CLAUSE
    while at < len(scan) and not is_stop(scan.texts[at]):
        if at >= end:
            return False
        if about.length(scan.texts, at):
            return True
        step = max(rest.length(scan.texts, at), *(words.phrases(name).length(scan.texts, at) for name in _AROUND))
        only_rest = only_rest and step > 0
        at += step or 1
    return only_rest


def _failed(scan: Tokens, at: int, words: Words) -> _Sign | None:
    length = words.phrases("not_met").length(scan.texts, at)
    return _Sign(at, at + length, False) if length else None


def _distrust(scan: Tokens, signs: tuple[_Sign, ...], words: Words) -> str:
    """Why these signs cannot be taken at their word, "" when they can."""
    if words.phrases("doubt").anywhere(scan.texts) is not None:
        return "doubt"
    first = signs[0]
    if first.says is None or any(s.says is None and scan.ends_at(s.end) for s in _near(scan, signs)):
        return "maybe"
    if any(_takes_back(scan, index, first, words) for index in range(first.end, len(scan))):
        return "both"
    sentence = _sentence(scan, first)
    said = scan.texts[sentence[0] : sentence[1]]
    if words.phrases("condition").anywhere(said) is not None:
        return "condition"
    if first.says and words.phrases("preference").anywhere(said) is not None:
        return "condition"
    return "both" if first.says and _is_denied(scan, first, words) else ""


def _restriction(scan: Tokens, first: _Sign, words: Words) -> str:
    """ "condition" for a consent that goes on with a "but"; of whether two people met, it is only a remark."""
    end = _sentence(scan, first)[1]
    return "condition" if first.says and words.phrases("but").anywhere(scan.texts[first.end : end]) is not None else ""


def _takes_back(scan: Tokens, index: int, first: _Sign, words: Words) -> bool:
    starts = index == first.end or is_stop(scan.texts[index - 1])
    return starts and words.phrases("correction").length(scan.texts, index) > 0


def _is_denied(scan: Tokens, sign: _Sign, words: Words) -> bool:
    """Whether the clause that begins with a yes goes on with a "not"."""
    at = sign.end
    while at < len(scan) and not is_stop(scan.texts[at]) and not words.phrases("turn").length(scan.texts, at):
        if words.phrases("denial").length(scan.texts, at):
            return True
        at += 1
    return False


def _sentence(scan: Tokens, sign: _Sign) -> tuple[int, int]:
    return next((s for s in sentences(scan) if s[0] <= sign.start < s[1]), (sign.start, len(scan)))


def _near(scan: Tokens, signs: tuple[_Sign, ...]) -> tuple[_Sign, ...]:
    """The signs of the first sentence that has one and of the next; what is told later is a story."""
    ranges = tuple(sentences(scan))
    place = next((i for i, (_, end) in enumerate(ranges) if signs[0].start < end), len(ranges))
    end = ranges[min(place + 1, len(ranges) - 1)][1] if ranges else len(scan)
    return tuple(sign for sign in signs if sign.start < end)


def _sure(scan: Tokens, signs: tuple[_Sign, ...], words: Words) -> float:
    if _is_pure(scan, signs, words):
        return 1.0
    return 0.95 if _sentence(scan, signs[0])[0] <= 1 else 0.85


def _is_pure(scan: Tokens, signs: tuple[_Sign, ...], words: Words) -> bool:
    """Whether nothing but greetings and thanks stands around the answer."""
    taken = {at for sign in signs for at in range(sign.start, sign.end)}
    at = 0
    while at < len(scan):
        step = 1 if at in taken else max(words.phrases(name).length(scan.texts, at) for name in _AROUND)
        if not step and not is_stop(scan.texts[at]):
            return False
        at += step or 1
    return True
