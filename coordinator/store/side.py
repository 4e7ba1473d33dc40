"""The side file `due.json`: enough to see that a tick has nothing to do, without loading the state.

It names the hot file it belongs to; beside another one it counts for nothing, so it need not survive a power loss.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from coordinator.core.frozen import replace
from coordinator.errors import DiskError
from coordinator.store import codec, disk, jsons
from coordinator.store.meta import Side


def read(folder: Path) -> Side | None:
    """None when it is missing, torn, or of another hot file."""
    raw = disk.read(folder / "due.json")
    stamp = disk.stamp(folder / "cohort.json")
    try:
        found = jsons.loads(raw or b"")
        return codec.decode(Side, found["side"]) if stamp and found["of"] == list(stamp) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def write(folder: Path, side: Side) -> None:
    """Best effort: the next tick loads the state where this is missing."""
    content = jsons.dumps({"of": disk.stamp(folder / "cohort.json"), "side": codec.encode(side)})
    with suppress(DiskError):
        disk.replace(folder / "due.json", [content], label="side", durable=False)


def note_idle(folder: Path, now: datetime) -> None:
    """A tick at this instant had nothing to do."""
    side = read(folder)
    if side is not None:
        write(folder, replace(side, last_tick=now))
