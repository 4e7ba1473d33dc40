"""See `coordinator.simulate.calendar.exchange`."""

from coordinator.simulate.calendar.exchange import answer

__all__ = ["answer"]
