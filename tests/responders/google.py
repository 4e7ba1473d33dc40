"""See `coordinator.simulate.calendar.google`."""

from coordinator.simulate.calendar.google import answer

__all__ = ["answer"]
