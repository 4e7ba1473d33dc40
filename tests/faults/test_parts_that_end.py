"""What waits for a mail server while its reader loses a part in what it tells: it no longer goes out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coordinator import store
from coordinator.backends import smtp
from coordinator.core.records import Letter, Record
from tests.faults.chapter import DAY, MONDAY, people
from tests.faults.folder import FolderChapter, Mail, folder_chapter
from tests.servers.ports import free_port

WEEKS = 3
SECOND = MONDAY + WEEKS * 7 * DAY
"""The Monday of a summary that has something to tell of each pair."""


@pytest.fixture
def chapter(tmp_path: Path) -> FolderChapter:
    """Three silent weeks old; Adam advises all three pairs, and his summary waits for a server."""
    made = folder_chapter(tmp_path / "chapter")
    for number in range(0, WEEKS * 7 * 24, 24):
        made.tick(MONDAY + timedelta(hours=number))
    settings, made.sent = made.settings, []
    made.with_outbox("smtp", smtp.Settings(host="127.0.0.1", port=free_port(), plaintext=True))
    made.tick(SECOND)
    assert made.sent == []
    made.settings = settings
    return made


def waiting(chapter: FolderChapter, name: str) -> list[Letter]:
    return [each for each in chapter.work().letters() if each.recipient == name and each.state == "queued"]


def changed(chapter: FolderChapter, records: Sequence[Record]) -> None:
    with store.lock(chapter.settings.state):
        work = store.open_store(chapter.settings.state, now=SECOND).load()
        work.stage(records)
        work.commit()


def afterwards(chapter: FolderChapter, name: str, *, until: datetime = SECOND + DAY) -> list[Mail]:
    for hour in range(1, int((until - SECOND) / timedelta(hours=1)), 3):
        chapter.tick(SECOND + timedelta(hours=hour))
    return chapter.to(name)


def test_a_summary_goes_out_when_the_server_is_back(chapter: FolderChapter) -> None:
    assert [each.purpose for each in waiting(chapter, "adam")] == ["summary"]
    assert b"Maya" in afterwards(chapter, "adam")[0].raw


def test_somebody_who_advises_a_pair_no_longer_gets_no_summary_of_it(chapter: FolderChapter) -> None:
    (eve,) = (replace(each, id="eve", address="eve@example.com") for each in people() if each.id == "adam")
    pairing = chapter.work().pairing("p1")
    assert pairing
    changed(chapter, [eve])
    changed(chapter, [replace(pairing, advisors=("eve",), version=pairing.version + 1)])
    told = afterwards(chapter, "adam")
    assert not any(b"Maya" in each.raw or b"Mona" in each.raw for each in told)


def test_somebody_who_advises_nobody_any_more_gets_none(chapter: FolderChapter) -> None:
    (eve,) = (replace(each, id="eve", address="eve@example.com") for each in people() if each.id == "adam")
    changed(chapter, [eve])
    changed(
        chapter,
        [replace(each, advisors=("eve",), version=each.version + 1) for each in chapter.work().pairings()],
    )
    assert afterwards(chapter, "adam") == []


def test_somebody_who_left_gets_nothing(chapter: FolderChapter) -> None:
    assert waiting(chapter, "adam")
    adam = chapter.work().participant("adam")
    assert adam
    changed(chapter, [replace(adam, status="stopped", version=adam.version + 1)])
    assert afterwards(chapter, "adam") == []
