"""Addresses that die, and addresses that change: nobody is written to in vain, and what they answer still counts."""

from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.simulate import shapes
from tests.cli.running import run
from tests.e2e.chapters import ADAM, BERLIN, MAYA, MONA, Chapter, on_maildir
from tests.e2e.seasons import introduced

NEW = "maya.roy@elsewhere.example"


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    made = on_maildir(tmp_path / "elm")
    introduced(made)
    return made


def moved(chapter: Chapter) -> None:
    done = run(
        "--chapter", chapter.folder, "people", "set", MAYA, f"address={NEW}", "--now", chapter.now.isoformat()
    )  # fmt: skip
    assert done.code == 0, done.err


@pytest.mark.req("S-3")
def test_whoever_cannot_be_reached_gets_no_more_mail_and_the_humans_know(chapter: Chapter) -> None:
    raw = shapes.bounce(chapter.last(MAYA).raw, now=chapter.now.astimezone(BERLIN))
    chapter.deliver(raw)
    assert chapter.person(MAYA).status == "unreachable"
    count = len(chapter.to(MAYA))
    chapter.wait(days=20)
    assert len(chapter.to(MAYA)) == count
    assert chapter.to("chief@example.org", "cannot be reached")
    assert any("cannot be reached" in x.parent.text or "comes back" in x.parent.text for x in chapter.to(ADAM))


@pytest.mark.req("S-3")
def test_one_who_writes_again_is_reachable_again(chapter: Chapter) -> None:
    letter = chapter.last(MAYA)
    chapter.deliver(shapes.bounce(letter.raw, now=chapter.now.astimezone(BERLIN)))
    chapter.reply(letter, "1. b")
    assert chapter.person(MAYA).status == "active"


@pytest.mark.req("S-3")
def test_with_a_new_address_letters_go_there_and_answers_come_from_there(chapter: Chapter) -> None:
    moved(chapter)
    chapter.wait(days=5)
    count = len(chapter.to(MAYA))
    letter = chapter.wait_for(NEW, "Ref:")
    assert len(chapter.to(MAYA)) == count
    account = chapter.reply(letter, "1. Lead a team meeting every month", sender=NEW)
    assert (account.applied, account.held) == (1, 0)


@pytest.mark.req("S-3")
def test_a_letter_that_was_sent_to_the_old_address_is_still_answered_from_the_new_one(chapter: Chapter) -> None:
    letter = chapter.last(MAYA)
    moved(chapter)
    chapter.now += timedelta(hours=1)
    account = chapter.reply(letter, "G1: pass the exam", sender=NEW)
    assert (account.applied, account.quarantined) == (1, 0)


@pytest.mark.req("S-3")
def test_an_answer_from_an_address_that_nobody_registered_changes_nothing(chapter: Chapter) -> None:
    before = chapter.pair
    account = chapter.reply(chapter.last(MONA), "1. no", sender="mona@private.example")
    assert account.held + account.quarantined == 1
    assert chapter.pair == before
