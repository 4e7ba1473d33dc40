"""A short name for everything that decides when things are due: program, settings, time-zone data, code."""

import hashlib

from coordinator import __version__, programs
from coordinator.config import Settings
from coordinator.core.zones import version


def digest(settings: Settings) -> str:
    """Changes whenever one of them does; costs a look at names and times of files, not their contents."""
    parts = (__version__, version(), repr(settings.chapter), programs.digest(settings.program, own=settings.templates))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
