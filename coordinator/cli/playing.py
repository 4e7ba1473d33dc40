"""`demo` and `simulate`: whole seasons with invented people."""

import os
import shutil
import sys
import time
from pathlib import Path

import click

from coordinator.cli.common import json_option, now, now_option, print_json, progress
from coordinator.errors import UsageError


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), default="demo")
@click.option("--program", default="six-month", show_default=True, help="The program to play.")
@click.option("--months", type=click.IntRange(1, 24), default=6, show_default=True, help="How long.")
@click.option("--seed", default=7, show_default=True, help="The same seed plays the same season.")
@click.option("--force", is_flag=True, help="Play anew over an earlier demo in the same folder.")
@now_option
def demo(directory: Path, *, program: str, months: int, seed: int, force: bool, at: str | None) -> None:
    """Play a whole season with invented people, and leave its mailboxes and a page to browse them."""
    from coordinator import demo as played

    _make_room(directory, force=force)
    with progress("Playing") as bar:
        season = played.run(
            directory,
            now=now(at or "2026-01-12T08:00"),
            months=months,
            program=program,
            seed=seed,
            progress=lambda share: bar.update(int(share * 1000) - bar.pos),
        )
    click.echo(season.story)
    click.echo(_farewell(directory, season.page))


def _make_room(directory: Path, *, force: bool) -> None:
    """Only a folder that a demo made is ever cleared."""
    if not directory.exists() or not any(directory.iterdir()):
        return
    if not (directory / "season.html").exists():
        raise UsageError(f"{directory}: is no demo of ours – choose another folder")
    if not force:
        raise UsageError(f"{directory}: holds a demo already – --force plays it anew")
    shutil.rmtree(directory)


def _farewell(directory: Path, page: Path) -> str:
    me = sys.argv[0] if os.sep in sys.argv[0] and not shutil.which("coordinator") else "coordinator"
    return f"""
Everybody's mail, the calendar and the advisors' summaries: {page}
The mailboxes open in any mail program that knows Maildir: {directory}/mail and {directory}/out
The same state for the commands: {me} --chapter {directory} status

On a chapter of your own:

  {me} init mychapter --program six-month
  {me} --chapter mychapter people import people.csv
  {me} --chapter mychapter pair MENTOR MENTEE --advisor ADVISOR

and from then on, by hand or from cron: {me} --chapter mychapter tick
"""


@click.command()
@click.option("--pairs", type=click.IntRange(1), default=100, show_default=True, help="How many pairs.")
@click.option("--months", type=click.IntRange(1, 24), default=6, show_default=True, help="How long.")
@click.option("--seed", default=7, show_default=True, help="The same seed plays the same season.")
@click.option("--program", default="six-month", show_default=True, help="The program to play.")
@click.option("--enrol", type=click.IntRange(2), metavar="N", help="In place of pairs: N people enrol and are matched.")
@now_option
@json_option
def simulate(
    *, pairs: int, months: int, seed: int, program: str, enrol: int | None, at: str | None, as_json: bool
) -> None:
    """Count mails, and time and memory, over a season of many pairs of invented people."""
    from coordinator.simulate.season import run

    begun = time.perf_counter()
    if enrol:
        from coordinator.simulate.joining import run as joining

        crowd = joining(people=enrol, now=now(at or "2026-01-12T08:00"), seed=seed, program=program)
        if as_json:
            print_json({**crowd.plain(), "seconds": round(time.perf_counter() - begun, 2)})
        else:
            click.echo("\n".join(crowd.lines()))
        return
    with progress("Simulating") as bar:
        outcome = run(
            pairs=pairs,
            months=months,
            seed=seed,
            program=program,
            now=now(at or "2026-01-12T08:00"),
            progress=lambda share: bar.update(int(share * 1000) - bar.pos),
        )
    plain = {**outcome.plain(), "seconds": round(time.perf_counter() - begun, 2)}
    if as_json:
        print_json(plain)
    else:
        click.echo("\n".join(outcome.lines()))


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), default="docs/programs", show_default=True,
    help="The folder for pages and pictures.",
)  # fmt: skip
@click.pass_context
def timeline(ctx: click.Context, *, names: tuple[str, ...], into: Path) -> None:
    """Draw when which letter of a program goes out (all programs when none is named), with a page about it."""
    from coordinator import programs
    from coordinator.cli.common import folder
    from coordinator.programs.folders import names as known
    from coordinator.simulate.timeline import page, svg
    from coordinator.simulate.timeline import timeline as drawn

    own = folder(ctx) / "templates"
    into.mkdir(parents=True, exist_ok=True)
    for name in names or [n for n in known(own) if n != "base"]:
        program = programs.load(name, own=own)
        season = drawn(program)
        (into / f"{name}.svg").write_text(svg(season), encoding="utf-8")
        (into / f"{name}.md").write_text(page(program, season), encoding="utf-8")
        click.echo(f"{into / name}.md and {name}.svg: {len(season.dots)} letters in {program.months} months")
