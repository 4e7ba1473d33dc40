"""A line that says nothing but a wish: "I have outgrown this", "let's discuss", "end it", "certificate"."""

from collections.abc import Sequence

from coordinator.core.answers_text import Tokens
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words


def wish(scan: Tokens, words: Words, _: Context, questions: Sequence[Question]) -> Command | None:
    """args: wish, a key of the table `[wishes]`. Where the letter asks what they wish, it is left to that question."""
    if any(question.field.fills == "wish" for question in questions):
        return None
    said = scan.said
    if "?" in scan.texts or not said:
        return None
    while len(said) > 1 and words.phrases("please").length(said, len(said) - 1) == 1:
        said = said[:-1]
    start = words.phrases("wish_lead").length(said, 0)
    found = words.phrases("wishes").at(said, start)
    if not found or start + found[0] != len(said):
        return None
    return Command(name="wish", words="", args={"wish": str(found[1])})
