"""Mail in a folder, without a server: a Maildir++ to read from, and a Maildir in which each sent mail is one file.

Own code instead of the standard library's `mailbox`, because a mail must be on the disk before it counts as sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coordinator.backends import Inbox, SendError
from coordinator.backends.addresses import address_fault
from coordinator.backends.delivery import Delivery, make_folder
from coordinator.backends.maildir_inbox import MaildirInbox
from coordinator.backends.portions import Closing


@dataclass(frozen=True, kw_only=True)
class Settings:
    """path: the Maildir. durable: wait for the disk after each mail; False is for invented seasons only."""

    path: Path
    durable: bool = True

    def problems(self) -> Iterator[tuple[str, str]]:
        """Nothing here can be right by itself and wrong together."""
        return iter(())


def open_inbox(settings: Settings) -> Inbox:
    return MaildirInbox(path=settings.path, durable=settings.durable)


def open_outbox(settings: Settings) -> "MaildirOutbox":
    return MaildirOutbox(settings)


class MaildirOutbox(Closing):
    """Each mail becomes a file in `new` with `Delivered-To` in front, which names its one recipient."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._delivery: Delivery | None = None

    def prove(self) -> None:
        make_folder(self._settings.path)

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        fault = address_fault(recipient) or (address_fault(sender) if sender else None)
        if fault:
            raise SendError(f"an address {fault}", scope="recipient", status="5.1.3", later=False)
        if self._delivery is None:
            make_folder(self._settings.path)
            self._delivery = Delivery(self._settings.path, durable=self._settings.durable)
        line_end = b"\r\n" if b"\r\n" in raw else b"\n"
        self._delivery.write(b"Delivered-To: " + recipient.encode() + line_end + raw)
