"""A mailbox and a way out for mail that exist in memory only, for seasons of any size."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from coordinator.backends import BATCH_BYTES, Fetched
from coordinator.backends.crowd import First, from_line, taken
from coordinator.backends.portions import Closing, portions
from coordinator.simulate.posts import MemoryPost


class MemoryInbox(Closing):
    """What people wrote, until it is put away; then it is gone."""

    def __init__(self, post: MemoryPost) -> None:
        self.complete = False
        self._post = post

    def mark(self) -> str:
        return ""

    def fetch(
        self,
        *,
        mark: str,  # noqa: ARG002
        limit: int,
        largest: int,
        batch: int = 100,
        first: First | None = None,
    ) -> Iterator[Sequence[Fetched]]:
        self.complete = False
        waiting = list(self._post.arrived.items())
        now = taken(waiting, limit, first=first, look=lambda some: [from_line(raw) for _, raw in some])
        for some in portions(now, most=batch, heaviest=BATCH_BYTES, weight=lambda each: len(each[1])):
            yield [_fetched(number, raw, largest) for number, raw in some]
        self.complete = len(waiting) <= limit

    def put_away(self, handles: Sequence[str], folder: str) -> None:  # noqa: ARG002
        for handle in handles:
            self._post.arrived.pop(int(handle), None)

    def append(self, folder: str, raw: bytes) -> None:
        """Copies are for people to look at; nobody looks here."""

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        """Nor does anybody here."""

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:  # noqa: ARG002
        return frozenset()

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:  # noqa: ARG002
        """What was put away is gone."""
        return iter(())

    def remove(self, folder: str, handles: Sequence[str]) -> None:
        """And need not be removed."""

    def prepare(self) -> None:
        """There is nothing to make."""

    def idle(self, timeout: float) -> bool:  # noqa: ARG002
        return bool(self._post.arrived)


def _fetched(number: int, raw: bytes, largest: int) -> Fetched:
    if len(raw) <= largest:
        return Fetched(handle=str(number), size=len(raw), raw=raw)
    return Fetched(handle=str(number), size=len(raw), raw=None, head=raw.partition(b"\r\n\r\n")[0])


class MemoryOutbox(Closing):
    """Mail that is sent is in the post."""

    def __init__(self, post: MemoryPost) -> None:
        self._post = post

    def prove(self) -> None:
        """Memory takes everything."""

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:  # noqa: ARG002
        self._post.sent.append(b"Delivered-To: " + recipient.encode() + b"\r\n" + raw)
