"""Whether a chapter's folder is a copy of one that is still in its place: then only that one runs."""

from datetime import datetime
from pathlib import Path

from coordinator.config import Settings
from coordinator.errors import CoordinatorError, ReplacedError
from coordinator.tick.heartbeat import last_beat


def must_not_be_a_copy(settings: Settings, now: datetime) -> None:
    """ReplacedError when the last tick of this state ran in another folder, which is there as it was.

    A folder that was moved, and one that was restored, run on.
    """
    ran_in = str(last_beat(settings.folder).get("folder") or settings.folder)
    if ran_in != str(settings.folder) and _runs_there(settings, Path(ran_in), now):
        raise ReplacedError(
            f"{settings.folder}: is a copy of {ran_in}, whose people would get everything twice, so nothing was read or"
            " sent – for a chapter of its own run coordinator init in an empty folder and copy templates/ and what you"
            " need of config.toml into it; to go on here instead, take away the other folder"
        )


def _runs_there(settings: Settings, other: Path, now: datetime) -> bool:
    from coordinator.store import open_store

    before = other / settings.state.name
    if not before.is_dir() or before.samefile(settings.state):
        return False
    try:
        ours, theirs = (open_store(state, now=now).load().meta.epoch for state in (settings.state, before))
    except (CoordinatorError, OSError):
        return False
    return ours == theirs
