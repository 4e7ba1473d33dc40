"""The new text and its pieces, each with the question that it stands under."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coordinator.core.reading import Piece
from coordinator.formats.cut_parent import Parent
from coordinator.formats.cut_parts import Part

_LEAD = re.compile(r"(?:[:=>→–—-]{1,3}>?\s+|[:=→]\s*)")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[a-zA-Z])[.):]\s")
_LABELLED = re.compile(r"G[0-9]{1,2}\b", re.IGNORECASE)


@dataclass(kw_only=True)
class Collected:
    """A piece while it grows. row: of its first line. label: of the goal's line of ours that it stands on or under."""

    row: int
    start: int
    after: int | None
    label: str
    same_line: bool
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def collected(body: str, rows: Iterable[Sequence[Part]], parent: Parent | None) -> list[Collected]:
    """The runs of new text in order; anything else that is written ends a run."""
    found: list[Collected] = []
    current: Collected | None = None
    place, last = -1, -1
    for row, parts in enumerate(rows):
        beside = False
        for part in parts:
            written = body[part.start : part.end].strip()
            if part.mark[0] == "new" and written:
                if current is None:
                    current = _opened(parent, place, row, part.start + _indent(body, part), beside)
                    found.append(current)
                _add(current, written, new_line=last != row)
                last = row
            elif part.mark[0] == "blank" and current and not written:
                current.lines.append("")
            elif part.place >= 0 or written.strip(">＞ \t\xa0"):
                place, current = part.place if part.place >= 0 else place, None
                beside = part.place >= 0
    return found


def text_of(found: Sequence[Collected]) -> str:
    """The whole new text."""
    text, before = "", None
    for piece in found:
        if before is not None:
            text += " " if before.row + len(before.lines) - 1 == piece.row else "\n"
        text += piece.text
        before = piece
    return text


def pieces_of(found: Sequence[Collected], parent: Parent | None) -> tuple[Piece, ...]:
    """The runs as pieces."""
    afters = _afters(found, parent)
    used: dict[int | None, set[str]] = {}
    for piece in found:
        used.setdefault(piece.after, set()).add(piece.label)
    labels = list(dict.fromkeys(parent.labels.values())) if parent else []
    return tuple(
        _piece(piece, after, labels, len(used[piece.after] - {""})) for piece, after in zip(found, afters, strict=True)
    )


def _indent(body: str, part: Part) -> int:
    raw = body[part.start : part.end]
    return len(raw) - len(raw.lstrip())


def _opened(parent: Parent | None, place: int, row: int, start: int, beside: bool) -> Collected:
    after, label = None, ""
    if parent and place >= 0:
        after = parent.owners[place]
        label = parent.labels.get(parent.sheet.first[parent.sheet.line[place]], "") if after is not None else ""
    return Collected(row=row, start=start, after=after, label=label, same_line=beside and after is not None)


def _add(piece: Collected, written: str, *, new_line: bool) -> None:
    if new_line or not piece.lines:
        while len(piece.lines) > 1 and piece.lines[-1] == piece.lines[-2] == "":
            piece.lines.pop()
        piece.lines.append(written)
    else:
        piece.lines[-1] += " " + written


def _afters(found: Sequence[Collected], parent: Parent | None) -> list[int | None]:
    """The questions of all pieces. What stands alone below the last question and answers several stands under none."""
    afters = [piece.after for piece in found]
    anchored = [order for order, after in enumerate(afters) if after is not None]
    numbers = list(dict.fromkeys(parent.asked.values())) if parent else []
    if len(anchored) == 1 and len(numbers) > 1:
        piece = found[anchored[0]]
        last = piece.after == numbers[-1] and not piece.same_line
        if last and (_NUMBERED.match(piece.text) or sum(map(bool, piece.lines)) >= len(numbers)):
            afters[anchored[0]] = None
    return afters


def _piece(piece: Collected, after: int | None, labels: Sequence[str], used: int) -> Piece:
    text, start = piece.text, piece.start
    if piece.same_line and (lead := _LEAD.match(text)) and lead.end() < len(text):
        start += lead.end()
        text = text[lead.end() :]
    if after is not None and piece.label and _is_labelled(piece, labels, used):
        text = f"{piece.label}: {text}"
    return Piece(text=text, after=after, same_line=piece.same_line, start=start)


def _is_labelled(piece: Collected, labels: Sequence[str], used: int) -> bool:
    """Whether one line below a goal's line speaks of that goal: where it stands on it, or others have theirs too."""
    if _LABELLED.match(piece.text) or "\n" in piece.text:
        return False
    return piece.same_line or piece.label != labels[-1] or len(labels) == 1 or used > 1
