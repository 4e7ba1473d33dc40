"""`approve` and `decline`: what waits for an advisor, decided by the volunteer in an advisor's name."""

from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import changing, now, now_option, person_named, settings
from coordinator.core.records import Match, Participant
from coordinator.core.seeking.by_hand import about_applicant, about_candidate, at_hand, put_forward
from coordinator.core.seeking.forming import LED
from coordinator.core.seeking.verbs import Wish
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.store.work import Work

as_option = click.option("--as", "as_whom", metavar="WHO", help="The advisor who decided; else the one of the search.")


@click.command()
@click.argument("what")
@click.argument("candidate", required=False)
@as_option
@now_option
@click.pass_context
def approve(ctx: click.Context, what: str, candidate: str | None, *, as_whom: str | None, at: str | None) -> None:
    """Approve a candidate (WHAT: a search such as m3, or the mentee; CANDIDATE: number or mentor), or an applicant.

    Where mentees choose for themselves, the mentor is put on the mentee's cards. The gates before it hold here, too.
    """
    _decide(ctx, "approve", what, candidate, "", as_whom, at)


@click.command()
@click.argument("what")
@click.argument("candidate", required=False)
@click.option("--because", default="", help="Why; kept with the search, told to nobody.")
@as_option
@now_option
@click.pass_context
def decline(
    ctx: click.Context, what: str, candidate: str | None, *, because: str, as_whom: str | None, at: str | None
) -> None:
    """Decline a candidate (as with approve), or an applicant, who gets a kind line without reasons."""
    _decide(ctx, "decline", what, candidate, because, as_whom, at)


def _decide(
    ctx: click.Context, verb: str, what: str, candidate: str | None, because: str, as_whom: str | None, at: str | None
) -> None:
    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    with changing(chapter, instant) as work:
        match = _search(work, what, candidate)
        who = _advisor(work, match, as_whom)
        arrival = at_hand(program, chapter.chapter, work, who, instant)
        if match is None:
            wish = Wish(verb=verb, text=because)
            took, decision = about_applicant(arrival, person_named(work, what), wish)
        else:
            if verb == "approve" and candidate and not candidate.isdecimal():
                match = put_forward(arrival, match, person_named(work, candidate))
            wish = Wish(verb=verb, number=_number(work, match, candidate), text=because)
            if verb == "approve" and match.mode != LED:
                work.stage(arrival.decision("applied").changes)
                work.commit()
                click.echo(f"{match.id}: on the mentee's cards")
                return
            took, decision = about_candidate(arrival, match, wish)
        if took.unclear:
            raise UsageError(f"{what}: which candidate? coordinator show {what} lists them")
        work.stage(decision.changes)
        work.commit()
    click.echo("\n".join(took.told))


def _search(work: "Work", what: str, candidate: str | None) -> Match | None:
    """The open search of that name or of that mentee; None for somebody who applies."""
    match = work.match(what)
    if match is None:
        person = person_named(work, what)
        if candidate is None and any(s.state == "held" for s in person.seats):
            return None
        match = next((m for m in work.matches_of(person.id) if m.mentee == person.id and m.state == "open"), None)
    if match is None or match.state != "open":
        raise UsageError(f"{what}: no open search, and nobody who waits for a decision – coordinator status lists both")
    return match


def _advisor(work: "Work", match: Match | None, as_whom: str | None) -> Participant:
    if as_whom:
        return person_named(work, as_whom)
    ids = match.advisors if match else ()
    found = next((p for p in map(work.participant, ids) if p), None) or next(iter(work.pool("advisor")), None)
    if found is None:
        raise UsageError("nobody is an advisor yet – say who decided: --as ADDRESS")
    return found


def _number(work: "Work", match: Match, candidate: str | None) -> int | None:
    if candidate is None or candidate.isdecimal():
        return int(candidate) if candidate else None
    known = match.candidate_of(person_named(work, candidate).id)
    return known.number if known else None
