"""Which way mail and invitations go: as configured, or the other way where Exchange as such is refused."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TypeVar

from coordinator.backends import Calendar, Inbox, Outbox, open_calendar, open_inbox, open_outbox
from coordinator.config import Settings
from coordinator.errors import RefusedError

T = TypeVar("T")


class Ways:
    """What a tick opened. news: what a human must know of it. Everything is closed with `stack`."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self._settings = settings
        self._stack = stack
        self.news: list[str] = []
        self.inbox: Inbox = self._entered(settings.inbox, settings.other_inbox, open_inbox)
        first = settings.other_outbox if self.news and settings.other_outbox else settings.outbox
        other = None if first is settings.other_outbox else settings.other_outbox
        self.outbox: Outbox = stack.enter_context(
            Either(open_outbox(*first), lambda: open_outbox(*other) if other else None, self.news)
        )

    def calendar(self) -> Calendar | None:
        """The calendar that invites by itself; None when invitations go by mail, for this tick at least."""
        if self._settings.calendar is None or self.news:
            return None
        try:
            return self._stack.enter_context(open_calendar(*self._settings.calendar))
        except RefusedError as error:
            self.news.append(refused(error))
        return None

    def _entered(
        self,
        chosen: tuple[str, object],
        other: tuple[str, object] | None,
        opened: Callable[[str, object], Inbox],
    ) -> Inbox:
        try:
            return self._stack.enter_context(opened(*chosen))
        except RefusedError as error:
            if other is None:
                raise
            self.news.append(refused(error))
            return self._stack.enter_context(opened(*other))


def refused(error: RefusedError) -> str:
    return f"{error}; until then the other way is taken, and invitations go by mail"


class Either:
    """An outbox, and another that is used once the first is refused as such."""

    def __init__(self, outbox: Outbox, other: Callable[[], Outbox | None], news: list[str]) -> None:
        self._outbox = outbox
        self._other = other
        self._news = news

    def prove(self) -> None:
        self._outbox.prove()

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        try:
            self._outbox.send(sender=sender, recipient=recipient, raw=raw)
        except RefusedError as error:
            other = self._other()
            if other is None:
                raise
            self._outbox.close()
            self._outbox, self._other = other, lambda: None
            self._news.append(refused(error))
            self._outbox.send(sender=sender, recipient=recipient, raw=raw)

    def close(self) -> None:
        self._outbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
