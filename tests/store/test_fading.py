"""The words of a pairing go a year after its end; its archive is read on that day and on no other."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coordinator import store, tick
from coordinator.core.records import Pairing
from coordinator.store import disk, jsons, lines
from coordinator.store.codec import encode
from tests.size.chapter import LATER, counted, founded, make_due

WORDS = "what only the two of us know"


def archive(folder: Path, *pairings: Pairing) -> None:
    with (folder / "archive.jsonl").open("ab") as file:
        file.writelines(lines.closed("pairings", jsons.dumps(encode(each))) for each in pairings)


def over(id_: str, days: int) -> Pairing:
    """A pairing that ended so many days before LATER."""
    begun = date(2025, 1, 13)
    return Pairing(
        id=id_,
        version=1,
        mentor="mentor0",
        mentee="mentee0",
        advisors=(),
        start=begun,
        end=begun + timedelta(days=180),
        status="ended",
        ended=LATER - timedelta(days=days),
        terms={"vision": WORDS},
    )


def test_only_what_is_older_loses_its_words_and_the_oldest_of_the_rest_is_told(tmp_path: Path) -> None:
    archive(tmp_path, over("p1", 400), over("p2", 300), over("p3", 200))
    left = store.open_store(tmp_path, now=LATER).fade(LATER - timedelta(days=365))
    assert left == LATER - timedelta(days=300)
    assert (tmp_path / "archive.jsonl").read_text().count(WORDS) == 2
    assert [line["record"]["id"] for line in lines.whole_lines(tmp_path / "archive.jsonl")] == ["p1", "p2", "p3"]
    assert store.open_store(tmp_path, now=LATER).fade(LATER) is None


@pytest.mark.req("AHE-6")
def test_a_tick_takes_the_words_away_on_their_day_and_opens_the_archive_on_no_other(tmp_path: Path) -> None:
    chapter = founded(tmp_path / "chapter", pairs=2)
    chapter = replace(chapter, retention=replace(chapter.retention, words=30))
    archive(chapter.state, over("p90", 0))
    read = {}
    make_due(chapter, "p1", LATER)
    for days in (1, 32, 33):
        with counted() as counts:
            tick.run(chapter, LATER + timedelta(days=days), tick.Options(confirm_gap=True))
        read[days] = counts["archive.jsonl"]
    assert read[1] == read[33] == 0 < read[32]
    assert WORDS.encode() not in disk.read(chapter.state / "archive.jsonl")
