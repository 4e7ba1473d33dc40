"""`doctor`: everything outside that a tick depends on, tried one by one, each failure with its next step."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator.cli.common import folder, json_option, now, print_json, settings
from coordinator.errors import BackendError, ConfigurationError, CoordinatorError

if TYPE_CHECKING:
    from coordinator.backends import Inbox
    from coordinator.config import Settings

SLACK = timedelta(minutes=5)
LOOKED_AT = 200
Door = tuple[str, object]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was tried. told: what was found, or one sentence with the next step. code: exit code, 0 = well."""

    what: str
    told: str
    code: int = 0


@click.command()
@click.option("--roundtrip", "round_", is_flag=True, help="Also write a mail to the program itself and wait for it.")
@click.option(
    "--wait", type=click.IntRange(1, 3600), default=60, show_default=True, metavar="SECONDS", help="For that mail."
)
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, round_: bool, wait: int, as_json: bool) -> None:
    """Try everything outside that a tick depends on; without --roundtrip it sends nothing and changes nothing.

    Exit code 0: all is well; otherwise that of the first thing that is not (77: a login was refused).
    """
    findings: list[Finding] = []
    for finding in _findings(ctx, wait if round_ else 0):
        findings.append(finding)
        if not as_json:
            click.echo(f"{'ok  ' if not finding.code else 'FAIL'} {finding.what:<14} {finding.told}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    sys.exit(next((finding.code for finding in findings if finding.code), 0))


def _findings(ctx: click.Context, wait: int) -> Iterator[Finding]:
    """wait: seconds for a mail to itself, 0 = none is sent."""
    try:
        chapter = settings(ctx)
    except ConfigurationError as error:
        yield from (Finding(what="configuration", told=problem, code=78) for problem in error.problems)
        return
    yield Finding(what="configuration", told=f"{chapter.chapter.name}, program {chapter.program}")
    yield _tried("rights", lambda: _rights(folder(ctx)))
    yield _tried("disk", lambda: _disk(chapter.state))
    yield _tried("state", lambda: _state(chapter))
    yield _tried("time zones", lambda: _zones(chapter.chapter.timezone))
    if chapter.grant is not None:
        yield _tried("token", lambda: _token(chapter))
    yield _tried("inbox", lambda: _inbox(chapter, chapter.inbox))
    yield _tried("outbox", lambda: _outbox(chapter.outbox))
    if chapter.other_inbox is not None:
        yield _tried("inbox (other)", lambda: _inbox(chapter, chapter.other_inbox))
    if chapter.other_outbox is not None:
        yield _tried("outbox (other)", lambda: _outbox(chapter.other_outbox))
    if chapter.calendar is not None:
        yield _tried("calendar", lambda: _calendar(chapter.calendar))
    if wait:
        from coordinator.cli.roundtrip import roundtrip

        if chapter.heartbeat.url:
            yield _tried("heartbeat", lambda: _heartbeat(chapter.heartbeat.url))
        yield _tried("round trip", lambda: roundtrip(chapter, wait=wait))


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, told=look())
    except CoordinatorError as error:
        return Finding(what=what, told=str(error), code=error.exit_code)
    except OSError as error:
        return Finding(what=what, told=f"{error.strerror} – look at the rights of the folder", code=74)


def _rights(place: Path) -> str:
    """What others on this machine may see."""
    open_ones = [
        path.name or str(path)
        for path in (place, *sorted(place.iterdir()))
        if path.name in _PRIVATE | {place.name} and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_ones:
        way = "run chmod -R go-rwx on the chapter's folder"
        raise ConfigurationError(f"others may look into {', '.join(open_ones)} – {way}")
    if not os.access(place, os.W_OK):
        raise ConfigurationError("the chapter's folder cannot be written – make whoever runs coordinator its owner")
    return "only you may look into the chapter's folder"


_PRIVATE = {"config.toml", "secret.key", "tokens.json", "state"}


def _disk(state: Path) -> str:
    from coordinator.cli.far_disks import far_disk

    kind = far_disk(state)
    if kind:
        fault = f"the state lies on another machine's disk ({kind}), where a lock may not hold two ticks apart"
        raise ConfigurationError(f"{fault} – move the chapter to a disk of this machine")
    return "the state lies on a disk of this machine"


def _state(chapter: "Settings") -> str:
    from coordinator.store import open_store

    store = open_store(chapter.state, now=now())
    store.check_room()
    people = sum(1 for _ in store.load().participants())
    return f"readable, {people} people; enough room on the disk"


def _zones(zone: str) -> str:
    from coordinator.core import zones

    zones.zone(zone)
    return f"time-zone data {zones.version()}; the chapter lives in {zone}"


def _heartbeat(url: str) -> str:
    from coordinator.backends.call import call

    if not call(url, "coordinator doctor"):
        raise BackendError("nobody takes calls there – compare [heartbeat] url with the page of your check")
    return "the address takes calls"


def _token(chapter: "Settings") -> str:
    from coordinator.backends.oauth import access_token

    assert chapter.grant is not None
    access_token(chapter.grant)
    return f"the provider gives out tokens for {chapter.grant.user}"


def _inbox(chapter: "Settings", door: Door | None) -> str:
    from coordinator.backends import open_inbox
    from coordinator.backends.marks import fitting
    from coordinator.store import open_store

    store = open_store(chapter.state, now=now())
    side = store.earliest()
    assert door is not None
    mark = fitting(side.inbox_mark if side else "", door[0], lambda: store.load().meta.created)
    with open_inbox(*door) as inbox:
        waiting, newest = _waiting(inbox, mark)
        _blame_clock(newest)
        return f"{door[0]}: logged in; {waiting} new messages"


def _waiting(inbox: "Inbox", mark: str) -> tuple[int, datetime | None]:
    """How many new messages there are, headers looked at only, and when the newest came."""
    fetched = [one for batch in inbox.fetch(mark=mark, limit=LOOKED_AT, largest=1) for one in batch]
    return len(fetched), max((one.received for one in fetched if one.received), default=None)


def _blame_clock(newest: datetime | None) -> None:
    """Mail that came in the future tells of a clock that is slow."""
    if newest is not None and newest > now() + SLACK:
        minutes = int((newest - now()).total_seconds() // 60)
        way = "set it right (timedatectl set-ntp true)"
        raise ConfigurationError(f"the newest mail came {minutes} minutes in the future: the clock is slow – {way}")


def _outbox(door: Door | None) -> str:
    from coordinator.backends import open_outbox

    assert door is not None
    with open_outbox(*door) as outbox:
        outbox.prove()
    return f"{door[0]}: ready to send"


def _calendar(door: Door | None) -> str:
    from coordinator.backends import open_calendar

    assert door is not None
    with open_calendar(*door) as calendar:
        calendar.kept(now())
        rooms = calendar.rooms()
    return f"{door[0]}: the program's calendar invites{f'; {len(rooms)} rooms' if rooms else ''}"
