"""A commit that ends at any of its steps leaves the old state or the new one, readable, with all that it refers to."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import faults
from coordinator.errors import DiskError
from coordinator.store.work import Work
from tests.store.situations import MONDAY, a_pair_with_two_letters, draft, held, letter, loaded, raised, remembered


class Killed(BaseException):
    """The process is gone; nothing may tidy up after it."""


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    faults.arm(None)


def full_batch(work: Work) -> None:
    """Everything at once that one tick may commit, on `a_pair_with_two_letters`."""
    sending = work.letter(letter(2).id)
    assert sending is not None
    work.attempt("<poison@example.com>")
    work.journal(sending.id, "sending", MONDAY)
    work.journal(sending.id, "sent", MONDAY)
    work.flush_journal()
    work.stage([raised(sending, state="sent", sent=MONDAY)])
    ada = work.participant("p1")
    there = work.held("h1")
    old = work.letter(letter(3).id)
    assert ada
    assert there
    assert old
    work.stage([raised(ada, first_name="Ada", due=MONDAY)])
    work.hold(held(2), b"second")
    work.drop(there)
    work.drop(letter(1))
    work.drop(old)
    work.see("<two@example.com>", "<poison@example.com>")
    work.forget_seen(MONDAY.date())
    work.commit([draft(letter(4)), draft(letter(5))])


def points_of(folder: Path, act: Callable[[Work], None]) -> list[str]:
    names: list[str] = []
    work = loaded(folder)
    faults.arm(names.append)
    act(work)
    faults.arm(None)
    return names


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_pair_with_two_letters(tmp_path_factory.mktemp("before") / "state")


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str]]:
    """What the whole batch leaves, and the points it passes."""
    folder = tmp_path_factory.mktemp("after") / "state"
    shutil.copytree(before, folder)
    names = points_of(folder, full_batch)
    return remembered(loaded(folder)), names


def at_point(number: int, strike: Callable[[], None]) -> Callable[[str], None]:
    passed = 0

    def count(name: str) -> None:
        nonlocal passed
        passed += 1
        if passed == number:
            strike()

    return count


def old_or_new(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether the new state is there; anything between fails. What records refer to must be there too."""
    work = loaded(folder)
    found = remembered(work)
    is_new = found == new
    assert is_new or found == old
    for each in work.letters():
        if each.segment:
            raw, text = work.draft_bytes(each), work.parent_text(each)
            assert raw is not None
            assert text is not None
            assert raw.decode().replace("\r\n", "\n").endswith(text)
    for message in work.all_held():
        assert work.held_bytes(message.id)
    if is_new:
        for gone in (letter(1), letter(3)):
            assert work.archived("letters", gone.id) is not None
    return is_new


def test_a_full_batch_passes_every_kind_of_side_effect(after: tuple[dict[str, Any], list[str]]) -> None:
    names = set(after[1])
    calls = {name.partition(":")[2] for name in names}
    assert calls >= {"open", "write", "fsync", "fsync-folder", "keep", "link", "rename", "append", "truncate", "unlink"}
    labels = {name.partition(":")[0] for name in names}
    assert labels >= {"hot", "drafts", "archive", "journal", "attempts", "held", "side", "index"}
    assert len(after[1]) >= 40


def test_all_that_the_new_state_refers_to_is_durable_before_it_and_what_it_left_goes_after(
    after: tuple[dict[str, Any], list[str]],
) -> None:
    """What a kill cannot show and a power loss would: each sync stands on the right side of the rename."""
    names = after[1]
    renamed = names.index("hot:rename")
    for name in (
        "held:fsync",
        "held:fsync-folder",
        "drafts:fsync",
        "drafts:fsync-folder",
        "archive:fsync",
        "hot:fsync",
    ):
        assert name in names[:renamed]
    assert "hot:fsync-folder" in names[renamed:]
    assert names.index("archive:fsync-folder") < renamed, "a new archive's name must outlive a power loss too"
    synced = names.index("hot:fsync-folder")
    for name in (
        "journal:truncate",
        "attempts:truncate",
        "held:unlink",
        "drafts:unlink",
        "index:rename",
        "side:rename",
    ):
        assert name not in names[:synced]
        assert name in names[synced:]
    for label in ("hot", "drafts", "archive"):
        writes = [place for place, name in enumerate(names) if name in {f"{label}:write", f"{label}:append"}]
        assert max(writes) < names.index(f"{label}:fsync")


def test_every_sync_that_is_announced_is_done(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "state"
    shutil.copytree(before, folder)
    real, synced = os.fsync, []

    def counting(fd: int) -> None:
        synced.append(fd)
        real(fd)

    monkeypatch.setattr(os, "fsync", counting)
    names = points_of(folder, full_batch)
    assert len(synced) == sum("fsync" in name for name in names) >= 8


def test_a_commit_killed_anywhere_leaves_the_old_state_or_the_new_and_can_be_done_again(
    before: Path, after: tuple[dict[str, Any], list[str]], tmp_path: Path
) -> None:
    new, names = after
    old = remembered(loaded(before))
    outcomes = []
    for number in range(1, len(names) + 1):
        folder = tmp_path / str(number)
        shutil.copytree(before, folder)
        work = loaded(folder)
        faults.arm(at_point(number, _die))
        with pytest.raises(Killed):
            full_batch(work)
        faults.arm(None)
        outcomes.append(old_or_new(folder, old, new))
        if outcomes[-1]:
            loaded(folder).commit()
        else:
            full_batch(loaded(folder))
        assert old_or_new(folder, old, new), f"killed before {names[number - 1]}, and the second try was lost"
        shutil.rmtree(folder)
    assert outcomes == sorted(outcomes), "once new, never old again"
    assert set(outcomes) == {True, False}
    assert outcomes.index(True) == names.index("hot:rename") + 1


def _die() -> None:
    raise Killed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_anywhere_ends_in_one_sentence_and_a_whole_state(
    number: int, before: Path, after: tuple[dict[str, Any], list[str]], tmp_path: Path
) -> None:
    new, names = after
    old = remembered(loaded(before))

    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    for position, name in enumerate(names, start=1):
        folder = tmp_path / str(position)
        shutil.copytree(before, folder)
        work = loaded(folder)
        faults.arm(at_point(position, refuse))
        said = None
        try:
            full_batch(work)
        except DiskError as error:
            said = str(error)
        faults.arm(None)
        is_new = old_or_new(folder, old, new)
        assert is_new or said, f"{name}: a failure that nobody heard of"
        assert said is None or (str(folder) in said and " – " in said and "\n" not in said)
        assert not list(folder.rglob("cohort.json.new"))
        shutil.rmtree(folder)


KILLED_FOR_REAL = """
import os, signal, sys
from pathlib import Path
from coordinator import faults
from tests.store.situations import loaded
from tests.store.test_killed import at_point, full_batch
work = loaded(Path(sys.argv[1]))
faults.arm(at_point(int(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)))
full_batch(work)
"""


@pytest.mark.parametrize("name", ["hot:write", "hot:rename", "hot:fsync-folder", "drafts:fsync"])
def test_a_process_that_is_really_killed_leaves_no_more_behind(
    name: str, before: Path, after: tuple[dict[str, Any], list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "state"
    shutil.copytree(before, folder)
    number = after[1].index(name) + 1
    ended = subprocess.run([sys.executable, "-c", KILLED_FOR_REAL, str(folder), str(number)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert old_or_new(folder, remembered(loaded(before)), after[0]) == (name == "hot:fsync-folder")


def test_a_kill_between_hot_file_and_side_file_is_seen_by_the_next_tick(before: Path, tmp_path: Path) -> None:
    from coordinator import store

    folder = tmp_path / "state"
    shutil.copytree(before, folder)
    loaded(folder).commit()
    there = store.open_store(folder, now=MONDAY)
    assert there.earliest() is not None
    names = points_of(folder, _rename_ada)
    work = loaded(folder)
    faults.arm(at_point(names.index("side:open") + 1, _die))
    with pytest.raises(Killed):
        _rename_ada(work)
    faults.arm(None)
    assert there.earliest() is None
    loaded(folder).commit()
    side = there.earliest()
    assert side is not None
    assert side.unsent == 2


def _rename_ada(work: Work) -> None:
    ada = work.participant("p1")
    assert ada
    work.stage([raised(ada, first_name="Ada")])
    work.commit()


def test_a_killed_tick_that_had_begun_to_send_is_not_taken_for_idle(before: Path, tmp_path: Path) -> None:
    from coordinator import store

    folder = tmp_path / "state"
    shutil.copytree(before, folder)
    loaded(folder).commit()
    work = loaded(folder)
    work.journal(letter(2).id, "sending", MONDAY)
    assert store.open_store(folder, now=MONDAY).earliest() is None
    assert [line.state for line in loaded(folder).journal_lines()] == ["sending"]
