"""`backup` and `restore`."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator.cli.common import folder, now, now_option, settings
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.config import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Copy the state to one FILE, readable by you alone.

    Mails stay in the mailbox. Keep config.toml and secret.key as well: without that key no reply is recognised.
    """
    from coordinator.store import lock
    from coordinator.store.backups import backup as copy

    state = settings(ctx).state
    with lock(state, wait=30):
        copy(state, file)
    click.echo(f"{file}: done")


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from-mailbox", is_flag=True, help="Take what the program kept in its own mailbox.")
@click.option("--replace", is_flag=True, help="Put it in place of the state that is there.")
@now_option
@click.pass_context
def restore(ctx: click.Context, file: Path | None, *, from_mailbox: bool, replace: bool, at: str | None) -> None:
    """Bring the state back from a FILE, or from the mailbox, where each run keeps what it changed.

    From the mailbox it needs config.toml alone, and brings secret.key and your own templates as well; a machine that
    ran the program until now stops by itself. Refuses to replace a state that is there, unless told to.
    """
    if from_mailbox == bool(file):
        raise UsageError("name the FILE that coordinator backup made, or say --from-mailbox")
    if file:
        _from_file(ctx, file, replace=replace, now=now(at))
    else:
        _from_mailbox(ctx, replace=replace, now=now(at))


def _from_file(ctx: click.Context, file: Path, *, replace: bool, now: datetime) -> None:
    from coordinator.store.backups import restore as bring_back

    with _place_for_state(settings(ctx), replace=replace) as state:
        bring_back(file, state, epoch=secrets.token_hex(8), now=now, replace=replace)
    click.echo(f"{file}: restored")


def _from_mailbox(ctx: click.Context, *, replace: bool, now: datetime) -> None:
    from coordinator.backends import open_inbox
    from coordinator.config import load
    from coordinator.store.snapshots import put_back
    from coordinator.tick.from_mailbox import found_in, marked
    from coordinator.tick.machine import take_over

    chapter = load(folder(ctx), keyless=True)
    with _place_for_state(chapter, replace=replace), open_inbox(*chapter.inbox) as inbox:
        before = marked(inbox)
        found_in(inbox, epoch=before)  # whoever finds nothing stops no other machine
        epoch = secrets.token_hex(8)
        take_over(inbox, epoch, chapter.chapter.address, now)
        found = found_in(inbox, epoch=before)
        gave_way = put_back(found.snapshot, found.redos, chapter.folder, epoch=epoch, now=now)
    click.echo(f"restored from the mailbox: a snapshot and {len(found.redos)} changes after it")
    if found.missing:
        click.echo(f"{found.missing} later changes could not be used, since one before them is missing", err=True)
    for name in gave_way:
        click.echo(f"{name}: the one that was here differed and is now {name}.before-restore", err=True)


@contextmanager
def _place_for_state(chapter: "Settings", *, replace: bool) -> Iterator[Path]:
    """The folder, locked. UsageError when it holds a state that is not to be replaced."""
    from coordinator.store import lock
    from coordinator.store.backups import must_be_free

    state = chapter.state
    state.mkdir(mode=0o700, exist_ok=True)
    with lock(state, wait=30):
        try:
            must_be_free(state, replace=replace)
        except UsageError:
            way = "add --replace to put the other in its place; nothing was changed"
            raise UsageError(f"{state}: holds a state already – {way}") from None
        yield state
