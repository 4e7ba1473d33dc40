"""Building an invitation with its MIME, and reading a calendar's answer, beside icalendar doing only its own part."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.table import Bar
from coordinator.core.effects import Chapter, Effect, Invite, Section
from coordinator.formats import ical, letters
from coordinator.formats.itip import read_calendar
from coordinator.formats.letter_samples import sample
from coordinator.formats.mime import parse
from coordinator.formats.own import Own
from coordinator.programs import load
from coordinator.simulate.calendar.clients import CLIENTS
from tests.formats_calendar.invites import ADA, ORGANIZER, PROGRAM, invite, mailed

_NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def run(*, size: str) -> list[Bar]:
    times = 40 if size == "small" else 400
    invites = [_numbered(number) for number in range(times)]
    built, alone = _milliseconds(_letters(invites)), _milliseconds([lambda i=i: _bare(i) for i in invites])
    answers = [
        write(mailed(invite(), ADA), attendee=ADA, partstat="ACCEPTED", comment="Gladly", now=_NOW)
        for write in CLIENTS.values()
    ]
    own = Own(address=PROGRAM, domain=PROGRAM.rpartition("@")[2])
    read = _milliseconds([lambda raw=raw: _read(raw, own) for raw in answers * (times // 10)])
    parsed = _milliseconds([lambda raw=raw: _parsed(raw) for raw in _calendars(answers, own) * (times // 10)])
    print(f"  invitation, letter and MIME {built:6.2f} ms; icalendar alone {alone:.2f} ms for the event")
    print(f"  answer, from the mail       {read:6.2f} ms; icalendar alone {parsed:.2f} ms for its calendar part")
    return [
        Bar(name="calendar.invite", value=built, goal=1.5, unit="ms"),
        Bar(name="calendar.invite_ratio", value=built / alone, unit="× icalendar"),
        Bar(name="calendar.answer", value=read, goal=3, unit="ms"),
        Bar(name="calendar.answer_ratio", value=read / parsed, unit="× icalendar"),
    ]


def _numbered(number: int) -> Invite:
    """No two alike, so that nothing is remembered from the one before."""
    made, later = invite(), timedelta(days=number)
    return replace(made, uid=f"{number}@example.org", start=made.start + later, end=made.end + later)


def _letters(invites: list[Invite]) -> list[Any]:
    program = load("six-month", own=None)
    chapter = Chapter(name="Elm", address=PROGRAM, sender_name="Elm", coordinator="office@example.net")
    effect = letters.sample_effect(program, program.prompt("invitation", "en"), "en")
    section = Section(prompt="invitation", pairing="p1", key="invitation", context=sample("mentee"))

    def one(made: Invite) -> bytes:
        whole = Effect(letter=effect.letter, sections=(section,), footer=effect.footer, invite=made)
        return letters.write(whole, program, chapter, _NOW, "Europe/Berlin").raw

    one(invites[0])
    return [lambda made=made: one(made) for made in invites[1:]]


def _bare(made: Invite) -> bytes:
    """The same event, as the library writes it: no time zone, no mail."""
    ical.calendar_part.cache_clear()
    from icalendar import Calendar, Event, vCalAddress

    event = Event()
    for name, value in (
        ("uid", made.uid),
        ("dtstamp", made.stamp),
        ("dtstart", made.start),
        ("dtend", made.end),
        ("summary", made.summary),
        ("description", made.description),
        ("location", made.place),
        ("sequence", made.sequence),
    ):
        event.add(name, value)
    event.add("organizer", vCalAddress(f"mailto:{ORGANIZER['organizer_address']}"))
    for attendee in made.attendees:
        event.add("attendee", vCalAddress(f"mailto:{attendee.address}"))
    calendar = Calendar()
    calendar.add("prodid", "-//x//y//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def _read(raw: bytes, own: Own) -> object:
    message = parse(raw, own)
    return read_calendar(message.calendar, sender=message.envelope.sender, sent=message.envelope.date)


def _calendars(answers: list[bytes], own: Own) -> list[bytes]:
    return [parse(raw, own).calendar[0] for raw in answers]


def _parsed(raw: bytes) -> object:
    from icalendar import Calendar

    return Calendar.from_ical(raw)


def _milliseconds(work: list[Any]) -> float:
    """The median of one call."""
    times = []
    for one in work:
        began = perf_counter()
        one()
        times.append(perf_counter() - began)
    return median(times) * 1000
