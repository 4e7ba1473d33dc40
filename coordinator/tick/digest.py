"""A short name for everything that decides when things are due: program, settings, time-zone data, code."""

import hashlib
from importlib import import_module

from coordinator import __version__, programs
from coordinator.config import Settings
from coordinator.config.days_off import stamp


def digest(settings: Settings) -> str:
    """Changes whenever one of them does; costs a look at names and times of files, not their contents."""
    # Not `core.zones.version`: a tick with nothing to do needs no zone.
    zones = str(import_module("tzdata").IANA_VERSION)
    parts = (
        __version__,
        zones,
        repr(settings.chapter),
        stamp(settings),
        programs.digest(settings.program, own=settings.templates),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
