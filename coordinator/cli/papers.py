"""`paper`: a certificate or a service letter of somebody, to print or as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import now, now_option, person_named, settings
from coordinator.core.endings import papers
from coordinator.core.moments import Situation
from coordinator.errors import DiskError, UsageError

if TYPE_CHECKING:
    from coordinator.core.records import Pairing, Participant
    from coordinator.store.work import Work


@click.command()
@click.argument("kind", type=click.Choice([papers.CERTIFICATE, papers.SERVICE]))
@click.argument("who")
@click.option("--pairing", "id_", metavar="ID", help="Of this pairing; without it the one that ends last.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there as PDF.")
@now_option
@click.pass_context
def paper(ctx: click.Context, kind: str, who: str, *, id_: str | None, pdf: Path | None, at: str | None) -> None:
    """Print somebody's certificate, or a mentor's service letter, as a page of HTML.

    WHO is an address or an id. Goals stand only in the copy that the two get by mail: `certificate` or
    `service letter` in any reply brings it.
    """
    from coordinator.formats import letters
    from coordinator.store import open_store

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=instant).load()
    person = person_named(work, who)
    pairing = _pairing(work, person, kind, id_)
    where = Situation(program=program, chapter=chapter.chapter, cohort=work, pairing=pairing)
    if kind == papers.SERVICE:
        section = papers.service_letter(where, instant)
    else:
        section = papers.certificate(where, person.id, instant, goals=False)
    language = person.language or chapter.chapter.language
    page = letters.printable(section, program, chapter.chapter, language, as_pdf=pdf is not None)
    if pdf is None:
        click.echo(page, nl=False)
        return
    try:
        pdf.write_bytes(page)
    except OSError as error:
        raise DiskError(f"{pdf}: cannot be written ({error.strerror}) – name another file") from error
    click.echo(f"{pdf}: {kind} of {person.name}")


def _pairing(work: "Work", person: "Participant", kind: str, id_: str | None) -> "Pairing":
    """UsageError where they have none of that kind."""
    found = [p for p in papers.told_of(work, person.id) if kind == papers.CERTIFICATE or p.mentor == person.id]
    named = [p for p in found if id_ in (None, p.id)]
    if not named:
        role = "mentor or mentee" if kind == papers.CERTIFICATE else "mentor"
        there = f"theirs: {', '.join(p.id for p in found)}" if found else "coordinator status lists pairings"
        raise UsageError(f"{person.address}: no pairing {id_ or ''} as {role}".replace("  ", " ") + f" – {there}")
    return named[-1]
