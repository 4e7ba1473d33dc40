"""A whole tick over 1,000 replies to real prompts, beside the floor and beside itself without its protection."""

import imaplib
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import chapter, floor, product, sink
from benchmarks.chapter import Chapter
from benchmarks.measure import ROOT, middle
from benchmarks.table import Bar
from coordinator import config, tick
from tests.servers import dovecot

SIZES = {"small": (12, 12, 1), "usual": (1000, 1000, 2), "full": (1000, 1000, 5)}
"""Pairs, replies, and how often all three are run in turn."""


def run(*, size: str) -> list[Bar]:
    pairs, replies, times = SIZES[size]
    ours: list[dict[str, Any]] = []
    least: list[dict[str, Any]] = []
    bare: list[dict[str, Any]] = []
    with (
        TemporaryDirectory(prefix="bench-") as name,
        dovecot.running(Path(name) / "tls", users=["base"]) as server,
        sink.running() as port,
    ):
        base = prepared(Path(name) / "chapter", server, port, pairs=pairs, replies=replies)
        for number in range(times):
            ours.append(_tick(base, number))
            least.append(_floor(base, number + times, ours[-1]))
            bare.append(_tick(base, number + 2 * times, "bare"))
            assert (bare[-1]["applied"], bare[-1]["sent"]) == (ours[-1]["applied"], ours[-1]["sent"])
    _print(ours, least)
    return [*_bars(ours, least), *_price(ours, bare)]


def prepared(folder: Path, server: dovecot.Dovecot, port: int, *, pairs: int, replies: int) -> Chapter:
    """The prompts were sent by a tick; the answers to them lie in the inbox."""
    base = chapter.founded(folder, server, port, pairs=pairs)
    with imaplib.IMAP4(server.host, server.port) as mailbox:
        mailbox.login(base.user, dovecot.PASSWORD)
        for name in ("Processed", "Quarantine", "Sent"):
            mailbox.create(name)
    account = tick.run(config.load(base.folder), chapter.MONDAY)
    assert account.sent >= 2 * pairs, account.sent
    base.put(chapter.replies(base.folder, replies))
    return base


def _tick(base: Chapter, number: int, *how: str) -> dict[str, Any]:
    """One run of the product over a fresh twin of the chapter and its mailbox."""
    twin = base.twin(number)
    figures = _ran("benchmarks.product", str(twin.folder), chapter.LATER.isoformat(), *how)
    assert figures["trouble"] == "", figures
    assert twin.left() == 0, figures
    twin.forget()
    return figures


def _floor(base: Chapter, number: int, ours: dict[str, Any]) -> dict[str, Any]:
    twin = base.twin(number)
    figures = _ran("benchmarks.floor", str(twin.folder), str(ours["sent"]), str(ours["invites"]))
    assert (figures["read"], figures["sent"]) == (ours["read"], ours["sent"]), (figures, ours)
    assert twin.left() == 0
    twin.forget()
    return figures


def _ran(module: str, *arguments: str) -> dict[str, Any]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", module, *arguments]
    ended = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    figures: dict[str, Any] = json.loads(ended.stdout)
    return figures


def _print(ours: list[dict[str, Any]], least: list[dict[str, Any]]) -> None:
    first = ours[0]
    sent = f"{first['sent']} mails sent, {first['invites']} of them invitations"
    print(f"  {first['read']} replies, {first['applied']} applied, {first['held']} held; {sent}")
    print(f"  {'ms':<16}{'product':>10}{'floor':>10}")
    for phase in dict.fromkeys((*product.PHASES, *floor.PHASES)):
        told = [_middle_of(runs, phase) for runs in (ours, least)]
        if any(told):
            print(f"  {phase:<16}{told[0] * 1e3:>10.0f}" + (f"{told[1] * 1e3:>10.0f}" if told[1] else ""))
    for name, key in (("all", "seconds"), ("all, CPU", "cpu")):
        both = [middle([run[key] for run in runs]) * 1e3 for runs in (ours, least)]
        print(f"  {name:<16}{both[0]:>10.0f}{both[1]:>10.0f}")


def _middle_of(runs: list[dict[str, Any]], phase: str) -> float:
    return middle([run["phases"].get(phase, 0.0) for run in runs])


def _less_copies(run: dict[str, Any]) -> float:
    seconds: float = run["seconds"] - run["phases"].get("copies", 0.0)
    return seconds


def _bars(ours: list[dict[str, Any]], least: list[dict[str, Any]]) -> list[Bar]:
    pairs = list(zip(ours, least, strict=True))
    whole = middle([run["seconds"] / other["seconds"] for run, other in pairs])
    cpu = middle([run["cpu"] / other["cpu"] for run, other in pairs])
    bare = middle([_less_copies(run) / _less_copies(other) for run, other in pairs])
    read = middle([run["read"] / run["seconds"] for run in ours])
    return [
        Bar(name="loop.ratio", value=whole, goal=3, unit="× floor"),
        Bar(name="loop.ratio_without_sent_copies", value=bare, goal=3, unit="× floor"),
        Bar(name="loop.cpu_ratio", value=cpu, unit="× floor"),
        Bar(name="loop.peak_memory", value=max(run["peak_mb"] for run in ours), goal=150, unit="MB"),
        Bar(name="loop.replies_a_second", value=read, unit="a second"),
    ]


def _price(ours: list[dict[str, Any]], bare: list[dict[str, Any]]) -> list[Bar]:
    """Of all that protects: the same tick with it and without."""
    pairs = list(zip(ours, bare, strict=True))
    whole, cpu = (middle([run[key] / other[key] for run, other in pairs]) for key in ("seconds", "cpu"))
    return [
        Bar(name="loop.protection", value=whole, goal=1.5, unit="× without it"),
        Bar(name="loop.protection_cpu", value=cpu, unit="× without it"),
    ]
