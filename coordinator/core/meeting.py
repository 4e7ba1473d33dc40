"""What is remembered of meetings, calls, and every other contact of two people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

KINDS = ("meeting", "extra", "event", "how-are-we", "evaluation", "call")
"""What a meeting is: one of the rhythm; one beside it; an event of the program; a talk about the talks themselves; the
look back; a call with an advisor. Only the first kind moves the rhythm on."""

MINUTE = "%Y%m%dT%H%MZ"
"""How an instant stands in a key."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Another time that one of those invited proposed. by: their id. start, end: UTC. at: when they said it.

    turn: 1 for the first proposal, 2 for the other's answer to it; there is no third.
    """

    by: str
    start: datetime
    end: datetime
    at: datetime
    turn: int = 1

    @property
    def name(self) -> tuple[str, int, str]:
        """What names it in a key: the time, the turn, and when it was said, since it may be said again."""
        start, at = (each.astimezone(UTC).strftime(MINUTE) for each in (self.start, self.at))
        return start, self.turn, at


@dataclass(frozen=True, kw_only=True)
class Free:
    """When somebody can meet, week by week: on a weekday (0 = Monday) between two minutes of their own day.

    until: from then on it is too old to rely on.
    """

    weekday: int
    begin: int
    end: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One meeting, one UID.

    ordinal: assigned once, whatever the kind. start, end: UTC. zone: the wall clock it was agreed on; wall: what that
    clock shows as it begins ("2026-12-08T12:00"), "" where only the instant is known. partstats: participant id →
    "NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE". stamps: participant id → (SEQUENCE, DTSTAMP) of the
    newest answer that counted. booked: when this SEQUENCE was settled. minutes: how long it was.
    status: "invited", "cancelled", "held", "missed" or "unknown".

    kind: one of KINDS. title: of an event; event: its name in the configuration. attendees: ids of all who are invited,
    () = the two of the pairing; removed: those who were, and are not any more. organizer: id of the one of them who
    sent the invitation themselves, "" = we.
    counter: a time that waits for the other's word; refused: the last one that the other said no to. shorter: id → what
    each would rather do than miss it ("minutes", "phone", "email", "other"); shortened: what both agreed on, "" = not.
    postponed: how often it was put off.
    """

    ordinal: int
    uid: str
    start: datetime
    end: datetime
    zone: str
    sequence: int = 0
    place: str = ""
    partstats: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    status: str = "invited"
    minutes: int | None = None
    agenda: tuple[str, ...] = ()
    booked: datetime
    kind: str = "meeting"
    title: str = ""
    event: str = ""
    wall: str = ""
    attendees: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    organizer: str = ""
    counter: Counter | None = None
    refused: Counter | None = None
    shorter: Mapping[str, str] = field(default_factory=dict)
    shortened: str = ""
    postponed: int = 0


@dataclass(frozen=True, kw_only=True)
class Contact:
    """That the two were in touch. kind: "meeting", "call", "email", "text". minutes: None when not said."""

    at: datetime
    kind: str
    minutes: int | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A talk that needs a time, with or without a pairing: with an advisor at a gate, or now and then.

    key: its name for good, given by whoever wanted it. about: a key of the words `[calls]`. people: ids; the first of
    them, whose record holds it, is offered three times. pairing: "" = none. rounds: how often times were offered.
    meeting: once there is a time; its ordinal is 1. closed: "", "held", "missed", "withdrawn", or "stuck": no time was
    found in two rounds, and a human must look. place: where, such as a number to ring.
    """

    key: str
    about: str
    people: tuple[str, ...]
    wanted: datetime
    minutes: int = 15
    pairing: str = ""
    rounds: int = 0
    meeting: Meeting | None = None
    closed: str = ""
    place: str = ""
