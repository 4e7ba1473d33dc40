"""`read`: what the program would make of these mails."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import click

from coordinator import programs
from coordinator.report.read import Setting, account_of, content_of, context_of, plain, read_mail, setting, unread

MANY = 64
"""From so many files on, all cores are used; below, starting the workers takes longer than reading."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--parent", type=click.Path(exists=True, path_type=Path), help="The mail that was answered, or a folder of them."
)
@click.option("--program", default="six-month", show_default=True, help="The program that --prompt is of.")
@click.option("--prompt", default="", help="Read the answers to this prompt.")
@click.option(
    "--context",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML: language, timezone, now, goals, slots.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file.")
@click.pass_context
def read(
    ctx: click.Context,
    *,
    files: tuple[Path, ...],
    parent: Path | None,
    program: str,
    prompt: str,
    context: Path | None,
    as_json: bool,
) -> None:
    """What the program would make of these mails (files or folders); needs no chapter."""
    from coordinator.cli.common import folder
    from coordinator.errors import UsageError

    loaded = programs.load(program, own=folder(ctx) / "templates")
    if prompt and prompt not in loaded.prompts:
        raise UsageError(f"--prompt {prompt}: no such letter – one of {', '.join(sorted(loaded.prompts))}")
    given = setting(loaded, prompt, context_of(context) if context else {})
    for line in _read_all(list(_mails(files)), parent, given, as_json=as_json):
        click.echo(line.encode("utf-8", "backslashreplace"))


def _mails(files: tuple[Path, ...]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _read_all(paths: list[Path], parent: Path | None, given: Setting, *, as_json: bool) -> Iterator[str]:
    one = partial(_read_one, parent=parent, given=given, as_json=as_json)
    if len(paths) < MANY:
        yield from map(one, paths)
        return
    with ProcessPoolExecutor() as workers:
        yield from workers.map(one, paths, chunksize=16)


def _read_one(path: Path, *, parent: Path | None, given: Setting, as_json: bool) -> str:
    try:
        raw, sent = content_of(path), _parent(path, parent)
    except OSError as error:
        reading = unread(error.strerror or "the file does not open")
        return _json(path, plain(reading, given.questions)) if as_json else f"{path}\n{reading.problems[0]}\n"
    if as_json:
        return _json(path, plain(read_mail(raw, sent, given), given.questions))
    return f"{path}\n{account_of(raw, sent, given)}\n"


def _parent(path: Path, parent: Path | None) -> bytes | None:
    """Of a folder of parents the one with the same name; None where it lacks one."""
    answered = parent / path.name if parent and parent.is_dir() else parent
    return content_of(answered) if answered and answered.is_file() else None


def _json(path: Path, said: dict[str, Any]) -> str:
    return json.dumps({"file": str(path), **said}, ensure_ascii=False)
