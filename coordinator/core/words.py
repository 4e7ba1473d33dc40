"""The words that readers know, one table a language, made ready for matching.

The words themselves stand in `templates/words/<language>.toml`; a key that a language lacks is taken from English.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coordinator.core.answers_text import Tokens, texts_of
from coordinator.core.frozen import replace
from coordinator.core.reading import Context

_KEPT = 128
_PRINTED = frozenset({"hints", "unclear", "event", "summary", "attention", "told", "plea"})
_ASIDE = _PRINTED | {"common"}
_TASTED, _HALF, _SYMBOLS, _REMEMBERED = 60, 0.5, 0x2000, 300
_compiled: dict[tuple[int, str, str], tuple[Mapping[str, Mapping[str, Any]], "Words"]] = {}


class Phrases:
    """Phrases of one or more words, each with a value; the longest that stands at a place wins."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self._values: dict[tuple[str, ...], Any] = {}
        for phrase, value in entries:
            words = texts_of(phrase)
            if words:
                self._values.setdefault(words, value)
        self._lengths: dict[str, tuple[int, ...]] = {}
        for words in sorted(self._values, key=len, reverse=True):
            known = self._lengths.get(words[0], ())
            if len(words) not in known:
                self._lengths[words[0]] = (*known, len(words))

    @property
    def first_words(self) -> Iterable[str]:
        return self._lengths.keys()

    @cached_property
    def _rarest_first(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(sorted(words, key=len, reverse=True)) for words in self._values)

    def may_be_in(self, plain: str) -> bool:
        """False where no phrase can stand in a text without capitals and accents: its letters are not even there."""
        return any(all(word in plain for word in words) for words in self._rarest_first)

    def __contains__(self, texts: object) -> bool:
        return texts in self._values

    def at(self, texts: Sequence[str], index: int) -> tuple[int, Any] | None:
        """(number of tokens, value) of the longest phrase that begins here, else None."""
        for length in self._lengths.get(texts[index], ()) if index < len(texts) else ():
            key = tuple(texts[index : index + length])
            if len(key) == length and key in self._values:
                return length, self._values[key]
        return None

    def length(self, texts: Sequence[str], index: int) -> int:
        """How many tokens the longest phrase takes that begins here; 0 when none does."""
        found = self.at(texts, index)
        return found[0] if found else 0

    def anywhere(self, texts: Sequence[str]) -> int | None:
        """Index of the first phrase in the text, None when there is none."""
        return next((i for i, word in enumerate(texts) if word in self._lengths and self.length(texts, i)), None)


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language. data: its table over the English one. own: its table alone."""

    language: str
    data: Mapping[str, Any]
    own: Mapping[str, Any]
    _phrases: dict[str, Phrases] = field(default_factory=dict, repr=False, compare=False)
    _openers: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _together: dict[tuple[str, ...], Phrases] = field(default_factory=dict, repr=False, compare=False)
    _spoken: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every phrase of its own; what is taken from English is no word of this language."""
        tables = [value for key, value in self.own.items() if isinstance(value, list | Mapping) and key not in _ASIDE]
        return frozenset(text for table in tables for phrase, _ in _entries(table) for text in texts_of(str(phrase)))

    def phrases(self, key: str) -> Phrases:
        """A list of phrases, a list of lists (value: place in the outer list), or a table (value: key or number)."""
        if key not in self._phrases:
            self._phrases[key] = Phrases(_entries(self.data.get(key, ())))
        return self._phrases[key]

    def openers(self, keys: tuple[str, ...]) -> frozenset[str]:
        """First words of all phrases under these keys: a text without any of them holds no such phrase."""
        if keys not in self._openers:
            self._openers[keys] = frozenset(word for key in keys for word in self.phrases(key).first_words)
        return self._openers[keys]

    def together(self, keys: tuple[str, ...]) -> Phrases:
        """The phrases under all these keys, for asking whether a text holds any of them."""
        if keys not in self._together:
            self._together[keys] = Phrases((p, None) for key in keys for p, _ in _entries(self.data.get(key, ())))
        return self._together[keys]

    def hint(self, key: str, **values: object) -> str:
        """A line that letters print under a question."""
        pattern = str(self.data.get("hints", {}).get(key, ""))
        return pattern.format(**values)

    def name(self, key: str, index: int) -> str:
        """The short name of a weekday (0 = Monday) or month (0 = January)."""
        names = self.data.get(key, ())
        if index >= len(names):
            return str(index + 1)
        return str(names[index][min(1, len(names[index]) - 1)])


def tables(data: Mapping[str, Any], language: str = "en", fallback: Mapping[str, Any] | None = None) -> Words:
    """One language's table, ready for matching. fallback: the English table."""
    merged = {**(fallback or {}), **data}
    merged["hints"] = {**(fallback or {}).get("hints", {}), **data.get("hints", {})}
    return Words(language=language, data=merged, own=data)


def words_of(context: Context, language: str | None = None) -> Words:
    """The table of the language that the writer writes, or of another one; what is printed is in the writer's own."""
    language = language or context.spoken or context.language
    key = (id(context.words), language, context.language)
    known = _compiled.get(key)
    if known and known[0] is context.words:
        return known[1]
    english = context.words.get("en", {})
    compiled = tables(_table(context, language), base(language), english)
    if language != context.language:
        own = tables(_table(context, context.language), "", english).data
        compiled = replace(compiled, data={**compiled.data, **{key: own[key] for key in _PRINTED if key in own}})
    if len(_compiled) >= _KEPT:
        _compiled.pop(next(iter(_compiled)))
    _compiled[key] = (context.words, compiled)
    return compiled


def _table(context: Context, language: str) -> Mapping[str, Any]:
    return context.words.get(language) or context.words.get(base(language)) or context.words.get("en", {})


def base(language: str) -> str:
    """ "pt" of "pt-BR"."""
    return language.replace("_", "-").split("-", maxsplit=1)[0].casefold()


def languages(context: Context) -> tuple[str, ...]:
    """The language that the writer writes first, then their own, English, and the others in order of their codes."""
    first = [context.spoken or context.language]
    for name in (context.language, "en"):
        if base(name) not in map(base, first):
            first.append(name)
    return (*first, *sorted(set(context.words) - set(map(base, first))))


def make_ready(context: Context) -> None:
    """Has every word of every language at hand, once for all processes that are forked from this one."""
    for language in languages(context):
        _ = words_of(context, language).vocabulary


def languages_in(scan: Tokens, context: Context) -> tuple[str, ...]:
    """The language that they write, then those to which at least half of the words belong; a number needs no other."""
    own = words_of(context)
    found = own._spoken.get(scan.texts)  # noqa: SLF001
    if found is None:
        said = [text for text in scan.texts[:_TASTED] if text[0].isalpha() or ord(text[0]) > _SYMBOLS]
        named = languages(context)
        others = [name for name in named[1:] if said and _share(said, words_of(context, name)) >= _HALF]
        found = (named[0], *others)
        if len(own._spoken) > _REMEMBERED:  # noqa: SLF001
            own._spoken.clear()  # noqa: SLF001
        own._spoken[scan.texts] = found  # noqa: SLF001
    return found


def likeliest(scan: Tokens, context: Context) -> tuple[str, ...]:
    """The languages to which most of the words belong, so that no "do" of an English text is a Thursday."""
    said = [text for text in scan.texts[:_TASTED] if text[0].isalpha()]
    shares = {name: _share(said, words_of(context, name)) if said else 1.0 for name in languages_in(scan, context)}
    own = next(iter(shares.values()))
    likely = [name for name, share in shares.items() if share >= own]
    first, *others = likely
    return (*(name for name in others if shares[name] > own), first, *(n for n in others if shares[n] == own))


def is_all_of(scan: Tokens, words: Words) -> bool:
    """Whether every word of a text is known in this language."""
    said = [text for text in scan.texts[:_TASTED] if text[0].isalpha()]
    return bool(said) and _share(said, words) >= 1


def _share(said: Sequence[str], words: Words) -> float:
    vocabulary = words.vocabulary
    return sum(text in vocabulary for text in said) / len(said)


def _entries(data: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from ((phrase, key) for phrase in value) if isinstance(value, list) else [(key, value)]
        return
    for place, entry in enumerate(data):
        yield from ((phrase, place) for phrase in entry) if isinstance(entry, list | tuple) else [(entry, place)]
