"""Facts carry over from the documents that the programs are made from, sentences do not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator import programs

MOST = 15


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.casefold().replace("’", "'"))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    said = words(text)
    return (tuple(said[at : at + MOST + 1]) for at in range(len(said) - MOST))


def seeds() -> list[Path]:
    for folder in Path(__file__).resolve().parents:
        found = sorted((folder / "shared" / "seeds").glob("*.txt"))
        if found:
            return found
    return []


def test_no_letter_repeats_more_than_fifteen_words_of_a_seed_in_a_row() -> None:
    found = seeds()
    if not found:
        pytest.skip("the documents that the programs are made from are not beside this repository")
    known = {run: seed.name for seed in found for run in runs(seed.read_text(encoding="utf-8"))}
    for path in sorted(programs.shipped().rglob("*.md")):
        for run in runs(path.read_text(encoding="utf-8")):
            assert run not in known, f"{path} repeats {known[run]}: {' '.join(run)}"


def test_a_repetition_would_be_found() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    assert set(runs(text)) & set(runs(f"And so: {text.title()}!"))
