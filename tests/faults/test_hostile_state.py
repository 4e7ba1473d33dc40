"""A state that somebody broke: one message that says what, where and the way out, and not a byte is changed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.backends import smtp
from tests.faults.chapter import MONDAY, mail
from tests.faults.folder import folder_chapter
from tests.faults.nursery import Ended, Nursery
from tests.servers.ports import free_port

NOBODY = 65534
LATER = MONDAY + timedelta(hours=2)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away and drop its rights")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pairs and their first letters, which no server takes: they wait, frozen; and somebody wrote."""
    chapter = folder_chapter(tmp_path_factory.mktemp("original") / "chapter")
    down = smtp.Settings(host="127.0.0.1", port=free_port(), plaintext=True)
    chapter.with_outbox("smtp", down)
    chapter.tick(MONDAY)
    assert any(letter.state == "queued" for letter in chapter.work().letters())
    spam = mail("max@example.com", "HELP", "HELP\n\nPlease.", "<help@example.com>")
    chapter.deliver(spam, MONDAY + timedelta(hours=1))
    return chapter.settings.folder


@pytest.fixture
def chapter(original: Path) -> Iterator[Path]:
    """Outside pytest's folders, which nobody else may enter."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        Path(folder).chmod(0o755)
        shutil.copytree(
            original, Path(folder) / "chapter", symlinks=True, ignore=shutil.ignore_patterns("heartbeat.json")
        )
        yield Path(folder) / "chapter"


def everything(folder: Path) -> dict[str, bytes]:
    """Every byte, but for the lock, which says who held it last, and the heartbeat, which says that this failed."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    found = {name: path.read_bytes() if path.exists() else b"" for name, path in files.items()}
    for name in ("state/lock", "heartbeat.json"):
        found.pop(name, None)
    return found | {str(path.relative_to(folder)): b"folder" for path in folder.rglob("*") if path.is_dir()}


def ticked(children: Nursery, chapter: Path, **more: int) -> Ended:
    return children.run("--chapter", str(chapter), "tick", "--now", LATER.isoformat(), **more)


def refused(children: Nursery, chapter: Path, code: int, *words: str, **more: int) -> None:
    before = everything(chapter)
    ended = ticked(children, chapter, **more)
    assert ended.code == code, ended.err
    assert ended.err.startswith(f"coordinator: {chapter}/"), ended.err
    assert " – " in ended.err, "where is the way out?"
    about_calls = sum("calls for help" in line for line in ended.err.splitlines())
    assert about_calls <= 2, ended.err
    assert ended.err.count("\n") <= 2 + about_calls + ended.err.count("participants maya:"), ended.err
    assert ended.out == ""
    for word in words:
        assert word in ended.err, ended.err
    after = everything(chapter)
    assert {name: after.get(name) for name in before} == before
    # A call for help lies in the inbox: it is heard with the mailbox's copy of the state, which has a folder of its own.
    assert {name.partition("/")[0] for name in after.keys() - before.keys()} <= {"spare", "mail", "out"}


def hot(chapter: Path) -> Path:
    return chapter / "state" / "cohort.json"


def edited(chapter: Path, old: bytes, new: bytes) -> None:
    raw = hot(chapter).read_bytes()
    assert old in raw
    hot(chapter).write_bytes(raw.replace(old, new, 1))


def cut_in_half(chapter: Path) -> None:
    raw = hot(chapter).read_bytes()
    hot(chapter).write_bytes(raw[: len(raw) // 2])


def double_a_key(chapter: Path) -> None:
    edited(chapter, b'"first_name":"Maya"', b'"first_name":"Maya","first_name":"Mona"')


def write_nonsense(chapter: Path) -> None:
    edited(chapter, b'"first_name":"Maya"', b'"frist_name":17')


def pair_with_a_stranger(chapter: Path) -> None:
    edited(chapter, b'"mentor":"mona"', b'"mentor":"whoever"')


def empty_it(chapter: Path) -> None:
    hot(chapter).write_bytes(b"")


def write_another_language(chapter: Path) -> None:
    hot(chapter).write_bytes(b"\xff\xfe\x00 not a state")


def come_from_the_future(chapter: Path) -> None:
    edited(chapter, b'"schema":1', b'"schema":99')


def remove_it(chapter: Path) -> None:
    hot(chapter).unlink()


def link_it(chapter: Path) -> None:
    elsewhere = chapter / "elsewhere.json"
    hot(chapter).rename(elsewhere)
    hot(chapter).symlink_to(elsewhere)


def put_a_folder_there(chapter: Path) -> None:
    hot(chapter).unlink()
    hot(chapter).mkdir()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (cut_in_half, ("line ", "column ", "ends in the middle", "Nothing was changed")),
        (double_a_key, ("'first_name' stands twice", "Nothing was changed")),
        (write_nonsense, ("frist_name", "first_name", "Nothing was changed")),
        (pair_with_a_stranger, ("whoever", "Nothing was changed")),
        (empty_it, ("line 1", "Nothing was changed")),
        (write_another_language, ("not UTF-8", "Nothing was changed")),
        (come_from_the_future, ("99",)),
        (remove_it, ("there is no state here", "coordinator restore")),
        (link_it, ("is a symbolic link",)),
        (put_a_folder_there, ("is not a file",)),
    ],
)
def test_a_state_that_was_broken_by_hand_is_refused(
    children: Nursery, chapter: Path, harm: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    harm(chapter)
    refused(children, chapter, 65, "cohort.json", *words)


@as_root
def test_a_state_that_belongs_to_somebody_else_is_refused(children: Nursery, chapter: Path) -> None:
    os.chown(hot(chapter), NOBODY, NOBODY)
    refused(children, chapter, 65, "cohort.json", f"belongs to user {NOBODY}", "give the whole folder to this user")


def test_frozen_letters_that_were_cut_off_are_refused_before_anything_is_sent(children: Nursery, chapter: Path) -> None:
    (segment,) = (chapter / "state" / "drafts").glob("*.seg")
    raw = segment.read_bytes()
    segment.write_bytes(raw[: len(raw) // 2])
    refused(children, chapter, 65, segment.name, "cut off or changed", "copy the file from a backup")


def journal(chapter: Path) -> Path:
    return chapter / "state" / "journal.jsonl"


LINE = b'{"letter":"p1/introduction/mentee","state":"sent","at":"2026-03-02T15:00:00Z"}\n'


def test_a_journal_with_a_bad_line_before_others_is_refused(children: Nursery, chapter: Path) -> None:
    journal(chapter).write_bytes(b'{"letter":"p1/introduction/mentee","state":\n' + LINE)
    refused(children, chapter, 65, "journal.jsonl", "line 1", "correct the line")


def test_a_torn_last_line_of_the_journal_never_happened(children: Nursery, chapter: Path) -> None:
    journal(chapter).write_bytes(LINE + LINE[:30])
    ended = ticked(children, chapter)
    assert (ended.code, ended.err) == (0, "")
    sent = b"".join(path.read_bytes() for path in (chapter / "out").rglob("new/*"))
    assert b"mona@example.com" in sent
    assert b"Delivered-To: maya@example.com" not in sent, "the whole line says that hers went out"
    assert journal(chapter).read_bytes() == b""


@pytest.mark.parametrize("name", ["due.json", "index.json", "attempts.jsonl"])
def test_what_can_be_made_again_is_made_again(children: Nursery, chapter: Path, name: str) -> None:
    (chapter / "state" / name).write_bytes(b'{"of": [1,')
    ended = ticked(children, chapter)
    assert (ended.code, ended.err) == (0, "")


def give(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


@as_root
def test_a_folder_without_write_permission_is_one_sentence(children: Nursery, chapter: Path) -> None:
    give(chapter, NOBODY)
    for folder in (chapter / "state", chapter / "state" / "drafts"):
        folder.chmod(0o500)
    refused(children, chapter, 74, "no permission to write here", "give the folder to the user", user=NOBODY)


def test_a_disk_that_takes_no_more_is_one_sentence(children: Nursery, chapter: Path) -> None:
    refused(children, chapter, 74, "the disk is full", "free some space", file_bytes=4096)


@as_root
def test_a_disk_with_too_little_room_is_not_begun_on(children: Nursery, chapter: Path) -> None:
    place = chapter.parent / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=755", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts no file system of a chosen size")
    try:
        there = shutil.copytree(chapter, place / "chapter", ignore=shutil.ignore_patterns("heartbeat.json"))
        refused(children, there, 74, "MiB are free", "free some space", "nothing was read, sent or changed")
    finally:
        subprocess.run(["umount", str(place)], check=True, capture_output=True)


def test_after_the_harm_is_undone_the_work_goes_on(children: Nursery, chapter: Path) -> None:
    """The refusals above leave a chapter that lost nothing."""
    sound = hot(chapter).read_bytes()
    cut_in_half(chapter)
    assert ticked(children, chapter).code == 65
    hot(chapter).write_bytes(sound)
    ended = ticked(children, chapter)
    assert (ended.code, ended.err) == (0, "")
    sent = b"".join(path.read_bytes() for path in (chapter / "out").rglob("new/*"))
    assert sent.count(b"Delivered-To: maya@example.com") == 1
    assert b"Delivered-To: max@example.com" in sent
