"""The chapter that runs a program; alone in here, because a tick with nothing to do needs it and no record."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something for everybody: a conference, a circle. id: its name for good. start, end: UTC. place: or a link."""

    id: str
    title: str
    start: datetime
    end: datetime
    timezone: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """The chapter that runs the program, as letters and decisions need to know it.

    address: the program's mailbox. coordinator: where alerts go. quiet_from, quiet_until: local wall hours between
    which nothing is sent (21, 7). summary_weekday: 0 = Monday. secret: key of tokens and ids, never shown.
    older: the keys before it, newest first.
    pdf: whether certificates and service letters go out as PDF.
    closed: days on which nobody is asked to meet, in order. events: what pairs may attend together.
    """

    name: str
    address: str
    sender_name: str
    coordinator: str
    timezone: str = "UTC"
    language: str = "en"
    quiet_from: int = 20
    quiet_until: int = 8
    summary_weekday: int = 0
    plus_addressing: bool = True
    pdf: bool = False
    closed: tuple[date, ...] = ()
    events: tuple[Event, ...] = ()
    secret: bytes = field(default=b"", repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def lasting(self) -> bytes:
        """The first key there was: for names that must stay the same, and that nobody gains by guessing."""
        return self.older[-1] if self.older else self.secret
