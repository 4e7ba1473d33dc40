"""Markdown of a letter as text and as HTML: the text is what was written, the HTML is made once for each wording.

Letters that differ only in their values share one page of HTML, styles already inlined, into which the values are put.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from css_inline import CSSInliner
from markdown_it import MarkdownIt

from coordinator.formats.letter_jinja import CLOSE, END, OPEN, QUICK, STRIP, unmarked

WIDTH = 78
_VALUE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_HOLE = re.compile(f"{OPEN}(\\d+){CLOSE}|({QUICK})|(?:<p>)?({STRIP})(?:</p>)?")
_PICTURE = re.compile(f"{STRIP}.*?{END}", re.DOTALL)
_LEAD = re.compile(r"((?:> ?)*)( *(?:\d{1,3}[.)] |[-*] )?)")
_MARKUP = re.compile(r"(?:\d+[.)]|[-*+]|[>#=|~_].*|-{2,}.*|(?:From|To|Cc|Date|Sent|Subject):)$")
_ITEM = re.compile(r"<li value=\"(\d+)\">(?:\n<p>)?(.*?)(?:<br />\n(.*?))?(</p>|</li>)", re.DOTALL)

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})


class Page(NamedTuple):
    """HTML in pieces. holes: between piece n and n+1 stands value holes[n], -1 = the quick answers, -2 = the strip."""

    pieces: tuple[str, ...]
    holes: tuple[int, ...]


def as_text(source: str) -> str:
    """The text part: long lines folded where no meaning changes."""
    lines = unmarked(source).split("\n")
    return "\n".join(line if len(line) <= WIDTH else _folded(line) for line in lines) + "\n"


def _folded(line: str) -> str:
    if line.lstrip().startswith("|"):
        return line
    lead = _LEAD.match(line)
    marks, indent = (lead[1], lead[2]) if lead else ("", "")
    first, *words = line[len(marks) + len(indent) :].split(" ")
    lines, current = [], marks + indent + first
    for word in words:
        # A word that would begin a line as markup does stays where it is.
        if len(current) + 1 + len(word) <= WIDTH or _MARKUP.match(word):
            current += f" {word}"
        else:
            lines.append(current)
            current = marks + " " * len(indent) + word
    return "\n".join([*lines, current])


def split_values(source: str) -> tuple[str, list[str]]:
    """The source with numbered holes, and the values that belong into them; a picture is one hole."""
    pieces = _VALUE.split(_PICTURE.sub(STRIP, source))
    holes = [f"{OPEN}{n}{CLOSE}" for n in range(len(pieces) // 2)]
    skeleton = "".join(part for pair in zip(pieces[::2], [*holes, ""], strict=True) for part in pair)
    return skeleton, pieces[1::2]


def fill(page: Page, values: list[str], quick: str, strip: str = "") -> str:
    """The finished HTML. quick: HTML of the quick answers; strip: that of the strip of weeks."""
    out = [page.pieces[0]]
    for hole, piece in zip(page.holes, page.pieces[1:], strict=True):
        out.append({-1: quick, -2: strip}[hole] if hole < 0 else escape(values[hole]))
        out.append(piece)
    return "".join(out)


def cut(html: str) -> Page:
    pieces, holes, last = [], [], 0
    for hole in _HOLE.finditer(html):
        pieces.append(html[last : hole.start()])
        holes.append(int(hole[1]) if hole[1] else -1 if hole[2] else -2)
        last = hole.end()
    return Page((*pieces, html[last:]), tuple(holes))


def make_page(skeleton: str, frame: Callable[..., str], language: str, title: str) -> Page:
    """The page for a wording. frame: layout with `language`, `direction`, `title`, `body`, `footer`."""
    html = _ITEM.sub(_asked, _parser().render(skeleton))
    body, _, footer = html.rpartition("<hr />\n") if "<hr />\n" in html else (html, "", "")
    direction = "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
    whole = frame(language=language, direction=direction, title=title, body=body, footer=footer)
    return cut(_inliner().inline(whole))


def printed(source: str, frame: Callable[[str], str]) -> str:
    """A page that is no mail: the Markdown in a frame of its own."""
    skeleton, values = split_values(source)
    return fill(cut(frame(_parser().render(skeleton))), values, "")


def _asked(item: re.Match[str]) -> str:
    """The first line of a numbered item is the question, what follows in its paragraph a hint.

    A list of one has no paragraphs in Markdown; its item gets one as well.
    """
    hint = f'<br />\n<span class="hint">{item[3]}</span>' if item[3] else ""
    end = "\n</li>" if item[4] == "</li>" else ""
    return f'<li value="{item[1]}">\n<p><b>{item[2]}</b>{hint}</p>{end}'


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    parser.disable(["image", "html_block", "html_inline", "code", "reference", "lheading"])
    parser.add_render_rule("list_item_open", _list_item)
    return parser


def _list_item(renderer: Any, tokens: Sequence[Any], index: int, options: Any, _env: Any) -> str:
    """An item keeps the number that the text part shows: what is asked again may begin at 2 and go on with 5."""
    if tokens[index].info:
        tokens[index].attrSet("value", tokens[index].info)
    return str(renderer.renderToken(tokens, index, options, {}))


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
