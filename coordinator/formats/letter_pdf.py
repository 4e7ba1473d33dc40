"""A page to print as PDF, with the optional package fpdf2; the same bytes for the same page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coordinator.errors import UsageError

MISSING = "the package fpdf2 is missing – pip install 'coordinator[pdf]', or take the page without PDF"
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
            "/System/Library/Fonts/Supplemental")  # fmt: skip
_FONTS = (
    ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf"),
    ("Georgia.ttf", "Georgia Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
)
"""File names of fonts that are free or come with the system: upright and bold; the first that has all letters."""
_BUILT_IN = "Times"
_BLUE, _INK = "#1a5a7f", "#1f2328"
_FRAME, _MARGIN, _PAGE = 18, 32, (210, 297)
"""Millimetres."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_EMPTY_HEAD = re.compile(r"<thead>.*?</thead>\n?", re.DOTALL)
_FIRST_ROW = re.compile(r"(<table>\s*<tbody>\s*<tr>\s*)<td>(.*?</td>\s*)<td>")
_TAG = re.compile(r"<[^>]*>")


def is_there() -> bool:
    return find_spec("fpdf") is not None


def pdf(body: str, *, title: str, language: str, what: str) -> bytes:
    """body: the HTML of the page, without its frame. what: its name, for messages.

    UsageError where the package is missing, or no font of this machine has a letter that stands in it.
    """
    if not is_there():
        raise UsageError(f"{what}: {MISSING}")
    from fpdf import FPDF, TextStyle  # type: ignore[import-not-found, import-untyped, unused-ignore]

    page: Any = FPDF(format="A4")
    page.set_margin(_MARGIN)
    page.set_title(title)
    page.set_lang(language)
    page.set_creation_date(_LONG_AGO)
    family = _font(page, unescape(_TAG.sub("", body)), what)
    page.add_page()
    page.set_draw_color(_BLUE)
    page.set_line_width(0.6)
    page.rect(_FRAME, _FRAME, _PAGE[0] - 2 * _FRAME, _PAGE[1] - 2 * _FRAME)
    page.set_font(family, size=13)
    page.set_text_color(_INK)
    heading: Any = {"font_style": "", "color": _BLUE}
    page.write_html(
        _laid_out(body),
        font_family=family,
        li_prefix_color=_BLUE,
        tag_styles={
            "h1": TextStyle(**heading, font_size_pt=26, t_margin=0, b_margin=1),
            "h2": TextStyle(**heading, font_size_pt=15, t_margin=6, b_margin=0.4),
        },
    )
    return bytes(page.output())


def _laid_out(body: str) -> str:
    """The page as the package lays it out best: tables without the row of empty headings, over the whole width."""
    body = _EMPTY_HEAD.sub("", body)
    body = _FIRST_ROW.sub(r'\1<td width="75%">\2<td width="25%">', body).replace(
        "<table>", '<br /><table border="0" width="100%">'
    )
    return body.replace("<td", '<td align="left"').replace("<p>", '<p line-height="1.45">')


def _font(page: Any, text: str, what: str) -> str:
    """The name under which the page has a font with every letter of the text."""
    if all(ord(char) < 127 or 160 <= ord(char) < 256 or char in "–—‘’“”•…€" for char in text):
        page.core_fonts_encoding = "cp1252"
        return _BUILT_IN
    for upright, bold in _installed():
        page.add_font(upright.stem, "", upright)
        if all(ord(char) in page.fonts[upright.stem.lower()].cmap for char in text if char.isprintable()):
            page.add_font(upright.stem, "B", bold)
            return upright.stem
    raise UsageError(
        f"{what}: no font on this machine has every letter of it – install the DejaVu fonts (fonts-dejavu), "
        "or take the page without PDF"
    )


def _installed() -> Iterator[tuple[Path, Path]]:
    found = {p.name: p for folder in map(Path, _FOLDERS) for p in folder.expanduser().rglob("*.ttf")}
    for upright, bold in _FONTS:
        if upright in found and bold in found:
            yield found[upright], found[bold]
