"""Cutting a long row into batches, and a door that closes behind itself."""

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


def portions(items: Iterable[T], *, most: int, heaviest: int, weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Batches in order: at most `most` items that weigh at most `heaviest` together, or a single heavier one."""
    batch: list[T] = []
    load = 0
    for item in items:
        if batch and (len(batch) >= most or load + weight(item) > heaviest):
            yield batch
            batch, load = [], 0
        batch.append(item)
        load += weight(item)
    if batch:
        yield batch


class Closing:
    """What is open is closed at the end of a `with` block."""

    def close(self) -> None:
        """Nothing is kept open, unless a subclass says so."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
