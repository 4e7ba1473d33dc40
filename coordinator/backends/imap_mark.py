"""Where an IMAP mailbox stood when a chapter began, and what came after that."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from coordinator.errors import BackendError


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One message as the server lists it. received: UTC, None = not told."""

    uid: int
    size: int
    received: datetime | None
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """UIDs say what is new as long as the server keeps counting (`validity`); after that, the hour of arrival does.

    newest: when the last message of the time before came, by the server's clock; None = the mailbox was empty.
    sizes: of those that came in that very second, to tell them from others that did; -1 for one of unknown size.
    A validity of -1 was noted by another protocol, so that a mailbox may be reached by both.
    """

    validity: int = 0
    next: int = 1
    newest: datetime | None = None
    sizes: tuple[int, ...] = ()

    @classmethod
    def of(cls, *, validity: int, next_uid: int, messages: Iterable[Listed]) -> Self:
        known = [(it.received, it.size) for it in messages if it.received is not None]
        newest = max((received for received, _ in known), default=None)
        sizes = tuple(size for received, size in known if received == newest)
        return cls(validity=validity, next=next_uid, newest=newest, sizes=sizes)

    @classmethod
    def read(cls, text: str) -> Self:
        """The opposite of `written`; "" is the beginning of time."""
        if not text:
            return cls()
        try:
            plain = json.loads(text)
            newest = plain["newest"] and datetime.fromisoformat(plain["newest"])
            return cls(validity=plain["uidvalidity"], next=plain["uidnext"], newest=newest, sizes=tuple(plain["sizes"]))
        except (ValueError, KeyError, TypeError):
            fault = "this chapter began with another kind of mailbox – restore the inbox settings it began with"
            raise BackendError(fault, later=False) from None

    def written(self) -> str:
        plain = {
            "uidvalidity": self.validity,
            "uidnext": self.next,
            "newest": self.newest and self.newest.isoformat(),
            "sizes": self.sizes,
        }
        return json.dumps(plain, separators=(",", ":"))

    def later(self, messages: Iterable[Listed]) -> Iterator[Listed]:
        """Those that came after the mark by the hour of arrival, which servers keep to the second."""
        before = Counter(self.sizes)
        for message in messages:
            if self.newest is None or message.received is None or message.received > self.newest:
                yield message
            elif message.received == self.newest:
                size = message.size if before[message.size] else -1
                if before[size] == 0:
                    yield message
                before[size] -= before[size] > 0
