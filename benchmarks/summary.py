"""The weekly summary of an advisor with many pairs: decided, written and assembled, as it goes out."""

import statistics
import time
from dataclasses import replace
from datetime import timedelta

from benchmarks import chapter
from benchmarks.chapter import MONDAY
from benchmarks.report import lived
from benchmarks.table import Bar
from coordinator import programs
from coordinator.core.care import Need
from coordinator.core.effects import Chapter, Draft
from coordinator.core.program import Program
from coordinator.core.records import Pairing
from coordinator.core.summary import summary_effect, summary_moment
from coordinator.formats import letters
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work

PAIRS = 60
TIMES = {"small": 2, "usual": 15, "full": 60}
WISH = "somebody who has sat in front of that board before and can tell me what they are going to ask"
NOW = MONDAY + timedelta(days=170)
CHAPTER = Chapter(
    name="Elm",
    address="mentoring@example.org",
    sender_name="Elm mentoring",
    coordinator="office@example.org",
    secret=b"k" * 32,
)


def run(*, size: str) -> list[Bar]:
    program, work = programs.load("six-month", own=None), looked_after()
    draft = written(program, work)
    seconds = [_timed(program, work) for _ in range(TIMES[size])]
    spent, kilobytes = statistics.median(seconds) * 1e3, len(draft.raw) / 1e3
    print(f"  {PAIRS} pairs, {len(draft.letter.items)} things to see to: {spent:.1f} ms CPU, {kilobytes:.1f} kB")
    return [
        Bar(name=f"summary.{PAIRS}", value=spent, goal=50, unit="ms CPU"),
        Bar(name=f"summary.{PAIRS}.mail", value=kilobytes, goal=95, unit="kB"),
    ]


def looked_after() -> Work:
    """Half a year of meetings, goals and answers behind each pair, one advisor for all, each needing them."""
    work = MemoryStore(program="six-month", now=NOW).load()
    work.stage(tuple(chapter.everybody(PAIRS)))
    work.stage(tuple(_led(number, pair) for number, pair in enumerate(lived(PAIRS))))
    return work


def _led(number: int, pair: Pairing) -> Pairing:
    need = Need(key=f"{pair.id}/need/1", kind="need", by=pair.mentee, at=NOW - timedelta(days=number % 9), text=WISH)
    care = replace(pair.care, needs=(need,))
    return replace(pair, advisors=("advisor0",), status="active", ended=None, care=care)


def written(program: Program, work: Work) -> Draft:
    advisor = work.participant("advisor0")
    assert advisor is not None
    moment = summary_moment(program, CHAPTER, work, advisor)
    assert moment is not None
    effect = summary_effect(program, CHAPTER, work, advisor, moment, NOW)
    return letters.write(effect, program, CHAPTER, NOW, advisor.timezone)


def _timed(program: Program, work: Work) -> float:
    began = time.process_time()
    written(program, work)
    return time.process_time() - began
