"""Which language somebody writes: told by the small words that every sentence needs, such as "the", "und" or "que"."""

from collections.abc import Iterable
from functools import lru_cache

from coordinator.core.answers_text import folded, tokens
from coordinator.core.reading import Context
from coordinator.core.words import base

_LOOKED = 400
_FEWEST = 2
_TWICE = 2


def tongue(text: str, context: Context) -> str:
    """The language of the text where its small words say plainly that it is not the writer's own, else ""."""
    said = {word for word in tokens(text[: _LOOKED * 8]).texts[:_LOOKED] if len(word) > 1 and word[0].isalpha()}
    counted = {language: _count(said, context, language) for language in context.words}
    if not said or not counted:
        return ""
    best = max(counted, key=counted.__getitem__)
    own = counted.get(base(context.language), 0)
    sure = counted[best] >= max(_FEWEST + own, _TWICE * own) and list(counted.values()).count(counted[best]) == 1
    return best if sure and best != base(context.language) else ""


def _count(said: Iterable[str], context: Context, language: str) -> int:
    common = _common(tuple(context.words[language].get("common", ())))
    return sum(word in common for word in said)


@lru_cache(maxsize=64)
def _common(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(folded, words))
