"""A mailbox on an IMAP server: looking, fetching, and putting away."""

import imaplib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from coordinator.backends import BATCH_BYTES, HEAD_BYTES, Fetched
from coordinator.backends.crowd import First, taken
from coordinator.backends.imap import Settings
from coordinator.backends.imap_folders import DELETED, Folders
from coordinator.backends.imap_login import hang_up, imap_faults_told, logged_in
from coordinator.backends.imap_mark import Listed, Mark
from coordinator.backends.imap_words import quoted, written_day
from coordinator.backends.portions import Closing, portions
from coordinator.errors import BackendError
from coordinator.faults import point

COMMAND_UIDS = 500
"""So many UIDs fit into one command line that every server accepts (RFC 7162 §4: 8,192 bytes)."""

WINDOW = 50_000
"""The UIDs of so many messages fit into one answer that imaplib accepts (1,000,000 bytes)."""

_SIZE, _DATE, _FLAGS, _BODY, _HEAD = b"RFC822.SIZE", b"INTERNALDATE", b"FLAGS", b"BODY[]", b"BODY[HEADER]<0>"
_FROM = "BODY.PEEK[HEADER.FIELDS (FROM)]<0.2000>"


class ImapInbox(Closing):
    """One connection with one selected folder. Handles are "uidvalidity/uid".

    Whatever fails on the way, a UID is never used in a folder other than its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.complete = False
        self._settings = settings
        self._connection = logged_in(settings)
        self._adopted: Any = None
        self._known_folders: Folders | None = None
        self._validity = self._next = self._exists = 0
        self._elsewhere = False

    def mark(self) -> str:
        with self._told():
            self._select()
            uids = self._search("ALL")
            messages = [message for chunk in _chunks(uids) for message in self._listed(chunk)]
        next_uid = max(self._next, 1 + max(uids, default=0))
        return Mark.of(validity=self._validity, next_uid=next_uid, messages=messages).written()

    def fetch(
        self, *, mark: str, limit: int, largest: int, batch: int = 100, first: First | None = None
    ) -> Iterator[Sequence[Fetched]]:
        self.complete = False
        since = Mark.read(mark)
        with self._told():
            self._select()
            uids = self._new_uids(since)
            if len(uids) > limit:
                uids = self._without_removed(uids)
        now = taken(uids, limit, first=first, look=self._from_lines)

        def weight(message: Listed) -> int:
            return min(message.size, largest)

        for chunk in _chunks(now):
            with self._told():
                self._return()
                listed = self._listed(chunk)
            for group in portions(listed, most=batch, heaviest=BATCH_BYTES, weight=weight):
                with self._told():
                    self._return()
                    messages = self._fetched(group, largest)
                yield messages
        self.complete = len(uids) <= limit

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        if not handles:
            return
        with self._told():
            self._return()
            for chunk in _chunks([self._uid(handle, self._validity) for handle in handles]):
                self._folders.move(chunk, folder)

    def append(self, folder: str, raw: bytes) -> None:
        self.append_all(folder, [raw])

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        with self._told():
            self._folders.append(folder, raws)

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        if not message_ids:
            return frozenset()
        with self._told():
            self._elsewhere = True
            return self._folders.holding(folder, message_ids)

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:
        with self._told():
            self._elsewhere = True
            validity = self._folders.open(folder)
            for uid, received, raw in self._folders.look(before) if validity else ():
                yield Fetched(handle=f"{validity}/{uid}", size=len(raw), raw=raw, received=_utc(received))

    def remove(self, folder: str, handles: Sequence[str]) -> None:
        with self._told():
            self._elsewhere = True
            validity = self._folders.open(folder)
            for chunk in _chunks([self._uid(handle, validity) for handle in handles]) if validity else ():
                self._folders.remove(chunk)

    def prepare(self) -> None:
        with self._told():
            self._folders.make("processed", "quarantine", "sent")

    def idle(self, timeout: float) -> bool:
        """Ask again before 29 minutes are over (RFC 2177), and look into the mailbox whatever the answer."""
        with self._told():
            if self._elsewhere or not self._validity:
                self._select()
            client = self._client
            if not client.has_capability("IDLE"):
                raise BackendError(f"{self._settings.place}: the server cannot announce mail – use cron", later=False)
            if _announces(client.noop()[1]):
                return True
            client.idle()
            heard = client.idle_check(timeout)
            return _announces(heard) | _announces(client.idle_done()[1])

    def close(self) -> None:
        hang_up(self._connection)

    def _told(self) -> AbstractContextManager[None]:
        return imap_faults_told(self._settings.place)

    @property
    def _client(self) -> Any:
        """An `Adopted`; imapclient declares no types that would tell more."""
        if self._adopted is None:
            # Here, because an idle tick must not pay for loading imapclient.
            from coordinator.backends.imap_adopted import Adopted

            self._adopted = Adopted(self._connection)
        return self._adopted

    @property
    def _folders(self) -> Folders:
        if self._known_folders is None:
            self._known_folders = Folders(self._client, self._settings)
        return self._known_folders

    def _return(self) -> None:
        """To the inbox, after a look into another folder: a UID means nothing there."""
        before = self._validity
        if self._elsewhere:
            self._select()
            self._must_be(before or self._validity, self._validity)

    def _select(self) -> None:
        folder = self._settings.folder
        point("imap.select")
        try:
            kind, answer = self._connection.select(quoted(folder))
        except imaplib.IMAP4.readonly:
            text = f"{self._settings.place}: the folder may only be read – give the account the right to move mail"
            raise BackendError(text, later=False) from None
        if kind != "OK":
            text = f"{self._settings.place}: there is no folder {folder!r} – check inbox.folder"
            raise BackendError(text, later=False)
        self._exists = int(answer[0] or 0)
        self._validity = self._number("UIDVALIDITY")
        self._next = self._number("UIDNEXT")
        self._elsewhere = False

    def _number(self, name: str) -> int:
        _, answer = self._connection.response(name)
        return int(answer[-1]) if answer and answer[-1] else 0

    def _search(self, criteria: str) -> list[int]:
        """UIDs, ascending. Long mailboxes are asked about piece by piece, by position."""
        if not self._exists:
            return []
        found: set[int] = set()
        for first in range(1, self._exists + 1, WINDOW):
            piece = () if self._exists <= WINDOW else (f"{first}:{min(first + WINDOW - 1, self._exists)}",)
            point("imap.search")
            kind, answer = self._connection.uid("SEARCH", *piece, criteria)
            if kind != "OK":
                raise imaplib.IMAP4.error(answer[0])
            found.update(int(number) for line in answer if line for number in line.split())
        return sorted(found)

    def _new_uids(self, since: Mark) -> list[int]:
        if since.validity in {self._validity, 0}:
            # "5:*" includes the last message even when its UID is below 5.
            return [uid for uid in self._search(f"UID {since.next}:*") if uid >= since.next]
        if since.newest is None:
            return self._search("ALL")
        # A day of slack: SINCE compares dates without their time zones.
        uids = self._search(f"SINCE {written_day(since.newest - timedelta(days=1))}")
        messages = (message for chunk in _chunks(uids) for message in self._listed(chunk))
        return [message.uid for message in since.later(messages)]

    def _without_removed(self, uids: Sequence[int]) -> list[int]:
        """What was put away lies in the inbox for good where a server offers no way to remove single messages."""
        if self._folders.can_remove():
            return list(uids)
        left = set(self._search("UNDELETED"))
        return [uid for uid in uids if uid in left]

    def _from_lines(self, uids: Sequence[int]) -> list[bytes]:
        lines: dict[int, bytes] = {}
        for chunk in _chunks(uids):
            with self._told():
                point("imap.look")
                answers = self._client.fetch(chunk, [_FROM])
            for uid, answer in answers.items():
                # Servers differ in how they repeat what was asked for.
                lines[uid] = next((value or b"" for key, value in answer.items() if key.startswith(b"BODY[")), b"")
        return [lines.get(uid, b"") for uid in uids]

    def _listed(self, uids: Sequence[int]) -> list[Listed]:
        """In order, without those that vanished meanwhile."""
        point("imap.list")
        answers = self._client.fetch(uids, [_SIZE, _DATE, _FLAGS])
        listed = [
            Listed(
                uid=uid,
                size=answers[uid].get(_SIZE, 0),
                received=_utc(answers[uid].get(_DATE)),
                deleted=DELETED in (answers[uid].get(_FLAGS) or ()),
            )
            for uid in uids
            if uid in answers
        ]
        if any(message.deleted for message in listed) and not self._folders.can_remove():
            # Put away by us, where the server offers no way to remove single messages.
            return [message for message in listed if not message.deleted]
        return listed

    def _fetched(self, group: Sequence[Listed], largest: int) -> list[Fetched]:
        small = [message.uid for message in group if message.size <= largest]
        large = [message.uid for message in group if message.size > largest]
        point("imap.fetch")
        answers = self._client.fetch(small, ["BODY.PEEK[]"]) if small else {}
        heads = self._client.fetch(large, [f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>"]) if large else {}
        fetched = []
        for message in group:
            if _BODY in answers.get(message.uid, ()):
                raw = self._whole(message, answers[message.uid][_BODY] or b"")
                fetched.append(self._as_fetched(message, raw))
            elif message.uid in heads:
                fetched.append(self._as_fetched(message, None, heads[message.uid].get(_HEAD) or b""))
        return fetched

    def _as_fetched(self, message: Listed, raw: bytes | None, head: bytes = b"") -> Fetched:
        handle = f"{self._validity}/{message.uid}"
        return Fetched(handle=handle, size=message.size, raw=raw, head=head, received=message.received)

    def _whole(self, message: Listed, raw: bytes) -> bytes:
        """Some servers state sizes that are estimates. A size that is missed twice by the same is one of those."""
        if len(raw) == message.size:
            return raw
        again = self._client.fetch([message.uid], ["BODY.PEEK[]"]).get(message.uid, {}).get(_BODY) or b""
        if again != raw:
            raise BackendError(f"{self._settings.place}: a message came incomplete – the next run tries again")
        return raw

    def _uid(self, handle: str, validity: int) -> int:
        known, _, uid = handle.partition("/")
        self._must_be(int(known), validity)
        return int(uid)

    def _must_be(self, known: int, validity: int) -> None:
        if known != validity:
            raise BackendError(f"{self._settings.place}: the mailbox was renumbered – the next run tries again")


def _chunks(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), COMMAND_UIDS):
        yield uids[start : start + COMMAND_UIDS]


def _announces(answers: Sequence[Sequence[object]]) -> bool:
    return any(len(answer) > 1 and answer[1] in {b"EXISTS", b"RECENT"} for answer in answers)


def _utc(instant: object) -> datetime | None:
    return instant.astimezone(UTC) if isinstance(instant, datetime) else None
