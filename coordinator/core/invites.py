"""From a meeting to its entry in a calendar: what stands in it, the same bytes for both."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from coordinator.core.context_meeting import described
from coordinator.core.effects import Attendee, Chapter, Invite
from coordinator.core.endings.agenda import more_points
from coordinator.core.first_items import carried
from coordinator.core.hours import when
from coordinator.core.moments import Situation
from coordinator.core.places import number_of
from coordinator.core.program import Program
from coordinator.core.records import Meeting, Participant

METHODS: Mapping[str, str] = {"cancel": "CANCEL", "refuse": "DECLINECOUNTER"}
EVERY_THIRD = 3
"""So often a meeting begins with how the two get on (AAHA-23)."""


def invite_of(where: Situation, meeting: Meeting, kind: str, now: datetime, *, to: str = "") -> Invite:
    """The calendar part; nothing in it is for one reader only, but the answer to a proposal of theirs."""
    people = _people(where, meeting)
    words = event_words(where)
    is_gone = kind == "cancel" and to in meeting.removed
    invited = [where.person(to)] if is_gone or kind == "refuse" else people
    return Invite(
        method=METHODS.get(kind, "REQUEST"),
        uid=meeting.uid,
        sequence=meeting.sequence,
        start=meeting.start,
        end=meeting.end,
        zone=meeting.zone,
        stamp=now,
        place=meeting.place or str(words["no_place"]),
        summary=_summary(where, meeting, people, words),
        description=_description(where, meeting, people, words),
        attendees=tuple(
            Attendee(name=p.name, address=p.address, partstat=meeting.partstats.get(p.id, "NEEDS-ACTION"))
            for p in invited
        ),
        goes_on=is_gone,
        comment=why_not(meeting, words, where.chapter.language) if kind == "refuse" else "",
    )


def _people(where: Situation, meeting: Meeting) -> list[Participant]:
    ids = meeting.attendees or (where.pairing.mentee, where.pairing.mentor)
    return [where.person(id_) for id_ in ids]


def _summary(where: Situation, meeting: Meeting, people: list[Participant], words: Mapping[str, Any]) -> str:
    names = " & ".join(person.first_name for person in people[:2])
    what = meeting.title or (words["kinds"].get(meeting.kind) if meeting.kind != "meeting" else "")
    return f"{names}: {what or where.program.title}"


def why_not(meeting: Meeting, words: Mapping[str, Any], language: str) -> str:
    """What a DECLINECOUNTER says to its reader; "" where no proposal was refused."""
    refused = meeting.refused
    if refused is None:
        return ""
    proposed = when(refused.start, meeting.zone, language)
    return str(words["stays"]).format(proposed=proposed, when=when(meeting.start, meeting.zone, language))


def _description(where: Situation, meeting: Meeting, people: list[Participant], words: Mapping[str, Any]) -> str:
    """Agenda with the last item of every meeting (ACHE-44), everybody's local time, the place, how to answer."""
    lines = [*_agenda(where, meeting, words), ""]
    lines += [f"{person.first_name}: {described(where, meeting, person)['when']}" for person in people]
    return "\n".join((*lines, *where_at(meeting, words), "", str(words["answer"])))


def where_at(meeting: Meeting, words: Mapping[str, Any]) -> tuple[str, ...]:
    """The agreed place or link once more: several calendars make only the description's links ones to click."""
    return (str(words["place"]).format(place=meeting.place),) if meeting.place else ()


def _agenda(where: Situation, meeting: Meeting, words: Mapping[str, Any]) -> Iterator[str]:
    if meeting.kind != "meeting":
        about = words["about"].get(meeting.kind)
        yield meeting.title or str(words["kinds"].get(meeting.kind, where.program.title))
        yield from [about] if about else []
        return
    number = number_of(where.pairing, meeting)
    yield str(words["meeting"]).format(number=number)
    yield ""
    known = words["first"] if number == 1 else carried(where, where.chapter.language)
    items = meeting.agenda or (() if number == 1 else (words["no_agenda"],))
    together = [words["how_are_we"]] if number % EVERY_THIRD == 0 and words["how_are_we"] else []
    points = (*together, *items, *known, *more_points(where, meeting, words), words["last"])
    yield from (f"- {item}" for item in points)


def event_words(where: Situation) -> Mapping[str, Any]:
    """The table `[event]` of the chapter's language, English where that has none."""
    return words_of_entries(where.program, where.chapter)


def words_of_entries(program: Program, chapter: Chapter) -> Mapping[str, Any]:
    tables = program.words
    table: Mapping[str, Any] = tables.get(chapter.language.split("-")[0], {}).get("event", {})
    return {**_EVENT, **tables.get("en", {}).get("event", {}), **table}


_EVENT: Mapping[str, Any] = {
    "meeting": "{number}",
    "first": (),
    "no_agenda": "–",
    "last": "–",
    "answer": "",
    "no_place": "",
    "place": "{place}",
    "how_are_we": "",
    "stays": "{when}",
    "going_on": "",
    "kinds": {},
    "about": {},
}
"""What stands in for a program without words."""
