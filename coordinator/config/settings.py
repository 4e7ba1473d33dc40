"""What a chapter decided: values only, already checked."""

from dataclasses import dataclass, field
from pathlib import Path

from coordinator.backends.oauth import Grant
from coordinator.core.chapter import Chapter


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one tick does at most; the rest waits for the next. largest: bytes of a mail. seconds: of the whole tick."""

    messages: int = 2000
    largest: int = 10_000_000
    letters: int = 2000
    seconds: int = 600


@dataclass(frozen=True, kw_only=True)
class Sending:
    """copies: whether a copy of each sent mail is put into the mailbox, where a person can look it up.

    hold_uncertain: kinds of letters that wait for a human when nobody knows whether they arrived; others go again.
    """

    copies: bool = True
    hold_uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """trusted_authserv_ids: servers whose Authentication-Results (RFC 8601) are believed; none = nobody's are."""

    trusted_authserv_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Retention:
    """After so many days what was kept goes by itself; 0 = never.

    mail: what was read and sent, in the mailbox. quarantine: what was put aside there. words: what somebody answered,
    counted from the end of the pairing; dates and numbers stay. state: whether the mailbox holds the state, too.
    """

    mail: int = 90
    quarantine: int = 30
    words: int = 365
    state: bool = True


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """holidays: calendar files with days off, from the chapter's folder. countries: the same from the package
    `holidays`. feeds: a folder for one calendar file per person, to be published or synchronized; "" = none.
    """

    holidays: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    feeds: str = ""


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """url: called after each tick with its counts, so that somebody notices when none comes any more; "" = nobody."""

    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A chapter, ready to run.

    inbox, outbox: (backend, its Settings), as `open_inbox` and `open_outbox` take them; other_inbox, other_outbox: when
    Exchange is refused, None = none. calendar: whose server invites by itself, None = invitations go by mail.
    program: a folder's name. templates: the chapter's own, which come first; state: what the store keeps. Neither
    folder needs to exist.
    grant: how access tokens are got, None = nobody needs one. digest: hex, other when anything in `config.toml` is.
    """

    folder: Path
    program: str
    chapter: Chapter
    inbox: tuple[str, object]
    outbox: tuple[str, object]
    limits: Limits = field(default_factory=Limits)
    sending: Sending = field(default_factory=Sending)
    reading: Reading = field(default_factory=Reading)
    meetings: Meetings = field(default_factory=Meetings)
    other_inbox: tuple[str, object] | None = None
    other_outbox: tuple[str, object] | None = None
    calendar: tuple[str, object] | None = None
    retention: Retention = field(default_factory=Retention)
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    grant: Grant | None = None
    digest: str = ""

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def sent_copies(self) -> bool:
        return self.sending.copies

    @property
    def trusted_authserv_ids(self) -> tuple[str, ...]:
        return self.reading.trusted_authserv_ids
