"""What only a folder can do wrong."""

import errno
import os
import stat
from pathlib import Path

import pytest

from coordinator import faults
from coordinator.backends import open_inbox, open_outbox
from coordinator.backends.delivery import Delivery, make_folder
from coordinator.backends.maildir import Settings
from coordinator.errors import BackendError, DiskError
from tests.backends.mailboxes import FolderMailbox, bodies, everything, mail


@pytest.fixture
def box(tmp_path: Path) -> FolderMailbox:
    make_folder(tmp_path / "mail")
    return FolderMailbox(path=tmp_path / "mail")


def send(folder: Path, raw: bytes) -> None:
    with open_outbox("maildir", Settings(path=folder)) as outbox:
        outbox.send(sender="a@example.org", recipient="b@example.org", raw=raw)


def test_only_the_owner_may_look(tmp_path: Path, box: FolderMailbox) -> None:
    send(tmp_path / "out", mail(1))
    with box.open() as inbox:
        inbox.prepare()
        inbox.append("sent", mail(1))
    made = [*(tmp_path / "out").rglob("*"), *(box.path).rglob("*"), tmp_path / "out", box.path]
    assert len(made) > 20
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_files_sort_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    for number in range(12):
        send(tmp_path / "out", mail(number))
    files = sorted((tmp_path / "out" / "new").iterdir())
    assert [path.read_bytes().split(b"\r\n", 1)[1] for path in files] == [mail(number) for number in range(12)]
    assert list((tmp_path / "out" / "tmp").iterdir()) == []


def test_a_mail_that_a_reader_has_taken_up_is_not_written_over(tmp_path: Path) -> None:
    send(tmp_path / "out", mail(1))
    (first,) = (tmp_path / "out" / "new").iterdir()
    first.rename(tmp_path / "out" / "cur" / f"{first.name}:2,S")
    send(tmp_path / "out", mail(1))
    (second,) = (tmp_path / "out" / "new").iterdir()
    assert second.name != first.name


@pytest.mark.parametrize("place", ["maildir.write", "maildir.place", "maildir.placed"])
def test_a_kill_while_sending_leaves_the_whole_mail_or_none(tmp_path: Path, place: str) -> None:
    def strike(name: str) -> None:
        if name == place:
            raise KeyboardInterrupt

    faults.arm(strike)
    try:
        with pytest.raises(KeyboardInterrupt):
            send(tmp_path / "out", mail(1))
    finally:
        faults.arm(None)
    sent = [path.read_bytes() for path in (tmp_path / "out" / "new").iterdir()]
    assert sent == ([b"Delivered-To: b@example.org\r\n" + mail(1)] if place == "maildir.placed" else [])
    send(tmp_path / "out", mail(1))
    assert len(list((tmp_path / "out" / "new").iterdir())) == len(sent) + 1


def test_a_mail_is_on_the_disk_before_it_has_a_name_and_its_name_before_it_counts(
    tmp_path: Path, box: FolderMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        events.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real(descriptor)

    make_folder(tmp_path / "out")
    box.deliver(mail(1))
    with box.open() as inbox:
        inbox.prepare()
        (message,) = everything(inbox)
        monkeypatch.setattr(os, "fsync", fsync)
        faults.arm(events.append)
        try:
            Delivery(tmp_path / "out").write(mail(1))
            assert events == ["maildir.write", "file", "maildir.place", "maildir.placed", "folder"]
            events.clear()
            inbox.put_away([message.handle], "processed")
            assert events == ["maildir.move", "maildir.moved", "folder", "folder", "folder"]
        finally:
            faults.arm(None)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path, box: FolderMailbox, code: int) -> None:
    def strike(name: str) -> None:
        if name in {"maildir.place", "maildir.move"}:
            raise OSError(code, os.strerror(code))

    box.deliver(mail(1))
    with box.open() as inbox:
        (message,) = everything(inbox)
        faults.arm(strike)
        try:
            with pytest.raises(DiskError) as caught:
                send(tmp_path / "out", mail(1))
            with pytest.raises(DiskError):
                inbox.put_away([message.handle], "processed")
            with pytest.raises(DiskError):
                inbox.append("sent", mail(1))
        finally:
            faults.arm(None)
    assert caught.value.exit_code == 74
    assert box.mails() == [mail(1)]


def test_where_links_are_impossible_mail_is_renamed_and_nothing_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    send(tmp_path / "out", mail(1))
    send(tmp_path / "out", mail(1))
    assert len(list((tmp_path / "out" / "new").iterdir())) == 2


def test_a_folder_that_is_not_there_is_never_taken_for_an_empty_one(tmp_path: Path) -> None:
    with open_inbox("maildir", Settings(path=tmp_path / "mail")) as inbox:
        with pytest.raises(BackendError, match="no Maildir is there") as caught:
            everything(inbox)
        assert not inbox.complete
        assert not caught.value.later
    assert not (tmp_path / "mail").exists()


def test_mail_that_a_program_has_shown_is_read_and_keeps_its_flags(box: FolderMailbox) -> None:
    box.deliver(mail(1))
    (path,) = (box.path / "new").iterdir()
    path.rename(box.path / "cur" / f"{path.name}:2,FS")
    with box.open() as inbox:
        (message,) = everything(inbox)
        inbox.put_away([message.handle], "processed")
    assert [path.name for path in (box.path / ".Processed" / "cur").iterdir()] == [f"{path.name}:2,FS"]


def test_mail_that_is_opened_between_fetching_and_putting_away_is_found_again(box: FolderMailbox) -> None:
    box.deliver(mail(1))
    with box.open() as inbox:
        (message,) = everything(inbox)
        (path,) = (box.path / "new").iterdir()
        path.rename(box.path / "cur" / f"{path.name}:2,S")
        inbox.put_away([message.handle], "processed")
    assert box.mails() == []
    assert box.mails("Processed") == [mail(1)]


def test_mail_from_before_stays_old_when_a_program_opens_it(box: FolderMailbox) -> None:
    box.deliver(mail(1))
    with box.open() as inbox:
        mark = inbox.mark()
    (path,) = (box.path / "new").iterdir()
    path.rename(box.path / "cur" / f"{path.name}:2,S")
    with box.open() as inbox:
        assert everything(inbox, mark=mark) == []


def test_two_mails_that_bear_the_same_file_name_are_both_kept(box: FolderMailbox) -> None:
    for number in (1, 2, 3):
        (box.path / "new" / "reply.eml").write_bytes(mail(number))
        with box.open() as inbox:
            inbox.put_away([message.handle for message in everything(inbox)], "processed")
    assert sorted(box.mails("Processed")) == [mail(1), mail(2), mail(3)]


def test_links_folders_and_hidden_files_are_no_mail(box: FolderMailbox, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("From: ada@example.org\n\nnot yours\n")
    (box.path / "new" / "link").symlink_to(tmp_path / "secret")
    (box.path / "new" / "folder").mkdir()
    (box.path / "new" / ".hidden").write_bytes(mail(1))
    (box.path / "tmp" / "half").write_bytes(mail(2))
    box.deliver(mail(3))
    with box.open() as inbox:
        assert bodies(everything(inbox)) == [mail(3)]
        assert inbox.complete


def test_file_names_in_any_encoding_are_read_and_remembered(box: FolderMailbox) -> None:
    name = os.fsdecode(b"caf\xe9,S=12")
    (box.path / "new" / name).write_bytes(mail(1))
    with box.open() as inbox:
        assert bodies(everything(inbox)) == [mail(1)]
        assert everything(inbox, mark=inbox.mark()) == []
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    assert box.mails("Processed") == [mail(1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_one_file_that_may_not_be_read_stops_no_other(box: FolderMailbox) -> None:
    box.deliver(mail(1))
    box.deliver(mail(2))
    (box.path / "new" / "1.M1P2.example").chmod(0)
    with box.open() as inbox:
        batches = inbox.fetch(mark="", limit=10, largest=1000)
        assert bodies(next(batches)) == [mail(2)]
        with pytest.raises(BackendError, match="1 files cannot be read"):
            next(batches)
        assert not inbox.complete


def test_a_batch_does_not_outgrow_the_memory(box: FolderMailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordinator.backends.maildir_inbox.BATCH_BYTES", 10_000)
    for number in range(4):
        box.deliver(mail(number, size=4_000))
    box.deliver(mail(5, size=20_000))
    with box.open() as inbox:
        assert [len(group) for group in inbox.fetch(mark="", limit=10, largest=100_000)] == [2, 2, 1]


def test_headers_with_bare_line_ends_are_found_in_a_large_mail(box: FolderMailbox) -> None:
    box.deliver(b"Subject: x\nTo: y\n\n" + b"z\r\n\r\n" * 1000)
    with box.open() as inbox:
        (message,) = everything(inbox, largest=100)
    assert message.head == b"Subject: x\nTo: y\n\n"


def test_numbering_goes_on_where_an_earlier_run_stopped(tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / "cur" / "00000041.abc:2,S").touch()
    (tmp_path / "new" / "foreign.name").touch()
    assert Delivery(tmp_path).write(mail(1)).name.startswith("00000042.")
