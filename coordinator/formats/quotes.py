"""Where a reply begins to quote, seen without the mail that it answers: attributions, separators, header blocks.

Everything looks at single lines, joining at most four, so the work grows with the number of lines.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coordinator.formats.cut_lines import Line, small
from coordinator.formats.quotes_words import ABOVE, HEADERS, ORIGINAL, WROTE

WEAK, STRONG = 1, 2
_JOINED = 4
_BLOCK = 12
_INLINE = 4
_PER_LINE = 320
_ORIGINAL = frozenset(ORIGINAL)
_SPACED = tuple(word for word in WROTE if word[0] < "\u0590")
_UNSPACED = tuple(word for word in WROTE if word[0] >= "\u0590")
_WROTE = re.compile(
    r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(_SPACED, key=len, reverse=True))) + r")(?!\w)|"
    "(?:" + "|".join(map(re.escape, _UNSPACED)) + ")"
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h時点점時시](?:\d{2}|(?=\s*\d))|\d\s?[ap]\.?m\b", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[٠-٩۰-۹]{4}|25\d\d(?!\d)")
_HEADER = re.compile(r"([^\W\d_]{1,20}):(?= )")
_RULE = re.compile(r"[-_=~—–─━]{3,}$")
_FRAME = "-_=*~—–─━<> \t\xa0:\uff1a"
_SHARED = re.compile(
    r"^(?!(?:On|Am|Le|El|Em|Op|Il)\b)\S.{0,240}?\s+(?=(?:On|Am|Le|El|Em|Op|Il) "
    r"(?:\w{2,9}[.,]{1,2} )?\w{1,10}[./-]? ?\w{1,9}\b.{0,9}\d{4})"
)
_DRAWN_OFF = re.compile(r"(?<![-–—_])[-–—_]{2,20}\s*\Z")
"""The line that some programs draw between the last word and the attribution: "yes--- On Wed, Apr 4, …"."""
_COLONS = (":", "\uff1a", ":*", ":_", ": >")
_LEADS = frozenset(
    """on am le el em op il den dne dňa dnia w на у в la a în pe στις vào pada v dana no nel 在 于 於 wt., út ut ti вт,
    tir.""".split()  # noqa: SIM905
)


class Seam(NamedTuple):
    """Lines start to stop (excluded) introduce a quotation.

    strength: WEAK counts only with quoted lines below it, STRONG anywhere. marked: whether it is the head of a mail
    whose lines need no quotation marks.
    """

    start: int
    stop: int
    strength: int
    marked: bool


def seams(lines: Sequence[Line]) -> list[Seam]:
    """Every place that introduces a quotation, in order, without overlap."""
    found: list[Seam] = []
    place, count = 0, len(lines)
    while place < count:
        text = lines[place].text
        seam = _seam_at(lines, place, found[-1].stop if found else 0) if text and _may_be_seam(text) else None
        if seam is None:
            place += 1
            continue
        found.append(seam)
        place = seam.stop
    return [_with_rule(lines, seam) for seam in found]


def own_words(text: str) -> int:
    """How many characters of a line stand in front of the attribution that shares it with them."""
    found = _SHARED.search(text, 0, _PER_LINE)
    return len(_DRAWN_OFF.sub("", text[: found.end()])) if found else 0


def is_rule(text: str) -> bool:
    """Whether the line is drawn, not written."""
    return bool(_RULE.match(text))


def names(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words (in small letters, none empty) stands in the text."""
    plain = small(text)
    return any(word in plain for word in words)


def has_date(text: str) -> bool:
    return bool(_DATE.search(text))


def has_time(text: str) -> bool:
    return bool(_TIME.search(text))


def has_address(text: str) -> bool:
    return "@" in text and bool(_ADDRESS.search(text))


def header_kind(text: str) -> str | None:
    """Which header a line shows: "from", "date", "to", "subject", "cc"."""
    colon = text.find(":", 0, 34)
    if colon < 0:
        colon = text.find("\uff1a", 0, 34)
    return HEADERS.get(small(text[:colon].strip("*_ \t\xa0"))) if colon > 0 else None


def _may_be_seam(text: str) -> bool:
    """Whether it is worth looking at a line: nearly none is."""
    return ":" in text or text[-1] in ">e" or text[0] in _FRAME or "\uff1a" in text


def _seam_at(lines: Sequence[Line], place: int, floor: int) -> Seam | None:
    text = lines[place].text
    if is_separator(text):
        return Seam(place, _behind_headers(lines, place + 1), STRONG, True)
    if (stop := _headers(lines, place)) > place:
        return Seam(place, stop, STRONG, True)
    if text.endswith(_COLONS):
        return _attribution(lines, place, floor)
    if text.endswith("wrote") and has_address(text) and has_date(text) and _is_lead(text):
        return Seam(place, place + 1, STRONG, False)
    if text[-1] == ">" and has_address(text) and has_date(text) and not _goes_on(lines, place):
        return Seam(place, place + 1, WEAK, False)
    return None


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether the attribution ends on the line below: "… <a@example.org>" and "wrote:"."""
    below = lines[place + 1] if place + 1 < len(lines) else None
    return below is not None and below.depth == lines[place].depth and below.text.endswith(_COLONS)


def is_separator(text: str) -> bool:
    """Whether the line is one of the "-----Original Message-----" family."""
    if len(text) > 100 or not (text[0] in _FRAME or text.endswith((":", "-")) or text[-1] in _FRAME):
        return False
    inner = small(text.strip(_FRAME))
    if inner in _ORIGINAL or (text[0] in "-#=_*" and names(inner, ABOVE)):
        return True
    return text.startswith("--") and text.endswith("--") and bool(_WROTE.search(inner))


def _behind_headers(lines: Sequence[Line], place: int) -> int:
    """Behind the header block that follows, with at most one blank line between."""
    for start in range(place, min(place + 2, len(lines))):
        if lines[start].text:
            stop = _headers(lines, start)
            return stop if stop > start else place
    return place


def _headers(lines: Sequence[Line], place: int) -> int:
    """Behind the header block that begins there; the place itself when none does."""
    kind = header_kind(lines[place].text)
    if kind not in {"from", "date", "to", "subject"}:
        return place
    if lines[place].text.count(":") >= _INLINE and _is_inline(lines[place].text):
        return place + 1
    kinds, stop, addressed, dated, waiting = {kind}, place + 1, False, False, 0
    for here in range(place, min(place + _BLOCK, len(lines))):
        text = lines[here].text
        kind = header_kind(text) if text else None
        if kind:
            addressed = addressed or has_address(text)
            kinds.add(kind)
            dated = dated or (kind == "date" and has_time(text))
            stop, waiting = here + 1, 0
        elif here > place:
            waiting += 1
        if waiting > 1:
            break
    return stop if _is_block(kinds, addressed, dated) else place


def _is_inline(text: str) -> bool:
    """Whether a whole header block stands on one line, as some converters leave it."""
    kinds = {HEADERS.get(small(word)) for word in _HEADER.findall(text)}
    return {"from", "date", "to", "subject"} <= kinds and has_address(text)


def _is_block(kinds: set[str], addressed: bool, dated: bool) -> bool:
    if "from" in kinds:
        return bool(kinds & {"date", "subject"}) or ("to" in kinds and addressed)
    if {"date", "to"} <= kinds:
        return "subject" in kinds or (addressed and dated)
    return {"date", "subject"} <= kinds and addressed


def _attribution(lines: Sequence[Line], place: int, floor: int) -> Seam | None:
    """The attribution that ends on this line: the fewest lines that make one, and those above with its date."""
    joined, start, dated = "", place, False
    best: tuple[int, int] | None = None
    while start >= max(floor, place - _JOINED + 1) and lines[start].text and lines[start].depth == lines[place].depth:
        joined = f"{lines[start].text[:_PER_LINE]} {joined}"
        strength = attribution_strength(joined)
        dated = has_date(joined) or has_time(joined)
        if strength and (best is None or strength > best[1] or dated):
            best = (start, strength)
        if best and dated:
            break
        start -= 1
    if best is None:
        return None
    start = _with_lead(lines, best[0], floor)
    return Seam(start, place + 1, best[1], False)


def _with_lead(lines: Sequence[Line], start: int, floor: int) -> int:
    """One line further up where that is "On Tuesday," alone."""
    above = lines[start - 1].text if start > floor else ""
    if above and lines[start].text[0] in "<(" and has_address(lines[start].text):
        return start - 1
    if above and len(above) < 40 and small(above.split()[0]) in _LEADS and above.endswith((",", "den", "at", "um")):
        return start - 1
    return start


def attribution_strength(text: str) -> int:
    """How sure it is that a text ending in a colon introduces a quotation; 0 = not at all."""
    address = has_address(text)
    wrote = bool(_WROTE.search(small(text)))
    if wrote and (address or (has_date(text) and _is_lead(text))):
        return STRONG
    if address and has_time(text):
        return STRONG
    return WEAK if address or (wrote and len(text) < 160) else 0


def _is_lead(text: str) -> bool:
    """Whether a text begins as attributions do: with a day or a word for "on"."""
    first = small(text.split(maxsplit=1)[0])
    return first in _LEADS or first[0].isdecimal()


def _with_rule(lines: Sequence[Line], seam: Seam) -> Seam:
    """A drawn line directly above belongs to it."""
    above = seam.start - 1
    while above >= 0 and not lines[above].text and seam.start - above <= 2:
        above -= 1
    if above >= 0 and lines[above].text and is_rule(lines[above].text) and len(lines[above].text) > 3:
        return seam._replace(start=above)
    return seam
