"""A mailbox and a mail server in memory that fail as real ones do, and remember everything for whoever checks them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coordinator import faults
from coordinator.backends import Fetched, SendError
from coordinator.backends.crowd import First, from_line, taken
from coordinator.backends.portions import Closing
from coordinator.errors import BackendError
from tests.faults.chapter import message_id


@dataclass(kw_only=True)
class Box(Closing):
    """folders: name → raw mails by number of arrival. breaks: fetching fails after that many messages, -1 = never."""

    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"inbox": {}})
    complete: bool = False
    breaks: int = -1
    count: int = 0

    def deliver(self, raw: bytes) -> None:
        self.count += 1
        self.folders["inbox"][self.count] = raw

    def mark(self) -> str:
        return ""

    def fetch(
        self, *, mark: str, limit: int, largest: int, batch: int = 100, first: First | None = None
    ) -> Iterator[Sequence[Fetched]]:
        self.complete = False
        every = list(self.folders["inbox"].items())
        waiting = taken(every, limit, first=first, look=lambda some: [from_line(raw) for _, raw in some])
        for number, (handle, raw) in enumerate(waiting):
            if number == self.breaks:
                raise BackendError("the box: the connection was lost", later=True)
            yield [Fetched(handle=str(handle), size=len(raw), raw=raw)]
        self.complete = True

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        for handle in handles:
            faults.point("box.move")
            raw = self.folders["inbox"].pop(int(handle), None)
            if raw is not None:
                self.folders.setdefault(folder, {})[int(handle)] = raw

    def append(self, folder: str, raw: bytes) -> None:
        faults.point("box.append")
        self.count += 1
        self.folders.setdefault(folder, {})[self.count] = raw

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        for raw in raws:
            self.append(folder, raw)

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        return frozenset(message_ids) & {message_id(raw) for raw in self.folders.get(folder, {}).values()}

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:
        for handle, raw in list(self.folders.get(folder, {}).items()):
            if before is None:
                yield Fetched(handle=str(handle), size=len(raw), raw=raw)

    def remove(self, folder: str, handles: Sequence[str]) -> None:
        for handle in handles:
            self.folders.get(folder, {}).pop(int(handle), None)

    def prepare(self) -> None:
        """There is nothing to make."""

    def idle(self, timeout: float) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A mail that the server took. at: when."""

    at: datetime
    to: str
    id: str
    raw: bytes = field(repr=False)


@dataclass(kw_only=True)
class Wire(Closing):
    """now: moved by whoever ticks. trouble: what becomes of the next mails, oldest first; then all go well.

    "later", "never", "down", "lost" (it was accepted, the answer was lost) or "gone" (neither came through).
    """

    now: datetime
    accepted: list[Accepted] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    lost: int = 0

    def prove(self) -> None:
        """It is there."""

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        faults.point("wire.data")
        trouble = self.trouble.pop(0) if self.trouble else ""
        match trouble:
            case "later":
                raise SendError("the wire: 451 try later", scope="recipient", status="4.2.0")
            case "never":
                raise SendError("the wire: 550 no such user", scope="recipient", status="5.1.1", later=False)
            case "down":
                raise SendError("the wire: nobody answers", scope="server")
            case "gone":
                raise SendError("the wire: the answer was lost", scope="uncertain")
        self.accepted.append(Accepted(at=self.now, to=recipient, id=message_id(raw), raw=raw))
        faults.point("wire.accepted")
        if trouble == "lost":
            self.lost += 1
            raise SendError("the wire: the answer was lost", scope="uncertain")
