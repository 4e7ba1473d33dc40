"""Files that survive: each function makes one change durable, or leaves what was there.

Every system call that changes something stands behind a fault point named `<label>:<call>`.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coordinator import faults
from coordinator.errors import DiskError, UnreadableError

CHUNK = 1 << 20


def open_ours(path: Path) -> int | None:
    """A descriptor to read from; None when there is no such file.

    UnreadableError for a symbolic link, for anything but a file, and for somebody else's file. A mode that lets
    others read is narrowed to 0600.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        if path.is_symlink():
            raise UnreadableError(f"{path}: is a symbolic link – put the file itself there") from None
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}) – check the folder's rights") from None
    try:
        _must_be_ours(path, fd)
    except BaseException:
        os.close(fd)
        raise
    return fd


def _must_be_ours(path: Path, fd: int) -> None:
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(f"{path}: is not a file – put the state's own file there")
    if status.st_uid != os.geteuid():
        raise UnreadableError(
            f"{path}: belongs to user {status.st_uid}, not to user {os.geteuid()} who runs this –"
            " run coordinator as the owner, or give the whole folder to this user"
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        os.fchmod(fd, 0o600)


def read(path: Path) -> bytes | None:
    """The whole file, None when there is none. Refuses what `open_ours` refuses."""
    fd = open_ours(path)
    if fd is None:
        return None
    with os.fdopen(fd, "rb") as file:
        return file.read()


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Changes whenever the file does: inode, size, nanoseconds of its last change. None when there is no file."""
    try:
        status = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def make_folder(path: Path) -> None:
    """Only its owner can look inside."""
    with trouble(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def replace(path: Path, chunks: Iterable[bytes], *, label: str, keep: int = 0, durable: bool = True) -> None:
    """Put a whole new file in place: the old one or the new one is there at any instant.

    keep: how many earlier files stay as `.bak.1` (newest) and so on. durable: without it the file may be gone after a
    power loss, for what can be made again.
    """
    fresh = path.with_name(path.name + ".new")
    with trouble(path):
        try:
            create(fresh, chunks, label=label, durable=durable)
            _keep_previous(path, keep, label)
            faults.point(f"{label}:rename")
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        if durable:
            sync_folder(path.parent, label=label)


def create(path: Path, chunks: Iterable[bytes], *, label: str, durable: bool = True) -> None:
    """A new file; a leftover of that name is removed first. The folder's entry is not yet durable. OSError."""
    faults.point(f"{label}:open")
    path.unlink(missing_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        for chunk in chunks:
            faults.point(f"{label}:write")
            write_all(fd, chunk)
        if durable:
            sync(fd, label=label)
    finally:
        os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Goes on after short writes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _keep_previous(path: Path, keep: int, label: str) -> None:
    if not keep or not path.exists():
        return
    for number in range(keep, 1, -1):
        newer = path.with_name(f"{path.name}.bak.{number - 1}")
        if newer.exists():
            faults.point(f"{label}:keep")
            newer.replace(path.with_name(f"{path.name}.bak.{number}"))
    faults.point(f"{label}:link")
    _link(path, path.with_name(f"{path.name}.bak.1"))


def _link(path: Path, name: Path) -> None:
    try:
        name.hardlink_to(path)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK}:
            raise
        # A file system without hard links, such as a memory stick.
        create(name, [path.read_bytes()], label="keep")


def append(path: Path, data: bytes, *, label: str, durable: bool = True) -> None:
    """Lines at the end of a file. A torn line left by a crash is closed first, so that it spoils no other."""
    with trouble(path):
        faults.point(f"{label}:open")
        fresh = not path.exists()
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            faults.point(f"{label}:append")
            write_all(fd, data if _ends_a_line(fd) else b"\n" + data)
            if durable:
                sync(fd, label=label)
        finally:
            os.close(fd)
        if fresh and durable:
            sync_folder(path.parent, label=label)


def _ends_a_line(fd: int) -> bool:
    size = os.fstat(fd).st_size
    return size == 0 or os.pread(fd, 1, size - 1) == b"\n"


def remove(path: Path, *, label: str) -> None:
    """Best effort: what stays behind is found and removed another time."""
    with suppress(OSError):
        faults.point(f"{label}:unlink")
        path.unlink(missing_ok=True)


def sync(fd: int, *, label: str) -> None:
    """OSError means that nothing since the last sync may be believed; do not try again on this descriptor."""
    faults.point(f"{label}:fsync")
    full = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone stops at the drive's cache
    if full is None:
        os.fsync(fd)
    else:
        fcntl.fcntl(fd, full)


def sync_folder(folder: Path, *, label: str) -> None:
    """Makes names durable: what was created, renamed or removed in this folder."""
    faults.point(f"{label}:fsync-folder")
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """An OSError inside becomes one sentence: what, where, and the way out."""
    try:
        yield
    except OSError as error:
        raise DiskError(f"{path}: {_fault(error)}; what was committed before is intact") from error


def _fault(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "the disk is full – free some space, then run the command again"
        case errno.EACCES | errno.EPERM:
            return "no permission to write here – give the folder to the user who runs coordinator"
        case errno.EROFS:
            return "the disk is read-only – make it writable, then run the command again"
        case errno.ELOOP:
            return "is a symbolic link – put the file itself there"
        case _:
            return f"the disk refused ({error.strerror or error}) – check it before the next tick"
