"""Who watches that ticks still come: the file of counts, the call to an address, and the mail after three that failed."""

import http.server
import json
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from coordinator import store, tick
from coordinator.backends import smtp
from coordinator.backends.call import call
from coordinator.cli import doctor
from coordinator.config.settings import Heartbeat
from coordinator.errors import BackendError, BusyError, ReplacedError
from coordinator.tick import heartbeat
from coordinator.tick.heartbeat import last_beat
from tests.cli.running import run
from tests.faults.chapter import DAY, MONDAY, mail, message_id
from tests.faults.folder import FolderChapter, Mail, folder_chapter
from tests.servers.ports import free_port

TEN = timedelta(minutes=10)
OFFICE = "office"


@pytest.fixture
def chapter(tmp_path: Path) -> FolderChapter:
    return folder_chapter(tmp_path / "chapter")


def beat(chapter: FolderChapter) -> dict[str, object]:
    return dict(last_beat(chapter.settings.folder))


@contextmanager
def without_inbox(chapter: FolderChapter) -> Iterator[None]:
    mails = chapter.settings.folder / "mail"
    mails.rename(mails.with_name("elsewhere"))
    try:
        yield
    finally:
        mails.with_name("elsewhere").rename(mails)


def failed(chapter: FolderChapter, now: datetime, runs: int) -> list[str]:
    """The mails that so many runs without an inbox brought, by whom they went to."""
    before = len(chapter.sent)
    with without_inbox(chapter):
        for number in range(runs):
            with pytest.raises(BackendError):
                chapter.tick(now + number * TEN)
    # What went out lies in the folder until somebody collects it.
    for raw in chapter.post.collect():
        to = raw.partition(b"\n")[0].decode().removeprefix("Delivered-To: ").strip()
        chapter.sent.append(Mail(at=now, to=to.partition("@")[0], id=message_id(raw), raw=raw))
    return [each.to for each in chapter.sent[before:]]


def test_each_tick_leaves_counts_and_nothing_else_in_a_file_for_its_owner_alone(chapter: FolderChapter) -> None:
    chapter.deliver(mail("maya@example.com", "HELP", "HELP\n\nIt is about Zebra Street.", "<h@example.com>"), MONDAY)
    chapter.tick(MONDAY)
    path = chapter.settings.folder / "heartbeat.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = json.loads(path.read_text())
    assert (found["exit"], found["failing"], found["well"], found["read"]) == (0, 0, MONDAY.isoformat(), 1)
    assert found["sent"] > 0
    texts = sorted(each for each in found.values() if isinstance(each, str))
    place = str(chapter.settings.folder)
    assert texts == sorted([MONDAY.isoformat()] * 2 + [place]), "instants, its own place, and no word of anybody's"


def test_a_tick_with_nothing_to_do_beats_as_well(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    assert chapter.tick(MONDAY + TEN).idle
    assert beat(chapter)["well"] == (MONDAY + TEN).isoformat()


def test_the_third_run_that_fails_tells_the_coordinator_once_a_day(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    assert failed(chapter, MONDAY + TEN, 2) == []
    assert failed(chapter, MONDAY + 3 * TEN, 4) == [OFFICE]
    told = message_from_bytes(chapter.sent[-1].raw, policy=policy.default)
    assert "the last 3 runs failed: " in told.get_body(("plain",)).get_content().replace("\n", " ")
    assert (beat(chapter)["failing"], beat(chapter)["well"]) == (6, MONDAY.isoformat())
    assert failed(chapter, MONDAY + DAY, 3) == [OFFICE]
    ids = {message_from_bytes(each.raw)["Message-ID"] for each in chapter.sent if each.to == OFFICE}
    assert len(ids) == 2, "two mails of two days are two mails"
    chapter.tick(MONDAY + DAY + 6 * TEN)
    assert beat(chapter)["failing"] == 0
    assert failed(chapter, MONDAY + DAY + 7 * TEN, 2) == []


def test_that_mail_changes_nothing_of_the_state(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    before = (chapter.settings.state / "cohort.json").read_bytes()
    assert failed(chapter, MONDAY + TEN, 3) == [OFFICE]
    assert (chapter.settings.state / "cohort.json").read_bytes() == before


def test_where_no_mail_goes_out_either_it_is_tried_again_by_each_third_run(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    out = chapter.settings.folder / "out"
    out.rename(out.with_name("gone"))
    out.write_text("in the way")
    with without_inbox(chapter):
        for number in range(1, 5):
            with pytest.raises(BackendError):
                tick.run(chapter.settings, MONDAY + number * TEN)
    assert (beat(chapter)["failing"], beat(chapter)["told"]) == (4, None)
    out.unlink()
    out.with_name("gone").rename(out)
    assert failed(chapter, MONDAY + 5 * TEN, 1) == []
    assert failed(chapter, MONDAY + 6 * TEN, 1) == [OFFICE]


def test_a_mail_server_that_takes_nothing_is_not_asked_a_second_time_by_the_same_run(
    chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = smtp.Settings(host="127.0.0.1", port=free_port(), plaintext=True)
    chapter.with_outbox("smtp", settings)
    asked: list[object] = []
    monkeypatch.setattr("coordinator.tick.failing.tell", lambda *_: asked.append(_))
    for number in range(7):
        assert chapter.tick(MONDAY + number * TEN).mute
    assert beat(chapter)["failing"] == 7
    assert asked == []


def test_a_machine_that_was_replaced_tells_nobody(chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter.tick(MONDAY)
    chapter.post.collect()

    def replaced(*_: object, **__: object) -> None:
        raise ReplacedError("another machine runs this program")

    monkeypatch.setattr("coordinator.tick._run", replaced)
    for number in range(5):
        with pytest.raises(ReplacedError):
            tick.run(chapter.settings, MONDAY + DAY + number * TEN)
    assert list(chapter.post.collect()) == []
    assert beat(chapter)["failing"] == 5


def test_a_run_beside_another_and_a_dry_one_are_no_beats(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    with store.lock(chapter.settings.state), pytest.raises(BusyError):
        tick.run(chapter.settings, MONDAY + TEN)
    tick.run(chapter.settings, MONDAY + 2 * TEN, tick.Options(dry=True))
    assert beat(chapter)["at"] == MONDAY.isoformat()


def test_a_run_whose_time_is_over_counts_as_failed(chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        threading.Event().wait(60)

    monkeypatch.setattr("coordinator.tick._run", endless)
    chapter.with_limits(seconds=1)
    with pytest.raises(BusyError):
        tick.run(chapter.settings, MONDAY)
    assert (beat(chapter)["exit"], beat(chapter)["failing"]) == (70, 1)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"failing": "many"}', b"\xff\xfe"])
def test_a_file_that_somebody_broke_is_written_anew(chapter: FolderChapter, content: bytes) -> None:
    (chapter.settings.folder / "heartbeat.json").write_bytes(content)
    chapter.tick(MONDAY)
    assert beat(chapter)["failing"] == 0


def test_a_file_that_cannot_be_written_stops_no_tick(chapter: FolderChapter) -> None:
    (chapter.settings.folder / "heartbeat.json").mkdir()
    assert chapter.tick(MONDAY).sent > 0


@dataclass
class Heard:
    port: int
    said: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def listening(status: int = 200) -> Iterator[Heard]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.said.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(status)
            self.send_header("Location", f"http://127.0.0.1:{heard.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    heard = Heard(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def test_an_address_is_called_with_counts_and_told_apart_when_a_run_failed(chapter: FolderChapter) -> None:
    with listening() as heard:
        url = f"http://127.0.0.1:{heard.port}/check"
        chapter.settings = replace(chapter.settings, heartbeat=Heartbeat(url=url))
        chapter.tick(MONDAY)
        failed(chapter, MONDAY + TEN, 1)
    (path, said), (path_failed, said_failed) = heard.said
    assert (path, path_failed) == ("/check", "/check/fail")
    names = ("exit", "failing", *heartbeat.COUNTS)
    assert [each.split(" ")[0] for each in said.split(", ")] == list(names)
    assert all(each.split(" ")[1].isdigit() for each in said.split(", ")), "counts only"
    assert said_failed.startswith("exit 75, failing 1, read 0")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_address_that_refuses_or_leads_elsewhere_costs_nothing(chapter: FolderChapter, status: int) -> None:
    with listening(status) as heard:
        chapter.settings = replace(chapter.settings, heartbeat=Heartbeat(url=f"http://127.0.0.1:{heard.port}/check"))
        assert chapter.tick(MONDAY).sent > 0
    assert [path for path, _ in heard.said] == ["/check"]


def test_an_address_where_nobody_is_costs_nothing(chapter: FolderChapter) -> None:
    assert not call(f"http://127.0.0.1:{free_port()}/", "exit 0")
    chapter.settings = replace(chapter.settings, heartbeat=Heartbeat(url=f"http://127.0.0.1:{free_port()}/check"))
    assert chapter.tick(MONDAY).sent > 0


def test_the_doctor_tries_the_address_when_it_may_send_something() -> None:
    with listening() as heard:
        assert doctor._heartbeat(f"http://127.0.0.1:{heard.port}/check") == "the address takes calls"
    with pytest.raises(BackendError, match="nobody takes calls"):
        doctor._heartbeat(f"http://127.0.0.1:{free_port()}/check")


@pytest.mark.parametrize("url", ['"http://watch.example/check"', '"ftp://watch.example"', "true", '"https://a b"'])
def test_an_address_that_anybody_could_listen_to_is_refused_at_its_line(chapter: FolderChapter, url: str) -> None:
    path = chapter.settings.folder / "config.toml"
    path.write_text(path.read_text() + f"\n[heartbeat]\nurl = {url}\n")
    outcome = run("--chapter", chapter.settings.folder, "check")
    assert outcome.code == 78
    assert "url must be an https address" in outcome.err


def test_status_says_that_runs_fail_and_since_when(chapter: FolderChapter) -> None:
    chapter.tick(MONDAY)
    assert run("--chapter", chapter.settings.folder, "status", "--now", MONDAY.isoformat()).code == 0
    failed(chapter, MONDAY + TEN, 2)
    outcome = run("--chapter", chapter.settings.folder, "status", "--now", MONDAY.isoformat())
    assert outcome.code == 3
    assert "the last 2 runs failed (exit 75); the last good one: 2026-03-02 15:00 UTC" in outcome.out


@pytest.mark.parametrize(("broken", "is_sound"), [('\nnonsense = "x"\n', True), ("\n[chapter\n", True), ("", False)])
def test_runs_that_a_broken_configuration_keeps_from_beginning_are_counted_and_told(
    chapter: FolderChapter, broken: str, *, is_sound: bool
) -> None:
    folder = chapter.settings.folder
    chapter.tick(MONDAY)
    chapter.post.collect()
    path = folder / "config.toml"
    good = path.read_text()
    path.write_text(good + broken if broken else "\x00")
    for number in range(1, 4):
        at = (MONDAY + number * TEN).isoformat()
        assert run("--chapter", folder, "tick", "--now", at, "--dry-run").code == 78
        assert run("--chapter", folder, "tick", "--now", at).code == 78
    assert (beat(chapter)["exit"], beat(chapter)["failing"], beat(chapter)["well"]) == (78, 3, MONDAY.isoformat())
    told = [raw for raw in chapter.post.collect() if raw.startswith(b"Delivered-To: office@")]
    assert len(told) == is_sound, "as long as letters go out"
    path.write_text(good)
    assert run("--chapter", folder, "status", "--now", MONDAY.isoformat()).code == 3
    assert run("--chapter", folder, "tick", "--now", (MONDAY + 4 * TEN).isoformat()).code == 0
    later = [raw for raw in chapter.post.collect() if raw.startswith(b"Delivered-To: office@")]
    assert len(later) == (not is_sound), "once"
    words = " ".join(
        message_from_bytes((told + later)[0], policy=policy.default).get_body(("plain",)).get_content().split()
    )
    assert ("the last 3 runs failed: " if is_sound else "3 runs before this one ended over the configuration") in words
    assert beat(chapter)["failing"] == 0


def test_a_folder_that_is_no_chapter_gets_no_heartbeat(tmp_path: Path) -> None:
    assert run("--chapter", tmp_path, "tick").code == 78
    assert list(tmp_path.iterdir()) == []
