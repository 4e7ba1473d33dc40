"""One tick: read, decide, remember, send – in that order and no other, under a lock.

Whatever breaks, the mailbox keeps each message until its effect is remembered, and every letter has one name for good.
Heavy rooms (letters, calendar, the program) are imported only when there is something to do.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import chain

from coordinator.backends import Fetched
from coordinator.backends.marks import fitting
from coordinator.config import Settings
from coordinator.errors import UnreadableError
from coordinator.store import lock, open_store
from coordinator.store.meta import Side
from coordinator.tick.account import Account
from coordinator.tick.budget import within
from coordinator.tick.clock import clock_trouble
from coordinator.tick.copied import must_not_be_a_copy
from coordinator.tick.digest import digest
from coordinator.tick.doors import CRON, Doors, Options
from coordinator.tick.heartbeat import missed, watched
from coordinator.tick.kept import is_kept
from coordinator.tick.known import known_first
from coordinator.tick.ways import Ways

__all__ = ["Account", "Doors", "Options", "run", "tick"]

BATCH = 170
"""Messages that are remembered in one write and then put away in one go."""


def run(settings: Settings, now: datetime, options: Options = CRON, *, wait: float = 0) -> Account:
    """One tick over a chapter's folder and mailbox. wait: seconds to wait for the lock.

    BusyError when another tick holds the lock, or when it takes longer than `limits.seconds`; every other error
    leaves state and mailbox as they were.
    """
    with ExitStack() as stack:
        stack.enter_context(within(settings.limits.seconds))
        if options.dry:
            return _run(settings, now, options, stack)
        stack.enter_context(lock(settings.state, wait=wait))
        with watched(settings, now) as told:
            must_not_be_a_copy(settings, now)
            account = _run(settings, now, options, stack)
            told(account)
        return account


def _run(settings: Settings, now: datetime, options: Options, stack: ExitStack) -> Account:
    store = open_store(settings.state, now=now)
    store.check_room()
    ways = Ways(settings, stack)
    doors = Doors(
        settings=settings,
        store=store,
        inbox=ways.inbox,
        outbox=ways.outbox,
        calendar=ways.calendar,
        news=ways.news,
        missed="" if options.dry else missed(settings.folder),
    )
    try:
        return tick(doors, now, options)
    except UnreadableError as error:
        from coordinator.tick.broken import without_state

        raise without_state(doors, now, options, error) from None


def tick(doors: Doors, now: datetime, options: Options = CRON) -> Account:
    """The same with everything opened already; the caller holds the lock."""
    account = Account(now=now)
    side = doors.store.earliest()
    known = side or doors.store.load().meta
    jumped = clock_trouble(known.last_tick, now)
    if jumped and not options.confirm_gap:
        account.blocked = True
        account.news.append(jumped)
        account.news.extend(_foreseen(doors, known.last_tick, now))
        return account
    account.news.extend([doors.missed] if doors.missed else [])
    current = digest(doors.settings)
    limits = doors.settings.limits
    fetched = doors.inbox.fetch(
        mark=fitting(known.inbox_mark, doors.settings.inbox[0], lambda: doors.store.load().meta.created),
        limit=limits.messages,
        largest=limits.largest,
        batch=BATCH,
        first=known_first(doors.store.load, doors.settings.chapter.coordinator),
    )
    batches = iter(fetched)
    first = next(batches, None)
    has_work = (
        first
        or jumped
        or doors.missed
        or side is None
        or _is_due(side, current, now)
        or not is_kept(doors.settings, side)
    )
    if side is not None and not has_work:
        account.idle, account.due_next = True, side.due
        if not options.dry:
            doors.store.note_idle(now)
        return account
    from coordinator.tick.work import whole_tick

    arrived: Iterable[Sequence[Fetched]] = chain([first] if first else [], batches)
    return whole_tick(doors, arrived, account, options, digest=current, jumped=bool(jumped))


def _foreseen(doors: Doors, last: datetime | None, now: datetime) -> Iterator[str]:
    """What the tick would do by a clock that leapt ahead."""
    if last is not None and now > last:
        from coordinator.tick.foreseen import foreseen

        told = foreseen(doors.store.load(), now)
        yield from [told] if told else []


def _is_due(side: Side, current: str, now: datetime) -> bool:
    """current: the digest of what the state was decided by, as it is now."""
    return side.digest != current or (side.due is not None and side.due <= now)
