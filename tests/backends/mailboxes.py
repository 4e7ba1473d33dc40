"""Mailboxes of every kind, seen from outside: what a test delivers into them and finds in them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from coordinator.backends import Fetched, Inbox, exchange, imap, maildir, open_inbox
from coordinator.backends.secrets import Secret
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import PASSWORD, Double

LARGE = 10_000_000


class Mailbox(Protocol):
    def open(self) -> Inbox: ...
    def deliver(self, raw: bytes) -> None: ...
    def mails(self, folder: str = "") -> list[bytes]: ...


@dataclass(kw_only=True)
class FolderMailbox:
    """A Maildir, filled as a mail server fills it."""

    path: Path
    count: int = 0

    def open(self) -> Inbox:
        return open_inbox("maildir", maildir.Settings(path=self.path))

    def deliver(self, raw: bytes) -> None:
        self.count += 1
        path = self.path / "new" / f"{self.count}.M1P2.example"
        path.write_bytes(raw)
        os.utime(path, (self.count, self.count))

    def mails(self, folder: str = "") -> list[bytes]:
        root = self.path / f".{folder}" if folder else self.path
        paths = [path for part in ("new", "cur") for path in (root / part).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name))]


@dataclass(kw_only=True)
class ServerMailbox:
    """One user's mailbox on a real Dovecot. prefix: what its server wants before folder names."""

    server: Dovecot
    settings: imap.Settings
    prefix: str = ""
    opened: list[Inbox] = field(default_factory=list)

    def open(self) -> Inbox:
        return open_inbox("imap", self.settings)

    def deliver(self, raw: bytes) -> None:
        self.server.deliver(self.settings.username, raw)

    def mails(self, folder: str = "") -> list[bytes]:
        return self.server.mails(self.settings.username, self.prefix + folder if folder else "INBOX")


@dataclass(kw_only=True)
class ExchangeMailbox:
    """One user's mailbox on the double of Exchange."""

    double: Double
    settings: exchange.Settings

    def open(self) -> Inbox:
        return open_inbox("exchange", self.settings)

    def deliver(self, raw: bytes) -> None:
        self.double.deliver(self.settings.address, raw)

    def mails(self, folder: str = "") -> list[bytes]:
        return self.double.mails(self.settings.address, folder)


def on_exchange(double: Double, user: str, **changes: Any) -> ExchangeMailbox:
    os.environ["COORDINATOR_TEST_PASSWORD_EWS"] = PASSWORD
    address = f"{user}@example.org"
    double.add(address)
    secret = Secret(env="COORDINATOR_TEST_PASSWORD_EWS")
    values: dict[str, Any] = {"address": address, "endpoint": double.endpoint, "plaintext": True, "secret": secret}
    return ExchangeMailbox(double=double, settings=exchange.Settings(**(values | changes)))


def on_server(server: Dovecot, user: str, *, prefix: str = "") -> ServerMailbox:
    os.environ["COORDINATOR_TEST_PASSWORD"] = server.password
    secret = Secret(env="COORDINATOR_TEST_PASSWORD")
    settings = imap.Settings(host=server.host, port=server.port, plaintext=True, username=user, secret=secret)
    return ServerMailbox(server=server, settings=settings, prefix=prefix)


def over_tls(mailbox: ServerMailbox) -> ServerMailbox:
    server = mailbox.server
    settings = replace(mailbox.settings, plaintext=False, port=server.tls_port, ca_file=server.authority.ca)
    return replace(mailbox, settings=settings)


def mail(number: int, *, size: int = 0) -> bytes:
    text = f"From: ada@example.org\r\nSubject: mail {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\nmail {number}\r\n"
    return text.encode() + b"x" * size


def everything(
    inbox: Inbox, *, mark: str = "", limit: int = 1000, largest: int = LARGE, batch: int = 100
) -> list[Fetched]:
    return [message for group in inbox.fetch(mark=mark, limit=limit, largest=largest, batch=batch) for message in group]


def bodies(messages: Iterable[Fetched]) -> list[bytes | None]:
    return [message.raw for message in messages]
