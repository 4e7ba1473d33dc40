"""What the kernel sees of a tick, where it may be asked: durable first, acknowledged after; and kills at any call."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from coordinator.errors import UnreadableError
from tests.faults.busy import Busy, End, differences, two_ticks_on
from tests.faults.chapter import BUSY
from tests.faults.figures import note
from tests.faults.sweep import SPAN

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
SCRIPT = (
    "import sys\n"
    "from tests.faults.nursery import poison_the_reader\n"
    "poison_the_reader(setattr)\n"
    "from coordinator.cli import main\n"
    "main()\n"
)
CHANGING = ("fsync", "write", "rename", "renameat", "unlink", "unlinkat", "link", "linkat", "ftruncate", "truncate")
CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+)")


def _is_traceable() -> bool:
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not _is_traceable(), reason="strace is not installed, or processes may not be traced")


def traced(folder: Path, now: datetime, *options: str) -> tuple[int, list[tuple[str, str]]]:
    """Exit code of a tick, and its calls with their arguments, those of its worker processes left out."""
    log = folder.parent / "strace.log"
    tick = [sys.executable, "-c", SCRIPT, "--chapter", str(folder), "tick", "--now", now.isoformat()]
    command = ["strace", "-y", "-qq", "-s", "200", "-o", str(log), "-e", f"trace={','.join(CHANGING)}", *options, *tick]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    calls = [match.group(1, 2) for line in log.read_text(errors="replace").splitlines() if (match := CALL.match(line))]
    return ended.returncode, calls


def places(calls: Sequence[tuple[str, str]], names: Sequence[str], *words: str) -> list[int]:
    return [n for n, (name, said) in enumerate(calls) if name in names and all(word in said for word in words)]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What a tick that nothing disturbed asked of the kernel."""

    folder: Path
    calls: Sequence[tuple[str, str]]


@pytest.fixture(scope="module")
def seen(busy: Busy) -> Trace:
    folder = busy.twin("traced")
    code, calls = traced(folder, BUSY)
    assert code == 0
    return Trace(folder=folder, calls=calls)


def test_a_tick_puts_mail_away_only_after_the_disk_has_its_effect(busy: Busy, seen: Trace) -> None:
    folder, calls = seen.folder, seen.calls
    state, renames = str(folder / "state"), ("rename", "renameat", "renameat2")
    written = places(calls, ["fsync"], f"{state}/cohort.json.new")
    renamed = places(calls, renames, f"{state}/cohort.json.new")
    settled = places(calls, ["fsync"], f"<{state}>")
    away = places(calls, renames, str(folder / "mail" / "new"))
    assert len(away) == len(busy.expected)
    first = renamed[0]
    assert any(n < first for n in written), "the new file is durable before it gets its name"
    assert any(first < n < away[0] for n in settled), "and its name before the mail is put away"
    drafts = places(calls, ["fsync"], f"{state}/drafts")
    assert drafts[0] < first
    sent = places(calls, [*renames, "link", "linkat"], str(folder / "out"))
    noted = places(calls, ["write"], "journal.jsonl", "sending")
    assert sent
    assert noted[0] < sent[0]


@pytest.mark.parametrize("call", ["fsync", "rename", "write", "unlink", "link"] if NIGHTLY else ["fsync"])
def test_killed_at_any_system_call_it_comes_to_the_same_end(
    busy: Busy, undisturbed: End, seen: Trace, call: str
) -> None:
    number = Counter(name for name, _ in seen.calls)[call]
    assert number >= 5
    struck = range(1, number + 1) if NIGHTLY else [number * 2 // 3]
    note("system calls", struck=len(struck))
    for when in struck:
        folder = busy.twin("struck")
        code, _ = traced(folder, BUSY, "-e", f"inject={call}:signal=KILL:when={when}")
        assert code in (-9, 137), f"{call} {when} of {number}"
        try:
            end = two_ticks_on(folder, BUSY + SPAN)
        except UnreadableError as error:
            raise AssertionError(f"after {call} {when} of {number}") from error
        assert list(differences(undisturbed, end)) == [], f"after {call} {when} of {number}"
