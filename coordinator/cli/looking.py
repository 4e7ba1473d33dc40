"""`status`, `show`, `why`, `preview`: looking without changing anything."""

import sys
import tempfile
import webbrowser
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from coordinator import programs
from coordinator.cli.common import json_option, now, now_option, person_named, print_json, settings
from coordinator.core.effects import Invite
from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Question
from coordinator.errors import UsageError

WAITS = 3


@click.command()
@now_option
@json_option
@click.pass_context
def status(ctx: click.Context, *, at: str | None, as_json: bool) -> None:
    """Where things stand. Exit code 3: something waits for a human."""
    from coordinator.report.status import status as made
    from coordinator.report.status import status_lines
    from coordinator.store import open_store
    from coordinator.tick.heartbeat import last_beat

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=instant).load()
    beat = last_beat(chapter.folder)
    plain = {**made(program, chapter.chapter, work, instant), "failing": beat.get("failing", 0)}
    if as_json:
        print_json(plain)
    else:
        click.echo("\n".join((*status_lines(plain, work), *_failing(beat))))
    if any(plain[name] for name in ("held", "uncertain", "given_up", "failing")):
        sys.exit(WAITS)


def _failing(beat: Mapping[str, Any]) -> Iterator[str]:
    if beat.get("failing"):
        last = str(beat.get("well") or "")[:16].replace("T", " ")
        yield f"the last {beat['failing']} runs failed (exit {beat['exit']}); the last good one: {last or 'never'} UTC"


@click.command()
@click.argument("who")
@click.option("--ics", is_flag=True, help="Their meetings as a calendar file: when, without place and agenda.")
@now_option
@json_option
@click.pass_context
def show(ctx: click.Context, who: str, *, ics: bool, at: str | None, as_json: bool) -> None:
    """One person (address or id), one pairing or one search (id), whole."""
    from coordinator.core.entries import of_pairing, of_person
    from coordinator.report.searches import shown_search
    from coordinator.report.status import shown_pairing, shown_person
    from coordinator.store import open_store

    chapter, instant = settings(ctx), now(at)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=instant).load()
    pairing, match = work.pairing(who), work.match(who)
    entries: Iterable[Invite] = ()
    if match:
        plain = shown_search(match, work)
    elif pairing is None:
        person = person_named(work, who)
        plain = shown_person(person, work.pairings_of(person.id))
        entries = of_person(program, chapter.chapter, work, person)
    else:
        where = Situation(program=program, chapter=chapter.chapter, cohort=work, pairing=pairing)
        plain, entries = shown_pairing(where, instant), of_pairing(where)
    if ics:
        click.echo(_calendar(entries, chapter.chapter.name), nl=False)
    elif as_json:
        print_json(plain)
    else:
        click.echo("\n".join(_lines(plain)))


def _calendar(entries: Iterable[Invite], name: str) -> bytes:
    """When people meet; what it is about, and where, belongs to them."""
    from coordinator.formats.ical import feed

    return feed([replace(entry, description="", place="") for entry in entries], name=name)


def _lines(plain: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    pad = "  " * depth
    for key, value in plain.items():
        if isinstance(value, dict) and value:
            yield f"{pad}{key}:"
            yield from _lines(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{pad}{key}:"
            for item in value:
                yield f"{pad}  - " + ", ".join(f"{k} {v}" for k, v in item.items() if v not in (None, "", [], {}))
        elif value not in (None, "", [], {}):
            yield f"{pad}{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


@click.command()
@click.argument("message_id")
@json_option
@click.pass_context
def why(ctx: click.Context, message_id: str, *, as_json: bool) -> None:
    """Why somebody got a mail: by its Message-ID, its Ref code or its key. Never a word of what people wrote."""
    from coordinator.store import open_store

    chapter = settings(ctx)
    program = programs.load(chapter.program, own=chapter.templates)
    work = open_store(chapter.state, now=now()).load()
    name = message_id.strip()
    letter = (
        work.letter_by_message_id(name if name.startswith("<") else f"<{name}>")
        or work.letter_by_ref(name.replace("-", "").upper())
        or work.letter(name)
    )
    if letter is None:
        raise UsageError(f"{message_id}: no letter of ours has that Message-ID, Ref or key")
    plain = {
        "key": letter.id,
        "to": letter.address,
        "purpose": letter.purpose,
        "prompts": list(letter.keys),
        "pairings": list(letter.pairings),
        "decided": letter.at.isoformat(),
        "state": letter.state,
        "sent": letter.sent.isoformat() if letter.sent else None,
        "attempts": letter.attempts,
        "questions": [
            {"number": q.number, "asked": _declared(program, q), "seen_by": q.field.visibility}
            for q in letter.questions
        ],
        "message_id": letter.message_id,
    }
    if as_json:
        print_json(plain)
    else:
        click.echo("\n".join(_lines(plain)))


def _declared(program: Program, question: Question) -> str:
    """A question as the program words it: as it was asked it may name a goal or a skill."""
    fields = program.prompts.get(question.prompt, {}).get("en")
    found = (f.ask for f in (fields.fields if fields else ()) if question.field.name.startswith(f.name))
    return next(found, question.field.name)


@click.command()
@click.argument("prompt")
@click.option("--lang", default="en", show_default=True, help="The reader's language.")
@click.option("--html", is_flag=True, help="The HTML part in place of the text.")
@click.option("--open", "open_it", is_flag=True, help="Show the HTML part in a browser.")
@click.pass_context
def preview(ctx: click.Context, prompt: str, *, lang: str, html: bool, open_it: bool) -> None:
    """A letter as it would look, with invented people in it."""
    from coordinator.formats import letters

    chapter = settings(ctx)
    program = programs.load(chapter.program, own=chapter.templates)
    if prompt not in program.prompts:
        near = get_close_matches(prompt, program.prompts, n=1)
        hint = f"did you mean {near[0]}? All: " if near else "one of "
        raise UsageError(f"{prompt}: no such letter – {hint}{', '.join(sorted(program.prompts))}")
    text = letters.preview(program, prompt, lang, chapter.chapter, html or open_it)
    if not open_it:
        click.echo(text)
        return
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as file:
        file.write(text)
    webbrowser.open(Path(file.name).as_uri())
