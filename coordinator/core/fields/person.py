"""An email address, and a person by name or address."""

from collections.abc import Iterator

from coordinator.core.answers_text import tokens
from coordinator.core.fields.kind import Read, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, languages, words_of

_EDGES = "<>()[]{}\"'“”‘’«».,;:!?*"
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~")
_LONGEST_ADDRESS, _LONGEST_NAME, _MOST_WORDS = 254, 80, 6


class Address:
    """value: one email address, casefolded."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        return (words_of(context).hint("address"),)

    def read(self, text: str, question: Question, context: Context) -> Read:  # noqa: ARG002
        found = tuple(dict.fromkeys(addresses(text)))
        words = words_of(context)
        if len(found) == 1:
            if _is_denied(text, words) or words.phrases("asks_whom").anywhere(tokens(text).texts) is not None:
                return unclear(text, words, "address", guess=found[0])
            return value(found[0], text, 1.0 if len(text.split()) == 1 else 0.9)
        return unclear(text, words, "address") if found or "@" in text else None

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to address",) if field.options else ()


class Person:
    """value: the name as written, an address, or `Name <address>` where both were given."""

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        return (words_of(context).hint("person"),)

    def read(self, text: str, question: Question, context: Context) -> Read:  # noqa: ARG002
        if not text.strip():
            return None
        found = tuple(dict.fromkeys(addresses(text)))
        name = _name(text, found, context)
        if len(found) == 1:
            return value(f"{name} <{found[0]}>" if name and _is_written_as_name(name) else found[0], text)
        if found or not name or "?" in text:
            return unclear(text, words_of(context), "person")
        return value(name, text, 0.9 if _is_written_as_name(name) else 0.7)

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("options belong to choice and choices, not to person",) if field.options else ()


def addresses(text: str) -> Iterator[str]:
    """Every sound ASCII address in the text, casefolded."""
    for word in text.replace("<", " ").replace(">", " ").replace(",", " ").replace(";", " ").split():
        bare = word.strip(_EDGES).removeprefix("mailto:").casefold()
        if "@" in bare and is_address(bare):
            yield bare


def is_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    if not 0 < len(local) <= 64 or len(text) > _LONGEST_ADDRESS or not set(local) <= _LOCAL:
        return False
    if local[0] == "." or local[-1] == "." or ".." in local:
        return False
    labels = domain.split(".")
    return len(labels) >= 2 and all(_is_label(label) for label in labels) and not labels[-1].isdecimal()


def _is_label(label: str) -> bool:
    plain = label.replace("-", "a")
    return 0 < len(label) <= 63 and plain.isascii() and plain.isalnum() and label[0] != "-" and label[-1] != "-"


def _is_denied(text: str, words: Words) -> bool:
    return any(words.phrases(name).anywhere(tokens(text).texts) is not None for name in ("negation", "either"))


def _name(text: str, found: tuple[str, ...], context: Context) -> str | None:
    """The words beside the address, when they can be a name; "" for nobody, None for anything else."""
    kept = [
        w for w in text.replace("<", " <").split() if w.strip(_EDGES).removeprefix("mailto:").casefold() not in found
    ]
    name = " ".join(" ".join(kept).strip(_EDGES + " -–—").split())
    said = tokens(name).texts
    if not name or any(said in words_of(context, language).phrases("nobody") for language in languages(context)):
        return ""
    letters = sum(char.isalpha() for char in name)
    if len(name) > _LONGEST_NAME or len(kept) > _MOST_WORDS or letters < 2 or any(char in "?!@;:\n" for char in name):
        return None
    return None if _is_denied(name, words_of(context)) else name


def _is_written_as_name(name: str) -> bool:
    return all(word[0].isupper() or len(word) <= 3 for word in name.split()) and name[0].isupper()
