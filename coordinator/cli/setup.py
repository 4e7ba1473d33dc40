"""`check` and `schedule`: is everything right, and how it comes to run by itself."""

import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from coordinator import programs
from coordinator.cli.common import folder, now, settings
from coordinator.errors import ConfigurationError, UnreadableError
from coordinator.programs.unread import unread
from coordinator.tick.remembered import vanished

if TYPE_CHECKING:
    from coordinator.store.work import Work

NAME = "config.toml"
Loaded = TypeVar("Loaded")


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look for every mistake in configuration, program, templates and state, and list them all at once.

    Exit code 78: something must be changed in configuration or templates; 65: the state cannot be read.
    """
    place = folder(ctx)
    mistakes: list[str] = []
    chapter = _tried(lambda: settings(ctx), mistakes)
    name = chapter.program if chapter else _named_program(place / NAME)
    program = _tried(lambda: programs.load(name, own=place / "templates"), mistakes) if name else None
    work, unreadable = _state(place / "state")
    if program and work:
        mistakes += vanished(program, work)
    if mistakes:
        raise ConfigurationError(*mistakes, *unreadable)
    if unreadable:
        raise UnreadableError("\n".join(unreadable))
    for line in unread(name, place / "templates"):
        click.echo(line)
    click.echo(f"{place}: all is well")


def _tried(load: Callable[[], Loaded], mistakes: list[str]) -> Loaded | None:
    try:
        return load()
    except ConfigurationError as error:
        mistakes += error.problems
        return None


def _named_program(config: Path) -> str:
    """The program that a broken configuration names, so that its letters are looked at as well; "" = none."""
    try:
        return str(tomllib.loads(config.read_text(encoding="utf-8-sig")).get("program", ""))
    except (OSError, ValueError):
        return ""


def _state(place: Path) -> "tuple[Work | None, tuple[str, ...]]":
    """The state, or why it cannot be read."""
    from coordinator.store import open_store

    try:
        return open_store(place, now=now()).load(), ()
    except UnreadableError as error:
        return None, (str(error),)


@click.command()
@click.argument("kind", type=click.Choice(["cron", "systemd", "launchd"]))
@click.option("--minutes", type=click.IntRange(1, 59), default=15, show_default=True, help="How often.")
@click.pass_context
def schedule(ctx: click.Context, kind: str, *, minutes: int) -> None:
    """Print what to install so that the program runs by itself."""
    program = shutil.which("coordinator") or str(Path(sys.argv[0]).resolve())
    click.echo(
        _SCHEDULES[kind].format(program=program, chapter=folder(ctx), minutes=minutes, seconds=minutes * 60), nl=False
    )


_SCHEDULES = {
    "cron": """# crontab -e; cron mails you whatever a tick prints, and a tick with nothing to say prints nothing
*/{minutes} * * * * {program} --chapter {chapter} tick
""",
    "systemd": """# ~/.config/systemd/user/coordinator.service
[Unit]
Description=Mentoring program

[Service]
Type=oneshot
ExecStart={program} --chapter {chapter} tick
SuccessExitStatus=3

# ~/.config/systemd/user/coordinator.timer
[Unit]
Description=Mentoring program, every {minutes} minutes

[Timer]
OnCalendar=*:0/{minutes}
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now coordinator.timer
""",
    "launchd": """<?xml version="1.0" encoding="UTF-8"?>
<!-- ~/Library/LaunchAgents/org.example.coordinator.plist; then: launchctl load that file -->
<plist version="1.0"><dict>
  <key>Label</key><string>org.example.coordinator</string>
  <key>ProgramArguments</key><array>
    <string>{program}</string><string>--chapter</string><string>{chapter}</string><string>tick</string>
  </array>
  <key>StartInterval</key><integer>{seconds}</integer>
</dict></plist>
""",
}
