"""The words of a field: which texts mean the same, by synonyms that a program declares."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Topic = frozenset[str]
"""What a text is about: a word of the vocabulary, or the telling words of the text itself."""

_WORD = re.compile(r"[^\W_]+")
_KNOWN = "="
"""Stands before a word of the vocabulary, which so differs from the same word in a text."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """same: a word → what means the same. ignored: words that tell nothing ("learn", "more").

    A phrase in capitals ("IT", "OR") is meant only where it is written so, or stands alone.
    """

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    _read: dict[str, tuple[Topic, ...]] = field(default_factory=dict, repr=False, compare=False)

    def topics(self, text: str) -> tuple[Topic, ...]:
        """What a text is about: the words of the vocabulary in it, else all its telling words as one topic."""
        if text not in self._read:
            self._read[text] = self._topics(text)
        return self._read[text]

    def topics_of(self, texts: Iterable[str]) -> tuple[Topic, ...]:
        return tuple(dict.fromkeys(topic for text in texts for topic in self.topics(text)))

    def is_same(self, one: str, other: str) -> bool:
        """Whether two texts mean the same."""
        return any(meet(a, b) for a in self.topics(one) for b in self.topics(other))

    def _topics(self, text: str) -> tuple[Topic, ...]:
        said, known, index = words(text), dict[str, None](), 0
        loud = said if len(said) == 1 else _loud(text)
        while index < len(said):
            length, name = self._at(said, index, loud)
            if name:
                known[name] = None
            index += length
        if known:
            return tuple(frozenset((_KNOWN + name,)) for name in known)
        telling = frozenset(stem(word) for word in said if word not in self._stopped) or frozenset(map(stem, said))
        return (telling,) if telling else ()

    def _at(self, said: list[str], index: int, loud: Collection[str]) -> tuple[int, str]:
        """How many words the longest phrase takes that begins here, and what it means; (1, "") when none does."""
        first = stem(said[index])
        for length in self._lengths.get(first, ()):
            phrase = tuple(map(stem, said[index : index + length]))
            name = self._phrases.get(phrase)
            if name and (phrase not in self._capitals or phrase[0] in loud):
                return length, name
        return 1, ""

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], str]:
        return {
            tuple(map(stem, words(phrase))): name for name, others in self.same.items() for phrase in (name, *others)
        }

    @cached_property
    def _capitals(self) -> frozenset[tuple[str, ...]]:
        every = (phrase for others in self.same.values() for phrase in others)
        return frozenset(tuple(map(stem, words(phrase))) for phrase in every if phrase in _loud_words(phrase))

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """First word of a phrase → the lengths of those phrases, longest first."""
        found: dict[str, set[int]] = {}
        for phrase in self._phrases:
            found.setdefault(phrase[0], set()).add(len(phrase))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}

    @cached_property
    def _stopped(self) -> frozenset[str]:
        return frozenset(word for text in self.ignored for word in words(text))


def meet(one: Topic, other: Topic) -> bool:
    """Whether one says all that the other says: "budgets" and "budgets of a department" do."""
    return one <= other or other <= one


def _loud_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.isupper() and len(word) > 1]


def _loud(text: str) -> frozenset[str]:
    """The words that stand in capitals, unless all of them do."""
    return frozenset() if text.isupper() else frozenset(word.casefold() for word in _loud_words(text))


def words(text: str) -> list[str]:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def stem(word: str) -> str:
    """Without the ending of a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
