"""A line that names a clause: "reply within 5 days", "no mail after 19:00", "until 30 Nov", "for four months"."""

from collections.abc import Sequence

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.dates import when
from coordinator.core.reading import Command, Context
from coordinator.core.records import Question
from coordinator.core.words import Words

BARE = ("reply_days", "until")
"""Clauses that may be said without a colon, where the rest of the line is a number of days, or a day."""
_MOST_WORDS = 6
_ANSWERED_ALIKE = {"until": ("date", "slots"), "reply_days": ("number",)}
"""Kinds of questions to which "until 14 April" or "within 3 days" is an answer."""


def clause(scan: Tokens, words: Words, context: Context, questions: Sequence[Question]) -> Command | None:
    """args: clause (its name), value; for "until" the day, ISO, or "4 months", where one could be read."""
    if words.phrases("no_mail").length(scan.texts, 0):
        return _command("hours", scan.written(0, len(scan)))
    is_asked = any(question.field.fills == "months" or question.field.name == "settle_until" for question in questions)
    if is_asked and words.phrases("lasting").length(scan.texts, 0) and (months := _months(scan, 0, words)):
        return _command("until", months)
    found = words.phrases("clauses").at(scan.texts, 0)
    if not found:
        return None
    length, name = found[0], str(found[1])
    has_colon = scan.texts[length : length + 1] == (":",)
    rest = scan.written(length + has_colon, len(scan)).strip()
    asked = any(question.field.kind in _ANSWERED_ALIKE.get(name, ()) for question in questions)
    if name == "until" and (months := _months(scan, length + has_colon, words)):
        return _command("until", months)
    if not rest or not (has_colon or (_is_bare(scan, length, name) and not asked)):
        return None
    if name == "until":
        return _day(rest, context, words, has_colon=has_colon)
    return _command(name, rest)


def _months(scan: Tokens, at: int, words: Words) -> str:
    """ "4 months", where nothing else is said from there on; "" where it is something else."""
    at += words.phrases("lasting").length(scan.texts, at)
    number = number_at(scan, at, words)
    if number is None or number.value is None:
        return ""
    length = words.phrases("month_units").length(scan.texts, number.end)
    is_all = length and all(map(is_stop, scan.texts[number.end + length :]))
    return f"{number.value:g} months" if is_all else ""


def _is_bare(scan: Tokens, length: int, name: str) -> bool:
    said = [text for text in scan.texts[length:] if not is_stop(text)]
    return name in BARE and "?" not in scan.texts and len(said) <= _MOST_WORDS and any(t[0].isdigit() for t in said)


def _day(rest: str, context: Context, words: Words, *, has_colon: bool) -> Command | None:
    """The next such day where no year is said; a day that is past is a day, too, and whoever wrote it is told."""
    found = when(rest, context, words=words)
    if found is None or not found.day or found.why or found.rest > 3:
        return _command("until", rest) if has_colon else None
    return Command(name="clause", words="", args={"clause": "until", "value": found.day.isoformat()})


def _command(name: str, text: str) -> Command:
    return Command(name="clause", words="", args={"clause": name, "value": text})
