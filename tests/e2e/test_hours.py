"""Ticks that come only while everybody sleeps: no letter goes, and the coordinator is told why."""

from datetime import timedelta

from coordinator.simulate.letters import received
from tests.cli.running import run
from tests.e2e.chapters import Chapter


def printed(chapter: Chapter, at: object) -> str:
    return run("--chapter", chapter.folder, "tick", "--now", at.isoformat()).out  # type: ignore[attr-defined]


def test_ticks_that_come_only_at_night_are_told_of_after_the_second_missed_day(chapter: Chapter):
    begin = chapter.now.replace(hour=3)
    said = [printed(chapter, begin + timedelta(days=day)) for day in range(4)]
    assert [("only outside the hours" in each) for each in said] == [False, False, True, True]
    told = [received(raw).parent for raw in chapter.mail.collect()]
    assert {letter.recipient for letter in told} == {"chief@example.org"}
    assert "coordinator schedule" in " ".join(told[0].text.split())


def test_a_night_after_a_day_without_ticks_is_nothing_to_tell_of(chapter: Chapter):
    begin = chapter.now.replace(hour=3)
    for hours in (0, 24, 29, 48, 53, 72):
        assert "outside the hours" not in printed(chapter, begin + timedelta(hours=hours))
    assert list(chapter.mail.collect())


def test_ticks_around_the_clock_never_tell_of_it(chapter: Chapter):
    begin = chapter.now.replace(hour=3)
    for hours in range(0, 96, 3):
        assert "outside the hours" not in printed(chapter, begin + timedelta(hours=hours))
