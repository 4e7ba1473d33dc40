"""See `coordinator.simulate.calendar.outlook_desktop`."""

from coordinator.simulate.calendar.outlook_desktop import answer

__all__ = ["answer"]
