"""A server that keeps a tick waiting keeps it no longer than the tick may take."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator import store
from coordinator.backends import imap, smtp
from coordinator.backends.secrets import Secret
from coordinator.errors import BusyError
from tests.faults.chapter import MONDAY
from tests.faults.folder import FolderChapter, folder_chapter
from tests.servers import scripted
from tests.servers.smtp_sink import Sink


def silence(_line: bytes) -> bytes:
    return b""


@contextmanager
def mute(greeting: bytes) -> Iterator[scripted.Scripted]:
    """Greets, and never says anything again."""
    with scripted.running(greeting, silence) as server:
        yield server
        gc.collect()  # a connection that was broken off while it was made is closed when nobody holds it


@pytest.fixture
def chapter(tmp_path: Path) -> FolderChapter:
    found = folder_chapter(tmp_path / "chapter")
    found.with_limits(seconds=1)
    return found


def test_a_mail_server_that_never_answers_is_left_and_the_letters_go_out_later(
    chapter: FolderChapter, sink: Sink
) -> None:
    chapter.with_limits(letters=0, seconds=60)
    chapter.tick(MONDAY)
    chapter.with_limits(letters=1000, seconds=1)
    with mute(b"220 ready\r\n") as server:
        chapter.with_outbox("smtp", smtp.Settings(host=server.host, port=server.port, plaintext=True))
        with pytest.raises(BusyError, match=r"longer than 1 seconds .* the next one goes on"):
            chapter.tick(MONDAY)
    assert {letter.state for letter in chapter.work().letters()} == {"queued"}
    chapter.with_outbox("smtp", smtp.Settings(host=sink.host, port=sink.port, plaintext=True))
    chapter.with_limits(seconds=60)
    assert chapter.tick(MONDAY).sent == len(sink.accepted) == len(list(chapter.work().letters()))
    assert {letter.state for letter in chapter.work().letters()} == {"sent"}


def test_a_mailbox_that_never_answers_is_left_and_the_lock_with_it(
    chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COORDINATOR_TEST_PASSWORD", "x")
    folder = chapter.settings.inbox
    with mute(b"* OK ready\r\n") as server:
        secret = Secret(env="COORDINATOR_TEST_PASSWORD")
        box = imap.Settings(host=server.host, port=server.port, plaintext=True, username="u", secret=secret)
        chapter.settings = replace(chapter.settings, inbox=("imap", box))
        with pytest.raises(BusyError):
            chapter.tick(MONDAY)
    with store.lock(chapter.settings.state):
        pass
    chapter.settings = replace(chapter.settings, inbox=folder)
    chapter.with_limits(seconds=60)
    assert chapter.tick(MONDAY).sent > 0
