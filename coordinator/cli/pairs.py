"""`pair` and `pairing`: a pairing by hand, and changes to one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import changing, day, now, now_option, pairing_named, person_named, settings
from coordinator.core.endings.early import ended_today
from coordinator.core.hours import local_day
from coordinator.core.moments import Situation
from coordinator.core.overlay import Overlay
from coordinator.core.records import Pairing
from coordinator.core.roster import blame_doubles, paired
from coordinator.core.terms import TERMS, normal
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.core.program import Program
    from coordinator.core.records import Participant
    from coordinator.store.work import Work


@click.command()
@click.argument("mentor")
@click.argument("mentees", metavar="MENTEE", nargs=-1, required=True)
@click.option("--group", metavar="ID", help="Into the group of that pairing, in a program with group = true.")
@click.option("--advisor", "advisors", multiple=True, metavar="WHO", help="Once or twice.")
@click.option("--start", metavar="DATE", help="The day it begins; today when left out.")
@now_option
@click.pass_context
def pair(
    ctx: click.Context,
    mentor: str,
    mentees: tuple[str, ...],
    *,
    group: str | None,
    advisors: tuple[str, ...],
    start: str | None,
    at: str | None,
) -> None:
    """Bring a mentor and a mentee together (addresses or ids). Prints the pairing's id.

    Several mentees, in a program with group = true, are a group: each has a pairing of their own with the mentor, knows
    the others by name, and all talk together as often as a pair meets.
    """
    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    _blame_shape(program, mentees, group)
    first = day(start) if start else local_day(instant, chapter.chapter.timezone)
    with changing(chapter, instant) as work:
        leader, named = person_named(work, mentor), [person_named(work, a) for a in advisors]
        made = [
            brought_together(
                work, leader, person_named(work, who), named, start=first, months=program.months, now=instant
            )
            for who in dict.fromkeys(mentees)
        ]
        if group or len(made) > 1:
            made = _as_group(work, made, pairing_named(work, group) if group else made[0], instant)
        wake(work, made[0].advisors, instant)
        work.commit()
    click.echo("\n".join(new.id for new in made))


def _blame_shape(program: "Program", mentees: Sequence[str], group: str | None) -> None:
    """UsageError for more than two people where the program does not say that it has groups (AMIA-1)."""
    if (len(mentees) > 1 or group) and not program.group:
        raise UsageError(
            f"{', '.join(mentees)}: a pair is one mentor and one mentee – for several mentees of one mentor write "
            f"group = true into the program.toml of {program.id}; or bring each pair together by itself"
        )


def _as_group(work: "Work", made: Sequence[Pairing], first: Pairing, now: datetime) -> list[Pairing]:
    """The new pairings in the group of the first one. UsageError for a group of somebody else."""
    if first.mentor != made[0].mentor or first.status == "ended":
        raise UsageError(f"{first.id}: is no pairing of that mentor that goes on – a group has one mentor")
    group = first.group or first.id
    joined = [replace(new, group=group, version=new.version + 1) for new in made]
    if first.id not in {new.id for new in made}:
        work.stage((replace(first, group=group, version=first.version + 1, due=now),))
    work.stage(joined)
    return joined


def brought_together(
    work: "Work",
    mentor: "Participant",
    mentee: "Participant",
    advisors: Sequence["Participant"],
    *,
    start: date,
    months: int,
    now: datetime,
) -> Pairing:
    """A new pairing, staged and not yet committed; whatever search the mentee had is over."""
    from coordinator.core.seeking.forming import in_pair, overtaken

    id_ = work.fresh_id("p")
    new = paired(work, id_=id_, mentor=mentor, mentee=mentee, advisors=advisors, start=start, months=months, now=now)
    taken = in_pair(work, mentee.id, "mentee", now)
    over = [replace(match, version=match.version + 1) for match in overtaken(work, new, now)]
    work.stage((new, replace(taken, version=taken.version + 1), *over))
    return new


def wake(work: "Work", advisors: tuple[str, ...], now: datetime) -> None:
    """Has the next tick ask when their summary is due: so far they may have had none to wait for."""
    for id_ in advisors:
        advisor = work.participant(id_)
        if advisor:
            work.stage((replace(advisor, due=now, version=advisor.version + 1),))


@click.group()
def pairing() -> None:
    """Change a pairing."""


@pairing.command("set")
@click.argument("id_", metavar="ID")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@now_option
@click.pass_context
def set_(ctx: click.Context, id_: str, values: tuple[str, ...], *, at: str | None) -> None:
    """Change a pairing (ID as status prints it), such as p1 minutes=60 rhythm="first tuesday 12:00".

    Keys: rhythm, minutes, every, place, timezone, end, status (active, paused, ended: both get the closing letter),
    advisors, blocked (no: a conflict of interest is settled). An empty value goes back to what the program says.
    """
    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    with changing(chapter, instant) as work:
        found = pairing_named(work, id_)
        for value in values:
            key, mark, text = value.partition("=")
            if not mark:
                raise UsageError(f"{value}: write KEY=VALUE")
            where = Situation(program=program, chapter=chapter.chapter, cohort=work, pairing=found)
            found = (
                _advised(work, found, text, instant) if key == "advisors" else _set(where, key, text.strip(), instant)
            )
        work.stage((replace(found, version=found.version + 1, due=instant),))
        wake(work, found.advisors, instant)
        work.commit()
    click.echo(f"{found.id}: {', '.join(values)}")


def _advised(work: "Work", found: Pairing, text: str, now: datetime) -> Pairing:
    """The pairing with these advisors and no others; those who were removed hear only that their talks are off."""
    from coordinator.core.calls import left

    ids = tuple(person_named(work, a.strip()).id for a in text.split(",") if a.strip())
    blame_doubles(found.mentor, found.mentee, ids)
    overlay = Overlay(work)
    for id_ in found.advisors:
        if id_ not in ids and (gone := work.participant(id_)):
            left(overlay, gone, now, pairing=found.id)
    work.stage(overlay.changes())
    return replace(found, advisors=ids)


def _set(where: Situation, key: str, text: str, now: datetime) -> Pairing:
    found = where.pairing
    if key in TERMS:
        return replace(found, terms=_terms(found, key, text))
    if key == "end":
        last = day(text)
        if last < found.start:
            raise UsageError(f"end={text}: before it began ({found.start}) – status=ended ends it today")
        return replace(found, end=last)
    if key == "blocked" and text in ("", "no"):
        return replace(found, blocked="")
    if key == "status" and text == "ended":
        return ended_today(where, "asked", now)
    if key == "status" and text in ("active", "paused"):
        if found.ending or found.status == "ended":
            raise UsageError(f"{found.id}: is over – coordinator pair brings the two together once more")
        return replace(found, status=text)
    raise UsageError(
        f"{key}={text}: one of {', '.join(TERMS)}, end, status (active, paused, ended), advisors, blocked=no"
    )


def _terms(found: Pairing, key: str, text: str) -> dict[str, str]:
    others = {k: v for k, v in found.terms.items() if k != key}
    if not text:
        return others
    value = normal(key, text)
    if value is None:
        examples = 'rhythm="first tuesday 12:00", every="2 weeks", minutes=45, timezone=Europe/Berlin'
        raise UsageError(f"{key}={text}: cannot be understood – such as {examples}")
    return {**others, key: value}
