"""A mailbox and a calendar on Microsoft Exchange, by Exchange Web Services: settings; the library is imported late."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coordinator.backends import Calendar, Inbox, Outbox
from coordinator.backends.addresses import address_fault
from coordinator.backends.secrets import Secret
from coordinator.backends.server import is_loopback
from coordinator.errors import ConfigurationError

if TYPE_CHECKING:
    from coordinator.backends.exchange.account import Connection

AUTHS = ("", "basic", "ntlm", "oauth")
ACCESSES = ("delegate", "impersonation")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """address: the mailbox. endpoint: its Exchange.asmx, "" = found by autodiscover. username: "" = the address.

    auth: "" = oauth with a token, else basic. access: as somebody who may open the mailbox (delegate), or as a service
    account in its name (impersonation). patience: seconds to wait in one run, in all, when the server asks for it.
    sent: "" = Sent Items. rooms: the address of a room list, "" = none.
    """

    address: str
    endpoint: str = ""
    username: str = ""
    secret: Secret | None = None
    auth: str = ""
    access: str = "delegate"
    plaintext: bool = False
    ca_file: Path | None = None
    processed: str = "Processed"
    quarantine: str = "Quarantine"
    sent: str = ""
    rooms: str = ""
    patience: int = 60

    @property
    def place(self) -> str:
        """Names the server in messages."""
        return urlsplit(self.endpoint).netloc or "Exchange"

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""

    @property
    def kind(self) -> str:
        """How somebody logs in."""
        return self.auth or ("oauth" if self.secret and self.secret.kind == "token" else "basic")

    def problems(self) -> Iterator[tuple[str, str]]:
        """(setting, fault – way out) for values that are right by themselves and wrong together."""
        if fault := address_fault(self.address):
            yield "address", f"{fault} – the address of the mailbox, such as mentoring@example.org"
        yield from self._endpoint_problems()
        if self.auth not in AUTHS:
            yield "auth", "unknown – one of: basic, ntlm, oauth; or leave it out"
        elif (self.kind == "oauth") != bool(self.secret and self.secret.kind == "token") and self.secret:
            yield "auth", "contradicts the secret – oauth needs oauth = true or token_command, the others a password"
        if self.access not in ACCESSES:
            yield "access", "unknown – delegate or impersonation"
        if self.secret is None:
            yield (
                "username",
                "has no password – add password_command, password_file, password_env, token_command or oauth",
            )
        if self.rooms and (fault := address_fault(self.rooms)):
            yield "rooms", f"{fault} – the address of a room list"
        for key, name in (("processed", self.processed), ("quarantine", self.quarantine)):
            if not name or any(ord(character) < 32 or character in "/\\" for character in name):
                yield key, "not the name of a folder"

    def _endpoint_problems(self) -> Iterator[tuple[str, str]]:
        parts = urlsplit(self.endpoint)
        if self.endpoint and (parts.scheme not in {"https", "http"} or not parts.hostname):
            yield "endpoint", "not an address – such as https://mail.example.org/EWS/Exchange.asmx"
        elif self.plaintext and not is_loopback(self.host):
            yield "plaintext", "only for a server on this machine (localhost) – remove it, so that TLS is used"
        elif parts.scheme == "http" and not self.plaintext:
            yield "endpoint", "must begin with https://"


def open_inbox(settings: Settings) -> Inbox:
    """Connects and logs in."""
    connection = _connection(settings)
    from coordinator.backends.exchange.inbox import ExchangeInbox

    return ExchangeInbox(settings, connection)


def open_outbox(settings: Settings) -> Outbox:
    from coordinator.backends.exchange.outbox import ExchangeOutbox

    return ExchangeOutbox(settings, lambda: _connection(settings))


def open_calendar(settings: Settings) -> Calendar:
    connection = _connection(settings)
    from coordinator.backends.exchange.calendar import ExchangeCalendar

    return ExchangeCalendar(settings, connection)


def _connection(settings: Settings) -> "Connection":
    try:
        from coordinator.backends.exchange.account import connection
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "coordinator":
            raise
        way = "run pip install 'coordinator[exchange]'"
        raise ConfigurationError(f"[exchange]: the library for Exchange is not installed – {way}") from None
    return connection(settings)
