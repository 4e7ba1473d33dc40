"""A pair of the six-month program in the middle of its season, for what happens around one meeting."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from coordinator import programs
from coordinator.core.effects import Effect
from coordinator.core.program import Program
from coordinator.core.reading import CalendarReply, Cut, Piece
from coordinator.core.records import Meeting
from tests.core.situations import Season, pairing, person


@cache
def program() -> Program:
    return programs.load("six-month", own=None)


def six_months(**changes) -> Season:
    """Mona mentors Maya, Adam is their advisor; all three in Berlin."""
    people = (
        person("u1", "Mona", roles=("mentor",)),
        person("u2", "Maya", roles=("mentee",)),
        person("u3", "Adam", roles=("advisor",)),
    )
    zone = changes.pop("zone", "Europe/Berlin")
    chapter = changes.pop("chapter", {})
    season = Season(program(), [replace(p, timezone=zone) for p in people], [pairing(**changes)])
    season.chapter = replace(season.chapter, **chapter)
    return season


def invited(**changes) -> Season:
    """The same on the sixth day: nobody picked a time, and both have the invitation to the first meeting."""
    season = six_months(**changes)
    season.pass_days(6)
    return season


def meeting(season: Season, place: int = 0) -> Meeting:
    return season.pair().meetings[place]


def invitation(season: Season, to: str) -> Effect:
    """The newest one with a calendar part that they got."""
    return [e for _, e in season.sent if e.invite and e.letter.recipient == to][-1]


def click(season: Season, who: str, partstat: str, **more):
    """What their calendar answers to their newest invitation."""
    effect = invitation(season, who)
    name = {"u1": "mona", "u2": "maya"}[who]
    said = {
        "method": "REPLY",
        "uid": effect.invite.uid,
        "attendee": f"{name}@example.org",
        "partstat": partstat,
        "sequence": effect.invite.sequence,
        "stamp": season.now - timedelta(hours=9) + timedelta(minutes=len(season.effects)),
    }
    commands = more.pop("commands", ())
    reply = CalendarReply(**{**said, **more})
    return season.reply(effect, kind="calendar", calendar=reply, commands=commands, again=season.now.isoformat())


def say(season: Season, effect: Effect, text: str, answers=None, **more):
    """A plain reply."""
    cut = Cut(text=text, spans=(), pieces=(Piece(text=text),))
    return season.reply(effect, answers or {}, text=text, cut=cut, **more)


def letter(season: Season, prompt: str, to: str) -> Effect:
    """The newest with that prompt to them."""
    return season.letters(prompt, to)[-1]


def slot(effect: Effect, place: int = 0) -> list[dict[str, str]]:
    question = next(q for q in effect.letter.questions if q.slots)
    start, end = question.slots[place]
    return [{"start": start.isoformat(), "end": end.isoformat()}]
