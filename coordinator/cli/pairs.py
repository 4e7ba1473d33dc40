"""`pair` and `pairing`: a pairing by hand, and changes to one."""

from dataclasses import replace
from datetime import date

import click

from coordinator import programs
from coordinator.cli.common import changing, now, now_option, pairing_named, person_named, settings
from coordinator.core.booking import cancelled
from coordinator.core.hours import local_day
from coordinator.core.records import Pairing
from coordinator.core.roster import paired
from coordinator.core.terms import TERMS, normal
from coordinator.errors import UsageError


@click.command()
@click.argument("mentor")
@click.argument("mentee")
@click.option("--advisor", "advisors", multiple=True, metavar="WHO", help="Once or twice.")
@click.option("--start", metavar="DATE", help="The day it begins; today when left out.")
@now_option
@click.pass_context
def pair(
    ctx: click.Context, mentor: str, mentee: str, *, advisors: tuple[str, ...], start: str | None, at: str | None
) -> None:
    """Bring a mentor and a mentee together (addresses or ids). Prints the pairing's id."""
    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    day = _day(start) if start else local_day(instant, chapter.chapter.timezone)
    with changing(chapter, instant) as work:
        new = paired(
            work,
            id_=f"p{work.meta.next_pairing}",
            mentor=person_named(work, mentor),
            mentee=person_named(work, mentee),
            advisors=[person_named(work, a) for a in advisors],
            start=day,
            months=program.months,
            now=instant,
        )
        work.stage((new,))
        for id_ in new.advisors:
            advisor = work.participant(id_)
            if advisor:
                work.stage((replace(advisor, due=instant, version=advisor.version + 1),))
        work.with_meta(next_pairing=work.meta.next_pairing + 1)
        work.commit()
    click.echo(new.id)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text}: not a day – write it as 2026-01-15") from None


@click.group()
def pairing() -> None:
    """Change a pairing."""


@pairing.command("set")
@click.argument("id_", metavar="ID")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@now_option
@click.pass_context
def set_(ctx: click.Context, id_: str, values: tuple[str, ...], *, at: str | None) -> None:
    """Change a pairing: rhythm, minutes, every, place, timezone, end, status (active, paused, ended), advisors."""
    instant = now(at)
    with changing(settings(ctx), instant) as work:
        found = pairing_named(work, id_)
        for value in values:
            key, mark, text = value.partition("=")
            if not mark:
                raise UsageError(f"{value}: write KEY=VALUE")
            if key == "advisors":
                ids = tuple(person_named(work, a.strip()).id for a in text.split(",") if a.strip())
                found = replace(found, advisors=ids)
            else:
                found = _set(found, key, text.strip(), at)
        work.stage((replace(found, version=found.version + 1, due=instant),))
        work.commit()
    click.echo(f"{found.id}: {', '.join(values)}")


def _set(found: Pairing, key: str, text: str, at: str | None) -> Pairing:
    if key in TERMS:
        value = normal(key, text)
        if value is None:
            raise UsageError(f"{key}={text}: cannot be understood – such as rhythm='first tuesday 12:00', minutes=45")
        return replace(found, terms={**found.terms, key: value})
    if key == "end":
        return replace(found, end=_day(text))
    if key == "status" and text in ("active", "paused", "ended"):
        if text == "ended":
            return replace(cancelled(found, now(at)), status="ended", ended=now(at))
        return replace(found, status=text)
    raise UsageError(f"{key}={text}: one of {', '.join(TERMS)}, end, status (active, paused, ended), advisors")
