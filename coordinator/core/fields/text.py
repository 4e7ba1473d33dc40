"""Free text, kept as it was written."""

from coordinator.core.answers_text import tokens
from coordinator.core.fields.kind import Read, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import languages, words_of

_LONGEST_NOTHING = 60


class Text:
    """value: the words, stripped; "" where an optional question was answered with "nothing"."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        words = words_of(context)
        return (words.hint("text_optional" if question.field.optional else "text"),)

    def read(self, text: str, question: Question, context: Context) -> Read:
        written = text.strip()
        if not written:
            return None
        if question.field.optional and is_nothing(written, context):
            return value("", written)
        return value(written, written)

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to text",) if field.options else ()


def is_nothing(text: str, context: Context) -> bool:
    """Whether the text says that there is nothing to say: "n/a", "nothing", "-"."""
    if len(text) > _LONGEST_NOTHING:
        return False
    said = tuple(t for t in tokens(text).texts if t not in {".", "!", "\n", ","})
    return any(said in words_of(context, language).phrases("nothing") for language in languages(context))
