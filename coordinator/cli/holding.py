"""`held`: what waits for a human, and what the human decides."""

import sys
from dataclasses import replace

import click

from coordinator import programs
from coordinator.cli.common import changing, json_option, now, now_option, person_named, print_json, settings
from coordinator.errors import UsageError

WAITS = 3


@click.group(invoke_without_command=True)
@click.pass_context
def held(ctx: click.Context) -> None:
    """What waits for a human: list, show, accept, reject."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@held.command("list")
@click.option("--all", "everything", is_flag=True, help="Quarantined and settled messages too.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, everything: bool = False, as_json: bool = False) -> None:
    """The messages that wait, oldest first."""
    from coordinator.store import open_store

    work = open_store(settings(ctx).state, now=now()).load()
    rows = sorted((h for h in work.all_held() if everything or h.state == "waiting"), key=lambda h: (h.received, h.id))
    plain = [{"id": h.id, "from": h.sender, "received": h.received.isoformat(), "reason": h.reason} for h in rows]
    if as_json:
        print_json(plain)
    for row in () if as_json else plain:
        click.echo(f"{row['id']}  {row['received'][:16]}  {row['from'] or '(no sound sender)'}\n    {row['reason']}")
    if not plain and not as_json:
        click.echo("nothing waits")


@held.command()
@click.argument("id_", metavar="ID")
@click.option("--raw", is_flag=True, help="The mail as it came.")
@click.pass_context
def show(ctx: click.Context, id_: str, *, raw: bool) -> None:
    """One of them: the mail, what of it is new, and what would be understood."""
    from coordinator.report.read import account
    from coordinator.store import open_store
    from coordinator.tick.holding import reread

    chapter = settings(ctx)
    work = open_store(chapter.state, now=now()).load()
    found, content = work.held(id_), work.held_bytes(id_)
    if found is None or content is None:
        raise UsageError(f"{id_}: nothing of that name waits – coordinator held list")
    if raw:
        sys.stdout.buffer.write(content)
        return
    click.echo(f"{found.id} from {found.sender or '(no sound sender)'}: {found.reason}\n")
    program = programs.load(chapter.program, own=chapter.templates)
    click.echo(account(reread(chapter, program, work, found, now())))


@held.command()
@click.argument("id_", metavar="ID")
@click.option("--as", "who", metavar="WHO", help="Whose mail it is, when the address is not registered.")
@now_option
@click.pass_context
def accept(ctx: click.Context, id_: str, *, who: str | None, at: str | None) -> None:
    """Take a held message for what it says, as written by its sender (or by WHO)."""
    from coordinator.tick.holding import accept as taken

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    with changing(chapter, instant) as work:
        found = work.held(id_)
        if found is None:
            raise UsageError(f"{id_}: nothing of that name waits – coordinator held list")
        writer = person_named(work, who or found.sender)
        outcome = taken(chapter, program, work, found, writer, instant)
    click.echo(f"{id_}: {outcome}")


@held.command()
@click.argument("id_", metavar="ID")
@now_option
@click.pass_context
def reject(ctx: click.Context, id_: str, *, at: str | None) -> None:
    """Settle a held message without any effect. The mail itself stays in the mailbox."""
    with changing(settings(ctx), now(at)) as work:
        found = work.held(id_)
        if found is None:
            raise UsageError(f"{id_}: nothing of that name waits – coordinator held list")
        work.stage((replace(found, state="rejected", version=found.version + 1),))
        work.commit()
    click.echo(f"{id_}: rejected")
