"""Copies of what is sent, put into the mailbox while the next letters go out: no server waits for the other."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

TOGETHER = 50
"""So many at a time: a server takes far longer over each by itself."""


class Copies:
    """keep: puts some into the mailbox; it runs beside the sending, one call at a time.

    At the end of the block all are kept, also when it ends with an error.
    """

    def __init__(self, keep: Callable[[Sequence[bytes]], None]) -> None:
        self._keep = keep
        self._new: list[bytes] = []
        self._aside: ThreadPoolExecutor | None = None
        self._under_way: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for each in self._under_way:
                each.result()
            if self._new:
                self._keep(self._new)
        finally:
            if self._aside:
                self._aside.shutdown()

    def add(self, raw: bytes) -> None:
        self._new.append(raw)
        if len(self._new) == TOGETHER:
            self._aside = self._aside or ThreadPoolExecutor(1)
            self._under_way.append(self._aside.submit(self._keep, self._new))
            self._new = []
