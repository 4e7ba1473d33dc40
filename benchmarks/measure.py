"""Clocks: what a child process cost, what each phase of a run cost, and how much memory was used at most."""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(kw_only=True)
class Phases:
    """Seconds by phase. A phase inside another counts for itself alone."""

    seconds: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _since: float = field(default_factory=time.perf_counter)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        self._enter(name)
        try:
            yield
        finally:
            self._leave()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def within(*args: Any, **more: Any) -> Any:
            self._enter(name)
            try:
                return function(*args, **more)
            finally:
                self._leave()

        return within

    def each(self, name: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same for what hands out one thing after another: the time between two of them is not its own."""

        @wraps(function)
        def within(*args: Any, **more: Any) -> Iterator[Any]:
            items = iter(function(*args, **more))
            nothing = object()
            while True:
                self._enter(name)
                try:
                    item = next(items, nothing)
                finally:
                    self._leave()
                if item is nothing:
                    return
                yield item

        return within

    def _enter(self, name: str) -> None:
        self._count()
        self._open.append(name)

    def _leave(self) -> None:
        self._count()
        self._open.pop()

    def _count(self) -> None:
        now = time.perf_counter()
        name = self._open[-1] if self._open else "the rest"
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


def cpu(command: Sequence[str], *, cwd: Path = ROOT) -> float:
    """User and system seconds of a command that must succeed; its output is dropped."""
    # Bytecode is cached, as on every machine that runs the program twice.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        pid = os.posix_spawn(
            command[0],
            list(command),
            {**surroundings, "PWD": str(cwd), "PYTHONPATH": str(ROOT)},
            file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1)],
        )
    finally:
        os.close(nothing)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"{' '.join(command[1:4])} … ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def least_cpu(commands: Mapping[str, Sequence[str]], *, times: int) -> dict[str, float]:
    """The least of several runs of each, taken in turn, so that a slow moment of the machine hits all of them."""
    for command in commands.values():
        cpu(command)
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(cpu(command))
    return {name: min(seconds) for name, seconds in runs.items()}


def middle(numbers: Sequence[float]) -> float:
    return statistics.median(numbers)


def peak_mb() -> float:
    """Of this process since it began, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: it counts what the parent held at the moment of forking.
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(found.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3


def private_mb(process: int) -> float:
    """What a forked process holds that its parent does not share with it, in MB; 0 where the system does not say."""
    told = Path(f"/proc/{process}/smaps_rollup")
    if not told.exists():
        return 0.0
    return sum(int(line.split()[1]) for line in told.read_text().splitlines() if line.startswith("Private_")) / 1024
