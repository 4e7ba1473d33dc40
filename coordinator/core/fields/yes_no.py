"""Yes or no, in words, signs and sentences."""

from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.consents import (
    is_another_wish,
    is_filling,
    is_gainsaid,
    is_quoted,
    less_plain,
    less_than_consent,
)
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.fields.repeated import less_of_question, ticked, with_days
from coordinator.core.fields.reports import (
    AROUND,
    asks_for_meeting,
    asks_for_touch,
    is_another_meeting,
    is_in_writing,
    is_with_another,
    is_with_somebody,
    touches,
)
from coordinator.core.fields.yes_no_signs import Sign, as_we, signs_in
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_QUESTION = 3
"""Words of a question that asks something."""
_AGREES = ("yes_whole", "yes_alone", "yes")


class YesNo:
    """value: a boolean. A contradiction, a condition or irony is unclear."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        return (words_of(context).hint("yes_no"),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        asked = tokens(question.field.ask)
        scan = less_of_question(tokens(ticked(text)), asked, context)
        if not len(scan):
            return None
        met = asks_for_meeting(question, context) or asks_for_touch(question, context)
        return by_language(
            scan,
            context,
            lambda words: _reading(scan, text, context if met else None, words, with_days(asked, context, words)),
        )

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to yes_no",) if field.options else ()


def _reading(scan: Tokens, text: str, met: Context | None, words: Words, asked: Tokens) -> Read:
    scan = as_we(scan, words) if met is not None else scan
    whole = _whole(scan, words, met)
    if whole is not None:
        return value(whole, text)
    signs = tuple(
        sign
        for sign in signs_in(scan, words, met)
        if not (sign.says and is_another_wish(scan, sign.start, sign.end, words, asked))
    )
    if not signs:
        return None
    if not signs[0].says and _is_one_sided(scan, signs[0], words, met, asked):
        return unclear(text, words, "both")
    reason = _distrust(scan, signs, words, asked) or _restriction(scan, signs[0], words, met, asked)
    if reason:
        return unclear(text, words, reason)
    says = {sign.says for sign in _near(scan, signs) if sign.says is not None}
    if len(says) != 1:
        return unclear(text, words, "both" if says else "maybe")
    said = says.pop()
    if not said and _has_yes_inside(scan, signs, words):
        return unclear(text, words, "both")
    return value(said, text, _sure(scan, signs, words))


def _is_one_sided(scan: Tokens, first: Sign, words: Words, met: Context | None, asked: Tokens) -> bool:
    """Whether a denial goes on behind what was: "she wrote but I did not answer", "not really, only a text".

    Of a wish: behind what somebody else said, "Grace may, I won't".
    """
    start, end = _sentence(scan, first)
    if met is None:
        return first.start - start > 1 and words.phrases("may").length(scan.texts, first.start - 2) > 0
    excepted = words.phrases("consent_less").anywhere(scan.texts[first.end : end]) is not None
    return touches(asked, met) and (excepted or not is_filling(scan, start, first.start, words))


def _has_yes_inside(scan: Tokens, signs: tuple[Sign, ...], words: Words) -> bool:
    """Whether a yes stands in the midst of the sentence that denies: "not since the 14th, before that yes"."""
    start, end = _sentence(scan, signs[0])
    taken = {i for sign in signs for i in range(sign.start, sign.end)}
    outside = tuple("·" if i in taken else scan.texts[i] for i in range(start, end))
    return words.phrases("yes_inside").anywhere(outside) is not None


def _whole(scan: Tokens, words: Words, met: Context | None) -> bool | None:
    """An answer of words that mean yes only when they stand alone; of a wish none that asks whether two people met."""
    bare = tuple(t for t in scan.texts if t not in {".", "!", ",", "\n", "*", '"'})
    please = words.phrases("please")
    end = len(bare)
    while end > 1 and please.length(bare, end - 1) == 1:
        end -= 1
    is_wish = met is not None and bare[:end] in words.phrases("wish")
    if bare[:end] in words.phrases("yes_whole") and not is_wish:
        return True
    return True if met is None and _is_row_of_consents(bare, words) else None


def _is_row_of_consents(said: tuple[str, ...], words: Words) -> bool:
    """ "Ok perfect", "fine, see you then": nothing but words of agreement, at least one of which may stand alone."""
    at, agreed = 0, 0
    while at < len(said):
        steps = [words.phrases(name).length(said, at) for name in (*_AGREES, *AROUND)]
        if not max(steps):
            return False
        agreed += max(steps[: len(_AGREES)]) >= max(steps)
        at += max(steps)
    return agreed > 1


def _distrust(scan: Tokens, signs: tuple[Sign, ...], words: Words, asked: Tokens) -> str:
    """Why these signs cannot be taken at their word, "" when they can."""
    if words.phrases("doubt").anywhere(scan.texts) is not None:
        return "doubt"
    first = signs[0]
    if first.says is None or any(s.says is None and scan.ends_at(s.end) for s in _near(scan, signs)):
        return "maybe"
    if any(
        _takes_back(scan, index, first, words) for index in (*([0] if first.says else []), *range(first.end, len(scan)))
    ):
        return "both"
    sentence = _sentence(scan, first)
    said = scan.texts[sentence[0] : sentence[1]]
    if words.phrases("condition").anywhere(_less_apology(said, words)) is not None:
        return "condition"
    if _stands_by_question(scan, sentence, first, asked):
        return "maybe"
    if first.says and words.phrases("preference").anywhere(said) is not None:
        return "condition"
    if _is_turned(scan, first, sentence[1], words):
        return "both"
    return "both" if first.says and _is_denied(scan, first, words) else ""


def _less_apology(said: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Without what follows an apology: the "if" of "no, sorry if I was unclear" sets no condition."""
    if (at := words.phrases("apology_if").anywhere(said)) is None:
        return said
    return (*said[:at], *said[at + words.phrases("apology_if").length(said, at) :])


def _stands_by_question(scan: Tokens, sentence: tuple[int, int], first: Sign, asked: Tokens) -> bool:
    """Whether a yes belongs to a question of theirs, or any answer comes bare behind one: "who is she? Then no"."""
    start, end = sentence
    if first.says and "?" in scan.texts[start : end + 1]:
        return True
    before = next((s for s in sentences(scan) if s[1] == start and scan.texts[start - 1] == "?"), (start, start))
    theirs = [text for text in scan.texts[slice(*before)] if not is_stop(text)]
    if len(theirs) < _QUESTION or set(theirs) <= set(asked.texts):
        return False  # "Honestly? No."
    return bool(first.says) or end - first.end <= 1


def _is_turned(scan: Tokens, first: Sign, end: int, words: Words) -> bool:
    """Whether the sentence turns the answer round: "I did, she didn't", "we never talk for less than an hour"."""
    if first.says:
        denial = words.phrases("denial")
        return any(denial.length(scan.texts, i) and scan.ends_at(i + 1) for i in range(first.end + 2, end))
    rest = scan.texts[first.end : end]
    clause = rest[: next((i for i, text in enumerate(rest) if is_stop(text)), len(rest))]
    if all(words.phrases("denial").length((text,), 0) for text in (scan.texts[first.end - 1], *clause[:1])) and clause:
        return True  # "We didn't not meet."
    return words.phrases("denial_turned").anywhere(clause) is not None


def _restriction(scan: Tokens, first: Sign, words: Words, met: Context | None, asked: Tokens) -> str:
    """ "condition" for a consent that goes on with a "but", or that stands behind other words: "from May on, yes".

    Of whether two people met, a "but" is only a remark, unless it denies more than how long it was: "but not with her".
    """
    if not first.says:
        return ""
    start, end = _sentence(scan, first)
    if is_gainsaid(scan, first.end, end, words) or is_quoted(scan, first.start, first.end):
        return "both"
    if words.phrases("hedges").anywhere(scan.texts[first.end : end]) is not None:
        return "maybe"
    if met is None:
        but = words.phrases("but").anywhere(less_plain(scan.texts, first.end, end, words)[first.end : end])
        return less_than_consent(scan, first, (start, end), words, asked) if but is None else "condition"
    but = words.phrases("but").anywhere(scan.texts[first.end : end])
    behind = (scan, first.end, end, words)
    if (
        is_another_meeting(*behind, met)
        or is_with_another(*behind)
        or is_in_writing(scan, first.start, end, words, asked, met)
    ):
        return "both"
    if but is None:
        return ""
    after = first.end + but
    denies = words.phrases("negation").length(scan.texts, after)
    after += words.phrases("but").length(scan.texts, after)
    denied = words.phrases("denial").length(scan.texts, after)
    if denied:
        return "" if words.phrases("but_not_fine").length(scan.texts, after + denied) else "both"
    if denies or (touches(asked, met) and words.phrases("no_inside_touch").anywhere(scan.texts[after:end]) is not None):
        return "both"  # "yes, except that we only said hello"; "yes, I mailed but got nothing back"
    return "both" if is_with_somebody(scan, after, words) else ""


def _takes_back(scan: Tokens, index: int, first: Sign, words: Words) -> bool:
    starts = index in {0, first.end} or is_stop(scan.texts[index - 1])
    found = words.phrases("correction").length(scan.texts, index) if starts else 0
    if not found or first.says or not words.phrases("meant").length(scan.texts, index):
        return found > 0
    # "No, I meant 45 minutes" says what is wrong, unless the right thing is a yes.
    return any(words.phrases(name).anywhere(scan.texts[index + found :]) is not None for name in _AGREES)


def _is_denied(scan: Tokens, sign: Sign, words: Words) -> bool:
    """Whether the clause that begins with a yes goes on with a "not"."""
    at = sign.end
    while at < len(scan) and not is_stop(scan.texts[at]) and not words.phrases("turn").length(scan.texts, at):
        if words.phrases("denial").length(scan.texts, at):
            return True
        at += 1
    return False


def _sentence(scan: Tokens, sign: Sign) -> tuple[int, int]:
    return next((s for s in sentences(scan) if s[0] <= sign.start < s[1]), (sign.start, len(scan)))


def _near(scan: Tokens, signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs of the first sentence that has one and of the next; what is told later is a story."""
    ranges = tuple(sentences(scan))
    place = next((i for i, (_, end) in enumerate(ranges) if signs[0].start < end), len(ranges))
    end = ranges[min(place + 1, len(ranges) - 1)][1] if ranges else len(scan)
    return tuple(sign for sign in signs if sign.start < end)


def _sure(scan: Tokens, signs: tuple[Sign, ...], words: Words) -> float:
    if _is_pure(scan, signs, words):
        return 1.0
    return 0.95 if _sentence(scan, signs[0])[0] <= 1 else 0.85


def _is_pure(scan: Tokens, signs: tuple[Sign, ...], words: Words) -> bool:
    """Whether nothing but greetings and thanks stands around the answer."""
    taken = {at for sign in signs for at in range(sign.start, sign.end)}
    at = 0
    while at < len(scan):
        step = 1 if at in taken else max(words.phrases(name).length(scan.texts, at) for name in AROUND)
        if not step and not is_stop(scan.texts[at]):
            return False
        at += step or 1
    return True
