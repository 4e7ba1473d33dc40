"""`people`: the roster from and to spreadsheets, corrections, pauses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import changing, day, free_address, now, now_option, person_named, settings
from coordinator.cli.pairs import wake
from coordinator.cli.people_columns import columns, looked_at, tell_columns
from coordinator.cli.people_values import NO_MAIL, SETTERS, reached_again, withdrawn
from coordinator.core.joining.forms import FORMS, kept_from
from coordinator.core.joining.seats import asked_for
from coordinator.core.overlay import Overlay
from coordinator.core.privacy import left
from coordinator.core.records import Participant
from coordinator.core.roster import enrolment, is_address
from coordinator.errors import UnreadableError, UsageError
from coordinator.formats import roster

if TYPE_CHECKING:
    from coordinator.config import Settings
    from coordinator.store.work import Work


@click.group()
def people() -> None:
    """The roster: import, export, set, alias, pause, resume, data, forget."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help="Say what each column is taken for and what would change; change nothing."
)
@click.option("--invite", is_flag=True, help="Ask everybody who is new, once and by mail, whether they take part.")
@click.option("--skip", is_flag=True, help="Leave faulty lines out, list them, and take the others.")
@click.option(
    "--column", "given", multiple=True, metavar="HEADER=NAME", help="What a column is, such as 'Your job=field'."
)
@click.option("--even-so", is_flag=True, help="Also people who asked to be deleted, when they want to come back.")
@now_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    *,
    dry_run: bool,
    invite: bool,
    skip: bool,
    given: tuple[str, ...],
    even_so: bool,
    at: str | None,
) -> None:
    """Add people from a CSV file or an online form's export, or correct those who are on the roster already.

    Columns in any order: email, first_name, last_name, roles (mentor, mentee, advisor, both), timezone, language,
    consent (yes); others are kept as their profile. With any problem nothing is imported; each is listed with its line.
    """
    chapter, instant = settings(ctx), now(at)
    sheet = roster.read(file.read_bytes(), given=columns(given))
    if dry_run and any(header.casefold().strip() != name for header, name in sheet.columns):
        tell_columns(sheet, looked_at(programs.load(chapter.program, own=chapter.templates)))
    with changing(chapter, instant) as work:
        sheet = _without_forgotten(sheet, work, chapter, even_so=even_so)
        result = enrolment(work, sheet.rows, work.meta.next_participant, instant, own=chapter.chapter.address)
        problems = sorted((*sheet.problems, *result.problems))
        listed = "\n".join(f"line {n}: {problem}" for n, problem in problems)
        if problems and not (skip and (sheet.rows or dry_run)):
            raise UnreadableError(f"{file}: nothing was imported\n{listed}")
        if problems:
            click.echo(f"left out:\n{listed}", err=True)
        summary = f"{len(result.added)} new, {len(result.changed)} changed, {result.unchanged} as before"
        added = _invited(chapter, result.added, instant) if invite else result.added
        asked = f", {sum(1 for p in added if p.invited)} invited" if invite else ""
        if dry_run:
            click.echo(f"would import: {summary}{asked}")
            return
        work.stage((*added, *result.changed))
        wake(work, tuple(p.id for p in work.pool("advisor") if p.due is None), instant)
        work.commit()
    click.echo(f"{summary}{asked}")
    if not invite:
        _tell_of_consent((*result.added, *result.changed))


def _invited(chapter: "Settings", people_: tuple[Participant, ...], now_: datetime) -> list[Participant]:
    """New people who are written to with the next tick; who consented already gets the form at once."""
    program = programs.load(chapter.program, own=chapter.templates)
    if not any(stage.kind == "enrolment" for stage in program.stages):
        raise UsageError(f"--invite: the program {program.id} has no stage of the kind enrolment")
    found = []
    for person in people_:
        roles = [role for role in FORMS if role in person.roles]
        asked = replace(person, invited=now_, due=now_)
        found.append(asked_for(program, asked, roles, now_) if person.consent and roles else asked)
    # Nobody invites advisors: they were asked before they came onto the roster.
    return [replace(p, invited=None) if not set(p.roles) <= set(FORMS) and p.roles else p for p in found]


def _without_forgotten(sheet: roster.Sheet, work: "Work", chapter: "Settings", *, even_so: bool) -> roster.Sheet:
    """Whoever asked to be deleted is not brought back by an old list."""
    from coordinator.tick.privacy import digest

    known = frozenset() if even_so else frozenset(work.meta.forgotten)
    keys = (chapter.chapter.secret, *chapter.chapter.older)
    back = [row for row in sheet.rows if known & {digest(key, row.email) for key in keys}] if known else []
    told = "asked to be deleted – leave them out, or say --even-so when they want to come back"
    rows = tuple(row for row in sheet.rows if row not in back)
    return replace(sheet, rows=rows, problems=(*sheet.problems, *((row.line, told) for row in back)))


def _tell_of_consent(people_: tuple[Participant, ...]) -> None:
    missing = sum(1 for p in people_ if p.consent is None)
    if missing:
        click.echo(f"{missing} without consent: they get no mail until the column consent says yes")


@people.command("export")
@click.option("--raw", is_flag=True, help="For machines: cells as they are, formulas and all.")
@click.pass_context
def export(ctx: click.Context, *, raw: bool) -> None:
    """Print the roster as CSV, which people import reads again."""
    from coordinator.store import open_store

    work = open_store(settings(ctx).state, now=now()).load()
    everybody = sorted(work.participants(), key=lambda p: p.address)
    others = sorted({name for p in everybody for name in p.profile} - set(roster.COLUMNS))
    rows = [(*_cells(p), *_profile(p, others)) for p in everybody]
    click.echo(roster.write((*roster.COLUMNS, *others), rows, raw=raw), nl=False)


def _profile(person: Participant, names: list[str]) -> Iterator[str]:
    """Empty where they wrote it for advisors or for nobody; importing an empty cell changes nothing."""
    hidden = kept_from("coordinator", person)
    yield from ("" if name in hidden else person.profile.get(name, "") for name in names)


def _cells(person: Participant) -> tuple[str, ...]:
    return (
        person.address,
        person.first_name,
        person.last_name,
        ", ".join(person.roles),
        person.timezone,
        person.language,
        "yes" if person.consent else "",
    )


@people.command("set")
@click.argument("who")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@now_option
@click.pass_context
def set_(ctx: click.Context, who: str, values: tuple[str, ...], *, at: str | None) -> None:
    """Correct somebody's record (WHO: address or id).

    Keys: first_name, last_name, roles, timezone, language, consent (yes, no), address, cohort.
    """
    chapter, instant = settings(ctx), now(at)
    with changing(chapter, instant) as work:
        person = person_named(work, who)
        before = person
        for value in values:
            key, mark, text = value.partition("=")
            if not mark or key not in SETTERS:
                raise UsageError(f"{value}: write KEY=VALUE with one of {', '.join(SETTERS)}")
            person = SETTERS[key](person, " ".join(text.split()), instant)
        free_address(work, person.address, chapter.chapter.address, person.id)
        work.stage((replace(person, version=person.version + 1),))
        moved = person.address != before.address
        note = reached_again(work, before, person, instant) if moved else ""
        if before.consent and not person.consent and withdrawn(work, person, instant):
            note = NO_MAIL
        for pairing in work.pairings_of(person.id):
            # Another zone, language or address: what was computed for the pairing is computed anew.
            work.stage((replace(pairing, version=pairing.version + 1, due=instant),))
        work.commit()
    click.echo(f"{person.id}: {person.name} <{person.address}>{note}")


@people.command()
@click.argument("who")
@click.argument("address")
@now_option
@click.pass_context
def alias(ctx: click.Context, who: str, address: str, *, at: str | None) -> None:
    """Register another address for somebody: mail from it counts as theirs."""
    chapter, other = settings(ctx), address.strip().casefold()
    if not is_address(other):
        raise UsageError(f"{address}: is no email address – such as ada@example.org")
    with changing(chapter, now(at)) as work:
        person = person_named(work, who)
        free_address(work, other, chapter.chapter.address, person.id)
        if other not in person.addresses:
            person = replace(person, aliases=(*person.aliases, other), version=person.version + 1)
            work.stage((person,))
            work.commit()
    click.echo(f"{person.id}: {', '.join(person.addresses)}")


@people.command()
@click.argument("who")
@click.option("--until", metavar="DATE", help="Resumes by itself on that day, such as 2026-08-14.")
@now_option
@click.pass_context
def pause(ctx: click.Context, who: str, *, until: str | None, at: str | None) -> None:
    """No mail to somebody for a while."""
    back = datetime.combine(day(until), time(6), tzinfo=UTC) if until else None
    if back and back <= now(at):
        raise UsageError(f"--until {until}: is not in the future – without --until the pause lasts until they resume")
    _change(ctx, who, at, status="paused", paused_until=back, due=back, only=("active", "paused"))


@people.command()
@click.argument("who")
@now_option
@click.pass_context
def resume(ctx: click.Context, who: str, *, at: str | None) -> None:
    """Write to somebody again: after a pause, a STOP, or when a dead address works again."""
    _change(ctx, who, at, status="active", paused_until=None, away_until=None, bounces=(), due=now(at))


@people.command()
@click.argument("who")
@now_option
@click.pass_context
def data(ctx: click.Context, who: str, *, at: str | None) -> None:
    """Print what is stored of somebody as JSON, for them alone. By mail they get it with EXPORT MY DATA."""
    from coordinator.store import open_store
    from coordinator.tick.privacy import data_of

    work = open_store(settings(ctx).state, now=now(at)).load()
    click.echo(data_of(work, person_named(work, who)))


@people.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@now_option
@click.pass_context
def forget(ctx: click.Context, who: str, *, yes: bool, at: str | None) -> None:
    """Delete somebody for good: records, letters, mails in the mailbox, backups. The next tick does it.

    Their pairings end; the others keep what is theirs. A fingerprint of the address stays, so that no old list brings
    them back. By mail it is asked for with FORGET ME.
    """
    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    with changing(chapter, instant) as work:
        person = person_named(work, who)
        if not yes:
            click.confirm(f"{person.id}: delete {person.name} for good?", abort=True)
        after = Overlay(work)
        for record in left(program, chapter.chapter, after, person, instant):
            after.put(record)
        work.stage(after.changes())
        work.with_meta(counters={**work.meta.counters, "leaving": 1}, wakes=instant)
        work.commit()
    click.echo(f"{person.id}: the next tick deletes everything about them")


def _change(ctx: click.Context, who: str, at: str | None, *, only: tuple[str, ...] = (), **changes: object) -> None:
    """only: UsageError for somebody in another state, empty = whatever it is."""
    instant = now(at)
    with changing(settings(ctx), instant) as work:
        person = person_named(work, who)
        if only and person.status not in only:
            raise UsageError(f"{person.id}: {person.name} is {person.status} and gets no mail before people resume")
        changed = replace(person, version=person.version + 1, **changes)  # type: ignore[arg-type]
        work.stage((changed,))
        note = reached_again(work, person, changed, instant) if changed.status == "active" else ""
        for pairing in work.pairings_of(person.id):
            work.stage((replace(pairing, version=pairing.version + 1, due=instant),))
        work.commit()
    click.echo(f"{person.id}: {person.name} is {changes['status']}{note}")
