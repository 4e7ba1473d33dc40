"""Calendar text taken apart, whatever client wrote it: lines, parameters, events; nothing is interpreted here.

Broken lines, mixed line ends, missing BEGIN or END and unknown components are read as well as they can be. Every step
is linear in the length of the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LARGEST = 64 * 1024
"""Bytes of one calendar; a real answer has two or three thousand."""


@dataclass(frozen=True, kw_only=True)
class Property:
    """name: upper case. params: by upper-case name, without quotation marks. value: as it stood, escapes included."""

    name: str
    value: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Component:
    """Content lines by upper-case name, not yet taken apart."""

    lines: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, line: str) -> None:
        self.lines.setdefault(name, []).append(line)

    def all(self, name: str) -> tuple[Property, ...]:
        return tuple(taken_apart(line) for line in self.lines.get(name, ()))

    def first(self, name: str) -> Property | None:
        lines = self.lines.get(name)
        return taken_apart(lines[0]) if lines else None

    def value(self, name: str) -> str:
        """Of the first such line, "" when there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""


@dataclass(kw_only=True)
class Document:
    """calendar: the properties outside every event. zones: the lines of each VTIMEZONE, in order."""

    calendar: Component = field(default_factory=Component)
    events: list[Component] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)


def text_of(raw: bytes) -> str:
    """The text in whichever of UTF-8, UTF-16 and Windows-1252 it is."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", errors="replace")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text


_BLANK_LINES = re.compile(r"\n{2,}")
_START = re.compile(r"[A-Za-z0-9-]+[;:]")
_JOINED = 4000


def content_lines(text: str) -> list[str]:
    """Unfolded; a line that cannot begin a property belongs to the one before it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    plain = _BLANK_LINES.sub("\n", plain).replace("\n ", "").replace("\n\t", "")
    lines: list[str] = []
    for line in plain.split("\n"):
        if _START.match(line):
            lines.append(line)
        elif (stripped := line.lstrip("\ufeff \t")) != line and _START.match(stripped):
            lines.append(stripped)
        elif lines and len(lines[-1]) < _JOINED:
            lines[-1] += line
    return lines


def document(text: str) -> Document:
    found = Document()
    inside: list[str] = []
    for line in content_lines(text):
        name = line[: _name_end(line)].upper()
        if name == "BEGIN":
            _begin(found, inside, line[6:].strip().upper())
        elif name == "END":
            _end(inside, line[4:].strip().upper())
        else:
            _keep(found, inside, name, line)
        if inside and "VTIMEZONE" in inside and found.zones:
            found.zones[-1].append(line)
    return found


def _name_end(line: str) -> int:
    found = _START.match(line)
    return found.end() - 1 if found else 0


def _begin(found: Document, inside: list[str], component: str) -> None:
    if len(inside) < 10:
        inside.append(component)
    if component == "VEVENT":
        found.events.append(Component())
    elif component == "VTIMEZONE":
        found.zones.append([])


def _end(inside: list[str], component: str) -> None:
    if component in inside:
        del inside[len(inside) - 1 - inside[::-1].index(component) :]


def _keep(found: Document, inside: list[str], name: str, line: str) -> None:
    within = inside[-1] if inside else "VCALENDAR"
    if within == "VEVENT":
        found.events[-1].add(name, line)
    elif within == "VCALENDAR":
        found.calendar.add(name, line)


def taken_apart(line: str) -> Property:
    name = _START.match(line)
    if name is None:
        return Property(name="", value=line)
    rest = line[name.end() - 1 :]
    params: dict[str, str] = {}
    for _ in range(_MOST_PARAMS):
        if not rest.startswith(";"):
            break
        key, value, rest = _param(rest[1:])
        params.setdefault(key, value)
    return Property(name=name.group()[:-1].upper(), params=params, value=rest.removeprefix(":"))


_MOST_PARAMS = 60
_PLAIN_END = re.compile("[;:]")


def _param(text: str) -> tuple[str, str, str]:
    """The parameter's name and value at the beginning of the text, and what follows them."""
    key, equals, rest = text.partition("=")
    if not equals or ":" in key or ";" in key:
        end = _PLAIN_END.search(text)
        stop = end.start() if end else len(text)
        return text[:stop].upper(), "", text[stop:]
    if rest.startswith('"'):
        value, _, after = rest[1:].partition('"')
        end = _PLAIN_END.search(after)
        return key.strip().upper(), _uncaret(value), after[end.start() :] if end else ""
    end = _PLAIN_END.search(rest)
    # "SENT-BY=mailto:a@example.org" and "TZID=tzone://Microsoft/Utc" should have been quoted; that colon is no end.
    if end and (rest[: end.start()].casefold() == "mailto" or rest.startswith("://", end.start())):
        end = _PLAIN_END.search(rest, end.end())
    stop = end.start() if end else len(rest)
    return key.strip().upper(), _uncaret(rest[:stop].strip()), rest[stop:]


def _uncaret(value: str) -> str:
    """RFC 6868."""
    if "^" not in value:
        return value
    return re.sub(r"\^[n'^]", lambda found: {"^n": "\n", "^'": '"', "^^": "^"}[found.group()], value)


_ESCAPES = {"n": "\n", "N": "\n"}


def unescaped(value: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11) as it reads."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found.group(1), found.group(1)), value)


def params_of(value: str) -> Iterator[tuple[str, str]]:
    """The parts of a value such as "FREQ=YEARLY;BYMONTH=3", upper case."""
    for part in value.upper().split(";"):
        key, _, said = part.partition("=")
        yield key.strip(), said.strip()
