"""Lines to the advisor and to the program: "need: …", "question: …", "concern: …", "program idea: …", "mode: phone"."""

import re
from collections.abc import Sequence

from coordinator.core.answers_text import Tokens
from coordinator.core.commands_terms import methods_of
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

ASKS = ("need", "question", "concern")
MODES = ("phone", "email", "text", "video", "in_person")
_NUMBER = re.compile(r"\+?\d[\d ()/.\-]{5,24}\d")


def care(scan: Tokens, words: Words, context: Context, _questions: Sequence[Question]) -> Command | None:
    """args of "asks": kind, text; of "idea": text, named; of "mode": mode, number (as written, "" = none)."""
    if _is_conflict(scan, words):
        return Command(name="conflict", words="")
    found = words.phrases("care").at(scan.texts, 0)
    if not found or scan.texts[found[0] : found[0] + 1] != (":",):
        return None
    kind, text = str(found[1]), scan.written(found[0] + 1, len(scan))
    if not text.strip():
        return None
    if kind in ASKS:
        return Command(name="asks", words="", args={"kind": kind, "text": text})
    if kind == "mode":
        return _mode(text, context)
    named = words.phrases("with_name").anywhere(scan.texts) is not None
    return Command(name="idea", words="", args={"text": text, "named": named})


def _is_conflict(scan: Tokens, words: Words) -> bool:
    said = scan.said
    return "?" not in scan.texts and said in words.phrases("conflict")


def _mode(text: str, context: Context) -> Command | None:
    number = _NUMBER.search(text)
    bare = text.replace(number[0], " ").strip(" ,:;()-") if number else text
    modes = [mode for mode in methods_of(bare, context) if mode in MODES] if bare else ["phone"]
    if not modes:
        return None
    return Command(name="mode", words="", args={"mode": modes[0], "number": number[0] if number else ""})
