"""The lines of a body: where each stands, how deep it is quoted, and how much of a body is looked at."""

import re
from typing import NamedTuple

CHARACTERS = 65_536
LINES = 2_000
WIDTH = 500
"""A body is read up to so many characters and lines; of a line, patterns see the first `WIDTH` characters."""

_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff"
INVISIBLE = re.compile(f"[{_HIDDEN}]+")
"""Soft hyphens, zero-width characters, bidi controls, and what chooses between two looks of a character."""

_MARKS = re.compile(r"(?:[ \t\xa0]{0,3}[>＞])+ ?")


class Line(NamedTuple):
    """One line of a body.

    start, end: offsets of the line without its newline. body: offset behind the quotation marks. depth: how many of
    them. text: what stands behind them, stripped, without invisible characters, at most `WIDTH` characters.
    """

    start: int
    body: int
    end: int
    depth: int
    text: str


def lines_of(text: str) -> tuple[list[Line], int]:
    """The lines that are looked at, and the offset at which looking ends."""
    considered = text[:CHARACTERS]
    found: list[Line] = []
    start = 0
    for raw in considered.split("\n", LINES)[:LINES]:
        end = start + len(raw)
        found.append(_line(raw, start, end))
        start = end + 1
    return found, min(start, len(considered))


def visible(text: str) -> str:
    """The text without what cannot be seen."""
    return text if text.isascii() else INVISIBLE.sub("", text)


def small(text: str) -> str:
    """The text in small letters, the Turkish İ as an i."""
    return text.lower() if text.isascii() else text.replace("İ", "i").lower()


def _line(raw: str, start: int, end: int) -> Line:
    content = visible(raw[:WIDTH]).strip()
    if content[:1] not in (">", "＞") or content.endswith("<<"):  # ">>> here <<<" is drawn by its writer.
        return Line(start, start, end, 0, content)
    return _quoted(raw, start, end)


def _quoted(raw: str, start: int, end: int) -> Line:
    # Bidi marks may stand before the first quotation mark, so the offset is sought in the raw line.
    lead = len(raw) - len(raw.lstrip(" \t\xa0\u200e\u200f\u202a\u202b\u202c\ufeff"))
    marks = _MARKS.match(raw, lead, lead + WIDTH)
    body = marks.end() if marks else lead
    depth = raw.count(">", lead, body) + raw.count("＞", lead, body)
    return Line(start, start + body, end, depth, visible(raw[body : body + WIDTH]).strip())
