"""A whole state as one file, and back: a tar archive of the folder's own files, readable by its owner alone."""

import os
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from coordinator import faults
from coordinator.errors import CoordinatorError, UnreadableError, UsageError
from coordinator.store import disk
from coordinator.store.loading import load
from coordinator.store.rules import is_file_name

FILES = ("archive.jsonl", "seen.txt", "journal.jsonl", "attempts.jsonl", "index.json", "due.json")
FOLDERS = {"drafts": ".seg", "held": ".eml"}
HOT = "cohort.json"
LIST = "backups.txt"
INCOMING = "incoming"
END = "end"
"""The last member of a backup, empty: a file that was cut off between two members goes without."""
REMADE = {"index.json", "due.json"}
"""What the next commit makes again; a backup goes without."""


def backup(folder: Path, target: Path) -> None:
    """Copy a sound state to `target`, in place of a file that is there. Hold the lock.

    UnreadableError for a state that could not be restored; DiskError.
    """
    load(folder, now=datetime.min.replace(tzinfo=UTC))  # nothing is changed, so any instant serves
    fresh = target.with_name(target.name + ".new")
    with disk.trouble(target):
        try:
            _pack(folder, fresh)
            faults.point("backup:rename")
            fresh.replace(target)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        disk.sync_folder(target.parent, label="backup")
    if target.absolute() not in made(folder):
        disk.append(folder / LIST, f"{target.absolute()}\n".encode(), label="backup")


def made(folder: Path) -> tuple[Path, ...]:
    """Where backups of this state were put: whoever is forgotten is forgotten there, too."""
    listed = (disk.read(folder / LIST) or b"").decode("utf-8", "replace")
    return tuple(Path(line) for line in dict.fromkeys(listed.splitlines()) if line)


def changed(target: Path, change: Callable[[Path], None], *, work: Path) -> None:
    """Unpack a backup into the folder `work`, change the state there, and put the new backup in its place."""
    with disk.trouble(work):
        shutil.rmtree(work, ignore_errors=True)
        disk.make_folder(work)
    try:
        _unpack(target, work)
        change(work)
        fresh = target.with_name(target.name + ".new")
        with disk.trouble(target):
            _pack(work, fresh)
            fresh.replace(target)
            disk.sync_folder(target.parent, label="backup")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def restore(source: Path, folder: Path, *, epoch: str, now: datetime, replace: bool = False) -> None:
    """Put the state of a backup into `folder`, marked `restored_at`. Hold the lock. epoch: of the new state.

    UsageError where a state is and `replace` was not said; the old one then stays in a folder beside it, named
    `before-restore`. UnreadableError for a file that is no sound backup: then nothing was changed.
    """
    must_be_free(folder, replace=replace)
    with incoming(folder) as fresh:
        try:
            _unpack(source, fresh)
            work = load(fresh, now=now)
        except UnreadableError as error:
            raise UnreadableError(f"{source}: is no sound backup – {error}") from None
        work.with_meta(restored_at=now, epoch=epoch)
        work.commit()
    put_in_place(folder)


@contextmanager
def incoming(folder: Path) -> Iterator[Path]:
    """An empty folder for a state that is to take the place of the one in `folder`; gone after an error."""
    fresh = folder / INCOMING
    with disk.trouble(folder):
        shutil.rmtree(fresh, ignore_errors=True)
        disk.make_folder(fresh)
    try:
        yield fresh
    except CoordinatorError:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def put_in_place(folder: Path) -> None:
    """What `incoming` made is the state from now on; the one that was there stays in a folder beside it."""
    with disk.trouble(folder):
        _set_aside(folder)
        _move_in(folder / INCOMING, folder)


def must_be_free(folder: Path, *, replace: bool) -> None:
    if disk.stamp(folder / HOT) and not replace:
        raise UsageError(f"{folder}: holds a state already – say so if it is to be replaced; nothing was changed")


def _pack(folder: Path, fresh: Path) -> None:
    faults.point("backup:open")
    fresh.unlink(missing_ok=True)
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(fd, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            pack_state(archive, folder)
        file.flush()
        disk.sync(file.fileno(), label="backup")


def pack_state(archive: tarfile.TarFile, folder: Path) -> None:
    """OSError."""
    for path in _parts(folder):
        faults.point("backup:write")
        add(archive, path, str(path.relative_to(folder)))
    archive.addfile(tarfile.TarInfo(END))


def _parts(folder: Path) -> Iterator[Path]:
    names = [HOT, *(name for name in FILES if name not in REMADE)]
    yield from (folder / name for name in names if (folder / name).exists())
    for name, ending in FOLDERS.items():
        yield from sorted((folder / name).glob(f"*{ending}"))


def add(archive: tarfile.TarFile, path: Path, name: str) -> None:
    fd = disk.open_ours(path)
    if fd is None:
        return
    with open(fd, "rb") as file:
        member = tarfile.TarInfo(name)
        member.size, member.mode = os.fstat(fd).st_size, 0o600
        archive.addfile(member, file)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, mode="r:") as archive:
            unpack_state(archive, archive, folder)
    except (tarfile.TarError, EOFError) as error:
        raise UnreadableError(f"it is no tar archive, or was cut off ({error})") from None
    except OSError as error:
        if error.filename == str(source):
            raise UnreadableError(f"it cannot be read ({error.strerror})") from None
        raise


def unpack_state(archive: tarfile.TarFile, members: Iterable[tarfile.TarInfo], folder: Path) -> None:
    """Those of its members. UnreadableError when it does not end as it should; OSError and TarError."""
    last = ""
    for member in members:
        last = member.name
        if last != END:
            _take(archive, member, folder)
    if last != END:
        raise UnreadableError("it was cut off, or something was added to it")


def _is_part(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if not folder:
        return file == HOT or file in FILES
    return folder in FOLDERS and is_file_name(file) and file.endswith(FOLDERS[folder])


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    if not (member.isreg() and _is_part(member.name)):
        raise UnreadableError(f"{member.name[:60]!r} does not belong into one")
    path = folder / member.name
    disk.make_folder(path.parent)
    content = archive.extractfile(member)
    with disk.trouble(path):
        disk.create(path, iter(lambda: content.read(disk.CHUNK) if content else b"", b""), label="restore")
        disk.sync_folder(path.parent, label="restore")


def _set_aside(folder: Path) -> None:
    """The hot file first: a state without it is no state, whatever else is still there."""
    names = [name for name in (HOT, *FILES, *FOLDERS) if (folder / name).exists()]
    if not names:
        return
    aside = next(path for n in range(1, 1000) if not (path := folder / f"before-restore{'' if n == 1 else n}").exists())
    aside.mkdir(mode=0o700)
    for name in names:
        faults.point("restore:aside")
        (folder / name).replace(aside / name)
    disk.sync_folder(folder, label="restore")


def _move_in(fresh: Path, folder: Path) -> None:
    """The hot file last: from then on there is a state."""
    for name in (*FOLDERS, *FILES, HOT):
        if (fresh / name).exists():
            faults.point("restore:move")
            (fresh / name).replace(folder / name)
    disk.sync_folder(folder, label="restore")
    shutil.rmtree(fresh, ignore_errors=True)
