"""`make nightly`: strikes a tick at every point and runs every layer at its full size; prints a table of each.

Names of layers as arguments run those alone: `python -m tests.faults sweep "power loss"`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.faults import figures
from tests.faults.chapter import before_the_busy_tick
from tests.faults.nursery import nursery
from tests.faults.sweep import Sweep, duplicates
from tests.servers import dovecot, smtp_sink

FAULTS = (
    ("kill", "any", "process killed"),
    ("full", "disk", "disk full"),
    ("full!", "disk", "disk full from then on"),
    ("broken", "disk", "disk error"),
    ("quota", "disk", "quota used up"),
    ("read-only", "disk", "disk read-only"),
    ("reset", "network", "connection lost"),
    ("silent", "network", "no answer"),
    ("pipe", "network", "broken pipe"),
)
DOUBLE = 400
"""So many pairs of points are struck one after the other."""

LAYERS = {
    "power loss": ["faults/test_power_loss.py"],
    "network": ["faults/test_wire.py"],
    "system calls": ["faults/test_system_calls.py"],
    "courses of events": ["faults/test_any_course.py"],
    "years": ["faults/test_years.py", "faults/test_clocks.py"],
    "hostile mail": ["faults/test_bombs.py", "faults/test_workers.py"],
    "strangers": ["faults/test_strangers.py"],
    "restoring": ["e2e/test_restoring.py"],
    "planted mistakes": [
        *(f"faults/test_{each}.py" for each in ("every_point", "power_loss", "any_course")),
        "-k",
        "planted",
    ],
    "ordinary mail": ["simulate/test_bars.py", "-k", "replies_one_waits"],
    "whole seasons": ["simulate/test_bars.py", "simulate/test_programs.py", "-k", "not replies_one_waits"],
}
"""Each with its files below tests/, and what else pytest is told."""


def main(wanted: Sequence[str]) -> int:
    os.environ["COORDINATOR_NIGHTLY"] = "1"
    failed = 0
    if not wanted or "sweep" in wanted:
        failed += swept()
    layers = [name for name in LAYERS if not wanted or name in wanted]
    if layers:
        write("\n| layer | figures | seconds | result |\n|---|---|---|---|")
    return failed + sum(ran(layer) for layer in layers)


def ran(layer: str) -> int:
    """Prints a row; returns whether the layer failed."""
    files = [f"tests/{each}" if each.endswith(".py") else each for each in LAYERS[layer]]
    with tempfile.TemporaryDirectory() as folder:
        place, began = Path(folder) / "figures", time.monotonic()
        environment = {**os.environ, figures.PLACE: str(place)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        numbers = figures.noted(place).get(layer, {})
    told = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in numbers.items())
    result = "holds" if ended.returncode == 0 else f"FAILED\n{ended.stdout[-4000:]}"
    write(f"| {layer} | {told or ended.stdout.strip().splitlines()[-1]} | {time.monotonic() - began:.0f} | {result} |")
    return int(ended.returncode != 0)


def swept() -> int:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with dovecot.running(root) as server, smtp_sink.running(root) as sink, nursery(root / "nursery") as children:

            def tick(chapter: Path, now: datetime) -> object:
                return children.run("--chapter", str(chapter), "tick", "--now", now.isoformat())

            template = before_the_busy_tick(root / "template", server, sink, tick)
            return report(Sweep(template=template, nursery=children, sink=sink, folder=root))


def report(sweep: Sweep) -> int:
    """Prints a row for each fault; returns how many did harm."""
    write(f"{len(sweep.points)} points of {len(set(sweep.points))} kinds in one tick\n")
    write("| fault | strikes | anything lost, twice or unreadable | duplicates | most for one fault | exit codes |")
    write("|---|---|---|---|---|---|")
    harm = 0
    for how, kind, name in FAULTS:
        harm += row(sweep, name, [((number, how),) for number in sweep.numbers(kind, every=1)])
    many = len(sweep.points)
    pairs = [(1 + n * many // DOUBLE, 1 + n * 7 % (many // 2)) for n in range(DOUBLE)]
    return harm + row(sweep, "killed, and killed again", [((one, "kill"), (two, "kill")) for one, two in pairs])


def row(sweep: Sweep, name: str, strikes: Sequence[tuple[tuple[int, str], ...]]) -> int:
    outcomes = [sweep.outcome(*each) for each in strikes]
    bad = [each for each, outcome in zip(strikes, outcomes, strict=True) if list(sweep.violations(outcome))]
    counts = [duplicates(each) / each.strikes for each in outcomes]
    codes = Counter(each.ticks[0].code for each in outcomes)
    told = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
    total = sum(duplicates(each) for each in outcomes)
    write(f"| {name} | {len(outcomes)} | {len(bad)} {bad or ''} | {total} | {max(counts):g} | {told} |")
    return len(bad)


def write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
