"""Putting one mail into a Maildir folder so that it survives the plug being pulled.

tmp, fsync, link into new or cur, fsync of that folder: a reader sees a whole mail or none.
"""

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from coordinator import faults
from coordinator.errors import DiskError

PARTS = ("cur", "new", "tmp")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV}


def make_folder(folder: Path, *, inner: bool = False) -> None:
    """A Maildir folder that only its owner may look into. inner: a Maildir++ folder inside another."""
    try:
        for part in PARTS:
            (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if inner:
            (folder / "maildirfolder").touch(mode=0o600)
        sync(folder)
    except OSError as error:
        raise disk_error(folder, error) from error


def sync(*folders: Path) -> None:
    """Make the names in these folders durable."""
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def disk_error(folder: Path, error: OSError) -> DiskError:
    return DiskError(f"{folder.name}: cannot be written ({error.strerror}) – check free space and rights of the folder")


def base_name(name: str) -> str:
    """A Maildir file's name without its flags, which any mail program may change."""
    return name.partition(":")[0]


class Delivery:
    """Writes mails into one Maildir folder.

    A file is named by a running number and the hash of what it holds: identical bytes written twice are two files, in
    the order of writing, and neither clock nor process number is needed. durable: False skips fsync (invented seasons).
    """

    def __init__(self, folder: Path, *, part: str = "new", flags: str = "", durable: bool = True) -> None:
        self._folder = folder
        self._part = folder / part
        self._flags = flags
        self._durable = durable
        self._serial: int | None = None

    def write(self, raw: bytes) -> Path:
        """Where the mail is now, durable. DiskError when it is not; then no reader ever saw it."""
        digest = hashlib.sha256(raw).hexdigest()[:16]
        waiting = self._folder / "tmp" / digest
        try:
            self._write_waiting(waiting, raw)
            final = self._place(waiting, digest)
            if self._durable:
                sync(self._part)
        except OSError as error:
            raise disk_error(self._folder, error) from error
        return final

    def _write_waiting(self, waiting: Path, raw: bytes) -> None:
        faults.point("maildir.write")
        # Truncating is right: only a run that was killed leaves a file here, and it held a part of the same mail.
        descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            if self._durable:
                os.fsync(descriptor)

    def _place(self, waiting: Path, digest: str) -> Path:
        while True:
            final = self._part / f"{self._next_serial():08d}.{digest}{self._flags}"
            faults.point("maildir.place")
            if place_in(waiting, final):
                faults.point("maildir.placed")
                return final

    def _next_serial(self) -> int:
        if self._serial is None:
            taken = (path.name for part in ("new", "cur") for path in (self._folder / part).iterdir())
            self._serial = _highest(taken)
        self._serial += 1
        return self._serial


def place_in(source: Path, target: Path) -> bool:
    """Rename without ever replacing: False when the target exists already."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: look first. Nobody else writes names like ours.
        if os.path.lexists(target):
            return False
        source.rename(target)
        return True
    source.unlink()
    return True


def _highest(names: Iterable[str]) -> int:
    numbers = (name.split(".", 1)[0] for name in names)
    return max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)
