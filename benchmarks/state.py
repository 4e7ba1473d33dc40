"""The state's part of a tick of 1,000 replies at 10,000 participants and 100,000 closed prompts, beside a plain probe.

The probe is the least that keeps the same promise: load all with orjson, change dictionaries, write all durably once.
"""

import gc
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import large
from benchmarks.chapter import LATER
from benchmarks.measure import ROOT, middle, peak_mb
from benchmarks.table import Bar

SIZES = {"small": (40, 20, 1), "usual": (5000, 1000, 3), "full": (5000, 1000, 7)}
"""Pairs, replies, times."""

WAYS = ("product", "everything", "hot")


def run(*, size: str) -> list[Bar]:
    pairs, replies, times = SIZES[size]
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    with TemporaryDirectory(prefix="bench-") as name:
        folder = large.founded(Path(name) / "state", pairs=pairs)
        for path, content in _probes(folder):
            path.write_bytes(content)
        hot, archive = (folder / file for file in ("cohort.json", "archive.jsonl"))
        print(f"  {2 * pairs} participants, {pairs * large.PROMPTS} closed prompts, {replies} replies in one commit;")
        print(f"  hot file {hot.stat().st_size / 1e6:.1f} MB, archive {archive.stat().st_size / 1e6:.1f} MB")
        for _ in range(times):
            for way in WAYS:
                runs[way].append(_ran(way, folder, replies))
    print(f"  {'ms':<34}{'load':>8}{'change':>8}{'write':>8}{'all':>8}{'peak MB':>9}")
    for way, told in zip(WAYS, ("product", "probe, everything in one file", "probe, hot records only"), strict=True):
        columns = [middle([each[part] for each in runs[way]]) * 1e3 for part in ("load", "change", "write", "all")]
        peak = max(each["peak_mb"] for each in runs[way])
        print(f"  {told:<34}" + "".join(f"{column:>8.0f}" for column in columns) + f"{peak:>9.0f}")
    return [
        Bar(name="state.ratio", value=_ratio(runs, "everything"), goal=1.5, unit="× probe"),
        Bar(name="state.ratio_to_hot_records_alone", value=_ratio(runs, "hot"), unit="× probe"),
    ]


def _ratio(runs: dict[str, list[dict[str, float]]], way: str) -> float:
    return middle([ours["all"] / other["all"] for ours, other in zip(runs["product"], runs[way], strict=True)])


def _probes(folder: Path) -> list[tuple[Path, bytes]]:
    """The same records as plain JSON: all of them, and those of the hot file."""
    import orjson

    hot = orjson.loads((folder / "cohort.json").read_bytes())
    archive = [orjson.loads(line)["record"] for line in (folder / "archive.jsonl").read_bytes().splitlines()]
    closed = {str(number): record for number, record in enumerate(archive)}
    return [
        (folder.with_name("hot.json"), orjson.dumps(hot)),
        (folder.with_name("everything.json"), orjson.dumps({**hot, "closed": closed})),
    ]


def _ran(way: str, folder: Path, replies: int) -> dict[str, float]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.state", way, str(folder), str(replies)]
    ended = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    figures: dict[str, float] = json.loads(ended.stdout)
    return figures


def main(way: str, folder: str, replies: str) -> None:
    gc.disable()  # for both alike
    step = _product if way == "product" else _probe
    path = Path(folder) if way == "product" else Path(folder).with_name(f"{way}.json")
    times = step(path, int(replies))
    load, change, write = (times[n + 1] - times[n] for n in range(3))
    figures = {"load": load, "change": change, "write": write, "all": load + change + write, "peak_mb": peak_mb()}
    print(json.dumps(figures))


def _product(folder: Path, replies: int) -> list[float]:
    """Each reply changes a letter, a participant and a pairing, and is remembered as taken."""
    from coordinator import store

    for room in ("coordinator.store.loading", "coordinator.store.tinydb"):
        import_module(room)  # as orjson is imported before the probe begins
    times = [time.perf_counter()]
    work = store.open_store(folder, now=LATER).load()
    times.append(time.perf_counter())
    for number in range(replies):
        person, pairing = work.participant(f"mentee{number}"), work.pairing(f"p{number}")
        letter = work.letter_by_token(f"tp{number}/open/mentee")
        assert person
        assert pairing
        assert letter
        work.stage(
            (
                replace(person, answered=LATER, version=person.version + 1),
                replace(pairing, due=LATER, version=pairing.version + 1),
                replace(letter, attempts=1, version=letter.version + 1),
            )
        )
        work.see(f"<reply-{number}@example.com>")
    times.append(time.perf_counter())
    work.commit()
    return [*times, time.perf_counter()]


def _probe(path: Path, replies: int) -> list[float]:
    import orjson

    times = [time.perf_counter()]
    data: dict[str, Any] = orjson.loads(path.read_bytes())
    people = {row["id"]: row for row in data["participants"].values()}
    pairings = {row["id"]: row for row in data["pairings"].values()}
    letters = {row["token"]: row for row in data["letters"].values()}
    times.append(time.perf_counter())
    seen = data.setdefault("seen", {}).setdefault("1", {})
    for number in range(replies):
        rows = (people[f"mentee{number}"], pairings[f"p{number}"], letters[f"tp{number}/open/mentee"])
        for row, key in zip(rows, ("answered", "due", "retry"), strict=True):
            row[key] = LATER.isoformat()
            row["version"] = row.get("version", 0) + 1
        seen[f"{number:032d}"] = "2026-03-03"
    times.append(time.perf_counter())
    _replaced(path, orjson.dumps(data))
    return [*times, time.perf_counter()]


def _replaced(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
    os.close(descriptor)
    fresh.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


if __name__ == "__main__":
    main(*sys.argv[1:4])
