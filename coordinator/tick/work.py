"""A tick that has something to do: its steps in their one order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coordinator import programs
from coordinator.backends import Fetched, Inbox, Outbox
from coordinator.config import Settings
from coordinator.errors import ConfigurationError
from coordinator.store import Store
from coordinator.tick.account import Account
from coordinator.tick.alerts import alert
from coordinator.tick.clock import clock_trouble
from coordinator.tick.inward import take_in
from coordinator.tick.onward import look_again, move_on, tidy
from coordinator.tick.outward import recover, rehearse, send_all
from coordinator.tick.remembered import vanished
from coordinator.tick.round import Round


@dataclass(frozen=True, kw_only=True)
class Doors:
    """The chapter with its store and mailboxes opened."""

    settings: Settings
    store: Store
    inbox: Inbox
    outbox: Outbox


def whole_tick(
    doors: Doors,
    batches: Iterable[Sequence[Fetched]],
    account: Account,
    digest: str,
    *,
    dry: bool = False,
    confirm_gap: bool = False,
    rehearse_to: str = "",
) -> Account:
    """Load, recover, take in, move on, send, tell.

    Nothing is decided from silence when the inbox was not read to its end, or when the clock cannot be trusted.
    """
    settings = doors.settings
    program = programs.load(settings.program, own=settings.templates)
    work = doors.store.load().fork() if dry else doors.store.load()
    missing = vanished(program, work) if work.meta.digest != digest else ()
    if missing:
        raise ConfigurationError(*missing)
    round_ = Round(settings=settings, program=program, work=work, now=account.now, account=account, dry=dry)
    recover(round_)
    if work.meta.digest != digest:
        look_again(round_)
    trouble = clock_trouble(work.meta.last_tick, account.now, confirmed=confirm_gap)
    take_in(round_, doors.inbox, batches)
    if trouble:
        account.news.append(trouble)
        account.blocked = True
    elif doors.inbox.complete and account.trouble is None:
        move_on(round_)
    # A clock that is in doubt stays in doubt until it is right again, or a human confirms it.
    last = work.meta.last_tick
    is_later = last is None or confirm_gap or account.now > last
    work.with_meta(digest=digest, last_tick=account.now if is_later and not trouble else last)
    alert(round_)
    tidy(round_)
    round_.commit()
    if rehearse_to:
        rehearse(round_, doors.outbox, rehearse_to)
    elif not dry:
        send_all(round_, doors.outbox, doors.inbox)
    side = doors.store.earliest()
    account.due_next = side.due if side else None
    return account
