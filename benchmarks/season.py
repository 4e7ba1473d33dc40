"""Whole seasons on a walking clock: wall time and memory a pair, for crowds of three sizes, each in its own process."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from itertools import pairwise
from typing import Any

from benchmarks.chapter import MONDAY
from benchmarks.measure import ROOT, middle, peak_mb
from benchmarks.table import Bar

SIZES = {"small": (2, 4, 8), "usual": (30, 60, 120), "full": (250, 1000, 4000)}
"""Pairs."""

MONTHS = {"small": 1, "usual": 2, "full": 1}


def run(*, size: str) -> list[Bar]:
    crowds = SIZES[size]
    seasons = [_played(pairs, MONTHS[size]) for pairs in crowds]
    print(f"  {'pairs':>6}{'months':>8}{'mails sent':>12}{'received':>10}{'wall s':>9}{'ms a pair':>11}{'peak MB':>9}")
    for each in seasons:
        a_pair = each["seconds"] / each["pairs"] * 1e3
        told = f"{each['pairs']:>6}{each['months']:>8}{each['sent']:>12}{each['received']:>10}"
        print(f"  {told}{each['seconds']:>9.1f}{a_pair:>11.0f}{each['peak_mb']:>9.0f}")
    costs = [each["seconds"] / each["pairs"] for each in seasons]
    steps = [
        (after["peak_mb"] - before["peak_mb"]) / (after["pairs"] - before["pairs"])
        for before, after in pairwise(seasons)
    ]
    spread = max(abs(cost / middle(costs) - 1) for cost in costs)
    return [
        Bar(name="season.time_a_pair_spread", value=100 * max(spread, 1e-6), goal=20, unit="% off middle"),
        Bar(name="season.memory_growth", value=max(steps[1], 1e-3) / max(steps[0], 1e-3), goal=1.2, unit="× per pair"),
        Bar(name="season.largest_ms_a_pair", value=costs[-1] * 1e3, unit="ms"),
        Bar(name="season.largest_peak", value=seasons[-1]["peak_mb"], unit="MB"),
    ]


def _played(pairs: int, months: int) -> dict[str, Any]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.season", str(pairs), str(months), MONDAY.isoformat()]
    ended = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    figures: dict[str, Any] = json.loads(ended.stdout)
    return figures


def main(pairs: str, months: str, now: str) -> None:
    from coordinator.simulate import season

    began = time.perf_counter()
    outcome = season.run(pairs=int(pairs), months=int(months), now=datetime.fromisoformat(now), seed=7)
    plain = outcome.plain()
    told = {key: plain[key] for key in ("pairs", "months", "sent", "received")}
    print(json.dumps({**told, "seconds": time.perf_counter() - began, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
