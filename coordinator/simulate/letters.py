"""A letter of ours as the person reads it: what it asks, by its numbers and hints, and whether it invites."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from coordinator.simulate.shapes.parent import Parent, read
from coordinator.simulate.shapes.places import ASK, places

OPTION = re.compile(r"^\s*(?:[-*•]\s*)?\(?([a-z])[.)]\s+(.+)$")
GOAL = re.compile(r"^\s*(?:[-*•]\s*)?[*_]*(G\d+)[*_]*[:.)]?\s+(.*)$")
_STRONG = re.compile(r"[*_`\\]")
_YES_NO = ("yes or no", "sí o no", "ja oder nein", "oui ou non", "yes/no", "sí/no")
_MANY = ("one or more", "letters", "uno o más", "una o más", "letras", "eine oder mehrere", "buchstaben", "lettres")
_OPTIONAL = ("optional", "leave it empty", "opcional", "vacío", "en blanco", "freiwillig", "leer", "facultatif", "vide")
_RANGE = re.compile(r"\b(\d{1,3})\s*(?:to|–|-|a|bis|à)\s*(\d{1,3})\b")
_MINUTES = (
    "minutes",
    "(how long",
    "how long,",
    "minutos",
    "cuánto tiempo",
    "wie lange",
    "minuten",
    "combien de temps",
    "duration",
)
_DATE = ("(a day", "a date", "by when", "(un día", "una fecha", "(ein tag", "(un jour")
_NUMBER = ("(a number", "how many", "(un número", "cuántas", "cuántos", "wie viele", "combien")
_FIX = re.compile(r"\bfix\s+(\d+)", re.IGNORECASE)
_NOTED = re.compile(r"^\s*-\s+(\d{1,2})\.\s+(.*)$")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question as read. kind: what a person takes it for, from its hint. options: (letter, words).

    goals: (G1, words). low, high: of a scale.
    """

    number: int
    words: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    many: bool = False
    optional: bool = False
    low: int = 0
    high: int = 10


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """The calendar part. method: "REQUEST" or "CANCEL". start: UTC, None when it cannot be read."""

    method: str
    uid: str
    summary: str
    start: datetime | None


@dataclass(frozen=True, kw_only=True)
class Received:
    """A letter in somebody's inbox. fixable: (number, words) of what a receipt says it recorded."""

    raw: bytes
    parent: Parent
    asks: tuple[Ask, ...]
    invitation: Invitation | None = None
    fixable: tuple[tuple[int, str], ...] = ()

    @property
    def subject(self) -> str:
        return self.parent.subject

    @property
    def language(self) -> str:
        return self.parent.language.partition("-")[0]


def received(raw: bytes) -> Received:
    """What a person sees who opens it; never what the program knows of it."""
    parent = read(raw)
    lines = parent.text.split("\n")
    asks = tuple(_ask(place.number, lines[place.first : place.last + 1]) for place in places(lines))
    return Received(
        raw=raw, parent=parent, asks=asks, invitation=_invitation(parent.calendar), fixable=_fixable(parent.text)
    )


def _ask(number: int, lines: list[str]) -> Ask:
    options = tuple((found.group(1), _bare(found.group(2))) for line in lines[1:] if (found := OPTION.match(line)))
    goals = tuple((found.group(1), _bare(found.group(2))) for line in lines[1:] if (found := GOAL.match(line)))
    first = ASK.sub(lambda match: match.group(0)[-1], lines[0], count=1)
    sentence = " ".join([first, *(line.strip() for line in lines[1:] if not (OPTION.match(line) or GOAL.match(line)))])
    words = _bare(sentence).strip()
    low = words.casefold()
    return Ask(
        number=number,
        words=words,
        kind=_kind(low, has_options=bool(options), has_goals=bool(goals)),
        options=options,
        goals=goals,
        many=any(word in low for word in _MANY),
        optional=any(word in low for word in _OPTIONAL),
        **_bounds(low),
    )


def _kind(low: str, *, has_options: bool, has_goals: bool) -> str:
    if has_goals:
        return "goals"
    if has_options:
        return "options"
    for kind, words in (("yes_no", _YES_NO), ("minutes", _MINUTES), ("date", _DATE)):
        if any(word in low for word in words):
            return kind
    if _RANGE.search(low):
        return "scale"
    return "number" if any(word in low for word in _NUMBER) else "text"


def _bounds(low: str) -> dict[str, int]:
    found = _RANGE.search(low)
    return {"low": int(found.group(1)), "high": int(found.group(2))} if found else {}


def _bare(words: str) -> str:
    return _STRONG.sub("", words).strip()


def _fixable(text: str) -> tuple[tuple[int, str], ...]:
    """The numbered lines of what a letter says it noted, where it says how to correct them."""
    if not _FIX.search(text):
        return ()
    found = (_NOTED.match(line) for line in text.split("\n"))
    return tuple((int(each.group(1)), _bare(each.group(2))) for each in found if each)


def _invitation(calendar: str) -> Invitation | None:
    if "BEGIN:VEVENT" not in calendar:
        return None
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar)
    event = unfolded.partition("BEGIN:VEVENT")[2]
    return Invitation(
        method=_value(unfolded, "METHOD").upper(),
        uid=_value(event, "UID"),
        summary=_value(event, "SUMMARY"),
        start=_instant(event),
    )


def _value(text: str, name: str) -> str:
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*?)\r?$", text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def _instant(event: str) -> datetime | None:
    found = re.search(r"^DTSTART(?:;TZID=\"?([^:;\"\r\n]+)\"?)?[^:\r\n]*:(\d{8}T\d{6})(Z?)", event, re.MULTILINE)
    if not found:
        return None
    naive = datetime.strptime(found.group(2), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone stands beside it
    return naive.replace(tzinfo=_zone(found.group(1))).astimezone(UTC)


def _zone(name: str | None) -> tzinfo:
    return ZoneInfo(name) if name else UTC
