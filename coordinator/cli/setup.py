"""`init`, `check` and `schedule`: from nothing to a chapter that runs."""

import secrets
import shutil
import sys
from pathlib import Path

import click

from coordinator import programs
from coordinator.cli.common import folder, now, now_option, settings
from coordinator.errors import ConfigurationError, UsageError


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--program", default="six-month", show_default=True, help="The program to run.")
@click.option("--name", help="The chapter's name, as letters say it.")
@click.option("--address", help="The program's own mailbox.")
@click.option("--coordinator", "human", help="Where alerts go.")
@click.option("--timezone", help="Such as Europe/Berlin.")
@click.option("--language", default="en", show_default=True)
@click.option("--imap", metavar="HOST", help="Read a mailbox on this server; a Maildir folder when left out.")
@click.option("--smtp", metavar="HOST", help="Send by this server; a Maildir folder when left out.")
@click.option("--username", help="Who logs in; the mailbox's address when left out.")
@click.option("--password-command", help="A command that prints the password.")
@click.option("--password-file", help="A file that holds it (chmod 600).")
@click.option("--password-env", help="A variable that holds it.")
@click.option("--token-command", help="A command that prints an OAuth token.")
@click.option("--no-login", is_flag=True, help="Do not try the mailbox now.")
@now_option
def init(
    directory: Path,
    *,
    program: str,
    name: str | None,
    address: str | None,
    human: str | None,
    timezone: str | None,
    language: str,
    imap: str | None,
    smtp: str | None,
    at: str | None,
    no_login: bool,
    **login: str | None,
) -> None:
    """Make a chapter folder: configuration, secret key, mailbox, state. Asks for what no flag says."""
    if (directory / "config.toml").exists():
        raise UsageError(f"{directory}: there is a chapter already – edit its config.toml, or choose another folder")
    if program not in programs.names(None):
        raise UsageError(f"--program {program}: no such program – one of: {', '.join(sorted(programs.names(None)))}")
    answers = _answers(directory, program, name, address, human, timezone, language)
    for door, host in (("inbox", imap), ("outbox", smtp)):
        answers.update(_door(door, host, str(answers["chapter.address"]), login))
    _make(directory, answers, at=at, try_login=not no_login)
    click.echo(f"{directory} is ready. Next:\n")
    click.echo(f"  coordinator --chapter {directory} people import people.csv")
    click.echo(f"  coordinator --chapter {directory} pair MENTOR MENTEE --advisor ADVISOR")
    click.echo(f"  coordinator --chapter {directory} tick --dry-run")


def _answers(directory: Path, program: str, *given: str | None) -> dict[str, object]:
    name, address, human, timezone, language = given
    name = name or _ask("The chapter's name", directory.name)
    address = address or _ask("The program's own mailbox (an address)", None)
    human = human or _ask("Your address, for alerts", None)
    timezone = timezone or _ask("Time zone", "UTC")
    return {
        "program": program,
        "chapter.name": name,
        "chapter.address": address,
        "chapter.coordinator": human,
        "chapter.timezone": timezone,
        "chapter.language": language,
    }


def _ask(question: str, default: str | None) -> str:
    if not sys.stdin.isatty():
        if default is not None:
            return default
        raise UsageError(f"{question}: nobody is here to ask – give it as a flag, see coordinator init --help")
    return str(click.prompt(question, default=default))


def _door(door: str, host: str | None, address: str, login: dict[str, str | None]) -> dict[str, object]:
    if host is None:
        return {}
    name = "imap" if door == "inbox" else "smtp"
    server, _, port = host.partition(":")
    answers: dict[str, object] = {f"{door}.backend": name, f"{door}.host": server}
    if port:
        answers[f"{door}.port"] = int(port)
    answers[f"{door}.username"] = login.get("username") or address
    for key in ("password_command", "password_file", "password_env", "token_command"):
        value = login.get(key)
        if value:
            answers[f"{door}.{key}"] = tuple(value.split()) if key.endswith("command") else value
    return answers


def _make(directory: Path, answers: dict[str, object], *, at: str | None, try_login: bool) -> None:
    """The folder, whole or not at all: what cannot be made leaves nothing behind."""
    from coordinator import config, store
    from coordinator.backends import open_inbox

    existed = directory.exists()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (directory / "config.toml").write_text(config.render(answers), encoding="utf-8")
        (directory / "config.toml").chmod(0o600)
        config.write_secret(directory)
        chapter = config.load(directory)
        mark = ""
        if try_login:
            with open_inbox(*chapter.inbox) as inbox:
                inbox.prepare()
                mark = inbox.mark()
        store.create(
            chapter.state, program=str(answers["program"]), now=now(at), epoch=secrets.token_hex(8), inbox_mark=mark
        )
    except BaseException:
        if not existed:
            shutil.rmtree(directory, ignore_errors=True)
        else:
            (directory / "config.toml").unlink(missing_ok=True)
        raise


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look for every mistake in configuration, program, templates and state, and list them all at once."""
    problems: list[str] = []
    chapter = None
    try:
        chapter = settings(ctx)
    except ConfigurationError as error:
        problems += error.problems
    own = folder(ctx) / "templates"
    name = chapter.program if chapter else "six-month"
    try:
        programs.load(name, own=own)
    except ConfigurationError as error:
        problems += error.problems
    if problems:
        raise ConfigurationError(*problems)
    _check_state(ctx)
    click.echo(f"{folder(ctx)}: all is well")


def _check_state(ctx: click.Context) -> None:
    from coordinator.store import open_store
    from coordinator.tick.remembered import vanished

    chapter = settings(ctx)
    work = open_store(chapter.state, now=now()).load()
    missing = vanished(programs.load(chapter.program, own=chapter.templates), work)
    if missing:
        raise ConfigurationError(*missing)


@click.command()
@click.argument("kind", type=click.Choice(["cron", "systemd", "launchd"]))
@click.option("--minutes", default=15, show_default=True, help="How often.")
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
