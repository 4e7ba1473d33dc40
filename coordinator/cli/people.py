"""`people`: the roster from and to spreadsheets, corrections, pauses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coordinator.cli.common import changing, now, now_option, person_named, settings
from coordinator.core.records import Consent, Participant
from coordinator.core.roster import CONSENT_TEXT, enrolment
from coordinator.core.zones import is_zone
from coordinator.errors import UnreadableError, UsageError
from coordinator.formats import roster


@click.group()
def people() -> None:
    """The roster: import, export, set, alias, pause, resume."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@now_option
@click.pass_context
def import_(ctx: click.Context, file: Path, *, dry_run: bool, at: str | None) -> None:
    """Add people from a CSV file. With any problem nothing is imported; each is listed with its line."""
    sheet = roster.read(file.read_bytes())
    with changing(settings(ctx), now(at)) as work:
        result = enrolment(work, sheet.rows, work.meta.next_participant, now(at))
        problems = (*sheet.problems, *result.problems)
        if problems:
            raise UnreadableError("\n".join((f"{file}: nothing was imported", *problems)))
        summary = f"{len(result.added)} new, {len(result.changed)} changed, {result.unchanged} as before"
        if dry_run:
            click.echo(f"would import: {summary}")
            return
        work.stage((*result.added, *result.changed))
        work.with_meta(next_participant=work.meta.next_participant + len(result.added))
        work.commit()
    click.echo(summary)


@people.command("export")
@click.option("--raw", is_flag=True, help="For machines: cells as they are, formulas and all.")
@click.pass_context
def export(ctx: click.Context, *, raw: bool) -> None:
    """Print the roster as CSV."""
    with changing(settings(ctx), now()) as work:
        rows = [_cells(p) for p in sorted(work.participants(), key=lambda p: p.address)]
    click.echo(roster.write(roster.COLUMNS, rows, raw=raw), nl=False)


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
    """Correct somebody's record: first_name, last_name, roles, timezone, language, consent, address."""
    with changing(settings(ctx), now(at)) as work:
        person = person_named(work, who)
        for value in values:
            key, mark, text = value.partition("=")
            if not mark or key not in _SETTERS:
                raise UsageError(f"{value}: write KEY=VALUE with one of {', '.join(_SETTERS)}")
            person = _SETTERS[key](person, text.strip(), at)
        work.stage((replace(person, version=person.version + 1),))
        work.commit()
    click.echo(f"{person.id}: {person.name} <{person.address}>")


def _text(key: str) -> Any:
    return lambda person, text, _at: replace(person, **{key: text})


def _roles(person: Participant, text: str, _at: str | None) -> Participant:
    roles = tuple(r.strip() for r in text.split(",") if r.strip())
    unknown = set(roles) - {"mentor", "mentee", "advisor", "coordinator"}
    if unknown:
        raise UsageError(f"no role {', '.join(sorted(unknown))} – one of mentor, mentee, advisor, coordinator")
    return replace(person, roles=roles)


def _zone(person: Participant, text: str, _at: str | None) -> Participant:
    if text and not is_zone(text):
        raise UsageError(f"no time zone {text!r} – write it as Europe/Berlin")
    return replace(person, timezone=text)


def _consent(person: Participant, text: str, at: str | None) -> Participant:
    agreed = text.casefold() in ("yes", "y", "true", "1")
    return replace(person, consent=Consent(text=CONSENT_TEXT, at=now(at), how="command") if agreed else None)


_SETTERS = {
    "first_name": _text("first_name"),
    "last_name": _text("last_name"),
    "language": _text("language"),
    "address": lambda person, text, _at: replace(person, address=text.casefold()),
    "roles": _roles,
    "timezone": _zone,
    "consent": _consent,
}


@people.command()
@click.argument("who")
@click.argument("address")
@now_option
@click.pass_context
def alias(ctx: click.Context, who: str, address: str, *, at: str | None) -> None:
    """Register another address for somebody: mail from it counts as theirs."""
    with changing(settings(ctx), now(at)) as work:
        person, other = person_named(work, who), work.participant_at(address.casefold())
        if other and other.id != person.id:
            raise UsageError(f"{address}: belongs to {other.id} already")
        if address.casefold() not in person.addresses:
            aliases = (*person.aliases, address.casefold())
            work.stage((replace(person, aliases=aliases, version=person.version + 1),))
            work.commit()
    click.echo(f"{person.id}: {', '.join((*person.addresses, address.casefold()))}")


@people.command()
@click.argument("who")
@click.option("--until", metavar="DATE", help="Resumes by itself on that day, such as 2026-08-14.")
@now_option
@click.pass_context
def pause(ctx: click.Context, who: str, *, until: str | None, at: str | None) -> None:
    """No mail to somebody for a while."""
    day = now(f"{until}T06:00") if until else None
    _change(ctx, who, at, status="paused", paused_until=day, due=day)


@people.command()
@click.argument("who")
@now_option
@click.pass_context
def resume(ctx: click.Context, who: str, *, at: str | None) -> None:
    """Write to somebody again: after a pause, a STOP, or when a dead address works again."""
    _change(ctx, who, at, status="active", paused_until=None, bounces=(), due=now(at))


def _change(ctx: click.Context, who: str, at: str | None, **changes: object) -> None:
    with changing(settings(ctx), now(at)) as work:
        person = person_named(work, who)
        work.stage((replace(person, version=person.version + 1, **changes),))  # type: ignore[arg-type]
        for pairing in work.pairings_of(person.id):
            work.stage((replace(pairing, version=pairing.version + 1, due=now(at)),))
        work.commit()
    click.echo(f"{person.id}: {person.name} is {changes['status']}")
