"""How a clause begins that takes something back, makes it depend on something, or goes on with it."""

from collections.abc import Sequence

from coordinator.core.answers_text import tokens
from coordinator.core.reading import Context
from coordinator.core.words import words_of


def casts_doubt(text: str, context: Context) -> bool:
    """Whether a clause begins as those do that take back what stands before them: "if …", "well, no"."""
    return _begins(text, context, ("condition", "correction"))


def is_condition(text: str, context: Context) -> bool:
    """Whether a clause takes back only a part: "as long as it is not in the evenings"."""
    return _begins(text, context, ("condition",))


def turns(text: str, context: Context) -> bool:
    """Whether a clause goes on with what stands before it: "but c is possible, too", "otherwise c"."""
    return _begins(text, context, ("but", "either"))


def _begins(text: str, context: Context, names: Sequence[str]) -> bool:
    scan = tokens(text)
    tables = [words_of(context, name) for name in dict.fromkeys((context.spoken or context.language, "en"))]
    # "Oh wait" begins as "wait" does.
    starts = (0, *(step for words in tables if (step := words.phrases("sighs").length(scan.texts, 0))))
    return any(words.phrases(name).length(scan.texts, at) for words in tables for name in names for at in starts)
