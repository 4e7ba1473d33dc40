"""Text as the readers of answers see it: folded, split into tokens, with the way back to the words as written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from sys import intern

LONGEST = 65_536
"""Characters of a text that are looked at; more than any person writes."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\n|[^\w\s]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ‛`´′", "'"),
        **dict.fromkeys("“”„«»‹›″", '"'),
        **dict.fromkeys("–—‒―−‐‑", "-"),
        **dict.fromkeys("\u2028\u2029\x0b\x0c\x85\r", "\n"),
        "•": "*",
        "·": "*",
        "／": "/",
        "\u2044": "/",
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
    }
)
_WRAPPED = 55
"""A line of this length without a full stop may run on into the next one."""
_FULL, _WIDEST = 72, 78
"""Where mail programs break a line."""
_FIGURE = re.compile(r"\d{1,3}(?=[.,!?]?(?:\s|\Z))(?![.)]\s+\S)")
"""A number at the head of a line that does not count it."""
_WORD = re.compile(r"[^\W\d_]{2,}(?!\s?[:)])(?=[ ,;.!?\n]|\Z)")
_LITTLE = re.compile(r"\s[^\W\d_]{1,5}\Z")
STOPS = frozenset('.,;:!?()[]{}"-\n*/|=>~&+')
"""Tokens at which a clause may end."""
SIGNS = frozenset("👍✅👎")
"""Symbols that say yes or no."""


@dataclass(frozen=True, slots=True)
class Token:
    """text: folded. start, end: offsets into the text as written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Tokens:
    """A text with its tokens. texts: the folded tokens alone, for matching."""

    raw: str
    items: tuple[Token, ...]
    texts: tuple[str, ...]

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The words and numbers, without stops and symbols."""
        return tuple(text for text in self.texts if not is_stop(text))

    @cached_property
    def signed(self) -> tuple[str, ...]:
        """The same with the signs that stand for a word."""
        return tuple(text for text in self.texts if not is_stop(text) or text in SIGNS)

    def __len__(self) -> int:
        return len(self.texts)

    def written(self, first: int, end: int) -> str:
        """The words as written from token `first` up to but not including token `end`."""
        if first >= end or first >= len(self.items):
            return ""
        return self.raw[self.items[first].start : self.items[end - 1].end].strip()

    def ends_at(self, index: int) -> bool:
        """Whether a clause ends before this token: the text's end, punctuation or a symbol."""
        return index >= len(self.texts) or is_stop(self.texts[index])

    def touches(self, index: int) -> bool:
        """Whether this token follows the one before without a space."""
        return 0 < index < len(self.items) and self.items[index].start <= self.items[index - 1].end


def is_stop(token: str) -> bool:
    return token in STOPS or not (token[0].isalnum())


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """One character, comparable: compatibility form, no accents, no case, nothing invisible."""
    fraction = unicodedata.numeric(char, 0.0) if unicodedata.category(char) == "No" else 0.0
    if fraction and fraction != int(fraction):
        return " " + unicodedata.normalize("NFKC", char).translate(_ALIKE)
    if unicodedata.category(char) in {"Cf", "Sk"} or "\U0001f3fb" <= char <= "\U0001f3ff":
        return "'" if char in "`´" else ""
    if char in {"☆", "★"}:
        return char
    plain = unicodedata.normalize("NFKD", char.translate(_ALIKE)).translate(_ALIKE).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if unicodedata.category(c)[0] != "M")
    return " " if plain.isspace() and plain != "\n" else plain


def folded(text: str) -> str:
    """The text, comparable; for words of a table and for keys."""
    return " ".join(tokens(text).texts)


@lru_cache(maxsize=128)
def tokens(text: str) -> Tokens:
    """The text in tokens: words without apostrophes, numbers with their own point or comma, single symbols."""
    text = text[:LONGEST]
    plain, places = _with_places(text)
    items = []
    for found in _TOKEN.finditer(plain):
        word = _DRAWN_OUT.sub(r"\1", found.group().replace("'", "")) or "'"
        items.append(Token(word, places[found.start()], places[found.end() - 1] + 1))
    kept = tuple(t for i, t in enumerate(items) if not _is_inner_hyphen(items, i, text))
    return Tokens(text, kept, tuple(t.text for t in kept))


@lru_cache(maxsize=16_384)  # a phrase stands in several tables of its language, and in those of languages that lack it
def texts_of(phrase: str) -> tuple[str, ...]:
    """The folded tokens of an entry of a table of words."""
    is_simple = phrase.isascii() and phrase.replace(" ", "").isalpha() and not _DRAWN_OUT.search(phrase)
    texts = phrase.lower().split() if is_simple else tokens.__wrapped__(phrase).texts
    return tuple(map(intern, texts))


def _with_places(text: str) -> tuple[str, list[int] | range]:
    if text.isascii():
        return text.replace("\r", "\n").replace("`", "'").lower(), range(len(text))
    pieces, places = [], []
    for at, char in enumerate(text):
        piece = _folded(char)
        pieces.append(piece)
        places.extend([at] * len(piece))
    return "".join(pieces), places


def _is_inner_hyphen(items: list[Token], at: int, text: str) -> bool:
    """Whether it joins two words, as in "demi-heure"."""
    token = items[at]
    if token.text != "-" or not 0 < at < len(items) - 1:
        return False
    before, after = items[at - 1], items[at + 1]
    joined = before.end == token.start and token.end == after.start
    return joined and text[token.start] in "-‐‑" and before.text[-1].isalpha() and after.text[0].isalpha()


def unwrapped(text: str) -> str:
    """A sentence that a mail program broke over several lines in one again.

    What is left of a broken line may be short: behind its comma a small letter goes on with the sentence, too.
    """
    lines: list[str] = []
    before, broken = "", False
    for line in text.split("\n"):
        broken = bool(lines) and _goes_on(before, line, broken)
        if broken:
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        before = line.rstrip()
    return "\n".join(lines)


def _goes_on(before: str, line: str, broken: bool) -> bool:
    """Whether a line is the rest of the one before; a figure is, where it had no room behind an "an" or "about"."""
    if not before or before[-1] in ".!?:;…":
        return False
    if line[:1].islower():
        return len(before) >= _WRAPPED or (broken and before[-1] == ",")
    word = _WORD.match(line)
    if word is not None and before[-1].isalnum() and _FULL - len(word[0]) <= len(before) <= _WIDEST:
        return True  # A noun in German, a name: it had no room on the line before.
    rest = _FIGURE.match(line)
    return rest is not None and len(before) >= _FULL - len(rest[0]) and _LITTLE.search(before) is not None


def _is_of_a_list(scan: Tokens, first: int, stop: int) -> bool:
    """Whether this full stop only stands behind the number of what follows on the line."""
    return stop == first + 1 and scan.texts[first].isdecimal() and scan.texts[stop + 1 : stop + 2] not in {(), ("\n",)}


def sentences(scan: Tokens) -> Iterator[tuple[int, int]]:
    """Ranges of tokens between full stops, question and exclamation marks and line ends; "3. a job" is one of them."""
    first = 0
    for index, text in enumerate(scan.texts):
        if text == "." and _is_of_a_list(scan, first, index):
            continue
        if text in {".", "!", "?", "\n", ";"}:
            if index > first:
                yield first, index + 1
            first = index + 1
    if first < len(scan):
        yield first, len(scan)
