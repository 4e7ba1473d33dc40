"""What a message turned out to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

KINDS = ("reply", "auto_reply", "bounce", "calendar", "stop", "help", "own", "unsafe", "stray")


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the headers say; enough to find the letter that is answered.

    message_id: with its angle brackets, None when missing or malformed. fingerprint: hex sha256 of sender, date
    and body, or of the raw bytes less trace headers when there is no Message-ID. sender: the one sound From
    address, casefolded; None when there is not exactly one without defects. recipients: To, Cc, Delivered-To,
    X-Original-To, Envelope-To, casefolded. references: References and In-Reply-To ids with brackets, newest last.
    refs: `Ref` codes of the subject and of the *new* text. auth: "pass", "fail" or "unknown". date: UTC.
    """

    message_id: str | None
    fingerprint: str
    sender: str | None
    sender_name: str = ""
    defects: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    auth: str = "unknown"
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of the body with its label and the reason for it; the spans of a body cover it without a gap.

    label: "new", "quote", "attribution", "signature", "tagline", "banner", "disclaimer", "blank".
    start, end: character offsets into the body text.
    """

    label: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of newly written text. after: number of the quoted question that it stands under, None = under none.

    same_line: it stands on the question's own line. start: character offset into the body text.
    """

    text: str
    after: int | None = None
    same_line: bool = False
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A body taken apart. text: the newly written text, lines in order, stripped."""

    text: str
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Value:
    """An answer that was understood.

    value: plain JSON, as `coordinator read --json` prints it. evidence: the words it was read from.
    """

    value: Any
    evidence: str
    sure: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """Words that seem to answer but cannot be trusted. reason: for the writer, in plain words."""

    evidence: str
    reason: str
    guess: Any = None


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something said outside the questions: "fix", "goal_done", "goal_change", "goal_drop", "goal_order", "pause",
    "resume", "stop", "help", "contact", "minutes", "rhythm", "place", "every". words: as written; args: plain values.
    """

    name: str
    words: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CalendarReply:
    """What a calendar client answered. start, end: UTC, of the proposal in a COUNTER. stamp: DTSTAMP, else Date."""

    method: str
    uid: str
    attendee: str
    partstat: str
    sequence: int | None
    stamp: datetime | None
    start: datetime | None = None
    end: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnInvite:
    """An invitation that somebody sent themselves, or its cancellation. method: "REQUEST" or "CANCEL".

    organizer, people: addresses, casefolded. start, end: UTC.
    """

    method: str
    uid: str
    organizer: str
    people: tuple[str, ...]
    start: datetime
    end: datetime
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A returned mail. recipient: who could not be reached, "" when not said. hard: no point in trying again.

    status: "5.1.1" style, "" when not said. message_id: of our mail that came back, "" when not said.
    """

    recipient: str
    hard: bool
    status: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One message, read. text: the newly written text, None when there is none.

    answers: question number → what was said. back: the day an out-of-office states. problems: one line each.
    attachments: (name, bytes) that were named and never opened. answerable: False for what came by a list or a robot
    (RFC 3834 §2): it may have its effect, and no mail of ours asks or explains because of it. rest: the sentences that
    went into no answer and no command.
    """

    kind: str
    envelope: Envelope
    text: str | None = None
    cut: Cut | None = None
    language: str = "en"
    answers: Mapping[int, Value | Unclear] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
    calendar: CalendarReply | None = None
    own_invite: OwnInvite | None = None
    bounce: Bounce | None = None
    back: date | None = None
    problems: tuple[str, ...] = ()
    attachments: tuple[tuple[str, int], ...] = ()
    answerable: bool = True
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a reader of answers must know about the writer.

    language: BCP 47, "en" or "pt-BR". timezone: IANA. now: when the reply was written, else when it is read; UTC.
    words: language → tables, as `templates/words/<language>.toml` holds them. spoken: the language that they write
    just now, "" = their own.
    """

    language: str
    timezone: str
    now: datetime
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spoken: str = ""
