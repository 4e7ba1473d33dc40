"""`doctor --roundtrip`: the program writes to itself, and each way in which that fails is told in one sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.cli import roundtrip
from tests.cli.running import founded, run
from tests.e2e.chapters import Chapter, on_servers
from tests.e2e.exchange_chapters import OURS, on_exchange
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import Double
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roundtrip, "PAUSE", 0.05)
    monkeypatch.setattr(roundtrip, "GRACE", 0.3)


@pytest.fixture
def wired(tmp_path: Path, imap_server: Dovecot, sink: Sink) -> Iterator[Chapter]:
    """What the SMTP server takes for the mailbox comes into it, with or without a plus."""
    chapter = on_servers(tmp_path / "elm", imap_server, sink, OURS)
    sink.onward = lambda to, raw: imap_server.deliver(OURS, b"Delivered-To: " + to.encode() + b"\r\n" + raw)
    yield chapter
    sink.reset()


def tried(chapter: Chapter, wait: int = 2) -> tuple[int, str]:
    """(exit code, what is said of the round trip)."""
    outcome = run("--chapter", chapter.folder, "doctor", "--roundtrip", "--wait", str(wait), "--json")
    (told,) = [one["told"] for one in outcome.json if one["what"] == "round trip"]
    assert "\n" not in told
    return outcome.code, told


def without_plus(chapter: Chapter) -> None:
    config = chapter.folder / "config.toml"
    config.write_text(config.read_text().replace("# plus_addressing = true", "plus_addressing = false"))


def test_a_mail_to_its_own_plus_address_comes_back(wired: Chapter) -> None:
    code, told = tried(wired)
    assert code == 0, told
    assert "came back" in told
    assert "plus-address" in told


def test_the_mails_are_put_away_and_no_tick_takes_them_for_an_answer(wired: Chapter) -> None:
    tried(wired)
    assert wired.mail.waiting() == []
    assert wired.tick().read == 0


def test_where_plus_addresses_do_not_arrive_the_code_in_the_subject_does(wired: Chapter, sink: Sink) -> None:
    arrives = sink.onward
    assert arrives is not None
    sink.onward = lambda to, raw: None if "+" in to else arrives(to, raw)
    code, told = tried(wired)
    assert code == 78
    assert "set plus_addressing = false in config.toml" in told
    assert "code in the subject" in told
    without_plus(wired)
    code, told = tried(wired)
    assert (code, "the code in its subject" in told) == (0, True), told


def test_a_server_that_refuses_plus_addresses_is_told_apart_from_one_that_is_down(wired: Chapter, sink: Sink) -> None:
    sink.replies["RCPT"] = "550 5.1.1 no such user"
    code, told = tried(wired, wait=1)
    assert code == 75
    assert "no mail to" in told


def test_mail_that_never_comes_back_says_where_to_look(wired: Chapter, sink: Sink) -> None:
    sink.onward = None
    code, told = tried(wired, wait=1)
    assert code == 75
    assert "junk folder" in told
    assert "--wait" in told


def test_a_server_that_rewrites_subjects_is_found_out(wired: Chapter, sink: Sink) -> None:
    arrives = sink.onward
    assert arrives is not None
    sink.onward = lambda to, raw: arrives(to, raw.replace(b"Ref: ", b"[EXTERNAL] "))
    without_plus(wired)
    code, told = tried(wired)
    assert code == 78
    assert "subjects" in told


def test_a_chapter_on_folders_is_not_tried(tmp_path: Path) -> None:
    outcome = run("--chapter", founded(tmp_path / "elm"), "doctor", "--roundtrip")
    assert outcome.code == 0
    assert "the outbox is a folder" in outcome.out


def test_exchange_in_ones_own_house_knows_no_plus_addresses_and_the_one_online_does(
    exchange_server: Double, tmp_path: Path
) -> None:
    chapter = on_exchange(tmp_path / "elm", exchange_server)
    code, told = tried(chapter)
    assert code == 78
    assert "set plus_addressing = false" in told
    exchange_server.plus = True
    assert tried(chapter)[0] == 0
    assert chapter.mail.waiting() == []
