"""What several commands share: the chapter, the clock, and ways to print."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.config import Settings
    from coordinator.core.records import Pairing, Participant
    from coordinator.store.work import Work


def settings(ctx: click.Context) -> "Settings":
    """The chapter's settings; everything wrong with them is listed at once (exit 78)."""
    from coordinator import config

    return config.load(folder(ctx))


def folder(ctx: click.Context) -> Path:
    return Path(str(ctx.find_root().obj or ".")).expanduser().resolve()


def now(given: str | None = None) -> datetime:
    """The one look at the clock; `--now` stands in for it. UTC; a time without offset is UTC."""
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        instant = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"--now {given}: not a time – write it as 2026-04-14T09:00 or 2026-04-14T09:00+02:00"
        ) from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def day(text: str) -> date:
    """A day that somebody wrote on the command line. UsageError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text}: not a day – write it as 2026-01-15") from None


def print_json(value: Any) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def progress(label: str) -> Any:
    """A bar of a thousand steps for long work, on a terminal only: logs and pipes get none of it."""
    return click.progressbar(length=1000, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


now_option = click.option("--now", "at", metavar="ISO", help="Take this for the time (tests, rehearsals).")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")


@contextmanager
def changing(chapter: "Settings", instant: datetime) -> Iterator["Work"]:
    """The state under the lock, waiting up to half a minute for a tick to end. Commit what is to last."""
    from coordinator.store import lock, open_store

    with lock(chapter.state, wait=30):
        yield open_store(chapter.state, now=instant).load()


def person_named(work: "Work", who: str) -> "Participant":
    """Somebody by address or id. UsageError names those whose name is near."""
    found = work.participant_at(who.casefold()) or work.participant(who)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(who.casefold(), [p.address for p in work.participants()], n=1)
        hint = (
            f" – did you mean {near[0]}?"
            if near
            else " – coordinator people export lists people, coordinator status pairings"
        )
        raise UsageError(f"{who}: nobody of that address or id is on the roster{hint}")
    return found


def cohort_named(known: Iterable[str], name: str) -> str:
    """A cohort as the roster writes it. UsageError lists those that there are."""
    named = {one.casefold(): one for one in known}
    found = named.get(" ".join(name.split()).casefold())
    if found is None:
        listed = f"there is {', '.join(named.values())}" if named else "no column cohort was ever imported"
        raise UsageError(f"--cohort {name}: nobody on the roster belongs to it – {listed}")
    return found


def pairing_named(work: "Work", id_: str) -> "Pairing":
    found = work.pairing(id_)
    if found is None:
        raise UsageError(f"{id_}: no such pairing – coordinator status lists them")
    return found


def free_address(work: "Work", address: str, own: str, owner: str) -> None:
    """UsageError when that address is somebody else's, or the program's own mailbox."""
    other = work.participant_at(address)
    if other is not None and other.id != owner:
        raise UsageError(f"{address}: belongs to {other.name} ({other.id}) already")
    if address == own.casefold():
        raise UsageError(f"{address}: is the program's own mailbox – it would write to itself")
