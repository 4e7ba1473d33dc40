"""One writer at a time: a kernel lock that ends with its process, however that ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from coordinator import faults
from coordinator.errors import BusyError, DiskError
from coordinator.store.disk import write_all

STEP = 0.1
"""Seconds between two tries."""


@contextmanager
def lock(folder: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold the state in `folder` alone. wait: seconds to try for. BusyError names who holds it and since when.

    A forked child inherits the lock; end such children before the process ends.
    """
    path = folder / "lock"
    fd = _open(path)
    try:
        for left in range(int(wait / STEP), -1, -1):
            if _take(path, fd):
                break
            if not left:
                raise BusyError(_holder(path, fd))
            time.sleep(STEP)
        _sign(fd)
        yield
    finally:
        os.close(fd)


def _open(path: Path) -> int:
    try:
        faults.point("lock:open")
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except FileNotFoundError:
        raise DiskError(f"{path.parent}: there is no such folder – `coordinator init` makes one") from None
    except OSError as error:
        raise DiskError(f"{path}: cannot be opened ({error.strerror}) – check the folder's rights") from None


def _take(path: Path, fd: int) -> bool:
    try:
        faults.point("lock:take")
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise DiskError(f"{path}: cannot be locked ({error.strerror}) – keep the folder on a local disk") from None
    return True


def _sign(fd: int) -> None:
    """For humans only: a full disk is no reason to let go."""
    with suppress(OSError):
        faults.point("lock:sign")
        os.ftruncate(fd, 0)
        write_all(fd, f"{os.getpid()}\n".encode())


def _holder(path: Path, fd: int) -> str:
    pid = os.pread(fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
    since = datetime.fromtimestamp(os.fstat(fd).st_mtime, UTC)
    return (
        f"{path}: process {pid} has been at work on this state since {since:%Y-%m-%d %H:%M} UTC –"
        " wait for it to end, then run the command again"
    )
