"""An HTML page as a tree of values that can be cut and typed into, the way an editor in a mail client does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr"})

Path = tuple[int, ...]
"""Which child, level by level, from the root down to a node."""


@dataclass(frozen=True, kw_only=True)
class Element:
    """A tag with what stands in it; a string is a run of text, not escaped."""

    tag: str
    attrs: tuple[tuple[str, str], ...] = ()
    children: tuple["Element | str", ...] = ()

    def attr(self, name: str) -> str:
        return dict(self.attrs).get(name, "")


Node = Element | str


def el(tag: str, *children: Node, **attrs: str) -> Element:
    """`el("div", "hello", class_="note")`; a trailing underscore is dropped."""
    return Element(tag=tag, children=children, attrs=tuple((name.rstrip("_"), value) for name, value in attrs.items()))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, tuple[tuple[str, str], ...], list[Node]]] = [("root", (), [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = tuple((name, value or "") for name, value in attrs)
        if tag in VOID:
            self.open[-1][2].append(Element(tag=tag, attrs=kept))
        else:
            self.open.append((tag, kept, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or all(name != tag for name, _, _ in self.open[1:]):
            return
        while self.close_one() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1][2].append(data)

    def close_one(self) -> str:
        tag, attrs, children = self.open.pop()
        self.open[-1][2].append(Element(tag=tag, attrs=attrs, children=tuple(children)))
        return tag


def parse(html: str) -> Element:
    """The page's tree under an element "root"; unclosed tags are closed where their parent ends."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    while len(builder.open) > 1:
        builder.close_one()
    return Element(tag="root", children=tuple(builder.open[0][2]))


def body(page: Element) -> Element:
    """What a client copies when it quotes a page: the inside of `<body>`, else the whole."""
    found = find(page, "body")
    return Element(tag="root", children=found.children if found else page.children)


def find(node: Element, tag: str) -> Element | None:
    for child in node.children:
        if isinstance(child, Element):
            below = child if child.tag == tag else find(child, tag)
            if below:
                return below
    return None


def html(node: Node) -> str:
    """The page as text again; "root" itself leaves no tag."""
    if isinstance(node, str):
        return escape(node, quote=False).replace("\xa0", "&nbsp;")
    inner = "".join(html(child) for child in node.children)
    if node.tag == "root":
        return inner
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs)
    return f"<{node.tag}{attrs}>" if node.tag in VOID else f"<{node.tag}{attrs}>{_raw(node, inner)}</{node.tag}>"


def _raw(node: Element, inner: str) -> str:
    """Style sheets are not escaped."""
    return "".join(str(child) for child in node.children) if node.tag in {"style", "script"} else inner


def insert_after(root: Element, path: Path, new: Sequence[Node]) -> Element:
    """The tree with nodes typed in right behind the one at the path."""
    head, *rest = path
    children = list(root.children)
    if not rest:
        children[head + 1 : head + 1] = new
    else:
        below = children[head]
        assert isinstance(below, Element)
        children[head] = insert_after(below, tuple(rest), new)
    return replace(root, children=tuple(children))


def split_after(root: Element, path: Path) -> tuple[Element, Element]:
    """The tree torn in two behind the node at the path: every ancestor is closed and opened again."""
    head, *rest = path
    left, right = list(root.children[: head + 1]), list(root.children[head + 1 :])
    if rest:
        below = left[head]
        assert isinstance(below, Element)
        left[head], again = split_after(below, tuple(rest))
        if not _is_empty(again):
            right.insert(0, again)
    return replace(root, children=tuple(left)), _renumbered(replace(root, children=tuple(right)), root)


def _renumbered(half: Element, whole: Element) -> Element:
    """The second half of a numbered list goes on counting, as editors see to it."""
    if half.tag != "ol":
        return half
    before = _items(whole) - _items(half)
    start = int(whole.attr("start") or 1) + before
    return replace(half, attrs=(*(pair for pair in half.attrs if pair[0] != "start"), ("start", str(start))))


def _items(listing: Element) -> int:
    return sum(1 for child in listing.children if isinstance(child, Element) and child.tag == "li")


def _is_empty(node: Node) -> bool:
    if isinstance(node, str):
        return not node.strip()
    return node.tag not in VOID and all(_is_empty(child) for child in node.children)
