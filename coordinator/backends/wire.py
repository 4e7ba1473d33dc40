"""What every connection has in common: TLS that is verified, and faults told plainly, without a secret."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from ssl import (
    SSLCertVerificationError,
    SSLContext,
    SSLError,
    TLSVersion,
    create_default_context,
    get_default_verify_paths,
)

from coordinator.backends.secrets import Secret
from coordinator.backends.server import Server, is_loopback
from coordinator.errors import BackendError, ConfigurationError, LoginError

CONNECT_SECONDS = 10
READ_SECONDS = 60

WHOLE_SYSTEM = 50
"""A folder with so many authorities holds those of the system, not a few that somebody added."""


_ADDRESS = re.compile(r"\S+@\S+")


def encryption(server: Server) -> SSLContext | None:
    """What to wrap a connection to this server in; None for plain text, which never leaves this machine."""
    if not server.plaintext:
        return tls(server.ca_file)
    if not is_loopback(server.host):
        raise ConfigurationError(f"{server.place}: plaintext is only for a server on this machine – remove it")
    return None


@cache
def tls(ca_file: Path | None) -> SSLContext:
    """Verifies certificate and host name, TLS 1.2 at least. One a process: making it costs more than an idle login.

    BackendError when the file with the authority cannot be used.
    """
    context = _trusting_the_system()
    context.minimum_version = max(context.minimum_version, TLSVersion.TLSv1_2)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # SSLError is one of them
            raise BackendError(f"ca_file: {ca_file.name} cannot be used ({error.strerror})", later=False) from error
    return context


def _trusting_the_system() -> SSLContext:
    """Where each authority lies in a file named by its hash, OpenSSL looks up the one that it needs.

    Reading the bundle of all of them costs as much as everything else that an idle tick does.
    """
    folder = get_default_verify_paths().capath
    if "SSL_CERT_FILE" in os.environ or folder is None:
        return create_default_context()
    indexed = sum(1 for path in os.scandir(folder) if path.name.endswith(".0"))
    return create_default_context(capath=folder) if indexed >= WHOLE_SYSTEM else create_default_context()


@contextmanager
def faults_told(place: str) -> Iterator[None]:
    """Whatever goes wrong between us and a server becomes a `LoginError` or a `BackendError` that names the server.

    A certificate that cannot be verified counts as a refused login: it needs a human, today.
    """
    try:
        yield
    except SSLCertVerificationError as error:
        raise LoginError(
            f"{place}: the certificate cannot be trusted ({error.verify_message}) – nothing was sent; "
            "check host, clock and ca_file"
        ) from error
    except SSLError as error:
        text = f"{place}: no TLS connection ({error.reason or 'broken off'}) – check port and starttls"
        raise BackendError(text) from error
    except socket.gaierror as error:
        raise BackendError(f"{place}: the host name cannot be resolved – check host and the network") from error
    except TimeoutError as error:
        raise BackendError(f"{place}: no answer in time – the next run tries again") from error
    except OSError as error:
        text = f"{place}: the connection failed ({error.strerror or 'broken off'}) – the next run tries again"
        raise BackendError(text) from error


def refused(
    place: str, said: str, secret: Secret, value: str, user: str, challenge: bytes | str = b"", *, words: str = ""
) -> LoginError:
    """A refused login in one sentence, with what to do next. said: tidied; words: the same, whole."""
    # Here, because most logins are not refused.
    from coordinator.backends.refusals import mail_refusal

    known = mail_refusal(words or said)
    if known is None and secret.kind == "token":
        from coordinator.backends.oauth.sasl import token_fault

        known = token_fault(value, challenge, user)
        if known and secret.grant is None:
            known = known[0], known[1].replace("run coordinator login", "sign in again with what token_command runs")
    if known is None:
        return LoginError(f"{place}: login refused: {said} – check username and {secret.kind}")
    return LoginError(f"{place}: login refused: {known[0]} – {known[1]} ({said})")


def tidy(answer: object, *hidden: str) -> str:
    """What a server said, fit for a message: one short printable line without an address and without `hidden`."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    for word in hidden:
        text = text.replace(word, "…") if word else text
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(_ADDRESS.sub("…", printable).split())[:160]
