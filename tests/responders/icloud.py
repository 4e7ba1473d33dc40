"""See `coordinator.simulate.calendar.icloud`."""

from coordinator.simulate.calendar.icloud import answer

__all__ = ["answer"]
