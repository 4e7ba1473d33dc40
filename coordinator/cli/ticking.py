"""`tick` and `watch`."""

import sys
import threading
from typing import TYPE_CHECKING

import click

from coordinator.cli.common import json_option, now, now_option, print_json, settings
from coordinator.errors import BackendError, BusyError, CoordinatorError
from coordinator.tick import Account, run

if TYPE_CHECKING:
    from coordinator.config import Settings

NEWS_WAITS = 3
"""Exit code: done, and something new waits for a human."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Decide everything, write and send nothing.")
@click.option("--confirm-gap", is_flag=True, help="Go on although the last tick is more than 31 days ago.")
@click.option(
    "--send-all-to", metavar="ADDRESS", help="Rehearsal: all letters go to this address, nothing is remembered."
)
@now_option
@json_option
@click.pass_context
def tick(
    ctx: click.Context, *, dry_run: bool, confirm_gap: bool, send_all_to: str | None, at: str | None, as_json: bool
) -> None:
    """Run once: read the mail, decide, send. This is the line for cron."""
    account = run(
        settings(ctx), now(at), dry=dry_run or bool(send_all_to), confirm_gap=confirm_gap, rehearse_to=send_all_to or ""
    )
    if as_json:
        print_json(account.plain())
    elif dry_run or send_all_to or not account.is_quiet or sys.stdout.isatty():
        _tell(account, dry=dry_run)
    _leave(account)


def _tell(account: Account, *, dry: bool) -> None:
    for letter in account.letters:
        click.echo(f"  {letter['prompt']:<28} {letter['to']:<34} {letter['key']}")
    verb = "would send" if dry else "sent"
    number = len(account.letters) if dry else account.sent
    click.echo(
        f"read {account.read}, applied {account.applied}, held {account.held}, "
        f"quarantined {account.quarantined}, {verb} {number}, failed {account.failed}"
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
    """Run whenever mail comes and on a timer, until a signal ends it cleanly."""
    import signal

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    chapter = settings(ctx)
    while not stop.is_set():
        try:
            account = run(chapter, now())
            if not account.is_quiet:
                _tell(account, dry=False)
        except (BusyError, BackendError) as error:
            click.echo(f"coordinator: {error}", err=True)
        _wait(chapter, stop, every)
    click.echo("stopped")


def _wait(chapter: "Settings", stop: threading.Event, every: int) -> None:
    """Waits for mail or for the timer, in portions short enough to obey a signal soon."""
    from coordinator.backends import open_inbox

    try:
        with open_inbox(*chapter.inbox) as inbox:
            left = every
            while left > 0 and not stop.is_set() and not inbox.idle(min(left, 5)):
                left -= 5
    except (BusyError, BackendError):
        stop.wait(min(every, 60))
