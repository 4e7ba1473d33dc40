"""See `coordinator.simulate.calendar.roundcube`."""

from coordinator.simulate.calendar.roundcube import answer

__all__ = ["answer"]
