"""HTML to text that keeps what a reader of replies needs: lines, list numbers, and which lines were quoted."""

import re
from typing import Final

from coordinator.formats.html_quotes import Quote, quotation
from coordinator.formats.html_tokens import TEXT, attributes, tokens

MOST_HTML: Final = 1_000_000
_MOST_LEVELS: Final = 9
_VOID: Final = frozenset(("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"))
_BLOCKS: Final = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_SPACED: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"))
_SIBLINGS: Final = frozenset(("li", "td", "th", "tr", "dd", "dt"))
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MAY_HIDE: Final = re.compile(r"\bnone|\bhid", re.IGNORECASE)
_TIGHT: Final = re.compile(r"margin(?:-bottom)?\s*:\s*0", re.IGNORECASE)


def to_text(html: str) -> str:
    """The text as one would see it; quoted lines begin with "> " for each level, at most nine.

    Lists keep their numbers, pictures that stand for an emoji become it, hidden text is left out.
    """
    page = _Page()
    for name, text, given in tokens(html[:MOST_HTML]):
        if name == TEXT:
            page.write(text)
        elif name[0] == "/":
            page.close(name[1:])
        else:
            page.open(name, given)
    return page.finished()


class _Page:
    """Lines as they come to be. The stack holds what is open: name, levels of quotation it adds, whether it hides."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._stack: list[tuple[str, int, bool]] = []
        self._open: dict[str, int] = {}
        self._intros: list[int] = []
        self._lists: list[int | None] = []
        self._level = 0
        self._hidden = 0
        self._gap = False
        self._mark = ""
        self._fresh = False

    def write(self, text: str) -> None:
        if self._hidden:
            return
        if "\n" in text and self._open.get("pre"):
            *lines, text = text.split("\n")
            for line in lines:
                self._pieces.append(line.rstrip())
                self._break()
        self._pieces.append(text)

    def open(self, name: str, text: str) -> None:
        if name in _VOID:
            self._void(name, text)
        elif name in _BLOCKS:
            self._block(name, attributes(text))
        elif self._hidden or _MAY_HIDE.search(text):
            hides = _is_hidden(attributes(text))
            if hides or self._hidden:
                self._push(name, 0, hides=hides)

    def close(self, name: str) -> None:
        """Close the innermost open element of that name with all inside; an end without a start is nothing."""
        if name in _BLOCKS:
            self._end_line()
        if not self._open.get(name):
            return
        while self._pop() != name:
            pass
        # The space below a paragraph belongs to the next one: Word's have none.
        self._gap = self._gap or (name in _SPACED and name != "p")

    def finished(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _void(self, name: str, text: str) -> None:
        if name == "br":
            self._break()
        elif name == "hr":
            self._end_line()
            self._begin(Quote.NONE if self._hidden else quotation(name, attributes(text)), anew=False)
        elif name == "img" and not self._hidden:
            emoji = attributes(text).get("alt", "")
            self._pieces.append(emoji if len(emoji) <= 16 and not emoji.isascii() and not emoji.isalpha() else "")

    def _block(self, name: str, given: dict[str, str]) -> None:
        self._end_line()
        if self._stack and (self._stack[-1][0] == "p" or self._stack[-1][0] == name in _SIBLINGS):
            self._pop()
        kind = quotation(name, given) if given or name == "blockquote" else Quote.NONE
        if name == "blockquote" and kind is Quote.ELEMENT:
            self._end_intros()
        self._gap = self._gap or (name in _SPACED and not self._mark and not (name == "p" and _is_tight(given)))
        self._push(name, self._begin(kind, anew=name == "blockquote"), hides=_is_hidden(given))
        if kind is Quote.INTRO:
            self._intros.append(len(self._stack) - 1)
        if name in {"ol", "ul"}:
            start = given.get("start", "1")
            self._lists.append(None if name == "ul" else int(start) if start.isdecimal() and len(start) < 5 else 1)
        elif name == "li":
            self._begin_item(given.get("value", ""))

    def _begin_item(self, value: str) -> None:
        """A list item begins with its number, since people answer numbered questions by numbered lists."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._mark = "- "
            return
        number = int(value) if value.isdecimal() and len(value) < 5 else number
        self._lists[-1] = number + 1
        self._mark = f"{number}. "

    def _begin(self, kind: Quote, *, anew: bool) -> int:
        """Raise the level of quotation; returns by how much the end of the element lowers it again.

        Programs stack several marks on one quotation: only a blockquote counts anew before any text has come.
        """
        if kind is Quote.NONE or (self._fresh and not anew):
            return 0
        self._level += 1
        self._fresh = True
        return 0 if kind is Quote.REST else 1

    def _end_intros(self) -> None:
        for index in self._intros:
            name, levels, hides = self._stack[index]
            self._level -= levels
            self._stack[index] = (name, 0, hides)
        self._intros.clear()

    def _push(self, name: str, levels: int, *, hides: bool) -> None:
        self._stack.append((name, levels, hides))
        self._open[name] = self._open.get(name, 0) + 1
        self._hidden += hides

    def _pop(self) -> str:
        name, levels, hides = self._stack.pop()
        if self._intros and self._intros[-1] == len(self._stack):
            self._intros.pop()
        if name in {"ol", "ul"} and self._lists:
            self._lists.pop()
        self._open[name] -= 1
        self._level -= levels
        self._hidden -= hides
        return name

    def _break(self) -> None:
        """End the line, even an empty one."""
        if not self._hidden and not self._end_line():
            self._blank()

    def _end_line(self) -> bool:
        """Put down what was written since the last line; False when that was nothing."""
        text = "".join(self._pieces)
        self._pieces.clear()
        line = text.rstrip() if self._open.get("pre") else " ".join(text.split())
        if not line:
            if "\xa0" in text:
                self._blank()
            return False
        if self._gap and self._lines and self._lines[-1].strip("> "):
            self._lines.append("")
        self._lines.append(self._prefix() + self._mark + line)
        self._gap, self._mark, self._fresh = False, "", False
        return True

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix().rstrip())

    def _prefix(self) -> str:
        return "> " * min(self._level, _MOST_LEVELS)


def _is_hidden(given: dict[str, str]) -> bool:
    return "hidden" in given or bool(_HIDDEN.search(given.get("style", "")))


def _is_tight(given: dict[str, str]) -> bool:
    return "MsoNormal" in given.get("class", "") or bool(_TIGHT.search(given.get("style", "")))
