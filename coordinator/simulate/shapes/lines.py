"""What an HTML tree reads like as plain text, line by line, and where in the tree each line ends."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coordinator.simulate.shapes.tree import Element, Node, Path

HIDDEN = frozenset({"head", "style", "script", "title"})
BLOCKS = frozenset({"div", "p", "ul", "ol", "li", "table", "tr", "blockquote", "h1", "h2", "h3", "h4", "hr", "pre"})
SPACED = frozenset({"p", "ul", "ol", "h1", "h2", "h3", "h4", "table"})

Link = Callable[[str, str], str]
"""How a client writes a link in its plain text: (words, address) → text."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """depth: in how many quotes it stands. end: the piece of text it ends with; None for an empty line."""

    text: str
    depth: int = 0
    end: Path | None = None


def no_link(words: str, _href: str) -> str:
    return words


def spaced_link(words: str, href: str) -> str:
    return f"{words} <{href}>" if href and href not in {words, f"mailto:{words}"} else words


def glued_link(words: str, href: str) -> str:
    return f"{words}<{href}>" if href else words


class _Walk:
    """Collects lines while going down the tree."""

    def __init__(self, link: Link) -> None:
        self.lines: list[Line] = []
        self.words = ""
        self.end: Path | None = None
        self.depth = 0
        self.link = link

    def node(self, node: Node, path: Path) -> None:
        if isinstance(node, str):
            self.text(node, path)
        elif node.tag == "br":
            self.flush(keep_empty=True)
        elif node.tag == "hr":
            self.flush()
            self.lines.append(Line(text="_" * 32, depth=self.depth))
        elif node.tag not in HIDDEN and "display:none" not in node.attr("style").replace(" ", ""):
            self.element(node, path)

    def text(self, text: str, path: Path) -> None:
        flat = re.sub(r"[ \t\r\n]+", " ", text)
        if flat.strip():
            self.end = path
        self.words += flat.lstrip() if not self.words or self.words.endswith(" ") else flat

    def element(self, node: Element, path: Path) -> None:
        if node.tag in BLOCKS:
            self.flush()
            self.gap(wanted=node.tag in SPACED)
        self.depth += node.tag == "blockquote"
        before = len(self.words)
        self.children(node, path)
        if node.tag == "a":
            self.words = self.words[:before] + self.link(self.words[before:], node.attr("href"))
        if node.tag in BLOCKS:
            self.flush()
        self.depth -= node.tag == "blockquote"
        if node.tag in SPACED:
            self.gap(wanted=True)
        elif node.tag in {"td", "th"}:
            self.words += " "

    def children(self, node: Element, path: Path) -> None:
        number = int(node.attr("start") or 1)
        for index, child in enumerate(node.children):
            if isinstance(child, Element) and child.tag == "li":
                self.flush()
                self.words = f"{number}. " if node.tag == "ol" else "* "
                number += 1
                self.children(child, (*path, index))
                self.flush()
            else:
                self.node(child, (*path, index))

    def flush(self, *, keep_empty: bool = False) -> None:
        text = self.words.strip(" ")
        if (text and self.end is not None) or keep_empty:
            self.lines.append(Line(text=text, depth=self.depth, end=self.end))
            self.words, self.end = "", None

    def gap(self, *, wanted: bool) -> None:
        if wanted and self.lines and self.lines[-1].text and not self.words:
            self.lines.append(Line(text="", depth=self.depth))


def lines_of(tree: Element, link: Link = no_link) -> tuple[Line, ...]:
    """The lines in order; an empty one where a paragraph ends."""
    walk = _Walk(link)
    walk.node(tree, ())
    walk.flush()
    return tuple(walk.lines)


def plain(tree: Element, *, link: Link, width: int) -> str:
    """The text part that a client makes of its own HTML: `> ` once for each quote around a line.

    width: where lines are folded; 0 = never.
    """
    out: list[str] = []
    for line in lines_of(tree, link):
        prefix = "> " * line.depth
        text = "-- " if line.text == "--" else line.text
        out += [prefix + part if part else prefix.rstrip() for part in _folded(text, width, prefix)]
    return "\n".join(out).strip("\n") + "\n"


def _folded(text: str, width: int, prefix: str) -> Sequence[str]:
    if not width or len(prefix) + len(text) <= width:
        return (text,)
    room = width - len(prefix)
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or ("",)
