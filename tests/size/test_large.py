"""10,000 participants, 5,000 open pairings, 100,000 closed prompts: what a tick touches, in counts and not in seconds."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import large
from benchmarks.chapter import PAIRS_OF_AN_ADVISOR
from coordinator import store, tick
from coordinator.config import Settings
from coordinator.errors import StaleError
from tests.size.chapter import CLOSED, LATER, PAIRS, PEOPLE, counted, founded, make_due


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return founded(tmp_path_factory.mktemp("large") / "chapter")


def test_it_is_as_large_as_it_says(chapter: Settings) -> None:
    work = store.open_store(chapter.state, now=LATER).load()
    assert sum(1 for _ in work.participants()) == PEOPLE > 10_000
    assert sum(1 for each in work.pairings() if each.status == "active") == PAIRS
    assert sum(len(each.asked) for each in work.pairings()) == CLOSED == 100_000
    assert sum(1 for line in (chapter.state / "archive.jsonl").read_bytes().splitlines() if line) == CLOSED


def test_an_idle_tick_opens_the_side_file_and_no_record(chapter: Settings) -> None:
    before = (chapter.state / "cohort.json").stat().st_mtime_ns
    with counted() as counts:
        account = tick.run(chapter, LATER)
    assert account.idle
    assert set(counts) == {"due.json", "kept.json", "heartbeat.json"}
    assert (chapter.state / "cohort.json").stat().st_mtime_ns == before


def test_one_decision_reads_its_own_records_and_never_the_archive(chapter: Settings) -> None:
    make_due(chapter, "p4242", LATER)
    archive = (chapter.state / "archive.jsonl").stat()
    with counted() as counts:
        account = tick.run(chapter, LATER)
    assert account.trouble is None
    assert account.sent >= 1
    people = {f"{role}@example.com" for role in ("mentee4242", "mentor4242", f"advisor{4242 // PAIRS_OF_AN_ADVISOR}")}
    assert {entry["to"] for entry in account.letters} <= people
    assert counts["records"] <= 25
    assert counts["archive.jsonl"] == 0
    assert counts["index.json"] == 1
    after = (chapter.state / "archive.jsonl").stat()
    assert (after.st_mtime_ns, after.st_size) == (archive.st_mtime_ns, archive.st_size)


def test_invented_reply_addresses_have_the_archive_read_once(chapter: Settings) -> None:
    work = store.open_store(chapter.state, now=LATER).load()
    with counted() as counts:
        assert [work.archived_by_token(f"{number:026d}") for number in range(20)] == [None] * 20
    assert counts["archive.jsonl"] == 1


def test_ten_times_the_closed_history_changes_nothing_that_a_tick_touches(tmp_path: Path) -> None:
    smaller = founded(tmp_path / "chapter", pairs=200)
    found = []
    for name, times in (("as it is", 1), ("longer", 10)):
        kept_here = replace(smaller.retention, state=False)  # the two share one mailbox
        twin = replace(smaller, folder=tmp_path / name, retention=kept_here)
        shutil.copytree(smaller.folder, twin.folder, ignore=shutil.ignore_patterns("heartbeat.json"))
        archive = twin.state / "archive.jsonl"
        archive.write_bytes(archive.read_bytes() * times)
        make_due(twin, "p17", LATER)
        with counted() as counts:
            account = tick.run(twin, LATER)
        found.append((dict(counts), account.sent))
    assert found[0] == found[1]


def test_of_two_writers_the_second_is_refused_and_changes_nothing(chapter: Settings) -> None:
    first, second = (store.open_store(chapter.state, now=LATER).load() for _ in range(2))
    for number, work in enumerate((first, second)):
        person = work.participant("mentor7")
        assert person
        work.stage([replace(person, last_name=f"writer {number}", version=person.version + 1)])
    first.commit()
    before = (chapter.state / "cohort.json").read_bytes()
    with pytest.raises(StaleError):
        second.commit()
    assert (chapter.state / "cohort.json").read_bytes() == before
    kept = store.open_store(chapter.state, now=LATER).load().participant("mentor7")
    assert kept
    assert kept.last_name == "writer 0"


def test_the_closed_letters_can_still_be_found(chapter: Settings) -> None:
    work = store.open_store(chapter.state, now=LATER).load()
    key = f"p31/debrief/{large.PROMPTS - 1}/mentee"
    assert work.letter(key) is None
    assert (work.archived("letters", key) or {})["version"] == 3
