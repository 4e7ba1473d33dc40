"""What several commands share: the chapter, the clock, and ways to print."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.config import Settings


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


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


now_option = click.option("--now", "at", metavar="ISO", help="Take this for the time (tests, rehearsals).")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
