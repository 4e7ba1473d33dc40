"""A season told in a dozen or two lines a month, for a terminal or the page."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from itertools import groupby

from coordinator.simulate.events import Event
from coordinator.simulate.people import Persona
from coordinator.simulate.shapes.clients import DEVICES

LINES_A_MONTH = 16
ONE_LINE = 92
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, kw_only=True)
class Line:
    """weight: how much it would be missed. kind: of the mail told. alike: tells lines that say much the same."""

    at: datetime
    text: str
    weight: float
    kind: str = ""
    alike: str = ""


@dataclass(frozen=True, kw_only=True)
class Month:
    """title: "April 2026". more: how many lines were left out."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Whom and what the events name: people by address, prompts by Message-ID, the coordinator's address."""

    people: Mapping[str, Persona]
    prompts: Mapping[str, str] = field(default_factory=dict)
    coordinator: str = ""

    def first_name(self, address: str) -> str:
        persona = self.people.get(address)
        return persona.first_name if persona else address.partition("@")[0]

    def device(self, address: str) -> str:
        persona = self.people.get(address)
        return DEVICES[persona.temperament.client] if persona else ""


def tell(events: Sequence[Event], cast: Cast, zone: tzinfo, *, most: int = LINES_A_MONTH) -> tuple[Month, ...]:
    """Month by month, the lines that would be missed most, in order of time."""
    shown = sorted((replace(event, at=event.at.astimezone(zone)) for event in events), key=lambda event: event.at)
    months = groupby(shown, key=lambda event: (event.at.year, event.at.month))
    told: Counter[str] = Counter()
    return tuple(_month(tuple(some), cast, most, told) for _, some in months)


def _month(events: Sequence[Event], cast: Cast, most: int, told: Counter[str]) -> Month:
    days = groupby(events, key=lambda event: event.at.date())
    lines = _varied([line for _, day in days for line in _day(day, cast, told)])
    kept = sorted(sorted(lines, key=lambda line: -line.weight)[:most], key=lambda line: line.at)
    return Month(title=f"{events[0].at:%B %Y}", lines=tuple(kept), more=len(lines) - len(kept))


def _varied(lines: Sequence[Line]) -> list[Line]:
    """Each further line of the same kind, and all the more by the same person, weighs less than the one before."""
    seen: Counter[str] = Counter()
    varied = []
    for line in sorted(lines, key=lambda line: -line.weight):
        varied.append(replace(line, weight=line.weight - 0.7 * seen[line.kind] - 3 * seen[line.alike]))
        seen[line.kind] += 1
        seen[line.alike] += 1
    return varied


def _day(events: Iterable[Event], cast: Cast, told: Counter[str]) -> list[Line]:
    today = tuple(events)
    ours = [event for event in today if event.is_ours]
    theirs = [event for event in today if not event.is_ours and event.kind not in _RSVPS]
    answers = [event for event in today if event.kind in _RSVPS]
    return [*_sent(ours, cast, told), *_rsvps(answers, cast), *(_came(event, cast, told) for event in theirs)]


def _sent(events: Sequence[Event], cast: Cast, told: Counter[str]) -> list[Line]:
    lines = []
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(_group(event, cast), []).append(event)
    for name, some in groups.items():
        told[name] += 1
        # What is written for the first time opens a chapter of the story; later it is routine.
        weight = (6 if told[name] == 1 else 3) + min(3.0, len(some) / 2)
        lines.append(
            Line(at=some[0].at, text=_sentence(name, some, cast), weight=weight + _BONUS.get(name, 0), kind=name)
        )
    return lines


_BONUS = {
    "alert": 5,
    "cancelled": 4,
    "no-news": 4,
    "help-received": 4,
    "closing": 4,
    "receipt": -3,
}

_PHRASES: Mapping[str, str] = {
    "introduction-mentee": "{who} {get} a letter that introduces the mentor",
    "introduction-mentor": "{who} {get} a letter that introduces the mentee",
    "goals": "{who} {are} asked for goals",
    "goals-mentor": "{who} {are} asked what to hope for",
    "agenda": "{who} {are} asked what the next meeting is to be about",
    "agenda-sheet": "{who} {get} the agenda",
    "invitation": "{who} {are} invited: “{subject}”",
    "cancelled": "{who} {get} a cancellation: “{subject}”",
    "debrief": "{who} {are} asked how it goes",
    "debrief-mentor": "{who} {are} asked how it goes",
    "moved": "{who} {are} offered other times",
    "no-news": "{who} {are} asked for a sign of life, kindly",
    "receipt": "{who} {get} a receipt of what was noted",
    "unclear": "{who} {are} asked once more about one answer",
    "lacking": "{who} {are} asked for what one answer still lacks",
    "review": "{who} {are} asked for a look back",
    "closing": "{who} {get} the closing letter",
    "summary": "{who} {get} the weekly summary: “{subject}”",
    "help-received": "{who} {get} an answer to the call for help",
    "help-alert": "{who} {are} alerted: “{subject}”",
    "paused": "{who} {are} wished a good break",
    "resumed": "{who} {are} welcomed back",
    "stopped": "{who} {get} a last mail, as asked",
    "echo": "{who} {are} asked whether that was understood",
    "which": "{who} {are} asked which of the two pairings was meant",
    "alert": "The coordinator gets a note: “{subject}”",
}


def _group(event: Event, cast: Cast) -> str:
    if event.person == cast.coordinator:
        return "alert"
    return cast.prompts.get(event.message_id, "").partition("+")[0] or _without_names(event.subject, cast)


def _without_names(subject: str, cast: Cast) -> str:
    names = sorted({persona.first_name for persona in cast.people.values()}, key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", "…", subject) if names else subject


def _sentence(name: str, events: Sequence[Event], cast: Cast) -> str:
    who = list(dict.fromkeys(cast.first_name(event.person) for event in events))
    phrase = _PHRASES.get(name, "{who} {are} written to: “{subject}”")
    get = "gets" if len(who) == 1 else "get"
    return phrase.format(who=_joined(who), are=_are(who), get=get, subject=events[0].subject)


def _are(who: Sequence[str]) -> str:
    return "is" if len(who) == 1 else "are"


def _joined(names: Sequence[str]) -> str:
    if len(names) > 4:
        return f"{_number(len(names)).capitalize()} people"
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


_RSVPS: Mapping[str, tuple[str, str, float]] = {
    "accept": ("accepts", "accept", 1),
    "decline": ("declines", "decline", 9),
}


def _rsvps(events: Sequence[Event], cast: Cast) -> list[Line]:
    lines = []
    for kind, (one, many, weight) in _RSVPS.items():
        who = list(dict.fromkeys(cast.first_name(event.person) for event in events if event.kind == kind))
        if who:
            text = f"{_joined(who)} {one if len(who) == 1 else many} by calendar"
            lines.append(Line(at=events[0].at, text=text, weight=weight, kind=kind, alike=kind))
    return lines


def _came(event: Event, cast: Cast, told: Counter[str]) -> Line:
    alike = f"{event.kind} {event.person}"
    told[alike] += 1
    times = told[alike]
    return Line(at=event.at, text=_came_text(event, cast), weight=_weight(event, times), kind=event.kind, alike=alike)


def _weight(event: Event, times: int) -> float:
    if event.kind in {"reply", "late_reply"}:
        return 5 + 2 * (event.kind == "late_reply") + (times == 1) + min(2, event.gist.count(";"))
    return 12 if times == 1 else 4


def _came_text(event: Event, cast: Cast) -> str:
    who, device = cast.first_name(event.person), cast.device(event.person)
    match event.kind:
        case "reply":
            return _fitting(f"{who} answers from {device}: ", event.gist)
        case "late_reply":
            return _fitting(f"{who} answers last month’s letter from {device}: ", event.gist)
        case "auto_reply":
            return f"{who}’s mailbox answers by itself: {who} {event.gist}"
        case "bounce":
            return f"Mail to {who} comes back: {event.gist}"
        case _:
            return f"{who} {event.gist}"


def _fitting(start: str, gist: str) -> str:
    """As many of the answers as one line holds."""
    said, *more = gist.replace("they met; for", "they met for").split("; ")
    said = textwrap.shorten(said, ONE_LINE - len(start), placeholder=" …") or "a line of thanks"
    for each in more:
        if not said.endswith("…") and len(start) + len(said) + len(each) + 2 <= ONE_LINE:
            said = f"{said}; {each}"
    return start + said


def printed(months: Sequence[Month], *, width: int = 110) -> str:
    """The story for a terminal."""
    return "\n\n".join("\n".join([month.title, *_printed_lines(month, width)]) for month in months)


def _printed_lines(month: Month, width: int) -> list[str]:
    out: list[str] = []
    day: date | None = None
    for line in month.lines:
        stamp = f"{line.at:%a} {line.at.day:>2} {line.at:%b}" if line.at.date() != day else " " * 10
        day = line.at.date()
        first, *rest = textwrap.wrap(line.text, width - 14) or [""]
        out += [f"  {stamp}  {first}", *(f"{'':14}{each}" for each in rest)]
    return [*out, f"{'':14}… and {month.more} more such lines"] if month.more else out
