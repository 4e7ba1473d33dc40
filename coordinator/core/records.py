"""What a cohort remembers: participants, pairings, letters, and what waits.

Each record is a whole value with a version; the store puts a new version in place of the one before or
refuses it as stale. Instants are aware and in UTC; dates and rhythms are what people agreed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.core.care import Care, Numbered
from coordinator.core.goal import Goal, Measure, Skill, Step
from coordinator.core.match import Candidate, Match, Seat
from coordinator.core.meeting import Call, Contact, Counter, Free, Meeting
from coordinator.core.questions import Answer, Asked, Question, Receipt
from coordinator.core.version import Reached, Version

__all__ = [
    "Answer",
    "Asked",
    "Call",
    "Candidate",
    "Consent",
    "Contact",
    "Counter",
    "Free",
    "Goal",
    "Held",
    "Letter",
    "Match",
    "Measure",
    "Meeting",
    "Pairing",
    "Participant",
    "Question",
    "Reached",
    "Receipt",
    "Record",
    "Seat",
    "Skill",
    "Step",
    "Version",
]


@dataclass(frozen=True, kw_only=True)
class Consent:
    """That somebody agreed to take part. text: the version of the text they agreed to. how: "import", "reply"."""

    text: str
    at: datetime
    how: str


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody on the roster.

    address: casefolded; aliases: further registered addresses. roles: what they may be ("mentor", "mentee",
    "advisor", "coordinator"). status: "active", "paused", "stopped" (no more mail) or "unreachable" (hard bounces).
    paused_until: None while paused means until they say so. leave: a break to come, its first day and the day on which
    it is over (None = none is to come). away_until: an auto-reply said so.
    written: when we last sent them a mail they had not asked for (None = never).
    due: when something of their own is next due (advisor's summary, a receipt); None = nothing.
    bounces: instants of returned mail, newest last. waiting_since: they wait for a partner since then (None = they do
    not); whoever lost one through no fault of theirs keeps the day they began and so stands at the head of the queue.
    calls: talks with an advisor that they are to find a time for. free: when they said that they can meet.
    invited: since when an invitation to take part is due to them (None = nobody invited them). seats: the roles that
    they asked to take. asked, answers: of prompts to them alone, that belong to no pairing.
    care: what their advisors look after, or what they did themselves.
    """

    id: str
    version: int = 0
    address: str
    first_name: str
    last_name: str = ""
    roles: tuple[str, ...] = ()
    timezone: str = ""
    language: str = ""
    aliases: tuple[str, ...] = ()
    consent: Consent | None = None
    status: str = "active"
    paused_until: datetime | None = None
    leave: tuple[date, date] | None = None
    away_until: datetime | None = None
    written: datetime | None = None
    answered: datetime | None = None
    waiting_since: datetime | None = None
    due: datetime | None = None
    bounces: tuple[datetime, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    calls: tuple[Call, ...] = ()
    free: tuple[Free, ...] = ()
    profile: Mapping[str, str] = field(default_factory=dict)
    invited: datetime | None = None
    seats: tuple[Seat, ...] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    care: Care = field(default_factory=Care)
    decided: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.address, *self.aliases)

    @property
    def pools(self) -> tuple[str, ...]:
        """What somebody may be asked to be: what they took a seat as, an advisor; or "applicant", while one decides."""
        found = [s.role if s.state == "open" else "applicant" for s in self.seats if s.state in ("open", "held")]
        return (*found, *(r for r in self.roles if r == "advisor"))

    @property
    def intake(self) -> str:
        """The group that they came with, such as "pilot-1": the column `cohort`, or a form's answer; "" = none."""
        return " ".join(self.profile.get("cohort", "").split())

    def seat(self, role: str) -> Seat | None:
        """The seat in that role, None when they never asked for it."""
        return next((s for s in self.seats if s.role == role), None)


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """A mentor, a mentee and their advisors.

    start: the day it began. end: the day it ends by. status: "active", "paused", "ended".
    ending: why it ends before its day: "asked" (one of the two wanted it), "left" (one is gone), "" = it does not.
    reason: of `endings.options.REASONS`, counted and never told; "" = none was given. renewals: how often it was
    prolonged. aftercare: participant id → months between two letters after the end that they want, 0 = none.
    terms: what the pair agreed in place of the program's defaults ("rhythm", "minutes", "every", "place", "timezone",
    and the clauses of `core.agreement.clauses`). proposals: term → who → what they want, until both agree.
    agreement: every version, newest last. phases: of a program that has them, newest last.
    blocked: why nothing goes on until an advisor says so ("conflict of interest"), "" = nothing blocks.
    decided: every key that was ever decided → when. due: when something is next due, None = nothing more.
    group: the id of the first pairing of those that share this mentor and talk together, "" = it is by itself.
    source: how the two found each other: "program-match", "self-found", "" = brought together by hand.
    """

    id: str
    version: int = 0
    mentor: str
    mentee: str
    advisors: tuple[str, ...] = ()
    start: date
    end: date
    status: str = "active"
    terms: Mapping[str, str] = field(default_factory=dict)
    proposals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    agreement: tuple[Version, ...] = ()
    goals: tuple[Goal, ...] = ()
    skills: tuple[Skill, ...] = ()
    phases: tuple[Reached, ...] = ()
    blocked: str = ""
    meetings: tuple[Meeting, ...] = ()
    contacts: tuple[Contact, ...] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    care: Care = field(default_factory=Care)
    decided: Mapping[str, datetime] = field(default_factory=dict)
    due: datetime | None = None
    ended: datetime | None = None
    ending: str = ""
    reason: str = ""
    renewals: int = 0
    aftercare: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    group: str = ""

    def role_of(self, participant: str) -> str | None:
        """ "mentor", "mentee", "advisor", or None for somebody outside the pairing."""
        if participant == self.mentor:
            return "mentor"
        if participant == self.mentee:
            return "mentee"
        return "advisor" if participant in self.advisors else None

    def partner_of(self, participant: str) -> str:
        """The other of the two. ValueError for somebody who is neither."""
        if participant == self.mentor:
            return self.mentee
        if participant == self.mentee:
            return self.mentor
        raise ValueError(f"{participant} is neither mentor nor mentee of {self.id}")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One email of ours to one person, kept so that its answer can be read against what was asked.

    id: the effect's key. token: 26 characters, in the Reply-To plus-address. ref: 8 characters, finds but never
    proves. purpose: "prompt", "nudge", "receipt", "calendar", "summary", "alert", "help", "relay", "notice", "care".
    keys: keys of the prompts inside. state: "queued", "sending", "sent", "uncertain", "dead", "withdrawn".
    segment, offset, length: where the frozen bytes stand. sent: accepted for sending. closes: answerable until.
    uid: the meeting it invites to, "" when none. attempts, retry: sending so far and when next.
    told: the questions whose answers it repeats, by the numbers it gives them: what `fix 2: …` is read against.
    items: the lines that an advisor may answer by number.
    """

    id: str
    version: int = 0
    token: str
    ref: str
    message_id: str
    recipient: str
    address: str
    purpose: str
    subject: str = ""
    language: str = "en"
    keys: tuple[str, ...] = ()
    pairings: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    at: datetime
    closes: datetime | None = None
    state: str = "queued"
    sent: datetime | None = None
    attempts: int = 0
    retry: datetime | None = None
    segment: str = ""
    offset: int = 0
    length: int = 0
    uid: str = ""
    told: tuple[Question, ...] = ()
    items: tuple[Numbered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Held:
    """A message that waits for a human. reason: one sentence without a word of the message.

    file: the copy of its bytes in the chapter folder. letter: the letter it seems to answer, "" = none.
    """

    id: str
    version: int = 0
    sender: str
    received: datetime
    reason: str
    file: str
    letter: str = ""
    state: str = "waiting"
    quarantined: bool = False


Record = Participant | Pairing | Match | Letter | Held
