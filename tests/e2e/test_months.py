"""A page of numbers to the coordinator once a month, and to nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.core.records import Consent
from coordinator.store import lock, open_store
from tests.cli.running import founded
from tests.e2e.chapters import Chapter
from tests.report.some import BEGIN, pair, people

CHIEF = "chief@example.org"
FIRST = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def paired(tmp_path: Path) -> Chapter:
    """Seven pairs who met twice, of whom nothing is due for long."""
    folder = founded(tmp_path / "elm", now="2026-02-10T08:00")
    pairs = [pair(n, met=2, score=4, goals=["done"]) for n in range(7)]
    consent = Consent(text="1", at=BEGIN, how="import")
    stopped = [replace(each, version=1, status="stopped", consent=consent) for each in people(pairs).values()]
    with lock(folder / "state"):
        work = open_store(folder / "state", now=BEGIN).load()
        work.stage([*stopped, *(replace(each, version=1) for each in pairs)])
        work.commit()
    return Chapter.at(folder)


def test_when_a_month_is_over_its_numbers_go_to_the_coordinator_alone(paired: Chapter):
    paired.tick(FIRST - timedelta(days=2))
    paired.tick(FIRST)
    (letter,) = paired.to(CHIEF, "in numbers")
    assert letter.subject.endswith("February 2026 in numbers")
    for words in ("Pairs under way: 7", "Met at least once: 7", "Meetings: 7", "7 of 7 goals are reached"):
        assert words in letter.parent.text
    assert {each.parent.recipient for _, each in paired.letters} == {CHIEF}


def test_it_goes_once_a_month_whatever_was_missed(paired: Chapter):
    for day in range(4):
        paired.tick(FIRST + timedelta(days=day))
    assert len(paired.to(CHIEF, "in numbers")) == 1
    paired.tick(FIRST + timedelta(days=95), confirm_gap=True)
    paired.tick(FIRST + timedelta(days=96))
    assert [x.subject.partition(": ")[2] for x in paired.to(CHIEF, "in numbers")] == [
        "February 2026 in numbers", "May 2026 in numbers",
    ]  # fmt: skip


def test_it_rides_with_a_note_that_goes_anyway(paired: Chapter):
    paired.tick(FIRST - timedelta(days=2))
    with lock(paired.folder / "state"):
        work = paired.work()
        work.with_meta(counters={**work.meta.counters, "unsaid": 2})
        work.commit()
    paired.tick(FIRST)
    assert len(paired.to(CHIEF)) == 1
    text = paired.last(CHIEF).parent.text
    assert "Something needs a person" in text
    assert "Meetings: 7" in text


def test_where_nothing_may_be_told_no_mail_goes(tmp_path: Path):
    chapter = Chapter.at(founded(tmp_path / "elm"))
    chapter.tick(FIRST - timedelta(days=2))
    chapter.tick(FIRST)
    assert not chapter.letters


def test_to_the_coordinator_of_a_spanish_chapter_it_goes_in_spanish(paired: Chapter):
    config = paired.folder / "config.toml"
    text = config.read_text()
    config.write_text(text.replace('language = "en"', 'language = "es"'))
    paired.tick(FIRST - timedelta(days=2))
    with lock(paired.folder / "state"):
        work = paired.work()
        work.with_meta(counters={**work.meta.counters, "unsaid": 2})
        work.commit()
    paired.tick(FIRST)
    letter = paired.last(CHIEF)
    assert "échale un vistazo" in letter.subject
    for words in (
        "febrero de 2026 en cifras",
        "Parejas en marcha: 7",
        "7 de 7 objetivos",
        "2 más desde la última nota",
    ):
        assert words in letter.parent.text
    assert not {"more", "since", "numbers", "Pairs", "goals", "February"} & set(letter.parent.text.split())
