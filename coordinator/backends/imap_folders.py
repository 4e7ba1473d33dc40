"""The folders of an IMAP mailbox: what they are called on this server, making them, and getting mail into them."""

import imaplib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from coordinator import faults
from coordinator.backends import BATCH_BYTES
from coordinator.backends.imap import Settings
from coordinator.backends.portions import portions

COMMAND_MAILS = 100
"""So many mails are appended in one command (RFC 3502)."""

TOGETHER = 16
"""So many names are asked for in one search."""

DELETED, SEEN = rb"\Deleted", rb"\Seen"


class Folders:
    """Folders are named "processed", "quarantine", "sent", or as one likes; what is missing is made.

    client: an `Adopted`. Errors are imaplib's.
    """

    def __init__(self, client: Any, settings: Settings) -> None:
        self._client = client
        self._settings = settings
        self._names: dict[str, str] = {}

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Out of the selected folder, in one go where the server can."""
        client, name = self._client, self._name(folder)
        faults.point("imap.move")
        if client.has_capability("MOVE"):
            self._into(name, lambda: client.move(uids, name))
            faults.point("imap.moved")
            return
        self._into(name, lambda: client.copy(uids, name))
        faults.point("imap.copied")
        client.add_flags(uids, DELETED, silent=True)
        faults.point("imap.flagged")
        if client.has_capability("UIDPLUS"):
            # Never a bare EXPUNGE: it would remove what somebody else has marked.
            client.uid_expunge(uids)
            faults.point("imap.expunged")

    def can_remove(self) -> bool:
        """Whether what was put away is gone from the folder it came from."""
        return bool(self._client.has_capability("MOVE") or self._client.has_capability("UIDPLUS"))

    def append(self, folder: str, raws: Sequence[bytes]) -> None:
        together = COMMAND_MAILS if self._client.has_capability("MULTIAPPEND") else 1
        name = self._name(folder)
        for group in portions(raws, most=together, heaviest=BATCH_BYTES, weight=len):
            faults.point("imap.append")
            self._into(name, partial(self._append, name, group))
            faults.point("imap.appended")

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        """Leaves that folder selected."""
        name = self._name(folder)
        if not self._client.folder_exists(name):
            return frozenset()
        self._client.select_folder(name, readonly=True)
        groups = (message_ids[start : start + TOGETHER] for start in range(0, len(message_ids), TOGETHER))
        return frozenset(id_ for group in groups for id_ in self._found(group))

    def _found(self, message_ids: Sequence[str]) -> Iterator[str]:
        uids = self._client.search(_any_of(message_ids))
        answers = self._client.fetch(uids, ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]) if uids else {}
        lines = b"".join(part for answer in answers.values() for part in answer.values() if isinstance(part, bytes))
        return (id_ for id_ in message_ids if id_.encode() in lines)

    def open(self, folder: str) -> int:
        """Selects it. Its UIDVALIDITY; 0 when there is none of that name."""
        name = self._settings.folder if folder == "inbox" else self._name(folder)
        if not self._client.folder_exists(name):
            return 0
        return int(self._client.select_folder(name)[b"UIDVALIDITY"])

    def look(self, before: datetime | None) -> Iterator[tuple[int, datetime | None, bytes]]:
        """UID, when it came, and the whole of each mail in the selected folder."""
        uids = self._client.search(["BEFORE", before.date()] if before else ["ALL"])
        for start in range(0, len(uids), COMMAND_MAILS):
            answers = self._client.fetch(uids[start : start + COMMAND_MAILS], ["INTERNALDATE", "BODY.PEEK[]"])
            for uid, answer in sorted(answers.items()):
                yield uid, answer.get(b"INTERNALDATE"), answer.get(b"BODY[]") or b""

    def remove(self, uids: Sequence[int]) -> None:
        """Out of the selected folder for good; without UIDPLUS together with what somebody else has marked."""
        faults.point("imap.remove")
        self._client.add_flags(uids, DELETED, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        else:
            self._client.expunge()
        faults.point("imap.removed")

    def make(self, *folders: str) -> None:
        for folder in folders:
            if not self._client.folder_exists(self._name(folder)):
                self._create(self._name(folder))

    def _append(self, name: str, group: Sequence[bytes]) -> None:
        if len(group) == 1:
            self._client.append(name, group[0], flags=(SEEN,))
            return
        # The one command whose answer imapclient hands on without looking at it.
        kind, answer = self._client.multiappend(name, [{"msg": raw, "flags": (SEEN,)} for raw in group])
        if kind != "OK":
            raise imaplib.IMAP4.error(answer[0])

    def _into(self, name: str, act: Callable[[], object]) -> None:
        """Do something that needs a folder; when there is none, make it and do it then."""
        try:
            act()
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if self._client.folder_exists(name):
                raise
            self._create(name)
            act()

    def _create(self, name: str) -> None:
        faults.point("imap.create")
        self._client.create_folder(name)
        try:
            self._client.subscribe_folder(name)  # so that mail programs show it
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            return

    def _name(self, folder: str) -> str:
        """Some servers want a prefix ("INBOX.") before each name, or another separator."""
        if folder not in self._names:
            settings = self._settings
            chosen = {"processed": settings.processed, "quarantine": settings.quarantine, "sent": settings.sent}
            self._names[folder] = self._in_namespace(chosen.get(folder) or folder[:1].upper() + folder[1:])
        return self._names[folder]

    def _in_namespace(self, name: str) -> str:
        if not self._client.has_capability("NAMESPACE"):
            return name
        personal = self._client.namespace().personal
        prefix, separator = personal[0] if personal else ("", "/")
        name = name.replace("/", separator or "/")
        return name if name.startswith(prefix) else prefix + name


def _any_of(message_ids: Sequence[str]) -> list[Any]:
    """What a search for mails with one of these names says: OR takes two at a time."""
    first, *others = message_ids
    return ["OR", _any_of([first]), _any_of(others)] if others else ["HEADER", "Message-ID", first]
