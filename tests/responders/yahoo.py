"""See `coordinator.simulate.calendar.yahoo`."""

from coordinator.simulate.calendar.yahoo import answer

__all__ = ["answer"]
