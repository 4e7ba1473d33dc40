"""Replies of clients that quote the HTML part: the tree of the reply, dressed as each client does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.simulate.shapes.dress import DRESSES, Dress
from coordinator.simulate.shapes.lines import lines_of
from coordinator.simulate.shapes.places import Place, places
from coordinator.simulate.shapes.tree import Element, Node, Path, body, el, insert_after, parse, split_after
from coordinator.simulate.shapes.typed import Typed


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What is quoted: the letter's tree, and what the client says above it; headed: a block of headers."""

    tree: Element
    lead: Sequence[Node]
    headed: bool


def quoted_tree(html: str, text: str) -> Element:
    """The letter as the client shows it; a letter without HTML becomes one line a `<div>`."""
    if html:
        return body(parse(html))
    return el("root", *(el("div", line or el("br")) for line in text.rstrip("\n").split("\n")))


def compose(typed: Typed, style: str, quoted: Quoted, *, client: str, tagline: str) -> Element:
    """The reply's tree under an element "root"."""
    dress = DRESSES[client]
    above = (*(dress.typed(typed.opening()) if typed.greeting else ()), *dress.tagline(tagline))
    sign = _signature(dress, typed.signature)
    match style:
        case "top" | "html_top":
            own = (*dress.typed((*typed.opening(), *typed.block())), *sign, *dress.tagline(tagline))
            return el("root", *own, *dress.quote(quoted.lead, [dress.mark(quoted.tree)]))
        case "bottom":
            quote = dress.quote(quoted.lead, [dress.mark(quoted.tree)])
            return el("root", *above, *quote, *dress.typed(("", *typed.block())), *sign)
        case "inline":
            return el("root", *above, *dress.quote(quoted.lead, _torn(quoted.tree, typed, dress)), *sign)
        case "unmarked":
            tree = _typed_in(quoted.tree, typed, beside=False, color="")
            return el("root", *above, *dress.copy(quoted.lead if quoted.headed else (), tree), *sign)
        case _:
            tree = _typed_in(quoted.tree, typed, beside=style == "same_line", color=dress.color)
            return el("root", *above, *dress.quote(quoted.lead, [dress.mark(tree)]), *sign)


def alone(typed: Typed, *, client: str, tagline: str) -> Element:
    """A new mail that quotes nothing."""
    dress = DRESSES[client]
    return el("root", *dress.typed(typed.block()), *_signature(dress, typed.signature), *dress.tagline(tagline))


def _signature(dress: Dress, signature: str) -> tuple[Node, ...]:
    return dress.signature(tuple(signature.split("\n"))) if signature else ()


def _spots(tree: Element) -> tuple[tuple[Place, Path, Path], ...]:
    """Each question with the ends of its sentence and of its last line."""
    lines = lines_of(tree)
    ends = [line.end for line in lines if line.end is not None]
    found = []
    for place in places([line.text for line in lines]):
        asked, last = lines[place.asked].end, lines[place.last].end
        if asked is not None and last is not None:
            last = _end_of_item(tree, asked, ends) or last
            found.append((place, _out_of_link(tree, asked), _out_of_link(tree, last)))
    return tuple(found)


def _end_of_item(tree: Element, path: Path, ends: Sequence[Path]) -> Path | None:
    """Where a question is an item of a list, people type at the item's end, below its buttons."""
    item: Path = ()
    node: Node = tree
    for depth, index in enumerate(path):
        assert isinstance(node, Element)
        node = node.children[index]
        if isinstance(node, Element) and node.tag == "li":
            item = path[: depth + 1]
    return next((end for end in reversed(ends) if item and end[: len(item)] == item), None)


def _out_of_link(tree: Element, path: Path) -> Path:
    """Nobody types inside a button: the spot behind it."""
    node: Node = tree
    for depth, index in enumerate(path):
        assert isinstance(node, Element)
        node = node.children[index]
        if isinstance(node, Element) and node.tag == "a":
            return path[: depth + 1]
    return path


def _torn(tree: Element, typed: Typed, dress: Dress) -> list[Node]:
    """The quote cut open under each answered question, as "break the blockquote" does."""
    spots = _spots(tree)
    numbers = [place.number for place, _, _ in spots]
    pieces: list[Node] = []
    rest = tree
    for place, _, last in reversed(spots):
        answer = typed.under(place.number, numbers)
        if answer:
            rest, after = split_after(rest, last)
            pieces[:0] = [*dress.typed(answer), dress.mark(after)]
    return [dress.mark(rest), *pieces]


def _typed_in(tree: Element, typed: Typed, *, beside: bool, color: str) -> Element:
    """The quote with answers typed into it, inside whatever cell or paragraph the question stands in."""
    spots = _spots(tree)
    numbers = [place.number for place, _, _ in spots]
    for place, asked, last in reversed(spots):
        if beside and (said := typed.beside(place.number, numbers)):
            tree = insert_after(tree, asked, [f" {said}"])
        elif not beside and (lines := typed.under(place.number, numbers)):
            tree = insert_after(tree, last, _in_place(lines, color))
    return tree


def _in_place(lines: Sequence[str], color: str) -> list[Node]:
    style: Mapping[str, str] = {"style": f"color:{color}"} if color else {}
    out: list[Node] = []
    for line in lines:
        out += [el("br"), el("span", line, **style)]
    return out
