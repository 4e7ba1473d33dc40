"""`python -m tests.faults`: strikes a tick at every point and prints what came of it, as a table."""

import os
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from tests.faults.chapter import before_the_busy_tick
from tests.faults.nursery import nursery
from tests.faults.sweep import Sweep, duplicates
from tests.servers import dovecot, smtp_sink

FAULTS = (("kill", "any", "process killed"), ("full", "disk", "disk full"), ("broken", "disk", "disk error"))
FAULTS += (("reset", "network", "connection lost"),)


def main() -> None:
    os.environ["COORDINATOR_NIGHTLY"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with dovecot.running(root) as server, smtp_sink.running(root) as sink, nursery(root / "nursery") as children:

            def tick(chapter: Path, now: datetime) -> object:
                return children.run("--chapter", str(chapter), "tick", "--now", now.isoformat())

            template = before_the_busy_tick(root / "template", server, sink, tick)
            report(Sweep(template=template, nursery=children, sink=sink, folder=root))


def report(sweep: Sweep) -> None:
    write(f"{len(sweep.points)} points of {len(set(sweep.points))} kinds in one tick\n")
    write("| fault | points | anything lost, twice or unreadable | duplicates | most for one fault | exit codes |")
    write("|---|---|---|---|---|---|")
    for how, kind, name in FAULTS:
        numbers = sweep.numbers(kind, every=1)
        outcomes = [sweep.outcome((number, how)) for number in numbers]
        bad = [number for number, each in zip(numbers, outcomes, strict=True) if list(sweep.violations(each))]
        counts = [duplicates(each) for each in outcomes]
        codes = Counter(each.ticks[0].code for each in outcomes)
        told = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
        write(f"| {name} | {len(numbers)} | {len(bad)} {bad or ''} | {sum(counts)} | {max(counts)} | {told} |")


def write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
