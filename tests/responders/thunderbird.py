"""See `coordinator.simulate.calendar.thunderbird`."""

from coordinator.simulate.calendar.thunderbird import answer

__all__ = ["answer"]
