"""A clock that leapt a year ahead: what it would do is told before, and what it did can be taken back."""

from datetime import timedelta

import pytest

from tests.cli.running import run
from tests.e2e.chapters import MAYA, Chapter, on_maildir
from tests.e2e.seasons import with_goals

YEAR = timedelta(days=365)


@pytest.fixture
def chapter(tmp_path) -> Chapter:
    return on_maildir(tmp_path / "elm")


def test_a_leap_of_the_clock_says_how_many_pairs_would_end_and_what_the_way_back_is(chapter: Chapter):
    with_goals(chapter)
    wrong = chapter.now + YEAR
    told = " ".join(chapter.tick(wrong).news)
    assert "1 of 1 pairs are past their last day and would end" in told
    assert "--dry-run --confirm-gap" in told
    assert "coordinator backup FILE" in told
    assert "coordinator restore FILE --replace" in told
    assert chapter.pair.status != "ended"
    listed = run("--chapter", chapter.folder, "tick", "--dry-run", "--confirm-gap", "--now", wrong.isoformat()).out
    assert MAYA in listed
    told = " ".join(chapter.tick(chapter.now - YEAR - timedelta(days=40)).news)
    assert "would end" not in told


def test_a_leap_within_the_season_ends_no_pair(chapter: Chapter):
    with_goals(chapter)
    assert "0 of 1 pairs" in " ".join(chapter.tick(chapter.now + timedelta(days=40)).news)


def test_a_wrong_year_that_was_confirmed_is_taken_back_by_the_copy_made_before(chapter: Chapter, tmp_path):
    with_goals(chapter)
    right, before = chapter.now, chapter.pair
    chapter.tick(right + YEAR)
    copy = tmp_path / "before.zip"
    assert run("--chapter", chapter.folder, "backup", copy).code == 0
    chapter.tick(right + YEAR, confirm_gap=True)
    chapter.tick(right + YEAR + timedelta(hours=1))
    assert chapter.pair != before
    back = run(
        "--chapter", chapter.folder, "restore", copy, "--replace", "--now", (right + timedelta(hours=2)).isoformat()
    )
    assert back.code == 0, back.err
    account = chapter.tick(right + timedelta(hours=3))
    assert not account.blocked, account.news
    assert (chapter.pair.status, chapter.pair.ending, chapter.pair.end) == (before.status, before.ending, before.end)
    chapter.wait(days=3)
    assert chapter.pair.status != "ended"
