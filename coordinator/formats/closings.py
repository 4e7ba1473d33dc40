"""Lines that close a letter, in many languages, and the names below them."""

import re
import unicodedata
from collections.abc import Sequence

from coordinator.formats.cut_lines import small
from coordinator.formats.signatures_words import CLOSINGS, THANKS

_LONGEST = 60
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_PARTICLES = frozenset({"de", "van", "von", "der", "da", "di", "la", "del", "dos"})
NAME_STRIP = " \t\xa0,.!;:…–—-~*_،。！，、؛🙂😊🙏👍"


def _folded(text: str) -> str:
    """Small letters without accents: on a phone "Üdv" is typed "Udv"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", small(text))
    return "".join(letter for letter in apart if unicodedata.category(letter)[0] != "M")


def _bare(text: str) -> str:
    """A line without what decorates it: "Cheers 🎉"."""
    return _EDGES.sub("", _folded(text))


_CLOSINGS = frozenset(map(_bare, CLOSINGS))
_THANKS = frozenset(map(_bare, THANKS))


def is_closing(text: str, after: Sequence[str], *, spoken: bool) -> bool:
    """Whether a line closes a letter. after: the lines below it. spoken: whether something was said above it."""
    if len(text) > _LONGEST or text[0].isdigit():
        return False
    bare = _bare(text)
    if bare in _CLOSINGS:
        if bare not in _THANKS:
            return True
        return spoken and bool(after) and is_name(after[0])
    if " / " in text:
        return all(_bare(part) in _CLOSINGS for part in text.split(" / "))
    return spoken and _closes_with_name(text)


def _closes_with_name(text: str) -> bool:
    """ "Best, Anna", "LG Anna": a closing and a name on one line."""
    head, comma, rest = text.partition(",")
    if comma and _bare(head) in _CLOSINGS:
        return is_name(rest.strip())
    words = text.split()
    for size in range(1, min(5, len(words))):
        if _bare(" ".join(words[:size])) in _CLOSINGS:
            rest = " ".join(words[size:]).strip()
            known = _bare(" ".join(words[:size])) not in _THANKS or small(words[0]) in {"lg", "vg", "gruß", "br"}
            return known and len(words) - size <= 2 and is_name(rest)
    return False


def is_name(text: str) -> bool:
    """Whether a line can be a name: one to four words, each with a capital where the script has them, no digit."""
    words = text.strip(NAME_STRIP).split()
    if not 1 <= len(words) <= 4 or len(text) > 40 or any(letter.isdigit() for letter in text) or "?" in text:
        return False
    return all(not word[0].islower() or word in _PARTICLES for word in words) or (
        len(words) == 1 and words[0].isalpha() and len(words[0]) > 2 and text == words[0]
    )
