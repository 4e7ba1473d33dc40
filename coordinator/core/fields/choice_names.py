"""Which options a text names in words, also where they are shortened, misspelled or said in another way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.program import Field
from coordinator.core.words import Words

_HEAD = 2
"""Words by which an option of more is known again."""


@dataclass(frozen=True, slots=True)
class Pick:
    """option: its place. start, end: tokens."""

    option: int
    start: int
    end: int


def named_options(scan: Tokens, field: Field, words: Words) -> Iterator[Pick]:
    """Every option that the text names, the longest name first; by other words for the same where it names none."""
    said = counted(scan.texts, words)
    named = sorted(
        ((texts, place) for place, option in enumerate(field.options) for texts in _spellings(option, words)),
        key=lambda n: -len(n[0]),
    )
    taken: set[int] = set()
    for texts, place in named:
        if len(texts) == 1 and len(texts[0]) == 1:
            continue
        for at in range(len(scan) - len(texts) + 1):
            span = range(at, at + len(texts))
            if said[at] == texts[0] and said[at : at + len(texts)] == texts and taken.isdisjoint(span):
                taken.update(span)
                yield Pick(place, at, at + len(texts))
    shortened = [pick for pick in _by_first_word(scan, field) if pick.start not in taken]
    yield from shortened
    taken.update(pick.start for pick in shortened)
    means = (*_by_means(scan, field, words, taken), *_by_meaning(scan, field, words, taken))
    yield from means
    if not taken and not means:
        yield from (
            _by_beginning(scan, said, named, words) or _by_own_words(said, field, words) or _misspelled(scan, field)
        )


def _spellings(option: str, words: Words) -> set[tuple[str, ...]]:
    """As declared, without the article in front, and with "e-mail" in one word: it is written "email" as often."""
    texts = counted(tokens(option).texts, words)
    without = tokens(option).texts[words.phrases("articles").length(tokens(option).texts, 0) :]
    found = {texts, counted(without, words)} if len(without) >= _HEAD else {texts}
    at = next((i for i, text in enumerate(texts[:-1]) if text == "e" and texts[i + 1] == "mail"), None)
    return found if at is None else {*found, (*texts[:at], "email", *texts[at + 2 :])}


def counted(texts: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """With digits for the words of numbers, so that "every 3 months" is "every three months"."""
    known = words.data.get("numbers", {})
    return tuple(str(known.get(text, text)) for text in texts)


def _by_beginning(
    scan: Tokens, said: tuple[str, ...], named: Sequence[tuple[tuple[str, ...], int]], words: Words
) -> tuple[Pick, ...]:
    """ "By email please" for "by e-mail this time": the first words of one option, and nothing else."""
    rest = tuple(text for text in scan.texts[_HEAD:] if not is_stop(text))
    if rest and rest not in words.phrases("please"):
        return ()
    found = {place for texts, place in named if len(texts) > _HEAD and said[:_HEAD] == texts[:_HEAD]}
    return (Pick(found.pop(), 0, _HEAD),) if len(found) == 1 else ()


def _by_means(scan: Tokens, field: Field, words: Words, taken: set[int]) -> Iterator[Pick]:
    """ "Zoom" or "per Telefon" where the options are ways to talk."""
    phrases = words.phrases("known_methods")
    options = {_means(option, words): place for place, option in enumerate(field.options)}
    options.pop("", None)
    at = 0
    while options and at < len(scan):
        found = phrases.at(scan.texts, at)
        if found and found[1] in options and taken.isdisjoint(range(at, at + found[0])):
            yield Pick(options[found[1]], at, at + found[0])
        at += found[0] if found else 1


def _by_meaning(scan: Tokens, field: Field, words: Words, taken: set[int]) -> Iterator[Pick]:
    """ "Einmal im Jahr" where an option is printed as "once a year"."""
    phrases = words.phrases("known_options")
    if taken or phrases.anywhere(scan.texts) is None:
        return
    options = {"_".join(tokens(option).texts): place for place, option in enumerate(field.options)}
    at = 0
    while at < len(scan):
        found = phrases.at(scan.texts, at)
        if found and found[1] in options:
            yield Pick(options[found[1]], at, at + found[0])
        at += found[0] if found else 1


def _by_own_words(said: tuple[str, ...], field: Field, words: Words) -> tuple[Pick, ...]:
    """ "15 min is good" for "keep 15 minutes of it": words of one option, of which some number is in no other.

    Where the answer is wanted: beside another question the words may be about that one.
    """
    options = [set(counted(tokens(option).texts, words)) for option in field.options]
    short = {"min": "minutes", "mins": "minutes", "minute": "minutes"}
    own = [i for i, text in enumerate(said) if text.isdecimal() and sum(text in option for option in options) == 1]
    if len(own) != 1 or field.optional:
        return ()
    place = next(place for place, option in enumerate(options) if said[own[0]] in option)
    used = [i for i, text in enumerate(said) if {text, short.get(text, text)} & options[place]]
    return (Pick(place, used[0], used[-1] + 1),) if len(used) > 1 and used[0] == own[0] else ()


def _means(option: str, words: Words) -> str:
    """The way to talk that an option names, "" when it names none."""
    said = tokens(option).texts
    known = words.data.get("known_methods", {})
    for name in known:
        parts = tuple(name.split("_"))
        if said[: len(parts)] == parts:
            return str(name)
    found = words.phrases("known_methods").at(said, 0) if said else None
    return str(found[1]) if found and found[0] == len(said) else ""


def _by_first_word(scan: Tokens, field: Field) -> tuple[Pick, ...]:
    """ "Phone" for "Phone call", where no other option has that word."""
    named = [tokens(option).texts for option in field.options]
    heads = {texts[0]: place for place, texts in enumerate(named) if len(texts) > 1 and len(texts[0]) > 3}
    alone = {head for head in heads if sum(head in texts for texts in named) == 1}
    return tuple(Pick(heads[text], i, i + 1) for i, text in enumerate(scan.texts) if text in alone)


def _misspelled(scan: Tokens, field: Field) -> Iterator[Pick]:
    """A single word that is one slip away from exactly one option of one long word."""
    said = [(i, text) for i, text in enumerate(scan.texts) if not is_stop(text)]
    if len(said) != 1 or len(said[0][1]) < 5:
        return
    close = [
        place for place, option in enumerate(field.options) if _is_close(said[0][1], "".join(tokens(option).texts))
    ]
    if len(close) == 1:
        yield Pick(close[0], said[0][0], said[0][0] + 1)


def _is_close(said: str, meant: str) -> bool:
    """Whether one letter was left out, doubled, replaced or swapped with its neighbour."""
    if len(meant) < 5 or abs(len(said) - len(meant)) > 1 or said == meant:
        return said == meant
    at = next((i for i, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    if len(said) == len(meant):
        swapped = said[at : at + 2] == meant[at : at + 2][::-1] and said[at + 2 :] == meant[at + 2 :]
        return swapped or said[at + 1 :] == meant[at + 1 :]
    longer, shorter = (said, meant) if len(said) > len(meant) else (meant, said)
    return longer[at + 1 :] == shorter[at:]
