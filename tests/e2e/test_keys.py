"""A new key for the names that nobody can guess: what was sent under the old one goes on."""

import os

import pytest

from coordinator import config
from coordinator.errors import ConfigurationError
from coordinator.tick.privacy import digest
from tests.cli.running import run
from tests.e2e.chapters import MAYA, Chapter
from tests.e2e.seasons import introduced, with_goals


def renewed(chapter: Chapter) -> bytes:
    """The key that was; a new one stands above it."""
    path = chapter.folder / "secret.key"
    before = path.read_bytes().strip()
    path.write_bytes(os.urandom(32).hex().encode() + b"\n" + before + b"\n")
    return before


def test_an_answer_to_a_letter_that_was_sent_under_the_old_key_counts(chapter: Chapter):
    chapter.tick()
    letter = chapter.last(MAYA)
    old = renewed(chapter)
    assert config.load(chapter.folder).chapter.older == (old,)
    assert chapter.reply(letter, {1: "b", 2: "a, d", 4: "I restore old boats."}).applied == 1
    assert chapter.person(MAYA).answers or chapter.pair.answers


def test_nothing_is_sent_a_second_time_because_the_key_is_new(chapter: Chapter):
    with_goals(chapter)
    before = {letter.id for letter in chapter.work().letters()}
    sent = len(chapter.letters)
    renewed(chapter)
    chapter.tick()
    assert {letter.id for letter in chapter.work().letters()} == before
    assert len(chapter.letters) == sent


def test_new_letters_bear_tokens_of_the_new_key_only(chapter: Chapter):
    introduced(chapter)
    old = {letter.token for letter in chapter.work().letters()}
    renewed(chapter)
    chapter.wait(days=5)
    new = [letter for letter in chapter.work().letters() if letter.token not in old]
    assert new
    from coordinator.core.tokens import token

    settings = config.load(chapter.folder).chapter
    for letter in new:
        made = [token(key, letter.recipient, letter.id, letter.closes) for key in (settings.secret, *settings.older)]
        assert letter.token == made[0] != made[1]
        assert len(letter.token) * 5 >= 128


def test_whoever_asked_to_be_forgotten_under_an_old_key_is_not_brought_back_by_a_list(chapter: Chapter):
    chapter.tick()
    old = renewed(chapter)
    from coordinator.store import lock, open_store

    with lock(chapter.folder / "state"):
        work = open_store(chapter.folder / "state", now=chapter.now).load()
        work.with_meta(forgotten=(digest(old, "gone@example.com"),))
        work.commit()
    roster = chapter.folder.parent / "list.csv"
    roster.write_text("email,first_name,last_name,roles,consent\ngone@example.com,G,One,mentee,yes\n")
    done = run("--chapter", chapter.folder, "people", "import", roster)
    assert "asked to be deleted" in done.out + done.err


def test_a_short_key_among_older_ones_is_refused(chapter: Chapter):
    renewed(chapter)
    with (chapter.folder / "secret.key").open("ab") as file:
        file.write(b"short\n")
    with pytest.raises(ConfigurationError, match="shorter than 32 bytes"):
        config.load(chapter.folder)
