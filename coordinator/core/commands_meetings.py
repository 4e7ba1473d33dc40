"""What a pair says about its meetings in one line: a time of their own, no talk in person, a talk about themselves."""

from collections.abc import Sequence

from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

QUARTERLY, OFF = "3 months", "off"


def arranged(scan: Tokens, words: Words, _: Context, __: Sequence[Question]) -> Command | None:
    """ "We arranged it ourselves: Thursday 16:00"; args: text, what stands behind."""
    length = words.phrases("arranged").length(scan.texts, 0)
    if not length:
        return None
    return Command(name="arranged", words="", args={"text": scan.written(length, len(scan)).lstrip(": ,-")})


def not_in_person(scan: Tokens, words: Words, _: Context, __: Sequence[Question]) -> Command | None:
    """ "In person: not possible"."""
    length = words.phrases("in_person").length(scan.texts, 0)
    if not length or scan.texts[length : length + 1] != (":",):
        return None
    said = _bare(scan.texts[length + 1 :])
    return Command(name="not_in_person", words="") if said in words.phrases("not_possible") else None


def how_are_we(scan: Tokens, words: Words, _: Context, __: Sequence[Question]) -> Command | None:
    """ "How are we: quarterly", "how are we: off"; args: every."""
    length = words.phrases("how_are_we").length(scan.texts, 0)
    if not length or scan.texts[length : length + 1] != (":",):
        return None
    said = _bare(scan.texts[length + 1 :])
    for name, every in (("quarterly", QUARTERLY), ("monthly", "1 month"), ("not_possible", OFF), ("stop", OFF)):
        if said in words.phrases(name) or said == (OFF,):
            return Command(name="how_are_we", words="", args={"every": OFF if said == (OFF,) else every})
    return None


def _bare(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if not is_stop(text))
