"""See `coordinator.simulate.calendar.zimbra`."""

from coordinator.simulate.calendar.zimbra import answer

__all__ = ["answer"]
