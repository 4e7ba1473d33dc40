"""HTML as a stream of text, start and end tags, in linear time whatever the bytes.

The standard library's parser takes quadratic time on unclosed comments and tags before Python 3.13.6.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

TEXT: Final = "#"
_START: Final = re.compile(r"<([A-Za-z][^\s/>]{0,60})")
_END: Final = re.compile(r"</\s*([A-Za-z][^\s/>]{0,60})")
_STOPS: Final = re.compile("[>\"']")
_ATTRIBUTE: Final = re.compile(r"""([^\s=/>"']{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_RAW: Final = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("style", "script", "title", "head")}
_MOST_ATTRIBUTES: Final = 4096


def tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """("#", text, "") with entities resolved; (name, "", attributes) at a start, ("/" + name, "", "") at an end."""
    finder = _Tags(html)
    position = 0
    while position < len(html):
        start = html.find("<", position)
        if start < 0 or start > finder.last_close:
            break
        if start > position:
            yield TEXT, unescape(html[position:start]), ""
        position, token = finder.take(start)
        if token[0]:
            yield token
    if position < len(html):
        yield TEXT, unescape(html[position:]), ""


def attributes(text: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, entities resolved; of a repeated one the first."""
    if "=" not in text and "hidden" not in text:
        return {}
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[:_MOST_ATTRIBUTES]):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


class _Tags:
    """Finds where a tag ends. Remembers what the rest of the text lacks, so that nothing is searched for twice."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.last_close = html.rfind(">")
        self._comments = True
        self._quotes = True

    def take(self, start: int) -> tuple[int, tuple[str, str, str]]:
        """The token at a "<", and where to go on."""
        follows = self.html[start + 1 : start + 2]
        if follows in {"!", "?"}:
            return self._comment(start), ("", "", "")
        if follows == "/":
            end = self.html.find(">", start)
            match = _END.match(self.html, start)
            return end + 1, ("/" + match[1].lower() if match else "", "", "")
        match = _START.match(self.html, start)
        if not match:
            return start + 1, (TEXT, "<", "")
        end = self._tag_end(match.end())
        name = match[1].lower()
        return self._behind(name, end + 1), (name, "", self.html[match.end() : end])

    def _comment(self, start: int) -> int:
        if self._comments and self.html.startswith("<!--", start):
            end = self.html.find("-->", start + 2)
            if end >= 0:
                return end + 3
            self._comments = False
        return self.html.find(">", start) + 1

    def _tag_end(self, position: int) -> int:
        """The ">" that ends a tag; one inside a quoted value does not."""
        first = self.html.find(">", position)
        inside = self.html[position:first]
        if inside.count('"') % 2 == 0 and inside.count("'") % 2 == 0:
            return first
        while self._quotes:
            match = _STOPS.search(self.html, position)
            if match is None:
                break
            if match[0] == ">":
                return match.start()
            closing = self.html.find(match[0], match.end())
            position = match.end() if closing < 0 else closing + 1
        self._quotes = False
        return first

    def _behind(self, name: str, position: int) -> int:
        """Skip what is no text: style, script, title; the head as a whole when it ends somewhere."""
        raw = _RAW.get(name)
        if raw is None:
            return position
        match = raw.search(self.html, position)
        if match:
            return match.start()
        return position if name in {"head", "title"} else len(self.html)
