"""`backup` and `restore`."""

from pathlib import Path

import click

from coordinator.cli.common import now, now_option, settings
from coordinator.errors import UsageError


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
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in place of the state that is there.")
@now_option
@click.pass_context
def restore(ctx: click.Context, file: Path, *, replace: bool, at: str | None) -> None:
    """Bring the state back from a file. Refuses to replace one that is there, unless told to."""
    from coordinator.store import lock
    from coordinator.store.backups import restore as bring_back

    state = settings(ctx).state
    state.mkdir(mode=0o700, exist_ok=True)
    try:
        with lock(state, wait=30):
            bring_back(file, state, now=now(at), replace=replace)
    except UsageError:
        if replace:
            raise
        way = "add --replace to put the backup in its place; nothing was changed"
        raise UsageError(f"{state}: holds a state already – {way}") from None
    click.echo(f"{file}: restored")
