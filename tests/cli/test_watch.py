"""`watch`: mail is answered when it comes, and a signal ends it cleanly."""

import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.simulate import shapes
from tests.cli.running import start
from tests.e2e.chapters import MAYA, Chapter, on_maildir, on_servers
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink


@pytest.fixture(params=["maildir", "servers"])
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Chapter:
    now = datetime.now(UTC).replace(microsecond=0)
    if request.param == "maildir":
        made = on_maildir(tmp_path / "elm", founded=now.isoformat())
    else:
        server: Dovecot = request.getfixturevalue("imap_server")
        sink: Sink = request.getfixturevalue("sink")
        made = on_servers(tmp_path / "elm", server, sink, "watch@example.org", founded=now.isoformat())
    made.now = now
    return made


def from_maya(words: str, now: datetime) -> bytes:
    to = [("Elm", "mentoring@example.org")]
    return shapes.fresh(words, client="gmail_web", sender=("Maya Roy", MAYA), to=to, subject="Hello", now=now)


def until(process: subprocess.Popen[bytes], words: str) -> None:
    """Reads on until it prints these words. Its own timer of an hour is what a failure waits for."""
    assert process.stdout is not None
    seen = []
    while words not in "".join(seen[-1:]):
        seen.append(process.stdout.readline().decode())
        assert seen[-1], f"it ended after {seen}"


def test_a_mail_is_answered_when_it_comes_and_a_signal_ends_it_with_0(watched: Chapter):
    watched.mail.deliver(from_maya("HELP", watched.now), watched.now)
    process = start("--chapter", watched.folder, "watch", "--every", "3600")
    try:
        until(process, "read 1")
        assert any(b"You asked for help" in raw for raw in watched.mail.collect())
        watched.mail.deliver(from_maya("called 10 min", watched.now), watched.now)
        until(process, "read 1")
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")
    assert out.decode().endswith("stopped\n")
    assert [c.minutes for c in watched.pair.contacts] == [10]
