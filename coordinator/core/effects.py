"""What is to be done: decisions, and the letters they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coordinator.core.chapter import Chapter
from coordinator.core.records import Letter, Record

__all__ = ["Attendee", "Chapter", "Decision", "Draft", "Effect", "Invite", "Section"]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One prompt inside a letter. context: plain values that the recipient may see, nothing else.

    nudge: it was asked before; the layout says so. key: the prompt's key.
    """

    prompt: str
    pairing: str
    key: str
    context: Mapping[str, Any] = field(default_factory=dict)
    nudge: bool = False


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody invited. partstat: "NEEDS-ACTION", "ACCEPTED", "DECLINED" or "TENTATIVE"."""

    name: str
    address: str
    partstat: str = "NEEDS-ACTION"


@dataclass(frozen=True, kw_only=True)
class Invite:
    """One VEVENT. method: "REQUEST", "CANCEL" or "DECLINECOUNTER". start, end, stamp: UTC. zone: IANA name.

    goes_on: a CANCEL for one person, while the others still meet. comment: why a proposal was declined.
    """

    method: str
    uid: str
    sequence: int
    start: datetime
    end: datetime
    zone: str
    stamp: datetime
    summary: str
    description: str
    place: str
    attendees: tuple[Attendee, ...]
    goes_on: bool = False
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A letter to be written and sent; `letter.id` is its key for good.

    receipts: lines of what was recorded that this letter tells as well. footer: plain values for the layout
    ("why", "advisor_name", "advisor_address", "who_sees"). invite: the calendar part, None = an ordinary mail.
    attachments: (file name, media type, bytes). papers: prompts that are attached as printable pages.
    urgent: marked so for mail programs.
    beside: (name, address) of those who stand in its To line and get a letter of their own.
    """

    letter: Letter
    sections: tuple[Section, ...]
    receipts: tuple[str, ...] = ()
    footer: Mapping[str, Any] = field(default_factory=dict)
    invite: Invite | None = None
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    papers: tuple[Section, ...] = ()
    urgent: bool = False
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What `receive` and `advance` come to. changes: whole new records, each with its version raised by one."""

    changes: tuple[Record, ...] = ()
    effects: tuple[Effect, ...] = ()
    outcome: str = "done"
    """Of a message: "applied", "held", "quarantined", "bounce", "ignored", "unconfirmed"; of a moment: "done"."""
    confirmed: tuple[str, ...] = ()
    """Ids of held messages whose writer said that they were understood."""
    about: str = ""
    """The pairing that those are about, where their writer was asked which."""
    denied: tuple[str, ...] = ()
    """Ids of held messages whose writer said that they were not: a human looks."""
    exports: tuple[str, ...] = ()
    """Ids of people who are to get a copy of what is stored of them."""
    reason: str = ""
    """Of a message that is held or quarantined: one sentence without a word of it."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter, written. raw: the bytes to send, CRLF. text: its text part. beside: words of the HTML part alone."""

    letter: Letter
    raw: bytes
    text: str
    beside: str = ""
    at: datetime | None = None

    @property
    def quotable(self) -> str:
        """Everything that a reply may quote: what it is aligned with."""
        return f"{self.text}\n{self.beside}" if self.beside else self.text
