"""A mailbox on Exchange: looking, fetching in batches, and putting away. No item is known by its id for long."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from exchangelib import EWSDateTime, Message, Q
from exchangelib import errors as ews
from exchangelib.folders import DeletedItems, Inbox, Messages, SentItems, SingleFolderQuerySet
from exchangelib.items import HARD_DELETE
from exchangelib.services import CreateFolder

from coordinator.backends import BATCH_BYTES, Fetched
from coordinator.backends.crowd import MOST_LOOKED_AT, First, taken
from coordinator.backends.exchange import Settings
from coordinator.backends.exchange.account import Connection
from coordinator.backends.exchange.faults import LATER
from coordinator.backends.exchange.properties import HEADERS, register
from coordinator.backends.imap_mark import Listed, Mark
from coordinator.backends.portions import Closing, portions
from coordinator.errors import BackendError
from coordinator.faults import point

PAGE = 500
"""Items listed in one answer."""
FIRST_LOOK, LONGEST_LOOK = 1.0, 30.0
"""Seconds between two looks while waiting for mail."""
_GONE = (ews.ErrorItemNotFound, ews.ErrorInvalidIdMalformed, ews.ErrorInvalidChangeKey, ews.ErrorStaleObject)
_ASKED_AT_ONCE = 40
WHOLE = 1 << 40
"""Bytes of a mail that is not too large."""

register()


class ExchangeInbox(Closing):
    """Handles are "number" of what this object listed; ids of items change whenever one moves."""

    def __init__(self, settings: Settings, connection: Connection) -> None:
        self.complete = False
        self._settings = settings
        self._on = connection
        self._inbox = connection.folder(Inbox)
        self._items: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, Any] = {}
        self._before: tuple[object, ...] | None = None
        self._pause = self._due = 0.0
        self._look(1)

    def mark(self) -> str:
        with self._on.told():
            newest = self._look(1, newest=True)
            last = _utc(newest[0].datetime_received) if newest else None
            same = self._inbox.filter(datetime_received__gte=_ews(last)).only("size") if last else ()
            count = sum(1 for _ in same)
        # Sizes differ between protocols, so those of that second are only counted (see `Mark.later`).
        return Mark(validity=-1, newest=last, sizes=(-1,) * count).written()

    def fetch(
        self, *, mark: str, limit: int, largest: int, batch: int = 100, first: First | None = None
    ) -> Iterator[Sequence[Fetched]]:
        self.complete = False
        since = Mark.read(mark)
        with self._on.told():
            found = self._new(since, limit + 1)
            crowd = self._with_newest(since, found) if first and len(found) > limit else found
        now = taken(crowd, limit, first=first, look=self._from_lines)

        def weight(item: Any) -> int:
            return min(item.size or 0, largest)

        for group in portions(now, most=batch, heaviest=BATCH_BYTES, weight=weight):
            with self._on.told():
                messages = self._fetched(group, largest)
            yield messages
        self.complete = len(found) <= limit

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        ids = [self._items[handle] for handle in handles if handle in self._items]
        if not ids:
            return
        with self._on.told():
            point("exchange.move")
            moved = self._on.account.bulk_move(ids=ids, to_folder=self._folder(folder), chunk_size=len(ids))
            point("exchange.moved")
            for outcome in moved:
                if isinstance(outcome, Exception) and not isinstance(outcome, _GONE):
                    raise outcome

    def append(self, folder: str, raw: bytes) -> None:
        self.append_all(folder, [raw])

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        for group in portions(raws, most=100, heaviest=BATCH_BYTES, weight=len):
            with self._on.told():
                target = self._folder(folder)
                items = [_copy(self._on, target, raw) for raw in group]
                point("exchange.append")
                for outcome in self._on.account.bulk_create(folder=target, items=items, chunk_size=len(items)):
                    if isinstance(outcome, Exception):
                        raise outcome
                point("exchange.appended")

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        with self._on.told():
            target = self._known_folder(folder) if message_ids else None
            for start in range(0, len(message_ids) if target else 0, _ASKED_AT_ONCE):
                some = message_ids[start : start + _ASKED_AT_ONCE]
                wanted = Q()
                for id_ in some:
                    wanted |= Q(message_id=id_)
                assert target is not None
                found.update(item.message_id for item in target.filter(wanted).only("message_id"))
        return frozenset(found & set(message_ids))

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:
        with self._on.told():
            target = self._inbox if folder == "inbox" else self._known_folder(folder)
            listed = list(_everything(target, before)) if target is not None else []
        for group in portions(listed, most=100, heaviest=BATCH_BYTES, weight=lambda item: item.size or 0):
            with self._on.told():
                messages = self._fetched(group, WHOLE)
            yield from messages

    def remove(self, folder: str, handles: Sequence[str]) -> None:  # noqa: ARG002 - an item is known by its id alone
        ids = [self._items[handle] for handle in handles if handle in self._items]
        if not ids:
            return
        with self._on.told():
            point("exchange.remove")
            for outcome in self._on.account.bulk_delete(ids=ids, delete_type=HARD_DELETE, chunk_size=len(ids)):
                if isinstance(outcome, Exception) and not isinstance(outcome, _GONE):
                    raise outcome
            point("exchange.removed")

    def prepare(self) -> None:
        with self._on.told():
            for name in ("processed", "quarantine"):
                self._folder(name)

    def idle(self, timeout: float) -> bool:
        """Looks now and then, ever more seldom, also from one call to the next: a held connection would cost more."""
        if self._before is None:
            self._before, self._pause = self._newest(), FIRST_LOOK
            self._due = time.monotonic() + self._pause
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            time.sleep(max(0.0, min(self._due, end) - time.monotonic()))
            if time.monotonic() >= self._due:
                self._pause = min(self._pause * 2, LONGEST_LOOK)
                self._due = time.monotonic() + self._pause
                if self._newest() != self._before:
                    self._before = None
                    return True
        return False

    def close(self) -> None:
        self._on.close()

    def _newest(self) -> tuple[object, ...]:
        with self._on.told():
            return tuple(item.id for item in self._look(20, newest=True))

    def _look(self, most: int, *, newest: bool = False) -> list[Any]:
        """The first look tells whether the login is good, so it counts as logging in."""
        with self._on.told():
            point("exchange.list")
            order = "-datetime_received" if newest else "datetime_received"
            query = self._inbox.all().only("size", "datetime_received").order_by(order)
            query.page_size = PAGE
            return list(islice(query, most)) if most > PAGE else list(query[:most])

    def _new(self, since: Mark, most: int) -> list[Any]:
        """Oldest first. Items of one second keep the order in which the server lists them."""
        if since.newest is None:
            return self._look(most)
        query = self._inbox.filter(datetime_received__gte=_ews(since.newest)).only("size", "datetime_received")
        query = query.order_by("datetime_received")
        query.page_size = PAGE
        listed = dict(enumerate(islice(query, most + len(since.sizes))))
        known = (
            Listed(uid=number, size=item.size or 0, received=_utc(item.datetime_received))
            for number, item in listed.items()
        )
        return [listed[one.uid] for one in since.later(known)]

    def _with_newest(self, since: Mark, found: Sequence[Any]) -> list[Any]:
        """Those found and, behind them, the newest."""
        known = {item.id for item in found}
        newest = [item for item in reversed(self._look(MOST_LOOKED_AT, newest=True)) if item.id not in known]
        after = since.newest
        return [*found, *(item for item in newest if not after or (_utc(item.datetime_received) or after) > after)]

    def _from_lines(self, items: Sequence[Any]) -> list[bytes]:
        lines: list[bytes] = []
        for start in range(0, len(items), PAGE):
            some = items[start : start + PAGE]
            with self._on.told():
                authors = self._got(some, "author")
            found = (getattr(authors.get(item.id), "email_address", None) or "" for item in some)
            lines.extend(address.encode("utf-8", "replace") for address in found)
        return lines

    def _fetched(self, group: Sequence[Any], largest: int) -> list[Fetched]:
        small = [item for item in group if (item.size or 0) <= largest]
        bodies = self._got(small, "mime_content")
        fetched = []
        for item in group:
            handle = str(len(self._items))
            body = bodies.get(item.id)
            if isinstance(body, _GONE):
                continue
            self._items[handle] = (item.id, item.changekey)
            received = _utc(item.datetime_received)
            if isinstance(body, bytes) and len(body) <= largest:
                fetched.append(Fetched(handle=handle, size=len(body), raw=body, received=received))
                continue
            if isinstance(body, LATER):
                raise body
            # Whatever else is wrong with one item must not keep the others waiting.
            fault = "the server cannot show it as a mail" if not isinstance(body, bytes) and item in small else ""
            head = self._head(item)
            size = item.size or 0
            fetched.append(Fetched(handle=handle, size=size, raw=None, head=head, received=received, fault=fault))
        return fetched

    def _head(self, item: Any) -> bytes:
        """The headers as they came; there is no other part of a large mail that could be had by itself."""
        found = self._got([item], HEADERS).get(item.id)
        text = found if isinstance(found, str) else ""
        lines = "\r\n".join(text.replace("\r\n", "\n").rstrip("\n").split("\n"))
        return (lines + "\r\n\r\n").encode("utf-8", "surrogateescape") if text else b"\r\n"

    def _got(self, items: Sequence[Any], field: str) -> dict[str, Any]:
        """One property of many items, by id; an exception where there is none to be had."""
        if not items:
            return {}
        point("exchange.get")
        ids = [(item.id, item.changekey) for item in items]
        answers = self._on.account.fetch(ids=ids, folder=self._inbox, only_fields=[field], chunk_size=len(ids))
        got: dict[str, Any] = {}
        for (id_, _), answer in zip(ids, answers, strict=True):
            got[id_] = answer if isinstance(answer, Exception) else getattr(answer, field, None)
        return got

    def _folder(self, name: str) -> Any:
        """The folder, made when it is missing."""
        known = self._known_folder(name)
        if known is None:
            point("exchange.create")
            wanted = Messages(root=self._on.root, name=self._shown(name))
            with contextlib.suppress(ews.ErrorFolderExists):
                CreateFolder(account=self._on.account).get(parent_folder=self._on.top, folders=[wanted])
            self._folders.pop(name, None)
            known = self._known_folder(name)
            if known is None:
                raise BackendError(f"{self._settings.place}: the folder {self._shown(name)!r} cannot be made")
        return known

    def _known_folder(self, name: str) -> Any:
        if name == "sent" and not self._settings.sent:
            return self._on.folder(SentItems)
        if name == "deleted":
            return self._on.folder(DeletedItems)
        if name not in self._folders:
            query = SingleFolderQuerySet(account=self._on.account, folder=self._on.top)
            found = query.depth("Shallow").filter(name=self._shown(name)).only("name")
            self._folders[name] = next((one for one in found if not isinstance(one, Exception)), None)
        return self._folders[name]

    def _shown(self, name: str) -> str:
        settings = self._settings
        chosen = {"processed": settings.processed, "quarantine": settings.quarantine, "sent": settings.sent}
        return chosen.get(name) or name[:1].upper() + name[1:]


def _everything(folder: Any, before: datetime | None) -> Any:
    query = folder.filter(datetime_received__lt=_ews(before)) if before else folder.all()
    query = query.only("size", "datetime_received").order_by("datetime_received")
    query.page_size = PAGE
    return query


def _copy(on: Connection, folder: Any, raw: bytes) -> Message:
    """As already read and as already sent, else it would lie there as a draft."""
    return Message(account=on.account, folder=folder, mime_content=raw, is_read=True, message_flags=1)


def _utc(instant: Any) -> datetime | None:
    return datetime.fromtimestamp(instant.timestamp(), tz=UTC) if instant is not None else None


def _ews(instant: datetime) -> EWSDateTime:
    return EWSDateTime.from_datetime(instant.astimezone(UTC) - timedelta(microseconds=instant.microsecond))
