"""See `coordinator.simulate.calendar.outlook_com`."""

from coordinator.simulate.calendar.outlook_com import answer

__all__ = ["answer"]
