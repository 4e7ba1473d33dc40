"""Whether the mailbox already holds the state as it is; asked by every tick, so it loads nothing."""

from coordinator.config import Settings
from coordinator.store.kept import read_kept
from coordinator.store.meta import Side


def is_kept(settings: Settings, side: Side) -> bool:
    """Also where nothing is to be kept."""
    if not settings.retention.state:
        return True
    kept = read_kept(settings.state)
    return kept is not None and kept.generation == side.generation
