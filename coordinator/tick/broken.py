"""A tick whose state or `config.toml` cannot be read: calls for help are heard as far as that goes, and nothing else.

Without the state, who is who and whom to tell comes from the copy that the mailbox keeps. It is put into a folder of
its own, which remembers who was told, and goes with the first tick that reads the true state again.
"""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime

from coordinator.backends import Fetched
from coordinator.backends.marks import fitting
from coordinator.config import Settings
from coordinator.core.frozen import replace
from coordinator.errors import ConfigurationError, CoordinatorError, ReplacedError, UnreadableError
from coordinator.store import lock, open_store
from coordinator.store.kept import read_kept
from coordinator.store.snapshots import put_back
from coordinator.store.work import Work
from coordinator.tick.account import Account
from coordinator.tick.budget import within
from coordinator.tick.clock import clock_trouble
from coordinator.tick.doors import Doors, Options
from coordinator.tick.from_mailbox import found_in, marked
from coordinator.tick.known import known_first
from coordinator.tick.machine import must_be_the_one
from coordinator.tick.meanwhile import answer_calls
from coordinator.tick.ways import Ways

SPARE = "spare"
"""The folder beside the state for a copy that only calls for help are heard with."""
WAIT = "calls for help wait as well until then"
BATCH = 100


def without_state(doors: Doors, now: datetime, options: Options, fault: UnreadableError) -> UnreadableError:
    """Hears calls with the mailbox's copy of the state; returns the fault with what was done about them."""
    account = Account(now=now)
    if not options.dry:
        account.news.append(str(fault))
        try:
            _with_copy(doors, account, options)
        except CoordinatorError as error:
            account.news.append(f"{WAIT}: {error}")
    return UnreadableError("\n".join(dict.fromkeys((str(fault), *account.news))))


def _with_copy(doors: Doors, account: Account, options: Options) -> None:
    settings, ours = doors.settings, marked(doors.inbox)
    kept = read_kept(settings.state)
    if kept and ours and kept.epoch != ours:
        raise ReplacedError("another machine runs this program now")
    work = _copy(doors, ours, account.now)
    store = open_store(settings.folder / SPARE / "state", now=account.now)
    answer_calls(replace(doors, store=store), work, _inbox(doors, work), account, options, alone=True)


def _copy(doors: Doors, epoch: str, now: datetime) -> Work:
    """As it was put there by an earlier tick like this one, which knows who was told, else from the mailbox."""
    folder = doors.settings.folder / SPARE
    store = open_store(folder / "state", now=now)
    try:
        work = store.load()
        if work.meta.epoch == epoch:
            return work
    except UnreadableError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    found = found_in(doors.inbox, epoch=epoch)
    put_back(found.snapshot, found.redos, folder, epoch=epoch, now=now)
    return store.load()


def drop_copy(settings: Settings) -> None:
    """The true state can be read again."""
    folder = settings.folder / SPARE
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def without_settings(
    settings: Settings, now: datetime, options: Options, fault: ConfigurationError
) -> ConfigurationError:
    """Hears calls with as much of the settings as is sound; returns the fault with what was done about them."""
    account = Account(now=now)
    try:
        with ExitStack() as stack:
            stack.enter_context(within(settings.limits.seconds))
            _with_part(settings, stack, account, options)
    except CoordinatorError as error:
        account.news.append(f"{WAIT}: {error}")
    return ConfigurationError(*fault.problems, *account.news)


def _with_part(settings: Settings, stack: ExitStack, account: Account, options: Options) -> None:
    if not options.dry:
        stack.enter_context(lock(settings.state))
    store = open_store(settings.state, now=account.now)
    work = store.load().fork() if options.dry else store.load()
    jumped = clock_trouble(work.meta.last_tick, account.now, confirmed=options.confirm_gap)
    if jumped:
        raise ConfigurationError(jumped)
    ways = Ways(settings, stack)
    if not options.dry and settings.retention.state:
        must_be_the_one(
            ways.inbox, work.meta.epoch, settings.chapter.address, account.now, restored=bool(work.meta.restored_at)
        )
    known = replace(settings, program=settings.program or work.meta.program)
    doors = Doors(settings=known, store=store, inbox=ways.inbox, outbox=ways.outbox)
    answer_calls(doors, work, _inbox(doors, work), account, options)


def _inbox(doors: Doors, work: Work) -> Iterable[Sequence[Fetched]]:
    limits = doors.settings.limits
    return doors.inbox.fetch(
        mark=fitting(work.meta.inbox_mark, doors.settings.inbox[0], lambda: work.meta.created),
        limit=limits.messages,
        largest=limits.largest,
        batch=BATCH,
        first=known_first(lambda: work, doors.settings.chapter.coordinator),
    )
