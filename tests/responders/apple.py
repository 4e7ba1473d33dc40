"""See `coordinator.simulate.calendar.apple`."""

from coordinator.simulate.calendar.apple import answer

__all__ = ["answer"]
