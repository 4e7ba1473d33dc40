"""`init`: from nothing to a chapter that runs."""

import re
import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coordinator import programs
from coordinator.cli.common import now, now_option
from coordinator.cli.doors import SECRETS, Answers, doors
from coordinator.core.roster import is_address, is_language
from coordinator.core.zones import is_zone
from coordinator.errors import BackendError, ConfigurationError, LoginError, UsageError

if TYPE_CHECKING:
    from coordinator.config import Settings

_LINE = re.compile(r"^config\.toml(:\d+)?: ")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--program", default="six-month", show_default=True, help="The program to run.")
@click.option("--name", help="The chapter's name, as letters say it.")
@click.option("--address", help="The program's own mailbox: letters come from it, replies go to it.")
@click.option("--coordinator", "human", help="Your address: alerts go there.")
@click.option("--timezone", help="Of people whose own is not known, such as Europe/Berlin.")
@click.option("--language", default="en", show_default=True, help="Of people who have not chosen one.")
@click.option("--provider", help="Where the mailbox is: microsoft365, gmail, fastmail, icloud, yahoo, gmx, …")
@click.option("--client-id", help="Sign in with OAuth: the ID under which the program is registered at the provider.")
@click.option("--tenant", help="The organisation's directory ID or domain, at Microsoft.")
@click.option("--flow", type=click.Choice(["device", "browser"]), help="How somebody signs in; browser at Google.")
@click.option("--exchange", metavar="URL", help="Read and send through Exchange: the address of its Exchange.asmx.")
@click.option("--auth", type=click.Choice(["basic", "ntlm"]), help="How a password logs in at Exchange.")
@click.option("--calendar", type=click.Choice(["imip", "exchange"]), help="Who invites: mails, or that calendar.")
@click.option("--imap", metavar="HOST[:PORT]", help="Read a mailbox on this server; a Maildir folder when left out.")
@click.option("--smtp", metavar="HOST[:PORT]", help="Send by this server; a Maildir folder when left out.")
@click.option("--username", help="Who logs in; the mailbox's address when left out.")
@click.option("--password-command", help="A command that prints the password, such as 'pass show mentoring'.")
@click.option("--password-file", help="A file that holds it (chmod 600); from the chapter's folder, or absolute.")
@click.option("--password-env", help="A variable of the environment that holds it.")
@click.option("--token-command", help="A command that prints an OAuth access token.")
@click.option("--starttls", is_flag=True, help="Connect in the clear and insist on TLS at once.")
@click.option("--plaintext", is_flag=True, help="No TLS at all; only for a server on this machine.")
@click.option("--ca-file", help="An authority to trust beside the system's.")
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
    provider: str | None,
    imap: str | None,
    smtp: str | None,
    at: str | None,
    no_login: bool,
    **login: str | bool | None,
) -> None:
    """Make a chapter folder: configuration, secret key, mailbox, state. Asks for what no flag says."""
    _blame_place(directory)
    known = programs.names(None)
    if program not in known:
        raise UsageError(f"--program {program}: no such program – one of: {', '.join(sorted(known))}")
    if not is_language(language.casefold()):
        raise UsageError(f"--language {language}: is no language – write it as en, es or de")
    answers: Answers = {
        "program": program,
        "chapter.name": name or _asked("The chapter's name", directory.resolve().name),
        "chapter.address": _address("--address", address, "The program's own mailbox (an address)"),
        "chapter.coordinator": _address("--coordinator", human, "Your address, for alerts"),
        "chapter.timezone": _checked("--timezone", timezone, "Time zone", is_zone, "write it as Europe/Berlin", "UTC"),
        "chapter.language": language,
    }
    own = str(answers["chapter.address"])
    if provider is None and imap is None and smtp is None and not login.get("exchange") and _is_asked():
        imap, smtp = _servers(login, own)
    answers.update(doors(login, own, provider=provider, imap=imap, smtp=smtp))
    _make(directory, answers, at=at, try_login=not no_login)
    click.echo(_next_steps(directory, str(answers["program"])))


def _blame_place(directory: Path) -> None:
    if (directory / "config.toml").exists():
        raise UsageError(f"{directory}: there is a chapter already – edit its config.toml, or choose another folder")
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory}: is a file – choose a name for a folder")


def _next_steps(directory: Path, program: str) -> str:
    chapter = f"  coordinator --chapter {directory}"
    is_open = any(stage.kind == "enrolment" for stage in programs.load(program, own=None).stages)
    by_mail = f"""

So that people join and find each other by mail, in place of the first two:

{chapter} people import people.csv --invite"""
    return f"""{directory} is ready. Next:

{chapter} people import people.csv
{chapter} pair MENTOR MENTEE --advisor ADVISOR
{chapter} check
{chapter} tick --dry-run
{chapter} schedule cron{by_mail if is_open else ""}"""


def _is_asked() -> bool:
    return sys.stdin.isatty()


def _asked(question: str, default: str | None) -> str:
    """The answer of whoever sits there. UsageError when nobody does and there is no default."""
    if not _is_asked():
        if default is not None:
            return default
        raise UsageError(f"{question}: nobody is here to ask – give it as a flag, see coordinator init --help")
    return str(click.prompt(question, default=default)).strip()


def _address(flag: str, given: str | None, question: str) -> str:
    return _checked(flag, given, question, is_address, "such as mentoring@example.org", None)


def _checked(
    flag: str, given: str | None, question: str, is_good: Callable[[str], bool], way: str, default: str | None
) -> str:
    """A flag's value, else an answer; whoever sits there is asked again until it will do."""
    if given is not None:
        if not is_good(given):
            raise UsageError(f"{flag} {given}: will not do – {way}")
        return given
    while not is_good(answer := _asked(question, default)):
        click.echo(f"{answer}: will not do – {way}")
    return answer


def _servers(login: dict[str, str | bool | None], address: str) -> tuple[str | None, str | None]:
    """Asks for the servers; an empty answer stands for a folder on this machine."""
    imap = _asked("IMAP server (empty: mail comes into a folder on this machine)", "") or None
    guess = imap.replace("imap", "smtp", 1).partition(":")[0] if imap else ""
    smtp = _asked("SMTP server (empty: mail goes into a folder on this machine)", guess) or None
    if (imap or smtp) and not any(login.get(key) for key in SECRETS):
        login["username"] = login.get("username") or _asked("Who logs in there", address)
        login["password_command"] = _asked("A command that prints the password", None)
    return imap, smtp


def _make(directory: Path, answers: Answers, *, at: str | None, try_login: bool) -> None:
    """The folder, whole or not at all: what cannot be made leaves nothing behind."""
    from coordinator import config, store
    from coordinator.backends import open_inbox

    existed = directory.exists()
    before = set(directory.iterdir()) if existed else set()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        (directory / "config.toml").write_text(config.render(answers), encoding="utf-8")
        (directory / "config.toml").chmod(0o600)
        config.write_secret(directory)
        chapter = config.load(directory)
        mark = ""
        if try_login:
            _sign_in(chapter)
            with open_inbox(*chapter.inbox) as inbox:
                inbox.prepare()
                mark = inbox.mark()
        epoch = secrets.token_hex(8)
        store.create(chapter.state, program=str(answers["program"]), now=now(at), epoch=epoch, inbox_mark=mark)
    except BaseException as error:
        _unmake(directory, before, existed=existed)
        if isinstance(error, ConfigurationError):
            # The file that its lines count in is gone again.
            raise ConfigurationError(*(_LINE.sub("", problem) for problem in error.problems)) from None
        if isinstance(error, BackendError | LoginError):
            click.echo("nothing was made; --no-login makes the folder without trying the mailbox", err=True)
        raise


def _sign_in(chapter: "Settings") -> None:
    if chapter.grant is not None:
        from coordinator.cli.login import sign_in

        sign_in(chapter.grant)


def _unmake(directory: Path, before: set[Path], *, existed: bool) -> None:
    """Takes away what was made, and nothing that stood there before."""
    if not existed:
        shutil.rmtree(directory, ignore_errors=True)
        return
    for path in set(directory.iterdir()) - before:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
