"""What stands beside the words of a person without being their answer: signature, tagline, banner, disclaimer.

Each finder takes a block of lines (all of them unquoted) and says which of them, and why. Nothing is thrown away.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coordinator.formats.closings import NAME_STRIP, is_closing, is_name
from coordinator.formats.cut_lines import Line, small
from coordinator.formats.cut_tokens import number
from coordinator.formats.quotes import has_address, is_rule
from coordinator.formats.signatures_words import (
    BANNER_STARTS,
    BANNERS,
    CONTACT,
    DISCLAIMERS,
    EXCUSES,
    GADGETS,
    GREEN,
    SENT,
    SENT_LAST,
    SENT_MINE,
)

_MOST = 8
_GREETING = 6
_DRAWN = frozenset("-_—–─━")
_WORD = re.compile(r"[\w.'’@-]+")
_PHONE = re.compile(r"\+?\d[\d ()./-]{6,18}\d")
_GADGETS = re.compile("|".join(map(re.escape, GADGETS)))
_GREEN = re.compile("|".join(map(re.escape, GREEN)))
_DISCLAIMER_WORDS = frozenset(DISCLAIMERS)
_CONTACT = frozenset(CONTACT)
_POSTSCRIPT = re.compile(r"p\.? ?(?:p\.? ?)?s\b[.:,)]{0,2}\s+\S|p\. ?d\.:?\s+\S|pd:\s+\S")
_DASHED_NAME = re.compile(
    r"(?:[-–—~/]{1,2}[^\W\d_][\w.'’-]{1,24}(?: [^\W\d_a-z][\w.'’-]{0,24}| de| van| von){0,3}|/ ?[^\W\d_])$"
)


class Found(NamedTuple):
    """Lines start to stop (excluded) of a body with what they are."""

    start: int
    stop: int
    label: str
    reason: str


def banner(lines: Sequence[Line], start: int, stop: int) -> Found | None:
    """The note of a gateway in the first paragraphs of a block."""
    for begin, end in _first_paragraphs(lines, start, stop):
        if is_banner(" ".join(line.text for line in lines[begin : min(end, begin + 8)])):
            return Found(begin, end, "banner", "a mail gateway's note")
    return None


def is_banner(text: str) -> bool:
    """Whether a passage is a gateway's note about mail from outside."""
    plain = small(text).lstrip("* [!⚠️🔶<")
    if plain.rstrip("]* ") in {"external", "external email", "extern", "externe", "externo", "external sender"}:
        return True
    if not plain.startswith(BANNER_STARTS):
        return False
    seen = set(_WORD.findall(plain[:600]))
    seen.update(word.strip(".'-") for word in tuple(seen))
    return any(len(row & seen) >= 3 or sum(word in plain for word in row if not word.isascii()) >= 3 for row in BANNERS)


def is_tagline(text: str) -> bool:
    """Whether a line is what a mail program writes about itself: "Sent from my iPhone"."""
    if len(text) > 110 or len(text) < 5:
        return False
    plain = small(text).split("http", 1)[0].strip(" *_<>[]().-–—|\xa0")
    if plain.startswith(SENT_MINE):
        told = "," in plain and not any(word in plain for word in EXCUSES)
        return len(plain.split()) <= 12 and not told and not plain.endswith("?")
    if plain.startswith(SENT) or plain.endswith(SENT_LAST):
        return bool(_GADGETS.search(plain)) and not plain.endswith("?")
    return False


def tail(
    lines: Sequence[Line], start: int, stop: int, *, people: Sequence[str], spoken: bool, answer: bool
) -> list[Found]:
    """Everything at the end of a block that is no answer.

    people: the writer's names in small letters, where known. spoken: whether they wrote something before this block.
    answer: whether the block begins as the answer to a question, so that its first paragraph is none of this.
    """
    found: list[Found] = []
    for begin, end in _paragraphs(lines, start, stop):
        if (mark := _appended(lines, begin, end)) is not None:
            found.append(mark)
    stop = _stop_before(lines, start, stop, found)
    first = next((place for place in range(start, stop) if lines[place].text), stop)
    if (after := _postscript(lines, first, stop)) is not None:
        stop = _stop_before(lines, start, after, ())
    if (dashed := _dashes(lines, start, stop, spoken)) is not None:
        found.append(dashed)
        stop = _stop_before(lines, start, dashed.start, ())
    mark = _closing(lines, first, stop, spoken)
    mark = mark or _name(lines, first, stop, people, spoken, answer) or _card(lines, first, stop, spoken)
    return [mark, *found] if mark else found


def _postscript(lines: Sequence[Line], first: int, stop: int) -> int | None:
    """Where somebody goes on below their name: "PS: I move in May"."""
    return next((at for at in range(first + 1, stop) if _POSTSCRIPT.match(small(lines[at].text))), None)


def _stop_before(lines: Sequence[Line], start: int, stop: int, found: Sequence[Found]) -> int:
    """The end of the block without what was appended to it."""
    taken = {place for mark in found for place in range(mark.start, mark.stop)}
    while stop > start and (stop - 1 in taken or not lines[stop - 1].text):
        stop -= 1
    return stop


def _appended(lines: Sequence[Line], begin: int, end: int) -> Found | None:
    """Taglines, disclaimers and advertisements, a paragraph each, or the last lines of one."""
    last = lines[end - 1].text
    if is_tagline(last):
        while end - begin > 1 and is_tagline(lines[end - 2].text):
            end -= 1
        return Found(end - 1, _paragraph_end(lines, end), "tagline", "a mail program names itself")
    text = small(" ".join(line.text for line in lines[begin : min(end, begin + 30)])[:4000])
    if end - begin == 1 and len(text) < 90 and text.startswith(SENT) and is_tagline(text):
        return Found(begin, end, "tagline", "a mail program names itself")
    if _GREEN.search(text) and not number(lines[begin].text):
        return Found(begin, end, "disclaimer", "appended by a mail program")
    if len(text) > 80 and len(_DISCLAIMER_WORDS.intersection(_WORD.findall(text.replace(".", " ")))) >= 4:
        return Found(begin, end, "disclaimer", "a notice of confidentiality")
    return None


def _paragraph_end(lines: Sequence[Line], place: int) -> int:
    while place < len(lines) and lines[place].text and lines[place].depth == 0 and is_tagline(lines[place].text):
        place += 1
    return place


def _dashes(lines: Sequence[Line], start: int, stop: int, spoken: bool) -> Found | None:
    for place in range(start, stop):
        text = lines[place].text
        if text in {"--", "—", "– –", "-- ", "---", "__"} and place + 1 < stop and stop - place < 30:
            return Found(place, stop, "signature", "stands under a line of dashes")
        if text[:1] in _DRAWN and is_rule(text) and _is_drawn_off(lines, start, place, stop, spoken):
            return Found(place, stop, "signature", "stands under a drawn line")
    return None


def _is_drawn_off(lines: Sequence[Line], start: int, place: int, stop: int, spoken: bool) -> bool:
    """Whether what stands under a drawn line is a card: a name first, and not much of it."""
    below = [line.text for line in lines[place + 1 : stop] if line.text]
    above = next((line.text for line in reversed(lines[start:place]) if line.text), "")
    if above and is_closing(above, ("",), spoken=True) and below:
        return True
    said = spoken or bool(above)
    return said and 2 <= len(below) <= _MOST and all(map(_is_card, below)) and is_name(below[0])


def _closing(lines: Sequence[Line], first: int, stop: int, spoken: bool) -> Found | None:
    """From "Best regards," on, where nothing but a name and contact lines follow."""
    written = [place for place in range(first, stop) if lines[place].text][-(_MOST + 1) :]
    for order, place in enumerate(written):
        after = [lines[here].text for here in written[order + 1 :]]
        if is_closing(lines[place].text, after, spoken=spoken or place > first) and all(
            _is_card(line) for line in after
        ):
            return Found(place, stop, "signature", "closes the letter")
    return None


def _is_card(text: str) -> bool:
    """Whether a line can stand in a signature under the name."""
    return len(text) <= 90 and number(text) is None and not text.endswith("?")


def _name(
    lines: Sequence[Line], first: int, stop: int, people: Sequence[str], spoken: bool, answer: bool
) -> Found | None:
    """The writer's own name as the last line, or "-Anna"."""
    last = stop - 1
    if last < first or (last == first and not (spoken and not answer)):
        return None
    text = lines[last].text
    bare = small(text.strip(NAME_STRIP + "/"))
    if people and len(bare) <= 40 and bare and (bare in people or (bare.split()[0] in people and is_name(text))):
        return Found(last, stop, "signature", "the name we wrote to")
    above = lines[last - 1].text if last > first else ""
    if _DASHED_NAME.match(text) and text.lstrip("-–—~/")[:1].isupper() and above[:1] not in {"-", "–"}:
        return Found(last, stop, "signature", "a name behind a dash")
    return None


def _card(lines: Sequence[Line], first: int, stop: int, spoken: bool) -> Found | None:
    """The last paragraph, where it is a name with ways to reach it."""
    begin = stop
    while begin > first and lines[begin - 1].text:
        begin -= 1
    size = stop - begin
    said = [line.text for line in lines[first:begin] if line.text]
    if not 2 <= size <= _MOST or not said or (not spoken and _only_greets(said)):
        return None
    texts = [line.text for line in lines[begin:stop]]
    named = sum(letter.isalpha() for letter in texts[0]) > 1
    if (
        not named
        or not all(_is_card(text) for text in texts)
        or not (is_name(texts[0]) or is_rule(texts[0]) or _is_titled(texts[0]))
    ):
        return None
    if any(_reaches(text) for text in texts[1:]) or _is_titled(texts[0]):
        return Found(begin, stop, "signature", "a name with ways to reach it")
    return None


def _only_greets(said: Sequence[str]) -> bool:
    """Whether nothing but a greeting stands above, so that what follows are the person's words."""
    return len(said) == 1 and said[0][-1] in ",:!" and len(said[0].split()) <= _GREETING


def _is_titled(text: str) -> bool:
    """ "Ada Byron | Engineer"."""
    name, bar, title = text.partition(" | ")
    return bool(bar) and " " in name and is_name(name) and title[:1].isupper()


def _reaches(text: str) -> bool:
    """Whether a line says how to reach somebody."""
    first = small(text.split(maxsplit=1)[0]).rstrip(":.")
    return has_address(text) or "://" in text or "www." in text or bool(_PHONE.search(text)) or first in _CONTACT


def _paragraphs(lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[int, int]]:
    begin = None
    for place in range(start, stop):
        if lines[place].text and begin is None:
            begin = place
        elif not lines[place].text and begin is not None:
            yield begin, place
            begin = None
    if begin is not None:
        yield begin, stop


def _first_paragraphs(lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[int, int]]:
    for order, paragraph in enumerate(_paragraphs(lines, start, stop)):
        if order > 2:
            return
        yield paragraph
