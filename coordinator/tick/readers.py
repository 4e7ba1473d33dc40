"""Who reads the messages of a tick: this process, or a worker that may die of one without harm to the others."""

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from coordinator.backends import HEAD_BYTES, Fetched
from coordinator.core import commands, words
from coordinator.core.frozen import replace
from coordinator.errors import BackendError, CoordinatorError
from coordinator.tick.round import Round
from coordinator.tick.understanding import Understood, chapter_context, headers, lean, understood, unknown
from coordinator.tick.worker import LostError, Worker

AHEAD = 1
"""So many batches are on their way to the reader while one is decided …"""

AHEAD_BYTES = 8_000_000
"""… unless they are as heavy as this: then each waits for the one before."""


MOST_WORKERS = 4
WORTH_ANOTHER = 20
"""So many messages in a batch are worth a worker more."""


class Reader(Protocol):
    def ask(self, batch: Sequence[Fetched]) -> None:
        """These are to be read, in this order."""

    def next(self) -> Understood:
        """The next of those that were asked for. Its `fault` says why one could not be read."""

    def close(self) -> None: ...


@contextmanager
def reader_of(round_: Round) -> Iterator[Reader]:
    reader: Reader = Apart(round_) if round_.options.apart else Here(round_)
    try:
        yield reader
    finally:
        reader.close()


def read_now(round_: Round, raw: bytes) -> Understood:
    """One message by itself, by the state as it is now."""
    with reader_of(round_) as reader:
        reader.ask([Fetched(handle="", size=len(raw), raw=raw)])
        return reader.next()


def _read(round_: Round, fetched: Fetched) -> Understood:
    return headers(round_, fetched.head) if fetched.raw is None else lean(understood(round_, fetched.raw))


class Here:
    """Reads in this process, when asked for the next: for a simulated season, whose mail is its own."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._asked: deque[Fetched] = deque()

    def ask(self, batch: Sequence[Fetched]) -> None:
        self._asked.extend(batch)

    def next(self) -> Understood:
        return _read(self._round, self._asked.popleft())

    def close(self) -> None:
        """Holds nothing."""


class Apart:
    """Reads in workers, one for each processor, which are replaced when they die of a message."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._lanes: list[_Lane] = []
        self._order: deque[_Lane] = deque()

    def ask(self, batch: Sequence[Fetched]) -> None:
        if not self._lanes:
            context = chapter_context(self._round)
            words.make_ready(context)
            commands.make_ready(context)
        while len(self._lanes) < min(_processors(), 1 + len(batch) // WORTH_ANOTHER) or not self._lanes:
            self._lanes.append(_Lane(self._round))
        size = -(-len(batch) // len(self._lanes))
        for lane, start in zip(self._lanes, range(0, len(batch), size or 1), strict=False):
            lane.ask(batch[start : start + size])
            self._order.extend([lane] * len(batch[start : start + size]))

    def next(self) -> Understood:
        return self._order.popleft().next()

    def close(self) -> None:
        for lane in self._lanes:
            lane.close()


class _Lane:
    """One worker at a time, and what it was asked for."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._asked: deque[Fetched] = deque()
        self._worker: Worker | None = None

    def ask(self, batch: Sequence[Fetched]) -> None:
        self._asked.extend(batch)
        if self._worker is None:
            self._start()
            return
        with suppress(LostError):  # it died of an earlier one: `next` will notice, and start another
            for fetched in batch:
                self._worker.put(_packed(fetched))

    def next(self) -> Understood:
        try:
            known = self._answer()
        except LostError as lost:
            fetched = self._asked.popleft()
            self._start()
            return self._only_known(fetched, str(lost))
        self._asked.popleft()
        return known

    def close(self) -> None:
        if self._worker:
            self._worker.end()
            self._worker = None

    def _only_known(self, fetched: Fetched, fault: str) -> Understood:
        """What another worker makes of the headers alone, so that at least its sender is known."""
        if fetched.raw is None:
            return unknown(fetched.head, fault)
        other = _Lane(self._round)
        try:
            other.ask([replace(fetched, raw=None, head=fetched.raw[:HEAD_BYTES])])
            return replace(other.next(), fault=fault)
        finally:
            other.close()

    def _start(self) -> None:
        """With all that waits; one that dies before it was given everything is noticed by `next`."""
        self.close()
        if not self._asked:
            return
        self._worker = Worker(self._work)
        with suppress(LostError):
            for fetched in self._asked:
                self._worker.put(_packed(fetched))

    def _work(self, request: bytes) -> bytes:
        """In the worker."""
        fetched: Fetched = pickle.loads(request)  # noqa: S301 - from our own other half
        try:
            answer: Understood | CoordinatorError = _read(self._round, fetched)
        except CoordinatorError as error:
            answer = error
        self._round.work.let_go()  # the next message is about others
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)

    def _answer(self) -> Understood:
        if self._worker is None:
            raise LostError("its reader could not be started")
        answer = pickle.loads(self._worker.get())  # noqa: S301 - as above
        if isinstance(answer, CoordinatorError):
            raise answer
        known: Understood = answer
        return known


def _processors() -> int:
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_WORKERS)


def _packed(fetched: Fetched) -> bytes:
    return pickle.dumps(fetched, pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A batch that was asked for. weight: bytes."""

    messages: Sequence[Fetched]
    weight: int


def read_ahead(reader: Reader, batches: Iterable[Sequence[Fetched]]) -> Iterator[Sequence[Fetched]]:
    """Each batch, after those behind it were given to the reader. A server that fails is raised behind the last."""
    under_way: deque[Arrived] = deque()
    trouble: BackendError | None = None
    source = iter(batches)
    while True:
        try:
            batch = next(source, None)
        except BackendError as error:
            trouble, batch = error, None
        if batch is None:
            break
        reader.ask(batch)
        under_way.append(Arrived(messages=batch, weight=sum(len(each.raw or each.head) for each in batch)))
        while len(under_way) > AHEAD or (under_way and sum(each.weight for each in under_way) > AHEAD_BYTES):
            yield under_way.popleft().messages
    for each in under_way:
        yield each.messages
    if trouble:
        raise trouble
