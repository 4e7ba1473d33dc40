"""The ways to get and to send mail: what each must be able to do, and which module knows how.

A backend is one module with a frozen `Settings` and `open_inbox` or `open_outbox`. It decides nothing and retries
nothing: it raises `BackendError` and says whether trying later can help. A module is imported when it is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, Self, cast

from coordinator.backends.crowd import First
from coordinator.errors import BackendError

if TYPE_CHECKING:
    from coordinator.core.effects import Invite

INBOXES = {
    "maildir": "coordinator.backends.maildir",
    "imap": "coordinator.backends.imap",
    "exchange": "coordinator.backends.exchange",
}
OUTBOXES = {
    "maildir": "coordinator.backends.maildir",
    "smtp": "coordinator.backends.smtp",
    "exchange": "coordinator.backends.exchange",
}
CALENDARS = {
    "exchange": "coordinator.backends.exchange",
}
BATCH_BYTES = 32_000_000
"""No batch holds more bytes of mail than this, unless it is a single mail."""

HEAD_BYTES = 65_536
"""How much of the headers is read of a mail that is too large."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One message as it lies in the mailbox, which was only looked at.

    handle: names it to `put_away`, for as long as this inbox is open. size: bytes, as the mailbox states it.
    raw: None when it is larger than was allowed; then `head` holds its headers. received: UTC, None = not told.
    fault: why there is no `raw`, where its size is not the reason.
    """

    handle: str
    size: int
    raw: bytes | None = field(repr=False)
    head: bytes = field(default=b"", repr=False)
    received: datetime | None = None
    fault: str = ""


class Inbox(Protocol):
    """A mailbox that mail comes into. Opening it logs in; LoginError when that is refused."""

    complete: bool
    """After `fetch` ran to its end: everything that is new was handed out. False after a cut or a failure."""

    def mark(self) -> str:
        """Where the mailbox stands now, to be kept for good and given to every `fetch`."""

    def fetch(
        self, *, mark: str, limit: int, largest: int, batch: int = 100, first: First | None = None
    ) -> Iterator[Sequence[Fetched]]:
        """Whatever came after `mark`, oldest first, read or unread, in batches; "" stands for "from the beginning".

        At most `limit` messages; when more wait, those that `first` prefers come before the others. Bodies over
        `largest` bytes stay where they are. BackendError ends it early; batches that were handed out before stand.
        """

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        """Move messages out of the inbox, all in one go, to "processed", "quarantine" or another folder.

        What is no longer in the inbox is passed over: a repeated call does no harm.
        """

    def append(self, folder: str, raw: bytes) -> None:
        """Put a copy of a mail into a folder ("sent", "snapshots"), as already read."""

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        """The same for many at once, which saves a server most of the work."""

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        """Which of these Message-IDs lie in a folder; slow, for the tick after one that died."""

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:
        """Everything in a folder ("inbox" is the inbox itself), whole; with `before`, what came before that day.

        Ask nothing else of this inbox until it ran to its end.
        """

    def remove(self, folder: str, handles: Sequence[str]) -> None:
        """Delete for good what `look` showed. What is gone already is passed over."""

    def prepare(self) -> None:
        """Make the folders that are missing, when a chapter is set up."""

    def idle(self, timeout: float) -> bool:
        """Wait up to so many seconds for something to come. False may come early; then ask again."""

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Outbox(Protocol):
    """A way for mail to go out. Opening it costs nothing; the first mail connects."""

    def prove(self) -> None:
        """Connect and log in without sending anything. LoginError or BackendError when a mail could not go out."""

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over one mail to one recipient. SendError when it was not accepted, or nobody knows."""

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a calendar knows of somebody's answer to a meeting. at: UTC. start, end: a time that they propose."""

    uid: str
    sequence: int
    address: str
    partstat: str
    at: datetime
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a calendar holds of our meetings to come. gone: UIDs of meetings that somebody deleted by hand."""

    responses: tuple[Response, ...] = ()
    gone: tuple[str, ...] = ()


class Calendar(Protocol):
    """A calendar whose server invites by itself. Opening it logs in; LoginError when that is refused."""

    def book(self, invite: "Invite") -> bool:
        """Make the meeting what the invite says, once: doing it again does nothing. The server tells the people.

        False when this meeting was begun by mail, so that it must go on by mail.
        """

    def kept(self, since: datetime) -> Kept:
        """What became of our meetings that end after this instant."""

    def busy(
        self, addresses: Sequence[str], start: datetime, end: datetime
    ) -> Mapping[str, tuple[tuple[datetime, datetime], ...]]:
        """When each of these people is taken, in UTC; nobody of whom the server knows nothing."""

    def rooms(self) -> Mapping[str, str]:
        """Rooms that meetings may be in: name to address."""

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


Scope = Literal["recipient", "server", "uncertain"]


class SendError(BackendError):
    """A mail that was not accepted.

    scope: "recipient" concerns this one mail; "server" concerns all of them, so stop sending; "uncertain": the
    connection broke after the mail was complete, so it may have been accepted. status: "5.1.1" style, "" = not said.
    """

    def __init__(self, text: str, *, scope: Scope, status: str = "", later: bool = True) -> None:
        super().__init__(text, later=later)
        self.scope = scope
        self.status = status


def open_inbox(name: str, settings: object) -> Inbox:
    """The inbox of that backend. KeyError for a name that `INBOXES` lacks."""
    return cast("Inbox", import_module(INBOXES[name]).open_inbox(settings))


def open_outbox(name: str, settings: object) -> Outbox:
    """The outbox of that backend. KeyError for a name that `OUTBOXES` lacks."""
    return cast("Outbox", import_module(OUTBOXES[name]).open_outbox(settings))


def open_calendar(name: str, settings: object) -> Calendar:
    """The calendar of that backend. KeyError for a name that `CALENDARS` lacks."""
    return cast("Calendar", import_module(CALENDARS[name]).open_calendar(settings))
