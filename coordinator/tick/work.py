"""A tick that has something to do: its steps in their one order."""

from collections.abc import Iterable, Sequence
from functools import partial

from coordinator import programs
from coordinator.backends import Fetched
from coordinator.config import Settings
from coordinator.config.days_off import with_days_off
from coordinator.core.program import Program
from coordinator.errors import ConfigurationError
from coordinator.store.work import Work
from coordinator.tick.account import Account
from coordinator.tick.agenda import Agenda
from coordinator.tick.alerts import alert
from coordinator.tick.broken import drop_copy
from coordinator.tick.doors import Doors, Options
from coordinator.tick.feeds import write_feeds
from coordinator.tick.inward import take_in
from coordinator.tick.machine import must_be_the_one, take_over
from coordinator.tick.meanwhile import answer_calls
from coordinator.tick.onward import look_again, move_on, tidy
from coordinator.tick.outward import has_waited, recover, rehearse, send_all
from coordinator.tick.privacy import forget_the_leaving
from coordinator.tick.remembered import vanished
from coordinator.tick.restored import end_restoring, lost_since
from coordinator.tick.retention import age
from coordinator.tick.round import Round
from coordinator.tick.safekeeping import Safekeeping


def whole_tick(
    doors: Doors,
    batches: Iterable[Sequence[Fetched]],
    account: Account,
    options: Options,
    *,
    digest: str,
    jumped: bool = False,
) -> Account:
    """Load, recover, take in, move on, send, tell.

    Nothing is decided from silence when the inbox was not read to its end, or while a server takes no mail: what
    waited goes first. digest: of what everything is decided by. jumped: a human confirmed a clock that had jumped.
    """
    work = doors.store.load().fork() if options.dry else doors.store.load()
    if not options.dry:
        drop_copy(doors.settings)
    safekeeping = _safekeeping(doors, work, account, options)
    try:
        settings, program = _declared(doors.settings, work, digest, keep=not options.dry)
    except ConfigurationError as error:
        answer_calls(doors, work, batches, account, options)
        raise ConfigurationError(*error.problems, *account.news) from None
    round_ = Round(settings=settings, program=program, work=work, now=account.now, account=account, options=options)
    agenda = Agenda(doors.calendar)
    _inward(round_, doors, batches, agenda, digest)
    if doors.inbox.complete and account.trouble is None and not _waits_for_a_reader(round_):
        move_on(round_)
    _note_clock(round_, digest, jumped=jumped)
    _close(round_, doors)
    if options.rehearse_to:
        rehearse(round_, doors.outbox, options.rehearse_to)
    elif not options.dry:
        _outward(round_, doors, agenda, safekeeping)
    side = doors.store.earliest()
    account.due_next = side.due if side else None
    return account


def _inward(round_: Round, doors: Doors, batches: Iterable[Sequence[Fetched]], agenda: Agenda, digest: str) -> None:
    """All that came, and then what waited since an earlier tick."""
    dry = round_.options.dry
    round_.work.taken_by = partial(agenda.taken, round_)
    recover(round_, doors.inbox)
    if round_.work.meta.digest != digest:
        look_again(round_)
    if round_.restored and not dry:
        take_in(round_, doors.inbox, lost_since(round_, doors.inbox), stay=True)
    take_in(round_, doors.inbox, batches)
    if not dry and round_.account.trouble is None:
        agenda.take_back(round_)
    if not dry and round_.account.trouble is None:
        send_all(round_, doors.outbox, doors.inbox, agenda, which=has_waited)


def _outward(round_: Round, doors: Doors, agenda: Agenda, safekeeping: Safekeeping | None) -> None:
    send_all(round_, doors.outbox, doors.inbox, agenda)
    write_feeds(round_)
    end_restoring(round_, doors.inbox)
    forget_the_leaving(round_, doors.store, doors.inbox)
    if safekeeping:
        side = doors.store.earliest()
        generation = side.generation if side else doors.store.load().meta.generation
        safekeeping.end(round_.work.meta.epoch, generation, anew=round_.forgotten)


def _safekeeping(doors: Doors, work: Work, account: Account, options: Options) -> Safekeeping | None:
    """From here on each commit is kept in the mailbox as well, unless nothing is to be; then None.

    ConfigurationError when another machine took over; UnreadableError when the mailbox knows of later commits.
    """
    settings, meta = doors.settings, work.meta
    if options.dry or not settings.retention.state:
        return None
    address, restored = settings.chapter.address, meta.restored_at is not None
    moved = must_be_the_one(doors.inbox, meta.epoch, address, account.now, restored=restored)
    safekeeping = Safekeeping(settings, doors.inbox, account)
    safekeeping.begin(meta.epoch, meta.generation)
    if moved:
        take_over(doors.inbox, meta.epoch, address, account.now)
    work.told = safekeeping.told
    return safekeeping


def _declared(settings: Settings, work: Work, digest: str, *, keep: bool) -> tuple[Settings, Program]:
    """The settings with their days off, and the program. ConfigurationError with all that is wrong with them."""
    settings = with_days_off(settings, keep=keep)
    changed = work.meta.digest != digest
    program = programs.load(settings.program, own=settings.templates, proven=not changed)
    missing = vanished(program, work) if changed else ()
    if missing:
        raise ConfigurationError(*missing)
    return settings, program


def _close(round_: Round, doors: Doors) -> None:
    """Everything that is decided is remembered; after this the tick only sends."""
    round_.account.news.extend(line for line in doors.news if line not in round_.account.news)
    age(round_, doors.store, doors.inbox)
    alert(round_)
    tidy(round_)
    round_.commit()


def _waits_for_a_reader(round_: Round) -> bool:
    """Whether somebody we know wrote a message that broke its reader and is tried again by the next tick."""
    return any(sender and round_.work.participant_at(sender) for sender in round_.left_unread)


def _note_clock(round_: Round, digest: str, *, jumped: bool) -> None:
    meta = round_.work.meta
    counters = dict(meta.counters)
    if jumped:
        # Also a reason to write the hot file, which may hold an instant of the wrong clock.
        counters["jumps"] = counters.get("jumps", 0) + 1
    last = round_.now if jumped or meta.last_tick is None else max(round_.now, meta.last_tick)
    round_.work.with_meta(digest=digest, last_tick=last, counters=counters)
