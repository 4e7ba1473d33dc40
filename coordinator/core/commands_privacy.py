"""What somebody asks about what is stored of them: a copy of it, that it be deleted, or why they were written to."""

from collections.abc import Sequence

from coordinator.core.answers_text import Tokens
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

WISHES = ("export_data", "forget_me", "why_mail")


def privacy(scan: Tokens, words: Words, _: Context, __: Sequence[Question]) -> Command | None:
    """A line that says this and nothing else, with or without a question mark."""
    said = scan.said
    while len(said) > 1 and words.phrases("please").length(said, len(said) - 1) == 1:
        said = said[:-1]
    name = next((name for name in WISHES if said in words.phrases(name)), None)
    return Command(name=name, words="") if name else None
