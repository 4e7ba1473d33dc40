"""A day, with its time when one was said."""

from coordinator.core.answers_text import sentences, tokens
from coordinator.core.dates import When, at, iso, local_day, when
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

_PROSE = 4
"""A text with more words than this that say something else is prose: its date wants an echo."""


class Day:
    """value: ISO 8601 with the offset of the person's zone; midnight when no time was said."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        words = words_of(context)
        today = local_day(context)
        example = f"{today.day} {words.name('months', today.month - 1)}"
        return (words.hint("date", example=example),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        scan = tokens(text)
        return by_language(scan, context, lambda words: _reading(text, question, context, words)) if len(scan) else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to date",) if field.options else ()


def _reading(text: str, question: Question, context: Context, words: Words) -> Read:
    asked = tokens(question.field.ask).texts
    past = words.phrases("past_asked").anywhere(asked) is not None
    found = when(text, context, past=past, words=words)
    if found is None:
        return None
    if found.why and not (found.why == "clock" and found.day):
        return unclear(text, words, found.why)
    assert found.day is not None
    instant = at(found.day, found.minute, context)
    if instant is None or found.why:
        return unclear(text, words, "clock", guess=_guess(found, context))
    written = iso(instant, context)
    if _names_other_weekday(text, found, context):
        return unclear(text, words, "mismatch", guess=written)
    if _is_doubtful(text, found, words):
        return unclear(text, words, "echo" if found.rest > _PROSE else "day", guess=written)
    return value(written, text, 1.0 if not found.rest else 0.85)


def _guess(found: When, context: Context) -> str | None:
    instant = at(found.day, found.minute, context) if found.day else None
    return iso(instant, context) if instant else None


def _names_other_weekday(text: str, found: When, context: Context) -> bool:
    """Whether a word that nothing explained is another weekday in another language."""
    texts = tokens(text).texts if found.rest and found.day else ()
    for language in languages(context) if texts else ():
        weekdays = words_of(context, language).phrases("weekdays")
        named = [weekdays.at(texts, i) for i in range(len(texts)) if i not in found.used and len(texts[i]) > 2]
        if any(each and found.day and each[1] != found.day.weekday() for each in named):
            return True
    return False


def _is_doubtful(text: str, found: When, words: Words) -> bool:
    scan = tokens(text)
    outside = tuple("·" if i in found.used else said for i, said in enumerate(scan.texts))
    until = tuple("·" if words.phrases("date_lead").length(outside, i) else said for i, said in enumerate(outside))
    doubts = ("negation", "either", "maybe", "condition", "not_then")
    asked = "?" in scan.texts and len(tuple(sentences(scan))) == 1
    if words.phrases("limits").anywhere(until) is not None:
        return True
    return asked or found.rest > _PROSE or any(words.phrases(name).anywhere(outside) is not None for name in doubts)
