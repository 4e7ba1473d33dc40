"""A chapter of invented people that plays a whole season: the story of it, and a page to browse everybody's mail."""

from coordinator.demo.season import Season, run

__all__ = ["Season", "run"]
