"""The settings that every server needs, and which of them would be unsafe; imports nothing heavy."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from coordinator.backends.secrets import Secret


@dataclass(frozen=True, kw_only=True)
class Server:
    """How to reach a server and who logs in. TLS from the first byte, unless one of the two switches is set.

    starttls: connect in the clear, then insist on TLS before anything else. plaintext: no TLS at all, for a server on
    this machine. ca_file: a certificate authority to trust beside the system's, None = none. username: "" = no login.
    """

    host: str
    port: int
    username: str = ""
    secret: Secret | None = None
    starttls: bool = False
    plaintext: bool = False
    ca_file: Path | None = None

    @property
    def place(self) -> str:
        """Names the server in messages."""
        return f"{self.host}:{self.port}"

    def problems(self) -> Iterator[tuple[str, str]]:
        """(setting, fault – way out) for values that are right by themselves and wrong together."""
        if not self.host or any(not 32 < ord(character) < 127 for character in self.host):
            yield "host", "not a host name – such as mail.example.org"
        if not 0 < self.port < 65536:
            yield "port", "no such port – a number from 1 to 65535"
        if self.plaintext and self.starttls:
            yield "starttls", "contradicts plaintext – keep one of the two"
        if self.plaintext and not is_loopback(self.host):
            yield "plaintext", "only for a server on this machine (localhost) – remove it, so that TLS is used"
        if any(ord(character) < 32 for character in self.username):
            yield "username", "holds control characters"
        if self.username and self.secret is None:
            yield (
                "username",
                "has no password – add password_command, password_file, password_env, token_command or oauth",
            )
        if self.secret is not None and not self.username:
            yield "username", "missing – a password needs a user name beside it"


def is_loopback(host: str) -> bool:
    """Whether the name can only mean this machine, without asking anybody."""
    if host.casefold() in {"localhost", "localhost."}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
