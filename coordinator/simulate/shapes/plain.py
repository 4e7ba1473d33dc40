"""Replies of clients that quote the text part and send text alone."""

from collections.abc import Sequence

from coordinator.simulate.shapes.places import places
from coordinator.simulate.shapes.typed import Typed


def compose(typed: Typed, style: str, parent_text: str, lead: Sequence[str]) -> str:
    """The body. lead: the attribution or header block, line by line; an unmarked copy has none above it."""
    quoted = parent_text.rstrip("\n").split("\n")
    mark = "" if style == "unmarked" else ">"
    signature = typed.signature.split("\n") if typed.signature else []
    match style:
        case "top" | "html_top":
            lines = [*typed.opening(), *typed.block(), *_gap(signature), "", *lead, *_marked(quoted, mark)]
        case "bottom":
            lines = [*lead, *_marked(quoted, mark), "", *typed.opening(), *typed.block(), *_gap(signature)]
        case "same_line":
            lines = [*typed.opening(), *lead, *_marked(_beside(quoted, typed), mark), *_gap(signature)]
        case "unmarked":
            lines = [*typed.opening(), *_under(quoted, typed, mark), *_gap(signature)]
        case _:
            lines = [*typed.opening(), *lead, *_under(quoted, typed, mark), *_gap(signature)]
    return "\n".join(lines) + "\n"


def _gap(signature: Sequence[str]) -> list[str]:
    return ["", *signature] if signature else []


def _marked(lines: Sequence[str], mark: str) -> list[str]:
    return [f"{mark} {line}".rstrip() if mark and not line.startswith(">") else mark + line for line in lines]


def _beside(lines: Sequence[str], typed: Typed) -> list[str]:
    found = places(lines)
    numbers = [place.number for place in found]
    said = {place.asked: typed.beside(place.number, numbers) for place in found}
    return [f"{line} {said[index]}" if said.get(index) else line for index, line in enumerate(lines)]


def _under(lines: Sequence[str], typed: Typed, mark: str) -> list[str]:
    found = places(lines)
    numbers = [place.number for place in found]
    said = {place.last: typed.under(place.number, numbers) for place in found}
    out: list[str] = []
    for index, line in enumerate(lines):
        out += _marked([line], mark)
        if said.get(index):
            # Whoever types between quoted lines leaves air around the answer; in an unmarked copy mostly not.
            out += ["", *said[index], ""] if mark else said[index]
    return out


def flowed(text: str, width: int) -> str:
    """RFC 3676: long lines of one's own end with a space where they are soft; quoted lines stay as they are."""
    out: list[str] = []
    for line in text.split("\n"):
        stuffed = f" {line}" if line.startswith((" ", "From ")) else line
        out += [line] if line.startswith(">") or line == "-- " else _soft(stuffed, width)
    return "\n".join(out)


def _soft(line: str, width: int) -> list[str]:
    out = []
    while len(line) > width and " " in line[1:width]:
        cut = line.rindex(" ", 1, width) + 1
        out.append(line[:cut])
        line = line[cut:]
    return [*out, line.rstrip(" ") if line.strip() else line]
