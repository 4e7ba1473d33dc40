"""Messages are read by a worker process: one that breaks, stalls or bloats its reader costs only itself."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coordinator import store
from coordinator.tick import worker
from coordinator.tick.worker import LostError, Worker
from tests.faults.chapter import MONDAY, POISON, mail
from tests.faults.folder import FolderChapter, folder_chapter

HOUR = timedelta(hours=1)


def works_for_ever() -> None:
    while True:
        pass


def sleeps() -> None:
    time.sleep(600)


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crashes() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def eats_memory() -> None:
    assert bytes(worker.MEMORY * 2)


def recurses() -> None:
    recurses()


@pytest.fixture
def chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderChapter:
    monkeypatch.setattr(worker, "CPU_SECONDS", 0.2)
    monkeypatch.setattr(worker, "SECONDS", 1.5)
    found = folder_chapter(tmp_path / "chapter")
    found.tick(MONDAY)
    return found


def poisoned(monkeypatch: pytest.MonkeyPatch, harm: Callable[[], None]) -> None:
    from coordinator.formats import reading

    read = reading.read

    def poisonous(message: Any, **more: Any) -> Any:
        if message.envelope.message_id == POISON:
            harm()
        return read(message, **more)

    monkeypatch.setattr(reading, "read", poisonous)


@pytest.mark.parametrize("harm", [works_for_ever, sleeps, is_killed, crashes, eats_memory, recurses])
def test_the_mail_behind_a_poisonous_one_is_answered_in_the_same_tick_and_the_third_tick_puts_it_aside(
    chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch, harm: Callable[[], None]
) -> None:
    poisoned(monkeypatch, harm)
    chapter.deliver(mail("max@example.com", "?", "Read me for ever.", POISON), MONDAY + HOUR)
    chapter.deliver(mail("nils@example.com", "HELP", "HELP", "<help@example.com>"), MONDAY + HOUR + HOUR / 60)
    first = chapter.tick(MONDAY + HOUR)
    assert (first.read, first.applied, first.failed, first.quarantined) == (2, 1, 1, 0)
    assert chapter.to("nils")[-1].at == MONDAY + HOUR
    second, third = chapter.tick(MONDAY + 2 * HOUR), chapter.tick(MONDAY + 3 * HOUR)
    assert (second.read, second.failed, second.quarantined) == (1, 1, 0)
    assert (third.read, third.failed, third.quarantined) == (1, 1, 1)
    (held,) = chapter.work().all_held()
    assert (held.quarantined, held.sender) == (True, "max@example.com")
    assert b"Read me for ever." in (chapter.work().held_bytes(held.id) or b"")


def test_headers_that_kill_every_reader_are_put_aside_by_their_bytes(
    chapter: FolderChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.formats import mime

    parse = mime.parse

    def deadly(raw: bytes, own: Any) -> Any:
        if b"X-Deadly" in raw:
            os.kill(os.getpid(), signal.SIGKILL)
        return parse(raw, own)

    monkeypatch.setattr(mime, "parse", deadly)
    raw = mail("max@example.com", "?", "Never.", "<deadly@example.com>")
    chapter.deliver(b"X-Deadly: 1\r\n" + raw, MONDAY + HOUR)
    accounts = [chapter.tick(MONDAY + n * HOUR) for n in range(1, 4)]
    assert [each.quarantined for each in accounts] == [0, 0, 1]
    assert [held.sender for held in chapter.work().all_held()] == [""]
    assert chapter.tick(MONDAY + 4 * HOUR).read == 0


def test_a_worker_answers_in_order_and_says_which_request_ended_it() -> None:
    def work(request: bytes) -> bytes:
        if request == b"die":
            os._exit(3)
        return request.upper()

    tried = Worker(work)
    try:
        for request in (b"a", b"b" * 3_000_000, b"die", b"c"):
            tried.put(request)
        assert tried.get() == b"A"
        assert tried.get() == b"B" * 3_000_000
        with pytest.raises(LostError, match="broke down"):
            tried.get()
    finally:
        tried.end()


def test_answers_that_nobody_fetches_yet_do_not_keep_requests_waiting() -> None:
    tried = Worker(lambda request: request)
    requests = [bytes([n]) * 400_000 for n in range(16)]
    try:
        for request in requests:
            tried.put(request)
        assert [tried.get() for _ in requests] == requests
    finally:
        tried.end()


def open_files() -> int:
    """Less the one that looking takes."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir()) - 1


def test_a_worker_holds_nothing_that_it_inherits(tmp_path: Path) -> None:
    store.create(tmp_path / "state", program="base", now=MONDAY, epoch="e", inbox_mark="")
    with store.lock(tmp_path / "state"):
        tried = Worker(lambda _request: bytes(open_files()))
        tried.put(b"?")
        assert len(tried.get()) == 3 + 2
    try:
        with store.lock(tmp_path / "state"):
            assert tried
    finally:
        tried.end()


def test_a_worker_ends_with_the_process_that_started_it_however_that_ends() -> None:
    script = (
        "import os, signal\n"
        "from coordinator.tick.worker import Worker\n"
        "one = Worker(lambda request: str(os.getpid()).encode())\n"
        "one.put(b'?')\n"
        "print(one.get().decode(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    pid = int(ended.stdout)
    for _ in range(500):
        if not _lives(pid):
            break
        time.sleep(0.02)
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    """Whether it runs; one that only nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def children() -> set[str]:
    """Also those that nobody has asked about."""
    return {each for task in Path("/proc/self/task").iterdir() for each in (task / "children").read_text().split()}


def test_no_process_and_no_pipe_is_left_behind_by_a_tick(chapter: FolderChapter) -> None:
    gc.collect()
    before, born_before = open_files(), children()
    for number in range(3):
        chapter.deliver(mail("nils@example.com", "?", "Hello there.", f"<{number}@example.com>"), MONDAY + HOUR)
        chapter.tick(MONDAY + number * HOUR)
    assert open_files() == before
    assert children() == born_before
