"""A state as one file, and back."""

import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from coordinator import faults, store
from coordinator.errors import CoordinatorError, DiskError, UnreadableError, UsageError
from coordinator.store.backups import backup, restore
from coordinator.store.work import Work
from tests.store.situations import (
    HOUR,
    MONDAY,
    a_pair_with_two_letters,
    letter,
    loaded,
    new_state,
    person,
    raised,
    remembered,
)


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    faults.arm(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state that uses every file it may have."""
    folder = a_pair_with_two_letters(tmp_path / "state")
    work = loaded(folder)
    work.drop(letter(1))
    work.commit()
    work.journal(letter(2).id, "sending", MONDAY)
    work.flush_journal()
    work.attempt("<poison@example.com>")
    return folder


def without_mark(folder: Path) -> dict[str, object]:
    found = remembered(loaded(folder))
    found.pop("meta")
    return found


def test_a_restored_state_is_the_same_and_says_when_it_was_restored(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.tar"
    backup(folder, file)
    other = tmp_path / "other"
    other.mkdir()
    with store.lock(other):
        restore(file, other, epoch="e2", now=MONDAY + HOUR)
    assert without_mark(other) == without_mark(folder)
    work = loaded(other)
    assert work.meta.restored_at == MONDAY + HOUR
    assert work.meta.epoch == "e2"
    there = work.letter(letter(2).id)
    assert there
    assert work.draft_bytes(there)
    assert work.held_bytes("h1")
    assert work.archived("letters", letter(1).id)
    assert [line.state for line in work.journal_lines()] == ["sending"]
    assert work.attempt("<poison@example.com>") == 2
    assert {path.stat().st_mode & 0o777 for path in other.rglob("*")} == {0o600, 0o700}
    assert not (other / "incoming").exists()


def test_a_backup_is_one_file_for_its_owner_alone_and_replaces_an_older_one(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.tar"
    backup(folder, file)
    first = file.read_bytes()
    backup(folder, file)
    assert file.read_bytes() == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state", "state.tar"]


def test_a_state_that_could_not_be_restored_is_not_backed_up(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.tar"
    backup(folder, file)
    good = file.read_bytes()
    (folder / "cohort.json").write_bytes(b'{"meta":')
    with pytest.raises(UnreadableError):
        backup(folder, file)
    assert file.read_bytes() == good


def test_a_backup_into_a_folder_that_is_not_there_is_a_disk_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        backup(folder, tmp_path / "none" / "state.tar")


def test_a_state_that_is_there_is_replaced_only_when_told_and_then_kept_aside(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.tar"
    backup(folder, file)
    work = loaded(folder)
    ada = work.participant("p1")
    assert ada
    work.stage([raised(ada, first_name="Ada")])
    work.commit()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(UsageError, match="holds a state already"):
        restore(file, folder, epoch="e2", now=MONDAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    restore(file, folder, epoch="e2", now=MONDAY, replace=True)
    restore(file, folder, epoch="e2", now=MONDAY, replace=True)
    back = loaded(folder).participant("p1")
    assert back
    assert back.first_name == "Person 1"
    old = loaded(folder / "before-restore").participant("p1")
    assert old
    assert old.first_name == "Ada"
    assert loaded(folder / "before-restore2").participant("p1") == back


def bad_tar(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for member, content in (*members, (tarfile.TarInfo("end"), b"")):
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return path


def link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return member


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([(tarfile.TarInfo("../cohort.json"), b"{}")], "does not belong into one"),
        ([(tarfile.TarInfo("/etc/cron.d/x"), b"")], "does not belong into one"),
        ([(tarfile.TarInfo("drafts/../../x.seg"), b"")], "does not belong into one"),
        ([(tarfile.TarInfo("lock"), b"")], "does not belong into one"),
        ([(link("cohort.json"), b"")], "does not belong into one"),
        ([(tarfile.TarInfo("cohort.json"), b'{"meta":')], "it ends in the middle"),
        ([(tarfile.TarInfo("archive.jsonl"), b"")], "there is no state here"),
        ([], "there is no state here"),
    ],
)
def test_a_file_that_is_no_sound_backup_changes_nothing(
    folder: Path, tmp_path: Path, members: list[tuple[tarfile.TarInfo, bytes]], said: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(UnreadableError, match=said):
        restore(bad_tar(tmp_path / "bad.tar", *members), folder, epoch="e2", now=MONDAY, replace=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_backup_cut_off_anywhere_is_refused(folder: Path, tmp_path: Path) -> None:
    file, cut = tmp_path / "state.tar", tmp_path / "cut.tar"
    backup(folder, file)
    whole = file.read_bytes()
    for length in range(0, len(whole) - 10_240, 512):
        cut.write_bytes(whole[:length])
        with pytest.raises(UnreadableError, match="is no sound backup"):
            restore(cut, new_empty(tmp_path / str(length)), epoch="e2", now=MONDAY)
    with pytest.raises(UnreadableError, match="cannot be read"):
        restore(tmp_path / "none.tar", new_empty(tmp_path / "x"), epoch="e2", now=MONDAY)


def new_empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_restore_killed_anywhere_is_done_by_the_next(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.tar"
    backup(folder, file)
    wanted = without_mark(folder)
    names: list[str] = []
    counted = replaced(tmp_path / "counted")
    faults.arm(names.append)
    restore(file, counted, epoch="e2", now=MONDAY, replace=True)
    faults.arm(None)
    assert len(names) > 20
    for number in range(len(names)):
        other = replaced(tmp_path / str(number))
        left = [number]

        def strike(name: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        faults.arm(strike)
        with pytest.raises(Killed):
            restore(file, other, epoch="e2", now=MONDAY, replace=True)
        faults.arm(None)
        assert (other / "cohort.json").exists() is (readable(other) is not None)
        restore(file, other, epoch="e2", now=MONDAY, replace=True)
        assert without_mark(other) == wanted


def readable(folder: Path) -> Work | None:
    try:
        return loaded(folder)
    except CoordinatorError:
        return None


def replaced(folder: Path) -> Path:
    work = loaded(new_state(folder))
    work.stage([person(9)])
    work.commit()
    return folder
