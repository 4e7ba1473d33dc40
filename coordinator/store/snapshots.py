"""All that a chapter cannot be run without, but `config.toml`: its state, its key, its own templates – and back."""

import gzip
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from coordinator.errors import UnreadableError
from coordinator.store import backups, disk
from coordinator.store.loading import load
from coordinator.store.redo import Redo, lay_down
from coordinator.store.rules import is_file_name

SECRET, TEMPLATES = "secret.key", "templates"


def taken(chapter: Path) -> bytes:
    """A compressed tar archive. chapter: the folder that holds `state`, which nobody changes meanwhile. DiskError."""
    packed = BytesIO()
    with disk.trouble(chapter), tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        for path in _own(chapter):
            backups.add(archive, path, str(path.relative_to(chapter)))
        backups.pack_state(archive, chapter / "state")
    return packed.getvalue()


def stamp(chapter: Path) -> str:
    """Other when one of the chapter's own files is, by their names, sizes and times."""
    with disk.trouble(chapter):
        files = [(str(path.relative_to(chapter)), *(disk.stamp(path) or ())) for path in _own(chapter)]
    return blake2b(repr(files).encode(), digest_size=8).hexdigest()


def _own(chapter: Path) -> Iterator[Path]:
    """Files of the chapter's folder beside the state; never what only points to another place."""
    candidates = [chapter / SECRET, *sorted((chapter / TEMPLATES).rglob("*"))]
    yield from (path for path in candidates if path.is_file() and not path.is_symlink())


def put_back(content: bytes, redos: Sequence[Redo], chapter: Path, *, epoch: str, now: datetime) -> tuple[str, ...]:
    """The snapshot and the commits since are the state from now on, marked `restored_at`; hold the lock.

    Returns names of files that gave way to the snapshot's; they lie beside them as `.before-restore`.
    UnreadableError for a snapshot that is not sound: then nothing was changed.
    """
    with backups.incoming(chapter / "state") as fresh:
        own = _unpacked(content, fresh)
        lay_down(fresh, redos)
        work = load(fresh, now=now)
        for redo in redos:
            work.redo(redo)
        work.with_meta(restored_at=now, epoch=epoch)
        work.commit()
        differing = tuple(name for name, raw in own.items() if _put(chapter / name, raw))
    backups.put_in_place(chapter / "state")
    return differing


def _unpacked(content: bytes, folder: Path) -> dict[str, bytes]:
    """The state goes into the folder; the chapter's own files are returned by their names."""
    own: dict[str, bytes] = {}

    def of_the_state(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
        for member in archive:
            if _is_own(member):
                own[member.name] = (archive.extractfile(member) or BytesIO()).read()
            else:
                yield member

    try:
        with tarfile.open(fileobj=BytesIO(content), mode="r:gz") as archive, disk.trouble(folder):
            backups.unpack_state(archive, of_the_state(archive), folder)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(f"the snapshot in the mailbox is damaged ({error})") from None
    return own


def _is_own(member: tarfile.TarInfo) -> bool:
    """Never a file outside of the chapter's folder."""
    parts = member.name.split("/")
    inside = len(parts) > 1 and parts[0] == TEMPLATES and all(is_file_name(part) for part in parts[1:])
    return member.isreg() and (member.name == SECRET or inside)


def _put(path: Path, raw: bytes) -> bool:
    """Whether another file had to give way."""
    differs = path.exists() and path.read_bytes() != raw
    if differs:
        path.replace(path.with_name(f"{path.name}.before-restore"))
    disk.make_folder(path.parent)
    disk.replace(path, [raw], label="restore")
    return differs
