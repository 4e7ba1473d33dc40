"""Sending through an SMTP server: settings, and one connection that is opened by the first mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.backends import SendError
from coordinator.backends.addresses import address_fault
from coordinator.backends.portions import Closing
from coordinator.backends.server import Server

if TYPE_CHECKING:
    from coordinator.backends.smtp_session import Session


@dataclass(frozen=True, kw_only=True)
class Settings(Server):
    """hello: the name we greet with, "" = the name of this machine."""

    port: int = 465
    hello: str = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from super().problems()
        if any(not 32 < ord(character) < 127 for character in self.hello):
            yield "hello", "not a host name – leave it out to use the name of this machine"


def open_outbox(settings: Settings) -> "SmtpOutbox":
    return SmtpOutbox(settings)


class SmtpOutbox(Closing):
    """One envelope, one recipient, always: what a server says then concerns that person and nobody else."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session: Session | None = None

    def prove(self) -> None:
        self.close()
        self._session = self._connected()

    def send(self, *, sender: str, recipient: str, raw: bytes) -> None:
        """LoginError beside SendError. A sender of "" makes a mail that nobody bounces."""
        for address in (recipient, sender):
            fault = address_fault(address) if address or address is recipient else None
            if fault:
                raise SendError(f"an address {fault}", scope="recipient", status="5.1.3", later=False)
        if self._session is not None and not self._session.is_ready():
            self.close()
        if self._session is None:
            self._session = self._connected()
        self._session.send(sender, recipient, raw)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _connected(self) -> "Session":
        # Here, because a tick that sends nothing must not pay for loading smtplib.
        from coordinator.backends.smtp_session import Session

        return Session(self._settings)
