"""`tally`: what private answers come to, where five people or more stand behind them."""

from typing import TYPE_CHECKING, Any

import click

from coordinator import programs
from coordinator.cli.common import json_option, now, print_json, settings
from coordinator.core.evaluation.tally import asked_in, means, reasons

if TYPE_CHECKING:
    from coordinator.core.program import Program
    from coordinator.core.records import Pairing


@click.command()
@json_option
@click.pass_context
def tally(ctx: click.Context, *, as_json: bool) -> None:
    """Means of the looks at how it goes, and why pairings ended early; nothing of fewer than five people."""
    from coordinator.core.records import Pairing
    from coordinator.store import codec, open_store

    chapter = settings(ctx)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=now()).load()
    closed = (codec.decode(Pairing, plain) for plain in work.all_archived("pairings"))
    plain = tallied(program, list(({p.id: p for p in closed} | {p.id: p for p in work.pairings()}).values()))
    if as_json:
        print_json(plain)
        return
    for name, rows in plain["looks"].items():
        click.echo(program.instruments[name].title)
        for row in rows:
            value = "too few to tell" if row["mean"] is None else f"{row['mean']} ({row['people']} people)"
            click.echo(f"  {row['name'] or 'all of it'}: {value}")
    told = plain["early_ends"]
    counts = ", ".join(f"{reason} {number}" for reason, number in told.items()) if told else "too few to tell"
    click.echo(f"Why pairings ended early: {counts}")


def tallied(program: "Program", pairings: list["Pairing"]) -> dict[str, Any]:
    looks = {
        one.id: [{"name": m.name, "people": m.people, "mean": m.value} for m in means(program, pairings, one)]
        for one in asked_in(program)
    }
    return {"looks": looks, "early_ends": reasons(program, pairings)}
