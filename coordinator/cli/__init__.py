"""The command line: each command loads, calls one function and prints. Nothing else asks the clock.

A command's module is imported only when the command is named, so that `--help` and an idle tick stay quick.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from coordinator.errors import CoordinatorError

# A command makes many values and hardly a cycle: looking for them after every 700 costs a tenth of its time.
gc.set_threshold(50_000, 20, 50)

COMMANDS = {
    "init": ("founding", "Make a chapter folder."),
    "check": ("setup", "Look for every mistake in configuration, program, templates and state."),
    "doctor": ("doctor", "Try everything outside: rights, clock, tokens, logins."),
    "login": ("login", "Sign in at a provider that gives out tokens (OAuth)."),
    "tick": ("ticking", "Run once: read the mail, decide, send."),
    "watch": ("ticking", "Run whenever mail comes, and on a timer."),
    "schedule": ("setup", "Print what to install for cron, systemd or launchd."),
    "status": ("looking", "Where things stand."),
    "show": ("looking", "One person or pairing, whole."),
    "why": ("looking", "Why somebody got a mail."),
    "held": ("holding", "What waits for a human: list, show, accept, reject."),
    "paper": ("papers", "Print a certificate or a service letter, or write it as PDF."),
    "preview": ("looking", "A letter as it would look."),
    "read": ("reading", "What the program would make of these mails."),
    "people": ("people", "The roster: import, export, set, alias, pause, resume."),
    "approve": ("deciding", "Approve a candidate or somebody who applies."),
    "decline": ("deciding", "Decline a candidate or somebody who applies."),
    "match": ("matching", "Propose the best set of pairs, with reasons."),
    "pair": ("pairs", "Bring a mentor and a mentee together."),
    "pairing": ("pairs", "Change a pairing."),
    "report": ("reporting", "How the program goes: pairs, meetings, goals, satisfaction."),
    "tally": ("tallying", "What private answers come to, of five people or more."),
    "backup": ("keeping", "Copy the state to a file."),
    "restore": ("keeping", "Bring the state back from a file."),
    "demo": ("playing", "Play a whole season with invented people."),
    "timeline": ("playing", "Draw the season of a program."),
    "simulate": ("playing", "Count mails and time over a season of many pairs."),
}


INSIDE = {
    **dict.fromkeys(("import", "export", "set", "alias", "pause", "resume"), "people"),
    **dict.fromkeys(("accept", "reject"), "held"),
}
"""Words that people try by themselves → the command that has them."""


class LazyGroup(click.Group):
    """Knows every command's name and summary without importing any of them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, chapter_first(args))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = f"{INSIDE[name]} {name}" if name in INSIDE else _near(name)
            hint = f"did you mean coordinator {near}?" if near else "coordinator --help lists them"
            ctx.fail(f"no command {name!r} – {hint}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"coordinator.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def chapter_first(args: list[str]) -> list[str]:
    """The same arguments with `--chapter DIR` in front, wherever it was written."""
    named: list[str] = []
    others: list[str] = []
    rest = iter(args)
    for word in rest:
        if word == "--":
            others += [word, *rest]
        elif word == "--chapter":
            named += [word, *([value] if (value := next(rest, None)) is not None else [])]
        else:
            (named if word.startswith("--chapter=") else others).append(word)
    return named + others


def _near(name: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, COMMANDS, n=1)), "")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="coordinator")
@click.option(
    "--chapter", "folder", type=click.Path(), envvar="COORDINATOR_CHAPTER", default=".", help="The chapter's folder."
)
@click.pass_context
def cli(ctx: click.Context, folder: str) -> None:
    """A mentoring program that runs from a mailbox."""
    ctx.obj = folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: our own errors become one sentence and their exit code, never a traceback."""
    try:
        cli.main(arguments, prog_name="coordinator", standalone_mode=False)
    except CoordinatorError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        _say(_disk(error))
        sys.exit(74)
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        sys.exit(130)
    except Exception as error:
        if os.environ.get("COORDINATOR_DEBUG"):
            raise
        _say(f"a mistake of ours ({_where(error)}); nothing is lost – COORDINATOR_DEBUG=1 shows more for a report")
        sys.exit(70)


def _where(error: Exception) -> str:
    """The kind of an unforeseen error and the place in our code, without anything that somebody wrote."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = f" in {os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last else ""  # noqa: PTH119
    return f"{type(error).__name__}{place}"


def _disk(error: OSError) -> str:
    """A file that cannot be read or written, in one sentence."""
    place = error.filename or "the disk"
    return f"{place}: {error.strerror or error} – look at its rights and at the space that is left"


def _say(text: Any) -> None:
    click.echo(f"coordinator: {text}", err=True)
