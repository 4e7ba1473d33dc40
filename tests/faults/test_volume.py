"""A flood of our own making stops before it leaves, and a human is told."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import tick
from coordinator.tick import volume
from tests.faults.chapter import MONDAY, mail
from tests.faults.folder import FolderChapter, folder_chapter

MINUTE = timedelta(minutes=1)


@pytest.fixture
def chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderChapter:
    """Three pairs, of whom each may get one mail a day."""
    monkeypatch.setattr(volume, "LEAST", 0)
    monkeypatch.setattr(volume, "TIMES", 1)
    return folder_chapter(tmp_path / "chapter")


def flooded(chapter: FolderChapter) -> int:
    """Each letter that waits, three times more; returns how many then wait."""
    from coordinator.store import lock, open_store

    chapter.with_limits(letters=0)
    chapter.tick(MONDAY)
    chapter.with_limits(letters=1000)
    with lock(chapter.settings.state):
        work = open_store(chapter.settings.state, now=MONDAY).load()
        waiting = work.outbox(MONDAY)
        for number in range(3):
            twins = [
                replace(
                    each,
                    id=f"{each.id}/{number}",
                    token=f"{each.token[:-1]}{number}",
                    message_id=f"<{number}{each.message_id[1:]}",
                )
                for each in waiting
            ]
            work.stage([replace(each, version=1) for each in twins])
        work.commit()
        return len(work.outbox(MONDAY))


def test_nothing_goes_but_calls_for_help_and_the_note_until_a_human_has_looked(chapter: FolderChapter) -> None:
    many = flooded(chapter)
    account = chapter.tick(MONDAY + MINUTE)
    assert account.blocked
    assert any("--confirm-volume" in line and "wait" in line for line in account.news)
    assert {each.to for each in chapter.sent} == {"office"}
    chapter.deliver(mail("max@example.com", "HELP", "HELP", "<help@example.com>"), MONDAY + 2 * MINUTE)
    chapter.tick(MONDAY + 2 * MINUTE)
    assert chapter.to("max"), "a call for help is answered all the same"
    before = len(chapter.sent)
    assert tick.run(chapter.settings, MONDAY + 3 * MINUTE, tick.Options(any_volume=True)).sent >= many
    assert len(chapter.sent) == before


def test_an_ordinary_day_is_far_from_it(tmp_path: Path) -> None:
    ordinary = folder_chapter(tmp_path / "chapter")
    account = ordinary.tick(MONDAY)
    assert account.sent
    assert not account.blocked


def test_one_person_gets_twenty_mails_a_day_at_most_and_the_rest_on_the_next(tmp_path: Path) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    chapter.tick(MONDAY)
    before = len(chapter.to("maya"))
    for number in range(30):
        raw = mail(
            "maya@example.com",
            "a question",
            f"Why did I get this?\n\nThis is my mail {number}",
            f"<why{number}@example.com>",
        )
        chapter.deliver(raw, MONDAY + MINUTE)
    account = chapter.tick(MONDAY + 2 * MINUTE)
    assert len(chapter.to("maya")) == volume.MOST_FOR_ONE
    assert sum("got 20 mails today" in line for line in account.news) == 1
    chapter.tick(MONDAY + 3 * MINUTE)
    assert len(chapter.to("maya")) == volume.MOST_FOR_ONE
    chapter.deliver(mail("maya@example.com", "HELP", "HELP", "<help@example.com>"), MONDAY + 4 * MINUTE)
    chapter.tick(MONDAY + 4 * MINUTE)
    assert len(chapter.to("maya")) == volume.MOST_FOR_ONE + 1, "a call for help is answered all the same"
    chapter.tick(MONDAY + timedelta(days=1))
    assert len(chapter.to("maya")) >= before + 31


def test_a_tick_sends_no_more_letters_than_its_limit_though_it_sends_at_two_times(tmp_path: Path) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    chapter.with_limits(letters=0)
    chapter.tick(MONDAY)
    chapter.with_limits(letters=1)
    assert [chapter.tick(MONDAY + turn * MINUTE).sent for turn in (1, 2)] == [1, 1]
