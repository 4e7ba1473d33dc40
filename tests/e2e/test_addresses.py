"""Addresses that die, and addresses that change: nobody is written to in vain, and what they answer still counts."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from coordinator.simulate import shapes
from tests.cli.running import run
from tests.e2e.chapters import ADAM, BERLIN, MAYA, MONA, Chapter, number, on_maildir
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
    account = chapter.reply(letter, "program idea: more talks by nurses", sender=NEW)
    assert (account.applied, account.held) == (1, 0)


@pytest.mark.req("S-3")
def test_a_letter_that_was_sent_to_the_old_address_is_still_answered_from_the_new_one(chapter: Chapter) -> None:
    letter = chapter.last(MAYA)
    moved(chapter)
    chapter.now += timedelta(hours=1)
    account = chapter.reply(letter, "program idea: more talks by nurses", sender=NEW)
    assert (account.applied, account.quarantined) == (1, 0)


@pytest.mark.req("S-3")
def test_an_answer_from_an_address_that_nobody_registered_changes_nothing(chapter: Chapter) -> None:
    before = chapter.pair
    account = chapter.reply(chapter.last(MONA), "1. no", sender="mona@private.example")
    assert account.held + account.quarantined == 1
    assert chapter.pair == before


@pytest.fixture
def new(tmp_path: Path) -> Chapter:
    """Nothing was sent yet."""
    return on_maildir(tmp_path / "elm")


def corrected(new: Chapter, *arguments: str) -> str:
    outcome = run("--chapter", new.folder, *arguments, "--now", str(new.now))
    assert outcome.code == 0, outcome.err
    return outcome.out


def test_a_wrong_address_that_is_corrected_gets_the_introduction_that_never_arrived(new: Chapter):
    new.tick()
    new.deliver(shapes.bounce(new.last(MAYA).raw, now=new.now, system="postfix"))
    assert new.person(MAYA).status == "unreachable"
    assert "go out once more: 1" in corrected(new, "people", "set", MAYA, f"address={NEW}")
    new.wait(days=1)
    again = new.last(NEW, "is your mentor")
    assert b"\r\nTo: Maya Roy <maya.roy@elsewhere.example>" in again.raw
    new.wait(days=3)
    assert len(new.to(NEW, "is your mentor")) == 1
    new.reply(again, {number(again, "a few lines"): "I grew up in Oslo."}, sender=NEW)
    assert [a.value for a in new.pair.answers if a.field == "journey"] == ["I grew up in Oslo."]


def test_a_mailbox_that_works_again_gets_what_came_back(new: Chapter):
    new.tick()
    new.deliver(shapes.bounce(new.last(MAYA).raw, now=new.now, system="postfix"))
    assert "go out once more: 1" in corrected(new, "people", "resume", MAYA)
    new.wait(days=1)
    assert len(new.to(MAYA, "is your mentor")) == 2


def without_server(new: Chapter) -> str:
    """No letter leaves from now on; the settings with which they do."""
    settings = new.folder / "config.toml"
    works = settings.read_text()
    head, _, tail = works.partition("[outbox]")
    broken = '[outbox]\nbackend = "smtp"\nhost = "127.0.0.1"\nport = 1\nplaintext = true\n\n[limits]'
    settings.write_text(head + broken + tail.partition("[limits]")[2])
    return works


def test_a_letter_that_waits_for_a_server_goes_to_the_address_that_was_corrected_meanwhile(new: Chapter):
    works = without_server(new)
    assert new.tick().trouble
    corrected(new, "people", "set", MAYA, f"address={NEW}")
    (new.folder / "config.toml").write_text(works)
    new.wait(days=1)
    assert len(new.to(NEW, "is your mentor")) == 1
    assert not new.to(MAYA)


def test_an_invitation_that_waits_for_a_server_goes_to_the_address_that_was_corrected_meanwhile(new: Chapter):
    new.tick()
    works = without_server(new)
    account = new.reply(new.last(MAYA), {1: "b", 2: "a, d", 4: "I grew up in Oslo and restore old boats."})
    assert account.trouble
    corrected(new, "people", "set", MAYA, f"address={NEW}")
    (new.folder / "config.toml").write_text(works)
    new.wait(days=1)
    (invited,) = [each for each in new.to(NEW) if each.invitation]
    parts = [p.get_content() for p in message_from_bytes(invited.raw, policy=default).walk() if p.get_filename()]
    (entry,) = [part.decode() for part in parts if b"BEGIN:VEVENT" in part]
    assert f"mailto:{NEW}" in entry.replace("\r\n ", "")
    assert MAYA not in entry.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in entry.splitlines())
    assert entry.replace("\r\n", "\n") == invited.parent.calendar
    new.rsvp(invited, "ACCEPTED")
    assert new.pair.meetings[0].partstats[new.person(NEW).id] == "ACCEPTED"


def test_what_was_read_at_the_old_address_is_not_sent_once_more(new: Chapter):
    new.tick()
    assert "once more" not in corrected(new, "people", "set", MAYA, f"address={NEW}")
    new.wait(days=1)
    assert not new.to(NEW, "is your mentor")
