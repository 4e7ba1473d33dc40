"""A line that says itself what it is: "lesson: …", "achievement: …", "challenge: …", "feedback: …" (AHE-24)."""

from collections.abc import Sequence

from coordinator.core.answers_text import Tokens
from coordinator.core.kept_back import is_kept_back
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words


def note(scan: Tokens, words: Words, context: Context, _: Sequence[Question]) -> Command | None:
    """args: fact ("lesson", "achievement", "challenge", "feedback"), text; visibility where it is for nobody else."""
    found = words.phrases("notes").at(scan.texts, 0)
    if not found or scan.texts[found[0] : found[0] + 1] != (":",):
        return None
    text = scan.written(found[0] + 1, len(scan))
    kept = {"visibility": "private"} if is_kept_back(text, context) else {}
    return Command(name="note", words="", args={"fact": str(found[1]), "text": text, **kept}) if text.strip() else None
