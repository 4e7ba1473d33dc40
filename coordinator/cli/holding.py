"""`held`: what waits for a human, and what the human decides."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from coordinator import programs
from coordinator.cli.common import changing, json_option, now, now_option, person_named, print_json, settings
from coordinator.core.records import Held, Letter
from coordinator.errors import UsageError
from coordinator.store.work import Work

if TYPE_CHECKING:
    from coordinator.config import Settings

NOBODY = "(no sound sender)"


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def held(ctx: click.Context, *, as_json: bool = False) -> None:
    """What waits for a human: list (also without a word), show, accept, reject."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@held.command("list")
@click.option("--all", "everything", is_flag=True, help="Quarantined and settled messages too.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, everything: bool = False, as_json: bool = False) -> None:
    """The messages that wait, oldest first; then letters that may have arrived or not, and are not to come twice."""
    from coordinator.store import open_store
    from coordinator.tick.uncertain import WAITS, held_letters

    chapter = settings(ctx)
    work = open_store(chapter.state, now=now()).load()
    letters = held_letters(work, chapter.sending.hold_uncertain)
    rows = sorted((h for h in work.all_held() if everything or h.state == "waiting"), key=lambda h: (h.received, h.id))
    if as_json:
        found = [{**_plain(h), "state": h.state} if everything else _plain(h) for h in rows]
        print_json([*found, *(_plain_letter(each, everything=everything) for each in letters)])
        return
    for row in rows:
        state = "" if row.state == "waiting" else f"  ({row.state})"
        click.echo(f"{row.id}  {row.received:%Y-%m-%d %H:%M}  {row.sender or NOBODY}{state}\n    {row.reason}")
    for each in letters:
        click.echo(f"{each.id}  {each.at:%Y-%m-%d %H:%M}  to {each.address}\n    {WAITS}; accept sends it again")
    if not rows and not letters:
        click.echo("nothing waits")


def _plain(found: Held) -> dict[str, Any]:
    return {
        "id": found.id,
        "from": found.sender,
        "received": found.received.isoformat(),
        "reason": found.reason,
    }


def _plain_letter(letter: Letter, *, everything: bool) -> dict[str, Any]:
    from coordinator.tick.uncertain import WAITS

    found = {"id": letter.id, "from": "", "to": letter.address, "received": letter.at.isoformat(), "reason": WAITS}
    return {**found, "state": letter.state} if everything else found


@held.command()
@click.argument("id_", metavar="ID")
@click.option("--raw", is_flag=True, help="The mail as it came, and nothing else.")
@json_option
@click.pass_context
def show(ctx: click.Context, id_: str, *, raw: bool, as_json: bool) -> None:
    """One of them: what of it is new, and what would be understood. Mind that somebody wrote it in confidence."""
    from coordinator.formats.mime import Own, parse
    from coordinator.report.read import account, plain
    from coordinator.store import open_store
    from coordinator.tick.holding import reread

    chapter = settings(ctx)
    work = open_store(chapter.state, now=now()).load()
    found = _held(work, id_)
    content = work.held_bytes(id_)
    if content is None:
        raise UsageError(f"{id_}: its copy is gone – look into the folders of the mailbox")
    if raw:
        sys.stdout.buffer.write(content)
        return
    program = programs.load(chapter.program, own=chapter.templates)
    reading = reread(chapter, program, work, found, now())
    if as_json:
        print_json({**_plain(found), **plain(reading)})
        return
    click.echo(f"{found.id} from {found.sender or NOBODY}: {found.reason}\n")
    click.echo(account(reading, body=parse(content, Own(address="", domain="")).text))
    if found.state in ("waiting", "quarantined"):
        click.echo(f"\ncoordinator held accept {id_} [--as WHO]    or    coordinator held reject {id_}")


def _held(work: Work, id_: str) -> Held:
    found = work.held(id_)
    if found is None:
        raise UsageError(f"{id_}: no message of that name – coordinator held list --all shows them")
    return found


@held.command()
@click.argument("id_", metavar="ID")
@click.option("--as", "who", metavar="WHO", help="Whose mail it is, when the address is not registered.")
@now_option
@json_option
@click.pass_context
def accept(ctx: click.Context, id_: str, *, who: str | None, at: str | None, as_json: bool) -> None:
    """Take a held message for what it says, as written by its sender (or by WHO); send a held letter again."""
    from coordinator.tick.holding import accept as taken
    from coordinator.tick.holding import decide

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    with changing(chapter, instant) as work:
        letter = _uncertain(chapter, work, id_)
        if letter:
            _tell(id_, decide(chapter, program, work, letter, instant, again=True), as_json=as_json)
            return
        found = _unsettled(work, id_)
        if not who and work.participant_at(found.sender) is None:
            shown = found.sender or NOBODY
            raise UsageError(f"{id_}: nobody registered {shown} – say whose mail it is: held accept {id_} --as WHO")
        writer = person_named(work, who or found.sender)
        outcome = taken(chapter, program, work, found, writer, instant)
    _tell(id_, outcome, as_json=as_json)


def _uncertain(chapter: "Settings", work: Work, id_: str) -> Letter | None:
    from coordinator.tick.uncertain import held_letters

    return next((each for each in held_letters(work, chapter.sending.hold_uncertain) if each.id == id_), None)


def _unsettled(work: Work, id_: str) -> Held:
    """UsageError for a message that a human has decided about already: nothing counts twice."""
    found = _held(work, id_)
    if found.state not in ("waiting", "quarantined", "unconfirmed"):
        raise UsageError(f"{id_}: is {found.state} already")
    return found


@held.command()
@click.argument("id_", metavar="ID")
@now_option
@json_option
@click.pass_context
def reject(ctx: click.Context, id_: str, *, at: str | None, as_json: bool) -> None:
    """Settle a held message without any effect (the mail itself stays in the mailbox), a held letter as arrived."""
    chapter, instant = settings(ctx), now(at)
    with changing(chapter, instant) as work:
        letter = _uncertain(chapter, work, id_)
        if letter:
            from coordinator.tick.holding import decide

            program = programs.load(chapter.program, own=chapter.templates)
            _tell(id_, decide(chapter, program, work, letter, instant, again=False), as_json=as_json)
            return
        found = _unsettled(work, id_)
        work.stage((replace(found, state="rejected", version=found.version + 1),))
        work.commit()
    _tell(id_, "rejected", as_json=as_json)


def _tell(id_: str, outcome: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"id": id_, "outcome": outcome})
    else:
        click.echo(f"{id_}: {outcome}")
