"""A clock that jumps, a clock in seven zones, and two ticks at once."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coordinator import store
from coordinator.errors import BusyError
from tests.core.situations import Season, one_pair
from tests.faults.chapter import DAY, MONDAY, answer
from tests.faults.folder import FolderChapter, folder_chapter
from tests.faults.nursery import Nursery

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)
ZONES = (
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/Chicago",
)


def hourly(start: datetime, end: datetime) -> list[datetime]:
    return [start + number * HOUR for number in range(int((end - start) / HOUR))]


def living(folder: Path, jump: timedelta | None = None, *, confirm: bool = False) -> FolderChapter:
    """Sixteen days with four ticks each, somebody answering; on the sixth day the clock is wrong for three ticks."""
    chapter = folder_chapter(folder)
    for now in (MONDAY + number * 6 * HOUR for number in range(16 * 4)):
        if now == MONDAY + 5 * DAY and jump is not None:
            _wrong(chapter, now, jump, confirm=confirm)
        chapter.tick(now)
        if now == MONDAY:
            first = chapter.to("maya")[0]
            chapter.deliver(answer(first.raw, "maya", {1: "a"}, now), now + HOUR)
    return chapter


def _wrong(chapter: FolderChapter, now: datetime, jump: timedelta, *, confirm: bool) -> None:
    for number in range(3):
        account = chapter.tick(now + jump + number * timedelta(minutes=10), confirm_gap=confirm)
        if abs(jump) > DAY and not confirm:
            assert account.blocked
            assert (account.read, account.letters) == (0, [])
            assert "--confirm-gap" in account.news[0]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    chapter = living(tmp_path_factory.mktemp("undisturbed") / "chapter")
    counts = Counter(mail.to for mail in chapter.sent)
    assert counts["maya"] >= 4
    return counts


@pytest.mark.parametrize("jump", [HOUR, -HOUR, YEAR, -YEAR], ids=["+1 h", "-1 h", "+1 y", "-1 y"])
def test_a_clock_that_jumps_and_comes_back_brings_nobody_more_mail(
    tmp_path: Path, undisturbed: Counter[str], jump: timedelta
) -> None:
    chapter = living(tmp_path / "chapter", jump)
    assert Counter(mail.to for mail in chapter.sent) == undisturbed
    assert len({mail.id for mail in chapter.sent}) == len(chapter.sent)
    last = chapter.work().meta.last_tick
    assert last == MONDAY + 16 * DAY - 6 * HOUR


def test_a_year_that_a_human_confirmed_by_mistake_is_survived_and_ended_by_another_confirmation(tmp_path: Path) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    for number in range(8):
        chapter.tick(MONDAY + number * 6 * HOUR)
    before = Counter(mail.to for mail in chapter.sent)
    wrong = MONDAY + 2 * DAY + YEAR
    chapter.tick(wrong, confirm_gap=True)
    assert all(count <= 1 for count in (Counter(mail.to for mail in chapter.sent) - before).values())
    right = MONDAY + 2 * DAY + HOUR
    assert chapter.tick(right).blocked
    assert not chapter.tick(right, confirm_gap=True).blocked
    assert chapter.work().meta.last_tick == right
    assert not chapter.tick(right + HOUR).blocked
    assert len({mail.id for mail in chapter.sent}) == len(chapter.sent)


def test_after_a_month_without_a_tick_nothing_goes_out_before_a_human_has_looked(tmp_path: Path) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    chapter.tick(MONDAY)
    before = len(chapter.sent)
    late = MONDAY + 40 * DAY
    for number in range(3):
        account = chapter.tick(late + number * HOUR)
        assert account.blocked
        assert len(chapter.sent) == before
    assert not chapter.tick(late + 3 * HOUR, confirm_gap=True).blocked
    assert not chapter.tick(late + 4 * HOUR).blocked
    purposes = {letter.message_id: letter.purpose for letter in chapter.work().letters()}
    fresh = Counter(mail.to for mail in chapter.sent[before:] if purposes[mail.id] != "calendar")
    assert fresh
    assert max(fresh.values()) == 1, "one merged mail"


def pair_in(zone: str) -> Season:
    season = one_pair()
    for id_ in ("u1", "u2", "u3"):
        person = season.work.participant(id_)
        assert person
        season.work.stage([replace(person, timezone=zone, version=person.version + 1)])
    return season


@pytest.mark.parametrize("zone", ZONES)
def test_nothing_is_sent_in_quiet_hours_whatever_the_hour_of_the_tick(zone: str) -> None:
    """Over both changes of clocks, hour by hour."""
    season = pair_in(zone)
    start = season.now.replace(hour=0)
    for now in hourly(start, start + 95 * DAY):
        season.tick(now)
    assert len(season.sent) >= 10
    for at, effect in season.sent:
        assert 8 <= at.astimezone(ZoneInfo(zone)).hour < 20, effect.letter.id


def test_a_second_tick_beside_the_first_is_turned_away_at_once(tmp_path: Path, children: Nursery) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    with store.lock(chapter.settings.state):
        with pytest.raises(BusyError):
            chapter.tick(MONDAY)
        ended = children.run("--chapter", str(chapter.settings.folder), "tick", "--now", MONDAY.isoformat())
    assert ended.code == 75
    assert ended.err.count("\n") == 1
    assert "wait for it to end" in ended.err
    assert not chapter.sent
    assert chapter.tick(MONDAY).sent > 0
