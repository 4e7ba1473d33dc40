"""One of some options, or several of them, by letter, number, place or name."""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from coordinator.core.answers_text import Tokens, is_stop, sentences, tokens
from coordinator.core.fields.choice_names import Pick, named_options
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.fields.repeated import ticked
from coordinator.core.frozen import replace
from coordinator.core.program import Field
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_MOST_PARTS = 6
_FROM_PART = 0.85
_CASTS_DOUBT = ("condition", "maybe", "doubt", "correction", "either", "except_for", "pending")
_AFTER_LETTER = {(")",), (".",), (":",), ("-",), (",",)}
_FILLING = ("slot_fillers", "together", "please", "closing", "lead", "either")


class Choice:
    """value: the option as declared."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        return (words_of(context).hint("choice"), *lettered(question.field.options))

    def read(self, text: str, question: Question, context: Context) -> Read:
        scan = tokens(ticked(text))
        return by_language(scan, context, lambda words: _read(scan, text, question.field, words)) if len(scan) else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return options_problems(field)


class Choices:
    """value: a list of options in the order declared; empty when none was meant."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        return (words_of(context).hint("choices"), *lettered(question.field.options))

    def read(self, text: str, question: Question, context: Context) -> Read:
        scan = tokens(ticked(text))
        return by_language(scan, context, lambda words: _many(scan, text, question.field, words)) if len(scan) else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return options_problems(field)


def lettered(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{letter}) {line}" for letter, line in zip(ascii_lowercase, lines, strict=False))


def options_problems(field: Field) -> tuple[str, ...]:
    wrong = []
    if len(field.options) < 2:
        wrong.append(f"{field.kind} needs at least two options")
    if len(field.options) > len(ascii_lowercase):
        wrong.append(f"{field.kind} can have {len(ascii_lowercase)} options, one for each letter")
    named = [tokens(option).texts for option in field.options]
    if len({_joined(texts) for texts in named}) < len(named):
        wrong.append("two options are the same but for case, accents or punctuation")
    if any(not any(text[0].isalnum() for text in texts) for texts in named):
        wrong.append("an option has no letter or digit in it")
    return tuple(wrong)


def letter_place(text: str, count: int) -> int | None:
    """Place of the option with that letter, None when there is none."""
    place = ascii_lowercase.find(text) if len(text) == 1 else -1
    return place if 0 <= place < count else None


def _read(scan: Tokens, text: str, field: Field, words: Words) -> Read:
    """Of the whole text; where that is in doubt, of the one sentence that names an option."""
    found = _one(scan, text, field, words)
    return (_in_a_sentence(scan, field, words) or found) if isinstance(found, Unclear) else found


def _in_a_sentence(scan: Tokens, field: Field, words: Words) -> Value | None:
    """The option that one sentence names and no other casts a doubt on: "The second please. It's nothing dramatic"."""
    parts = [tokens(scan.written(start, end)) for start, end in sentences(scan)]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    named = [part for part in parts if tuple(named_options(part, field, words))]
    others = [part for part in parts if part not in named]
    if len(named) != 1 or any(
        "?" in p.texts or words.together(_CASTS_DOUBT).anywhere(p.texts) is not None for p in others
    ):
        return None
    found = _one(named[0], named[0].raw, field, words)
    return replace(found, sure=_FROM_PART) if isinstance(found, Value) else None


def _one(scan: Tokens, text: str, field: Field, words: Words) -> Read:
    by_name = _exactly(scan, field)
    if by_name is not None and scan.texts[-1] != "?":
        return value(field.options[by_name], text)
    picks = tuple(_picks(scan, field, words))
    if not picks:
        return None
    chosen = {pick.option for pick in picks}
    if len(chosen) > 1:
        return unclear(text, words, "several")
    if _is_doubtful(scan, picks, words):
        return unclear(text, words, "option", guess=field.options[picks[0].option])
    rest = _rest(scan, picks, words)
    if _goes_on(scan, picks[0], field, words):
        return unclear(text, words, "option", guess=field.options[picks[0].option])
    return value(field.options[picks[0].option], text, 1.0 if not rest else 0.9 if picks[0].start <= 2 else 0.75)


def _many(scan: Tokens, text: str, field: Field, words: Words) -> Read:
    by_name = _exactly(scan, field)
    if by_name is not None and scan.texts[-1] != "?":
        return value([field.options[by_name]], text)
    if tuple(t for t in scan.texts if not is_stop(t)) in words.phrases("none_of_them"):
        return value([], text)
    if tuple(t for t in scan.texts if not is_stop(t)) in words.phrases("all_of_them"):
        return value(list(field.options), text)
    picks = tuple(_picks(scan, field, words, several=True))
    if not picks:
        return None
    chosen = sorted({pick.option for pick in picks})
    if _is_doubtful(scan, picks, words, several=True):
        return unclear(text, words, "option", guess=[field.options[place] for place in chosen])
    rest = _rest(scan, picks, words)
    if rest and not _is_told_after(scan, picks, words):
        return unclear(text, words, "option", guess=[field.options[place] for place in chosen])
    return value([field.options[place] for place in chosen], text, 1.0 if not rest else 0.85)


def _goes_on(scan: Tokens, pick: Pick, field: Field, words: Words) -> bool:
    """Whether the clause goes on with words of another meaning: "nobody told me", "not at all sure"."""
    own = tokens(field.options[pick.option]).texts
    is_denial = words.phrases("negation").length(own, 0) > 0
    known = ("please", "closing") if is_denial else (*_FILLING, "choice_after")
    at = pick.end
    while not scan.ends_at(at) and not words.phrases("because").length(scan.texts, at):
        step = max(words.phrases(name).length(scan.texts, at) for name in known)
        if (not step and scan.texts[at] not in own) or words.phrases("all_of_them").length(scan.texts, at):
            return True
        at += step or 1
    return False


def _is_told_after(scan: Tokens, picks: Sequence[Pick], words: Words) -> bool:
    """Whether all that is no option is a reason or a remark behind them: "b and c, because …"."""
    end = max(pick.end for pick in picks)
    before = Tokens(scan.raw, scan.items[:end], scan.texts[:end])
    told = words.phrases("because").length(scan.texts, end) or scan.texts[end : end + 1] in {
        (".",),
        ("(",),
        ("\n",),
        ("!",),
    }
    told = told or words.phrases("because").length(scan.texts, end + 1)
    return bool(told) and not _rest(before, picks, words)


def _exactly(scan: Tokens, field: Field) -> int | None:
    """Place of the option that the whole text names, give or take punctuation and spaces ("E-mail", "email")."""
    said = _joined(scan.texts)
    named = [_joined(tokens(option).texts) for option in field.options]
    return named.index(said) if said and named.count(said) == 1 else None


def _joined(texts: Sequence[str]) -> str:
    return "".join(text for text in texts if not is_stop(text))


def _picks(scan: Tokens, field: Field, words: Words, *, several: bool = False) -> Iterator[Pick]:
    """Every option that is named, longest name first; letters and places only where no name stands."""
    named = tuple(named_options(scan, field, words))
    yield from named
    taken = {i for pick in named for i in range(pick.start, pick.end)}
    if named and not several:
        marked = _marked(scan, field, taken)
        yield from marked
        return
    yield from _by_sign(scan, field, words, taken)


def _marked(scan: Tokens, field: Field, taken: set[int]) -> Iterator[Pick]:
    """ "b) by phone": the letter counts beside the name, so that the two can contradict each other."""
    for at, text in enumerate(scan.texts):
        place = letter_place(text, len(field.options))
        if at not in taken and place is not None and scan.texts[at + 1 : at + 2] == (")",):
            yield Pick(place, at, at + 1)


def _by_sign(scan: Tokens, field: Field, words: Words, taken: set[int]) -> Iterator[Pick]:
    """Letters, numbers and places ("the second one"), where every other word is filling."""
    found = []
    for at in range(len(scan)):
        if at in taken:
            continue
        pick = _sign(scan, at, field, words)
        if pick:
            found.append(pick)
    counted = [scan.texts[pick.start].isdecimal() for pick in found]
    if any(counted) and (_has_other_answer(scan, words) or not all(counted)):
        return  # The 1 of "1 e)" may be the question's own.
    if not _rest(scan, (*found, *(Pick(0, i, i + 1) for i in taken)), words):
        yield from found
    elif found and found[0].start == 0 and not counted[0] and scan.texts[1:2] in _AFTER_LETTER:
        yield found[0]  # The 3 of "3. finding my place" is as likely the question's own.


def _has_other_answer(scan: Tokens, words: Words) -> bool:
    """Whether a yes, a no or an open "and" stands beside a number, which then is no option: "1 yes", "1 y"."""
    names = ("yes", "yes_alone", "no", "no_alone")
    said = any(words.phrases(name).length(scan.texts, at) for name in names for at in range(len(scan)))
    return said or words.phrases("together").length(scan.texts, len(scan) - 1) > 0


def _sign(scan: Tokens, at: int, field: Field, words: Words) -> Pick | None:
    count = len(field.options)
    text = scan.texts[at]
    place = letter_place(text, count)
    if place is not None and not _is_article(scan, at, words) and not is_joint(scan, at, words):
        return Pick(place, at, at + 1)
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= count:
        return Pick(int(text) - 1, at, at + 1)
    ordinal = words.phrases("ordinals").at(scan.texts, at)
    if ordinal and ordinal[1] < count:
        return Pick(ordinal[1], at, at + ordinal[0])
    last = words.phrases("last").length(scan.texts, at)
    return Pick(count - 1, at, at + last) if last else None


def is_joint(scan: Tokens, at: int, words: Words) -> bool:
    """Whether this letter is an "and" or "or" between two others, as in "a e c"."""
    joins = any(words.phrases(name).length(scan.texts, at) == 1 for name in ("together", "either"))
    return joins and 0 < at < len(scan) - 1 and not is_stop(scan.texts[at + 1])


def _is_article(scan: Tokens, at: int, words: Words) -> bool:
    """Whether this "a" belongs to the word behind it, as in "a call"."""
    if scan.texts[at] != "a":
        return False
    after = scan.texts[at + 1 : at + 2]
    if not after or len(after[0]) == 1 or not after[0].isalpha():
        return False
    return not any(
        words.phrases(name).length(scan.texts, at + 1) for name in ("together", "either", "please", "answer_verbs")
    )


def _is_doubtful(scan: Tokens, picks: Sequence[Pick], words: Words, *, several: bool = False) -> bool:
    """Whether a "not", an "if" or a "maybe" stands outside the options' own names."""
    taken = {i for pick in picks for i in range(pick.start, pick.end)}
    outside = tuple("·" if i in taken else text for i, text in enumerate(scan.texts))
    lists = [
        "negation",
        "condition",
        "maybe",
        "doubt",
        "correction",
        "except_for",
        "pending",
        "but",
        *(() if several else ("either",)),
    ]
    return "?" in outside or any(words.phrases(name).anywhere(outside) is not None for name in lists)


def _rest(scan: Tokens, picks: Sequence[Pick], words: Words) -> int:
    """How many words are neither an option, nor filling, nor say that one of them suits best."""
    taken = {i for pick in picks for i in range(pick.start, pick.end)}
    at, count = 0, 0
    while at < len(scan):
        if at in taken or is_stop(scan.texts[at]):
            at += 1
            continue
        step = max(words.phrases(name).length(scan.texts, at) for name in (*_FILLING, "choice_after"))
        count += not step
        at += step or 1
    return count
