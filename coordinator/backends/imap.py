"""Settings of an IMAP mailbox. Its libraries are imported when one is opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.backends import Inbox
from coordinator.backends.server import Server


@dataclass(frozen=True, kw_only=True)
class Settings(Server):
    """folder: where mail comes in. processed, quarantine, sent: where it is put; they are made when missing."""

    port: int = 993
    folder: str = "INBOX"
    processed: str = "Processed"
    quarantine: str = "Quarantine"
    sent: str = "Sent"

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from super().problems()
        if not self.username:
            yield "username", "missing – a mailbox needs a user name and a password"
        names = {"folder": self.folder, "processed": self.processed, "quarantine": self.quarantine, "sent": self.sent}
        for key, name in names.items():
            if not name or any(ord(character) < 32 for character in name):
                yield key, "not the name of a folder"
            elif key != "folder" and name == self.folder:
                yield key, "must differ from the folder where mail comes in"


def open_inbox(settings: Settings) -> Inbox:
    """Connects and logs in."""
    # Here, because a configuration that names a server is read by commands that never talk to it.
    from coordinator.backends.imap_inbox import ImapInbox

    return ImapInbox(settings)
