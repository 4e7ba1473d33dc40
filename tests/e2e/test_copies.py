"""A chapter's folder that was copied, or put back from yesterday by hand: nothing is lost, nothing goes out twice."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import config
from coordinator.backends import open_inbox
from coordinator.errors import ReplacedError, UnreadableError
from coordinator.formats.state_mail import state_mail
from tests.cli.running import run
from tests.e2e.chapters import MAYA, MONA, Chapter, number
from tests.e2e.seasons import introduced
from tests.e2e.test_restoring import ids


def answered_since(chapter: Chapter, copy: Path) -> list[str]:
    """The state is copied by hand; then goals are asked for, and answered. Their texts."""
    introduced(chapter)
    chapter.tick(chapter.now + timedelta(minutes=1))
    shutil.copytree(chapter.folder / "state", copy)
    letter = chapter.wait_for(MAYA, "What would you like to reach")
    chapter.reply(letter, {number(letter, "reach"): "Lead a team meeting every month"})
    return [goal.text for goal in chapter.pair.goals]


def put_back(chapter: Chapter, copy: Path) -> None:
    shutil.rmtree(chapter.folder / "state")
    shutil.copytree(copy, chapter.folder / "state")


@pytest.mark.req("S-6")
def test_a_state_of_yesterday_that_a_hand_put_back_is_not_run(everywhere: Chapter, tmp_path: Path) -> None:
    chapter = everywhere
    goals = answered_since(chapter, tmp_path / "yesterday")
    put_back(chapter, tmp_path / "yesterday")
    before = len(chapter.letters)
    with pytest.raises(UnreadableError, match="restore --from-mailbox --replace"):
        chapter.tick(chapter.now + timedelta(hours=1))
    assert {x.parent.recipient for _, x in chapter.letters[before:]} <= {"chief@example.org"}
    outcome = run("--chapter", chapter.folder, "restore", "--from-mailbox", "--replace", "--now", str(chapter.now))
    assert outcome.code == 0, outcome.err
    assert [goal.text for goal in chapter.pair.goals] == goals
    chapter.wait(days=4)
    assert chapter.to(MONA, "what it is about")
    assert [each for each, count in ids(chapter).items() if count > 1] == []


@pytest.mark.req("S-6")
def test_a_state_of_last_month_is_not_run_either(everywhere: Chapter, tmp_path: Path) -> None:
    chapter = everywhere
    answered_since(chapter, tmp_path / "last month")
    chapter.wait(days=30)
    with open_inbox(*config.load(chapter.folder).inbox) as inbox:
        kept = {each.handle: found for each in inbox.look("snapshots") if (found := state_mail(each.raw or b""))}
        newest = max(found.generation for found in kept.values() if found.kind == "snapshot")
        inbox.remove("snapshots", [handle for handle, found in kept.items() if found.generation < newest])
    put_back(chapter, tmp_path / "last month")
    before = len(chapter.letters)
    with pytest.raises(UnreadableError, match="restore --from-mailbox --replace"):
        chapter.tick(chapter.now + timedelta(hours=1), confirm_gap=True)
    assert {x.parent.recipient for _, x in chapter.letters[before:]} <= {"chief@example.org"}


def test_meanwhile_a_call_for_help_is_heard(chapter: Chapter, tmp_path: Path) -> None:
    answered_since(chapter, tmp_path / "yesterday")
    put_back(chapter, tmp_path / "yesterday")
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP – I feel lost"), chapter.now)
    with pytest.raises(UnreadableError):
        chapter.tick(chapter.now + timedelta(hours=1))
    assert chapter.to(MAYA, "You asked for help")


def copied(chapter: Chapter, to: Path) -> Chapter:
    """As `cp -r` makes it, with its own mailbox; where both run from cron."""
    chapter.tick(chapter.now + timedelta(minutes=1))
    shutil.copytree(chapter.folder, to)
    other = Chapter.at(to)
    other.now = chapter.now
    other.mail.collect()
    return other


def test_a_copy_of_a_chapter_sends_nothing_while_the_first_one_is_there(chapter: Chapter, tmp_path: Path) -> None:
    introduced(chapter)
    copy = copied(chapter, tmp_path / "oak")
    for _ in range(2):
        with pytest.raises(ReplacedError, match=r"is a copy of .*elm.*coordinator init"):
            copy.tick(copy.now + timedelta(days=5))
    assert copy.letters == []
    assert run("--chapter", copy.folder, "tick", "--now", str(copy.now)).code == 78
    chapter.wait_for(MAYA, "What would you like to reach")


def test_a_chapter_that_was_moved_goes_on(chapter: Chapter, tmp_path: Path) -> None:
    introduced(chapter)
    there = copied(chapter, tmp_path / "oak")
    shutil.rmtree(chapter.folder)
    there.wait_for(MAYA, "What would you like to reach")


def test_a_copy_that_was_restored_from_a_backup_runs_for_itself(chapter: Chapter, tmp_path: Path) -> None:
    introduced(chapter)
    file = tmp_path / "backup.tar"
    assert run("--chapter", chapter.folder, "backup", file).code == 0
    there = copied(chapter, tmp_path / "oak")
    assert run("--chapter", there.folder, "restore", file, "--replace", "--now", str(there.now)).code == 0
    there.wait_for(MAYA, "What would you like to reach")
