"""A tick ends within its time, whatever a server or a message does to keep it."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from coordinator.errors import BusyError


class OverdueError(BaseException):
    """Passes everything that goes on after the mistake of one message or one letter."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """BusyError when it takes longer. What was remembered stands; it ends as if the process had been killed.

    Only the main thread can be interrupted; in others there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _strike)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except OverdueError:
        raise BusyError(
            f"the tick took longer than {seconds} seconds and was broken off – the next one goes on where it ended;"
            " limits.seconds in config.toml allows more"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _strike(_number: int, _frame: FrameType | None) -> None:
    raise OverdueError
