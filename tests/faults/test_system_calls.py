"""What the kernel sees of a tick, where it may be asked: durable first, acknowledged after; and kills at any call."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coordinator.errors import UnreadableError
from tests.faults.busy import Busy, End, differences, two_ticks_on
from tests.faults.chapter import BUSY
from tests.faults.figures import note
from tests.faults.here import Here
from tests.faults.nursery import Ended, poison_the_reader
from tests.faults.sweep import SPAN, Sweep

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
SCRIPT = (
    "import sys\n"
    "from tests.faults.nursery import poison_the_reader\n"
    "poison_the_reader(setattr)\n"
    "from coordinator.cli import main\n"
    "main()\n"
)
CHANGING = (
    "openat",
    "write",
    "fsync",
    "rename",
    "link",
    "linkat",
    "unlink",
    "truncate",
    "ftruncate",
    "mkdir",
    "chmod",
    "flock",
)
TALKING = ("connect", "sendto")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
Call = tuple[str, str]
"""Its name, and its arguments as text."""

CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+)")


def _is_traceable() -> bool:
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not _is_traceable(), reason="strace is not installed, or processes may not be traced")


def traced(folder: Path, now: datetime, *options: str, calls: Sequence[str] = CHANGING) -> tuple[int, list[Call]]:
    """Exit code of a tick, and its calls with their arguments, those of its worker processes left out."""
    log = folder.parent / "strace.log"
    tick = [sys.executable, "-c", SCRIPT, "--chapter", str(folder), "tick", "--now", now.isoformat()]
    command = ["strace", "-y", "-qq", "-s", "200", "-o", str(log), "-e", f"trace={','.join(calls)}", *options, *tick]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    found = [match.group(1, 2) for line in log.read_text(errors="replace").splitlines() if (match := CALL.match(line))]
    return ended.returncode, found


def killed(folder: Path, now: datetime, call: str, when: int) -> int:
    """Exit code of a tick that dies as it makes a call for the so-and-so-many-th time."""
    code, _ = traced(folder, now, "-e", f"inject={call}:signal=KILL:when={when}", calls=[call])
    return code


def changes(calls: Sequence[Call]) -> list[tuple[str, int]]:
    """Of the calls those that change something outside, each by its name and its number among those of that name."""
    counts, found = Counter[str](), []
    for name, said in calls:
        counts[name] += 1
        if name != "openat" or WRITING.search(said):
            found.append((name, counts[name]))
    return found


def places(calls: Sequence[Call], names: Sequence[str], *words: str) -> list[int]:
    return [n for n, (name, said) in enumerate(calls) if name in names and all(word in said for word in words)]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What a tick that nothing disturbed asked of the kernel."""

    folder: Path
    calls: Sequence[Call]


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


def test_killed_at_any_system_call_it_comes_to_the_same_end(busy: Busy, undisturbed: End, seen: Trace) -> None:
    struck = changes(seen.calls)
    assert len(struck) > 250
    assert {name for name, _ in struck} >= {"openat", "write", "fsync", "rename", "link", "unlink", "mkdir"}
    if not NIGHTLY:
        struck = [("fsync", Counter(name for name, _ in struck)["fsync"] * 2 // 3)]
    for call, when in struck:
        folder = busy.twin("struck")
        assert killed(folder, BUSY, call, when) in (-9, 137), f"{call} {when}"
        try:
            end = two_ticks_on(folder, BUSY + SPAN)
        except UnreadableError as error:
            raise AssertionError(f"after {call} {when}") from error
        assert list(differences(undisturbed, end)) == [], f"after {call} {when}"
    note("system calls", kills_on_folders=len(struck))


class Strace(Here):
    """Ticks under strace, of which one is killed. heard: what was asked of the kernel in a tick that was not."""

    def __init__(self) -> None:
        self.heard: list[Call] = []

    def run(self, *arguments: str, number: int = 0, how: str = "", **more: Any) -> Ended:
        """how: the call at which it dies; number: for the so-and-so-many-th time. "all" = it lives and is heard."""
        if not how:
            return super().run(*arguments, **more)
        folder, now = Path(arguments[1]), datetime.fromisoformat(arguments[-1])
        if how == "all":
            code, self.heard = traced(folder, now, calls=[*CHANGING, *TALKING])
        else:
            code = killed(folder, now, how, number)
        return Ended(code=code, out="", err="", points=())


@pytest.mark.server
def test_killed_at_any_call_that_a_server_would_notice_it_comes_to_the_same_end(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison_the_reader(monkeypatch.setattr)
    strace = Strace()
    under = replace(sweep, nursery=strace, undisturbed=None, cases=10_000)
    assert list(under.violations(under.outcome((0, "all")))) == []
    # What the disk notices is the same on folders, above.
    struck = [(name, when) for name, when in changes(strace.heard) if name in TALKING]
    assert len(struck) > 50
    if not NIGHTLY:
        words = Counter(name for name, _ in struck)
        struck = [("connect", words["connect"]), *(("sendto", words["sendto"] * part // 4) for part in (1, 3))]
    for call, when in struck:
        outcome = under.outcome((when, call))
        assert outcome.ticks[0].code in (-9, 137), f"{call} {when}"
        assert list(under.violations(outcome)) == [], f"after {call} {when}"
    note("system calls", kills_on_servers=len(struck))
