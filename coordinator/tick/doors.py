"""What a tick is given: the chapter with its mailboxes opened, and how it is to run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coordinator.backends import Calendar, Inbox, Outbox
from coordinator.config import Settings
from coordinator.store import Store


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a tick is to run.

    dry: decides everything, writes and sends nothing. confirm_gap: the clock is right although it jumped since the
    last tick. any_volume: today may bring more mails than the roster makes likely. rehearse_to: with `dry`, sends the
    letters to that one address. apart: messages are read by worker processes, so that one which breaks or stalls its
    reader costs only itself.
    """

    dry: bool = False
    confirm_gap: bool = False
    any_volume: bool = False
    rehearse_to: str = ""
    apart: bool = True


CRON = Options()
"""As cron starts it."""


@dataclass(frozen=True, kw_only=True)
class Doors:
    """The chapter with its store and mailboxes opened. calendar: opens it, None = invitations go by mail.

    news: what a human must know of how they were opened; it may grow. missed: of the runs before this one.
    """

    settings: Settings
    store: Store
    inbox: Inbox
    outbox: Outbox
    calendar: Callable[[], Calendar | None] = lambda: None
    news: Sequence[str] = ()
    missed: str = ""
