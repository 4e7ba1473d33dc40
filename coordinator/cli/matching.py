"""`match`: the best set of pairs for the people of a chapter, with reasons; and taking it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import (
    changing,
    cohort_named,
    day,
    json_option,
    now,
    now_option,
    person_named,
    print_json,
    settings,
)
from coordinator.core.hours import local_day
from coordinator.core.matching.settings import MODES
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.core.matching.propose import Candidate
    from coordinator.core.program import Program
    from coordinator.core.records import Participant
    from coordinator.report.matching import Told
    from coordinator.store.work import Work


@click.command("match")
@click.option("--mode", type=click.Choice(sorted(MODES)), help="In place of the program's own.")
@click.option("--cohort", metavar="NAME", help="Only these mentees, with mentors of that cohort or of none.")
@click.option("--explain", is_flag=True, help="What each score is made of, and who lost to whom.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the pairs for a spreadsheet.")
@click.option("--accept", "accepted", multiple=True, metavar="MENTEE", help="Make that pairing; all: every full one.")
@click.option("--advisor", "advisors", multiple=True, metavar="WHO", help="Of the pairings made, once or twice.")
@click.option("--start", metavar="DATE", help="The day they begin; today when left out.")
@json_option
@now_option
@click.pass_context
def match(
    ctx: click.Context,
    mode: str | None,
    *,
    cohort: str | None,
    explain: bool,
    as_csv: bool,
    as_json: bool,
    accepted: tuple[str, ...],
    advisors: tuple[str, ...],
    start: str | None,
    at: str | None,
) -> None:
    """Propose the best set of pairs, each with its reasons. Nobody is written to unless you --accept.

    A pair whose first goal is not covered is made only where its mentee is accepted by name.
    """
    from coordinator.formats.roster import write
    from coordinator.report import matching as report
    from coordinator.store import open_store

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    mode, language = mode or program.matching.mode, chapter.chapter.language
    if accepted:
        first = day(start) if start else local_day(instant, chapter.chapter.timezone)
        with changing(chapter, instant) as work:
            told = proposed(program, work, instant, mode, language, cohort)
            pairs = _chosen(work, told, accepted)
            made = _made(work, program, pairs, [person_named(work, who) for who in advisors], first, instant)
        named = zip(made, pairs, strict=True)
        click.echo("\n".join(f"{id_}  {told.address(p.mentee)} with {told.address(p.mentor)}" for id_, p in named))
        return
    told = proposed(program, open_store(chapter.state, now=instant).load(), instant, mode, language, cohort)
    if as_json:
        print_json(report.plain(told))
    elif as_csv:
        click.echo(write(report.HEADER, report.rows(told)), nl=False)
    else:
        click.echo("\n".join(report.lines(told, explain=explain)))


def proposed(
    program: "Program", work: "Work", instant: datetime, mode: str, language: str, cohort: str | None = None
) -> "Told":
    """The proposal for everybody who is on the roster now, or for one cohort."""
    from coordinator.core.figures import cohorts_of
    from coordinator.core.matching.propose import proposal
    from coordinator.report.matching import Told
    from coordinator.report.seekers import everybody

    people = {p.id: p for p in work.participants()}
    intake = cohort_named(cohorts_of(people.values()), cohort) if cohort else ""
    found = everybody(program, work, instant, intake=intake)
    return Told(
        matching=program.matching,
        mode=mode,
        pool=found,
        proposal=proposal(program.matching, found, mode),
        people=people,
        words=program.words.get(language.split("-", maxsplit=1)[0], {}),
    )


def _chosen(work: "Work", told: "Told", accepted: Sequence[str]) -> tuple["Candidate", ...]:
    """The pairs that are to be made. UsageError names whoever is not among those proposed."""
    known = {one.mentee: one for one in told.proposal.pairs}
    chosen: dict[str, Candidate] = {}
    for who in accepted:
        if who == "all":
            chosen |= {one.mentee: one for one in told.proposal.pairs if one.fit.kind != "uncovered"}
            continue
        person = person_named(work, who)
        if person.id not in known:
            raise UsageError(f"{who}: nobody is proposed for them – coordinator match says why")
        chosen[person.id] = known[person.id]
    if not chosen:
        raise UsageError("nobody to accept: no first goal is covered – name the mentees, or look at coordinator match")
    return tuple(chosen.values())


def _made(
    work: "Work",
    program: "Program",
    pairs: Sequence["Candidate"],
    advisors: Sequence["Participant"],
    start: date,
    instant: datetime,
) -> list[str]:
    """Makes these pairings in one commit, all or none; their ids."""
    from coordinator.cli.pairs import brought_together, wake

    made = []
    for one in pairs:
        mentor, mentee = person_named(work, one.mentor), person_named(work, one.mentee)
        made.append(brought_together(work, mentor, mentee, advisors, start=start, months=program.months, now=instant))
    wake(work, tuple(a.id for a in advisors), instant)
    work.commit()
    return [new.id for new in made]
