"""What was asked and what was answered: the same whether it was about a pairing, a match or one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coordinator.core.program import Field


@dataclass(frozen=True, kw_only=True)
class Question:
    """A field as it was asked in one letter.

    number: what the letter shows. pairing: whose it is – a pairing's id, a match's id, or "" for a question to one
    person about themselves. key: the prompt's key. field.ask: final text.
    slots: (start, end) in UTC, in the order offered. goals: (number, text) of the goals listed.
    """

    number: int
    pairing: str
    prompt: str
    key: str
    field: Field
    slots: tuple[tuple[datetime, datetime], ...] = ()
    goals: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was understood of a reply, waiting to be told to its writer.

    key: its name for good. letter: the key of the letter that was answered, "" = none. pairing: "" = of none.
    lines: one a fact, nothing but what the writer may see; the first of them tell the answers to `told`, in order.
    unclear: questions to be asked once more. open: questions that were understood and still lack something.
    due: told alone from then on, sooner with any other mail.
    """

    key: str
    letter: str
    pairing: str
    at: datetime
    due: datetime
    lines: tuple[str, ...] = ()
    told: tuple[Question, ...] = ()
    unclear: tuple[Question, ...] = ()
    open: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody said to one question: one entry per prompt key, field and person, the newest counts.

    value: plain JSON, as `coordinator read --json` prints it. visibility: as asked, or lowered by the writer.
    """

    key: str
    prompt: str
    field: str
    by: str
    at: datetime
    value: Any
    visibility: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A prompt that was put to one person. key: its name for good, without "/nudge-…".

    sent: when its letter was accepted for sending (None = not yet, so silence does not count).
    letter: the key of the letter that asked first. fields: names still unanswered. nudges: reminders decided so far.
    closed: answered, expired or withdrawn.
    """

    key: str
    prompt: str
    stage: str
    recipient: str
    at: datetime
    sent: datetime | None = None
    fields: tuple[str, ...] = ()
    nudges: int = 0
    letter: str = ""
    unclear: Mapping[str, int] = field(default_factory=dict)
    closed: datetime | None = None
