"""How far the mailbox holds the state too; a file that says too little costs a snapshot and nothing else."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from coordinator.errors import DiskError
from coordinator.store import disk, jsons

NAME = "kept.json"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """generation: the newest that the mailbox holds. epoch: of which life of the state.

    day, whole, snapshot: when the last snapshot was made, its bytes, and its generation (0 = not known). since: bytes
    of the changes after it. own: of the chapter's own files, other when one of them is.
    """

    epoch: str
    generation: int
    day: str
    whole: int = 0
    since: int = 0
    own: str = ""
    snapshot: int = 0


def read_kept(folder: Path) -> Kept | None:
    """folder: the state's. None when nothing is known."""
    try:
        return Kept(**jsons.loads(disk.read(folder / NAME) or b""))
    except (ValueError, TypeError):
        return None


def note_kept(folder: Path, kept: Kept) -> None:
    """Best effort."""
    with suppress(DiskError):
        disk.replace(folder / NAME, [jsons.dumps(asdict(kept))], label="kept", durable=False)


def forget_kept(folder: Path) -> None:
    """The mailbox holds it no longer. Best effort."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
