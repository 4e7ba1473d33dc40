"""Words for comparing two texts that went through different mail programs.

Case, quotation marks, line breaks, invisible characters and links are left out, because clients rewrite them; numbers
and bullets at the head of a line too, because clients renumber lists. Chinese and Japanese count by character.
"""

import re
import unicodedata
from functools import lru_cache

from coordinator.formats.cut_lines import INVISIBLE

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SYMBOL = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(f"[{_CJK}{_SYMBOL}]|[^\\W_{_CJK}]+")
_RAW_WORD = f"[{_CJK}{_SYMBOL}]|(?:[^\\W_{_CJK}][\u0300-\u036f]*)+"
_LINK = re.compile(r"<?(?i:https?://|www\.|mailto:)[^\s<>]{1,2000}>?")
_PICTURE = re.compile(r"\[(?i:image|cid|inline image|bild|imagen|immagine|afbeelding)\b[^\]\n]{0,120}\]")
_MARKER = re.compile(r"[*_]{0,2}(?:\(?([0-9]{1,2}|[A-Za-z])[.):\uff0e\uff1a][*_]{0,2}|[-*+•·▪◦●■□‣–—])(?=\s|$)")
_BULLETS = "(_*-+•·▪◦●■□‣–—"
_ENDS = frozenset(".):．：")
_WORD_OR_LINK = re.compile(f"(?:{_LINK.pattern})|(?:{_PICTURE.pattern})|(?P<word>{_RAW_WORD})")


_REMEMBERED = 256
"""Lines: what our letters say stands in all of them, and in all replies to them."""


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The words of one line, comparable."""
    rest = text[head(text) :]
    if has_link(rest):
        rest = _PICTURE.sub(" ", _LINK.sub(" ", rest))
    if rest.isascii():
        return tuple(_ASCII_WORD.findall(rest.lower()))
    # The lower case of a Turkish İ is two characters, the second of which would end the word.
    return tuple(_WORD.findall(unicodedata.normalize("NFC", rest).replace("İ", "i").lower()))


def places(raw: str) -> list[tuple[int, int]]:
    """Where `words` of a raw line stand in it: one (start, end) a word."""
    if raw.isascii():
        begin = len(raw) - len(raw.lstrip())
        begin += head(raw[begin:])
        return [found.span("word") for found in _WORD_OR_LINK.finditer(raw, begin) if found["word"]]
    kept = [place for place, letter in enumerate(raw) if letter.isascii() or not INVISIBLE.match(letter)]
    text = "".join(raw[place] for place in kept)
    begin = len(text) - len(text.lstrip())
    spans = (found.span("word") for found in _WORD_OR_LINK.finditer(text, begin + head(text[begin:])))
    return [(kept[start], kept[end - 1] + 1) for start, end in spans if end > 0]


def head(text: str) -> int:
    """How long the number or bullet at the head of a stripped line is."""
    first = text[:1]
    if first.isalpha():
        if text[1:2] not in _ENDS:
            return 0
    elif not first.isdecimal() and first not in _BULLETS:
        return 0
    found = _MARKER.match(text)
    return found.end() if found else 0


def number(text: str) -> int | None:
    """The number at the head of a stripped line."""
    found = _MARKER.match(text)
    return int(found[1]) if found and found[1] and found[1].isdecimal() else None


def has_link(text: str) -> bool:
    """Whether a link or the place of a picture stands in it."""
    return "://" in text or "www." in text or "mailto:" in text or "[" in text


def links(text: str) -> list[str]:
    return [link.strip("<>") for link in _LINK.findall(text)]


@lru_cache(maxsize=_REMEMBERED)
def look(text: str) -> str:
    """A line as it looks, for lines too short to be recognised by their words; any bullet or number is the same."""
    size = head(text)
    marker = text[:size].strip("*_().: ").lower()
    kind = marker if marker.isalpha() else "-" if size else ""
    plain = text[size:].lower() if text.isascii() else unicodedata.normalize("NFKC", text[size:]).lower()
    return kind + "".join(plain.replace("’", "'").replace("*", "").replace("_", "").split())
