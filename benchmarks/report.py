"""The report of many pairs at the end of a season: from the state on disk to a page and its sheets."""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import chapter, large
from benchmarks.chapter import MONDAY
from benchmarks.measure import least_cpu
from benchmarks.table import Bar
from coordinator import config, store
from coordinator.core.records import Answer, Contact, Goal, Pairing

SIZES = {"small": (40, 1), "usual": (5000, 3), "full": (5000, 7)}
"""Pairs, times."""
STATES = ("on_track", "on_track", "behind", "stuck", "")
SEED = 5


def run(*, size: str) -> list[Bar]:
    pairs, times = SIZES[size]
    with TemporaryDirectory(prefix="bench-") as name:
        folder = founded(Path(name) / "elm", pairs=pairs)
        now = (MONDAY + timedelta(days=170)).isoformat()
        base = [sys.executable, "-m", "coordinator", "--chapter", str(folder), "report", "--now", now]
        page, sheets = folder / "report.html", folder / "sheets"
        commands = {
            "report": [*base, "--html", str(page), "--csv", str(sheets)],
            "one advisor's": [*base, "--advisor", "advisor0", "--html", str(folder / "one.html")],
        }
        seconds = least_cpu(commands, times=times)
        megabytes = page.stat().st_size / 1e6
    for told, each in seconds.items():
        print(f"  {pairs} pairs, {told:<14}{each:6.2f} s CPU")
    print(f"  the page is {megabytes * 1e3:.0f} kB")
    return [
        Bar(name=f"report.{pairs}", value=seconds["report"], goal=5, unit="s CPU"),
        Bar(name=f"report.{pairs}.advisor", value=seconds["one advisor's"], goal=5, unit="s CPU"),
        Bar(name=f"report.{pairs}.page", value=megabytes, goal=2, unit="MB"),
    ]


def founded(folder: Path, *, pairs: int) -> Path:
    """A chapter near the end of its season: half a year of meetings, goals and answers behind each pair."""
    folder.mkdir(parents=True)
    answers: dict[str, object] = {
        "program": "six-month",
        "chapter.name": "Elm",
        "chapter.address": "mentoring@example.org",
        "chapter.coordinator": "office@example.net",
        "chapter.timezone": "America/Chicago",
    }
    (folder / "config.toml").write_text(config.render(answers))
    config.write_secret(folder)
    state = config.load(folder).state
    store.create(state, program="six-month", now=MONDAY, epoch="e1", inbox_mark="")
    with store.lock(state):
        work = store.open_store(state, now=MONDAY).load()
        work.stage(chapter.everybody(pairs))
        work.stage(lived(pairs))
        work.commit()
    return folder


def lived(pairs: int) -> Iterator[Pairing]:
    dice = random.Random(SEED)
    for pairing in chapter.pairings(pairs):
        yield _lived(large.seasoned(pairing), dice)


def _lived(pairing: Pairing, dice: random.Random) -> Pairing:
    start = dice.randrange(0, 60)
    begin = MONDAY + timedelta(days=start)
    meetings = tuple(
        Contact(at=begin + timedelta(days=10 + 30 * n), kind="meeting", minutes=45, by=pairing.mentee)
        for n in range(6)
        if dice.random() < 0.8
    )
    last = begin + timedelta(days=20 + dice.randrange(120))
    is_over = dice.random() < 0.15
    return replace(
        pairing,
        start=date(2026, 3, 2) + timedelta(days=start),
        contacts=meetings,
        goals=tuple(_goal(n, pairing.mentee, begin, dice) for n in (1, 2)),
        answers=(*pairing.answers, *_graded(pairing, begin, dice)),
        status="ended" if is_over else "active",
        ended=last if is_over else None,
        ending=dice.choice(("asked", "left")) if is_over else "",
        reason=dice.choice(("reached", "outgrown", "changed", "mismatch", "time", "")) if is_over else "",
    )


def _goal(number: int, owner: str, at: datetime, dice: random.Random) -> Goal:
    state, scores = dice.choice(STATES), ()
    if state:
        scores = tuple((at + timedelta(days=30 * n), 3 + n, state, "") for n in range(1, 5))
    settled = dice.choice(("open", "open", "open", "done", "dropped"))
    return Goal(number=number, owner=owner, texts=("Lead a team meeting every month",), state=settled, scores=scores)


def _graded(pairing: Pairing, at: datetime, dice: random.Random) -> Iterator[Answer]:
    for prompt, by in (("review", pairing.mentee), ("debrief-mentor", pairing.mentor)):
        value = dice.choice((2, 3, 4, 4, 5, 5))
        key = f"{pairing.id}/{prompt}"
        yield Answer(key=key, prompt=prompt, field="score", by=by, at=at, value=value, visibility="advisor")
