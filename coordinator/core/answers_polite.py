"""What people write around their answers: greetings, thanks, "see below", and their name."""

import re
from collections.abc import Collection, Iterable

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.reading import Context
from coordinator.core.words import Phrases, Words, languages, words_of

_MOST_NAMES = 3
_LAST_LINES = 4
_FIRST_LINES = 60
_LONGEST_OPENING = 80
_LONGEST_POLITE = 200


def politeness_removed(text: str, context: Context) -> str:
    """The text without the greeting on top, "answers below", and the thanks and name at the end."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    head = ["" if _is_polite(line, context, "elsewhere") else line for line in lines[:_FIRST_LINES]]
    lines = head + lines[_FIRST_LINES:]
    while lines and (not lines[0].strip() or _is_opening(lines, context)):
        lines.pop(0)
    return "\n".join(lines[: _closing_place(lines, context)]).strip()


def is_closing(text: str, context: Context) -> bool:
    """Whether words that could be a closing can be nothing else: in German "Ihre Ruhe" may be an answer, too."""
    scan = tokens(text)
    parted = any(map(is_stop, scan.texts[:-1]))
    tables = [words_of(context, language) for language in languages(context)]
    return parted or any(words.phrases("closing").length(scan.texts, 0) >= len(scan) for words in tables)


def _is_opening(lines: list[str], context: Context) -> bool:
    """A greeting, or "Hi there, thanks for asking." and "Thanks for the reminder!" above a blank line."""
    line = lines[0]
    if _is_polite(line, context, "greeting"):
        return True
    return len(lines) > 1 and not lines[1].strip() and _is_kind(line, context)


def _is_kind(line: str, context: Context) -> bool:
    """Whether every part of a short line is a greeting, a thank-you or the like."""
    parts = [part for part in re.split(r"[,.!;:]+", line[: _LONGEST_OPENING + 1]) if part.strip()]
    return 0 < len(parts) < len(line) <= _LONGEST_OPENING and all(
        _is_polite(part, context, "greeting", "closing") or _begins_politely(part, context) for part in parts
    )


def _begins_politely(part: str, context: Context) -> bool:
    scan = tokens(part)
    return any(_begins(scan, words_of(context, language), "pleasantry") for language in languages(context))


def is_pleasantry(sentence: str, context: Context) -> bool:
    """Whether a sentence says nothing but something kind: "Thanks for the reminder!"."""
    scan = tokens(sentence[:_LONGEST_POLITE])
    return (
        any(_begins(scan, words_of(context, language), "pleasantry") for language in languages(context))
        or _is_polite(sentence, context, "closing", "greeting", "elsewhere")
        or _is_kind(sentence, context)
    )


_KIND = ("kind_words", "pleasantry", "closing", "greeting", "elsewhere", "agree", "comes", "yes")


def is_kind_word(text: str, context: Context, names: Iterable[str] = ()) -> bool:
    """Whether a reply says nothing but thanks, joy or that it was read: "Great, thank you!", "Will do 👍".

    names: of people, which may stand anywhere.
    """
    called = {part for name in names for part in tokens(name).texts}
    parts = [part for part in re.split(r"[.,!;:\n]+", text[:_LONGEST_KIND]) if part.strip()]
    return len(text) <= _LONGEST_KIND and "?" not in text and all(_is_kind_part(p, context, called) for p in parts)


_LONGEST_KIND = 300


def _is_kind_part(part: str, context: Context, names: Collection[str]) -> bool:
    """In one language: known words alone, or the beginning of a thank-you for something."""
    scan = tokens(part)
    for language in languages(context):
        words = words_of(context, language)
        if words.phrases("pleasantry").length(scan.texts, 0) > 1 or _is_covered(scan, words.together(_KIND), names):
            return True
    return False


def _is_covered(scan: Tokens, known: Phrases, names: Collection[str]) -> bool:
    at = 0
    while at < len(scan):
        step = known.length(scan.texts, at)
        if not step and not is_stop(scan.texts[at]) and scan.texts[at] not in names:
            return False
        at += max(step, 1)
    return True


def _closing_place(lines: list[str], context: Context) -> int:
    """Index of the line with which the closing begins; the number of lines when there is none."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for place in range(max(0, end - _LAST_LINES), end):
        if _is_polite(lines[place], context, "closing") and all(_is_name(line) for line in lines[place + 1 : end]):
            return place
    return end


def _is_name(line: str) -> bool:
    return len(line.split()) <= _MOST_NAMES + 1 and not any(char.isdigit() for char in line)


def _is_polite(line: str, context: Context, *names: str) -> bool:
    if len(line) > _LONGEST_POLITE:
        return False
    scan = tokens(line)
    known = (words_of(context, language) for language in languages(context))
    return any(_is_all(scan, words, name) for words in known if _may_begin(scan, words, names) for name in names)


def _may_begin(scan: Tokens, words: Words, names: tuple[str, ...]) -> bool:
    """Whether one of these phrases can stand at the head of the line."""
    openers = words.openers(names)
    for text in scan.texts:
        if text in openers:
            return True
        if not is_stop(text):
            return False
    return False


def _is_all(scan: Tokens, words: Words, name: str) -> bool:
    """Whether the line begins with such a phrase and goes on with nothing but more of them and names."""
    at, names, started = 0, 0, False
    while at < len(scan):
        step = words.phrases(name).length(scan.texts, at)
        if step:
            started, at = True, at + step
            continue
        if is_stop(scan.texts[at]):
            if words.phrases("yes").length(scan.texts, at) or words.phrases("no").length(scan.texts, at):
                return False  # "👍 thanks" answers.
        else:
            if not started or not _could_be_name(scan, at, words):
                return False
            names += 1
        at += 1
    return started and names <= _MOST_NAMES


def _could_be_name(scan: Tokens, at: int, words: Words) -> bool:
    token = scan.items[at]
    said = any(
        words.phrases(name).length(scan.texts, at)
        for name in ("yes", "no", "yes_alone", "no_alone", "yes_whole", "numbers")
    )
    known = words.phrases("everyone").length(scan.texts, at) > 0
    return not said and (known or scan.raw[token.start].isupper())


def _begins(scan: Tokens, words: Words, name: str) -> bool:
    start = 0
    while start < len(scan) and is_stop(scan.texts[start]):
        start += 1
    return words.phrases(name).length(scan.texts, start) > 0
