"""`report`: how the program goes, as a page, as sheets, or on the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import cohort_named, json_option, now, now_option, person_named, print_json, settings
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.core.figures import Content, Scope
    from coordinator.store.work import Work


@click.command()
@click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with pictures.")
@click.option("--csv", "csv", type=click.Path(file_okay=False, path_type=Path), help="Write sheets into a folder.")
@click.option("--cohort", metavar="NAME", help="Only those of whom the roster's column cohort says so.")
@click.option("--advisor", metavar="WHO", help="Only the pairs of this advisor (address or id), as they may see them.")
@now_option
@json_option
@click.pass_context
def report(
    ctx: click.Context,
    *,
    html: Path | None,
    csv: Path | None,
    cohort: str | None,
    advisor: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """How the program goes: pairs, meetings, goals, satisfaction. Groups of fewer than five are never shown."""
    from coordinator.core.figures import figures
    from coordinator.report.season.lines import lines, plain
    from coordinator.store import open_store
    from coordinator.tick.content import content_of

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=instant).load()
    content = content_of(program, chapter.chapter, work)
    scope, name = _scope(content, work, cohort, advisor)
    made = figures(content, scope, instant)
    if html:
        from coordinator.report.season.page import page

        spoken = chapter.chapter.language
        text = page(made, program=program.title, chapter=chapter.chapter.name, name=name, language=spoken)
        html.write_text(text, encoding="utf-8")
        click.echo(str(html), err=as_json)
    if csv:
        from coordinator.report.season.sheets import write

        for path in write(made, csv, chapter.chapter.language):
            click.echo(str(path), err=as_json)
    if as_json:
        print_json(plain(made))
    elif not html and not csv:
        click.echo("\n".join(lines(made, program=program.title, name=name)))


def _scope(content: "Content", work: "Work", cohort: str | None, advisor: str | None) -> tuple["Scope", str]:
    """What it is about, and the name it goes by."""
    from coordinator.core.figures import Scope, cohorts_of

    if cohort and advisor:
        raise UsageError("--cohort and --advisor: one report is about one of them – leave the other out")
    if advisor:
        person = person_named(work, advisor)
        if not any(person.id in p.advisors for p in content.pairings):
            raise UsageError(f"{advisor}: advises no pairing – coordinator status lists them")
        return Scope(kind="advisor", name=person.id), person.name
    if not cohort:
        return Scope(), ""
    found = cohort_named(cohorts_of(content.people.values()), cohort)
    return Scope(kind="cohort", name=found), found
