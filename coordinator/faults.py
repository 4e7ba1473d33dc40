"""The places where something outside changes: each side effect passes its name through here first.

In production nothing is armed and a point costs one comparison. Tests arm it to kill, to fill the disk or to count.
"""

from collections.abc import Callable

_strike: Callable[[str], None] | None = None


def point(name: str) -> None:
    """Say that the side effect `name` comes next."""
    if _strike is not None:
        _strike(name)


def arm(strike: Callable[[str], None] | None) -> None:
    """For tests: call `strike` with the name of each point, None disarms."""
    global _strike  # noqa: PLW0603 - one process, one disk
    _strike = strike
