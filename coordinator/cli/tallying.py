"""`tally`: what private answers come to, where five people or more stand behind them."""

from typing import TYPE_CHECKING, Any

import click

from coordinator import programs
from coordinator.cli.common import json_option, now, print_json, settings
from coordinator.core.evaluation.tally import means, reasons

if TYPE_CHECKING:
    from coordinator.core.program import Program
    from coordinator.core.records import Pairing


@click.command()
@json_option
@click.pass_context
def tally(ctx: click.Context, *, as_json: bool) -> None:
    """Means of the looks at how it goes, and why pairings ended early; nothing of fewer than five people."""
    from coordinator.store import open_store

    chapter = settings(ctx)
    program = programs.load(chapter.program, own=chapter.templates)
    plain = tallied(program, list(open_store(chapter.state, now=now()).load().pairings()))
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
        name: [{"name": m.name, "people": m.people, "mean": m.value} for m in means(pairings, instrument)]
        for name, instrument in program.instruments.items()
    }
    return {"looks": looks, "early_ends": reasons(pairings)}
