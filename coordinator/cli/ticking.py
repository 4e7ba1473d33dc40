"""`tick` and `watch`."""

import sys
import threading
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import click

from coordinator.cli.common import folder, json_option, now, now_option, print_json, settings
from coordinator.errors import BackendError, BusyError, ConfigurationError, CoordinatorError, UsageError
from coordinator.tick import Account, Options, run
from coordinator.tick.doors import CRON

if TYPE_CHECKING:
    from coordinator.backends import Inbox
    from coordinator.config import Settings

NEWS_WAITS = 3
"""Exit code: done, and something new waits for a human."""
PORTION = 5
"""Seconds after which a waiting command looks whether it is to end."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Decide everything, write and send nothing.")
@click.option("--confirm-gap", is_flag=True, help="Go on although the last tick is more than 31 days ago.")
@click.option("--confirm-volume", is_flag=True, help="Send although it is far more mail than people.")
@click.option(
    "--send-all-to", metavar="ADDRESS", help="Rehearsal: all letters go to this address, nothing is remembered."
)
@now_option
@json_option
@click.pass_context
def tick(
    ctx: click.Context,
    *,
    dry_run: bool,
    confirm_gap: bool,
    confirm_volume: bool,
    send_all_to: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """Run once: read the mail, decide, send. This is the line for cron.

    Prints nothing when there was nothing to do, unless somebody sits before it. Exit code 3: something new waits for
    a human; 75: try later.
    """
    if send_all_to:
        _must_be_address(send_all_to)
    options = Options(
        dry=dry_run or bool(send_all_to),
        confirm_gap=confirm_gap,
        any_volume=confirm_volume,
        rehearse_to=send_all_to or "",
    )
    instant = now(at)
    account = run(_settings(ctx, instant, options), instant, options)
    if as_json:
        print_json(account.plain())
    elif dry_run or send_all_to or not account.is_quiet or sys.stdout.isatty():
        _tell(account, dry=dry_run)
    _leave(account)


def _settings(ctx: click.Context, instant: datetime, options: Options) -> "Settings":
    """Wrong ones are told when calls for help were heard, as far as what is sound of them allows."""
    try:
        return settings(ctx)
    except ConfigurationError as error:
        from coordinator.config.salvage import salvaged
        from coordinator.tick.broken import without_settings
        from coordinator.tick.heartbeat import without_beginning

        sound = salvaged(folder(ctx))
        told = without_settings(sound, instant, options, error) if sound else error
        if not options.dry:
            without_beginning(folder(ctx), sound, instant, told)
        raise told from None


def _must_be_address(text: str) -> None:
    # Here, because a tick with nothing to do must not load the roster.
    from coordinator.core.roster import is_address

    if not is_address(text):
        raise UsageError(f"--send-all-to {text}: is no email address")


def _tell(account: Account, *, dry: bool) -> None:
    for letter in account.letters:
        click.echo(f"  {letter['prompt']:<28} {letter['to']:<34} {letter['key']}")
    verb = "would send" if dry else "sent"
    number = len(account.letters) if dry else account.sent
    others = "".join(
        f"{name} {count}, " for name, count in (("bounces", account.bounces), ("ignored", account.ignored)) if count
    )
    click.echo(
        f"read {account.read}, applied {account.applied}, held {account.held}, "
        f"quarantined {account.quarantined}, {others}{verb} {number}, failed {account.failed}"
    )
    for line in account.news:
        click.echo(f"! {line}")
    if account.due_next and not dry:
        click.echo(f"next due {account.due_next:%Y-%m-%d %H:%M} UTC")


def _leave(account: Account) -> None:
    if account.trouble:
        click.echo(f"coordinator: {account.trouble}", err=True)
        sys.exit(account.trouble.exit_code if isinstance(account.trouble, CoordinatorError) else 70)
    if account.held or account.blocked:
        sys.exit(NEWS_WAITS)


@click.command()
@click.option(
    "--every",
    type=click.IntRange(5),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="At the latest after so long, mail or no mail.",
)
@click.pass_context
def watch(ctx: click.Context, *, every: int) -> None:
    """Run whenever mail comes and on a timer, until a signal ends it cleanly (exit code 0).

    For those who prefer a service to cron; what passes by itself is told and tried again.
    """
    import signal

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        chapter, left_something = _settings(ctx, now(), CRON), True
        try:
            account = run(chapter, now())
            if not account.is_quiet:
                _tell(account, dry=False)
            if account.trouble:
                click.echo(f"coordinator: {account.trouble}", err=True)
            left_something = bool(account.trouble or account.failed or account.blocked)
        except (BusyError, BackendError) as error:
            click.echo(f"coordinator: {error}", err=True)
        sys.stdout.flush()
        _wait(chapter, stop, every, look=not left_something)
    click.echo("stopped")


def _wait(chapter: "Settings", stop: threading.Event, every: int, *, look: bool) -> None:
    """Waits for mail or for the timer, in portions short enough to obey a signal soon.

    look: whether mail that lies in the inbox is news; after a tick that had to leave some, it is not.
    """
    from coordinator.tick.ways import Ways

    left = every
    try:
        with ExitStack() as stack:
            inbox = Ways(chapter, stack).inbox
            while left > 0 and not stop.is_set():
                # What came since the tick read the inbox was announced to nobody.
                if (look and _has_mail(chapter, inbox)) or inbox.idle(min(left, PORTION)):
                    return
                left -= PORTION
    except (BusyError, BackendError):
        stop.wait(min(left, 60))


def _has_mail(chapter: "Settings", inbox: "Inbox") -> bool:
    from coordinator.backends.marks import fitting
    from coordinator.store import open_store

    store = open_store(chapter.state, now=now())
    side = store.earliest()
    if side is None:
        return False
    mark = fitting(side.inbox_mark, chapter.inbox[0], lambda: store.load().meta.created)
    return any(inbox.fetch(mark=mark, limit=1, largest=1))
