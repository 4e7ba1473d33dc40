"""One tick: read, decide, remember, send – in that order and no other, under a lock.

Whatever breaks, the mailbox keeps each message until its effect is remembered, and every letter has one name for good.
Heavy rooms (letters, calendar, the program) are imported only when there is something to do.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import chain

from coordinator.backends import Calendar, Fetched, Inbox, Outbox
from coordinator.config import Settings
from coordinator.store import Store, lock, open_store
from coordinator.tick.account import Account
from coordinator.tick.budget import within
from coordinator.tick.clock import clock_trouble
from coordinator.tick.digest import digest
from coordinator.tick.ways import Ways

__all__ = ["Account", "run", "tick"]

BATCH = 250
"""Messages that are remembered in one write and then put away in one go."""


def run(
    settings: Settings,
    now: datetime,
    *,
    dry: bool = False,
    confirm_gap: bool = False,
    any_volume: bool = False,
    rehearse_to: str = "",
    wait: float = 0,
) -> Account:
    """One tick over a chapter's folder and mailbox. dry: decides everything, writes and sends nothing.

    any_volume: today may bring more mails than the roster makes likely. confirm_gap: the clock is right although it
    jumped since the last tick. rehearse_to: with `dry`, sends the letters to that one address. wait: seconds to wait
    for the lock. BusyError when another tick holds the lock, or
    when it takes longer than `limits.seconds`; every other error leaves state and mailbox as they were.
    """
    with ExitStack() as stack:
        stack.enter_context(within(settings.limits.seconds))
        if not dry:
            stack.enter_context(lock(settings.state, wait=wait))
        store = open_store(settings.state, now=now)
        store.check_room()
        ways = Ways(settings, stack)
        return tick(
            settings,
            store,
            ways.inbox,
            ways.outbox,
            now,
            dry=dry,
            confirm_gap=confirm_gap,
            any_volume=any_volume,
            rehearse_to=rehearse_to,
            apart=True,
            calendar=ways.calendar,
            news=ways.news,
        )


def tick(
    settings: Settings,
    store: Store,
    inbox: Inbox,
    outbox: Outbox,
    now: datetime,
    *,
    dry: bool = False,
    confirm_gap: bool = False,
    any_volume: bool = False,
    rehearse_to: str = "",
    apart: bool = False,
    calendar: Callable[[], Calendar | None] = lambda: None,
    news: Sequence[str] = (),
) -> Account:
    """The same with everything opened already; the caller holds the lock.

    calendar: opens the one that invites by itself, None = invitations go by mail. news: lines for the coordinator.

    apart: messages are read by a worker process, so that one which breaks or stalls its reader costs only itself.
    """
    account = Account(now=now)
    side = store.earliest()
    known = side or store.load().meta
    jumped = clock_trouble(known.last_tick, now)
    if jumped and not confirm_gap:
        account.blocked = True
        account.news.append(jumped)
        return account
    current = digest(settings)
    limits = settings.limits
    batches = iter(inbox.fetch(mark=known.inbox_mark, limit=limits.messages, largest=limits.largest, batch=BATCH))
    first = next(batches, None)
    is_due = side is None or side.digest != current or (side.due is not None and side.due <= now)
    if not first and not is_due and side is not None and not jumped:
        account.idle, account.due_next = True, side.due
        if not dry:
            store.note_idle(now)
        return account
    from coordinator.tick.work import Doors, whole_tick

    arrived: Iterable[Sequence[Fetched]] = chain([first] if first else [], batches)
    doors = Doors(settings=settings, store=store, inbox=inbox, outbox=outbox, calendar=calendar, news=news)
    return whole_tick(
        doors,
        arrived,
        account,
        current,
        dry=dry,
        jumped=bool(jumped),
        any_volume=any_volume,
        rehearse_to=rehearse_to,
        apart=apart,
    )
