"""A mentoring program that runs from a mailbox."""

__version__ = "0.1.0"
