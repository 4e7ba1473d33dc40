"""From nothing to a mailbox that one may look into: connect, TLS, log in.

The standard library's imaplib, because nine of ten ticks find nothing and need no more than this; loading imapclient
costs more than the whole conversation.
"""

import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator

from coordinator.backends.imap import Settings
from coordinator.backends.secrets import Secret
from coordinator.backends.wire import CONNECT_SECONDS, READ_SECONDS, encryption, faults_told, refused, tidy
from coordinator.errors import BackendError, LoginError
from coordinator.faults import point

GOODBYE_SECONDS = 5
_BUSY = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\]", re.IGNORECASE)
"""Response codes (RFC 5530) of a server that refuses for other reasons than the credentials."""

_ATOM = re.compile(r"[!#$&'+,\-./0-9:;<=>?@A-Z\[^_`a-z|}~]+")
"""User names that can stand in a LOGIN command as they are; imaplib quotes the password only."""


def logged_in(settings: Settings) -> imaplib.IMAP4:
    """A connection on which commands may be given. LoginError or BackendError, with the connection closed."""
    secret = settings.secret or Secret()
    try:
        return _entered(settings, secret, secret.read())
    except LoginError:
        if secret.grant is None:
            raise
        # The token that was kept may have been revoked; a new one tells.
        return _entered(settings, secret, secret.read(fresh=True))


def _entered(settings: Settings, secret: Secret, value: str) -> imaplib.IMAP4:
    with imap_faults_told(settings.place):
        point("imap.connect")
        connection = _connected(settings)
        try:
            point("imap.login")
            _log_in(connection, settings, secret, value)
        except BaseException:
            hang_up(connection)
            raise
    return connection


@contextlib.contextmanager
def imap_faults_told(place: str) -> Iterator[None]:
    """Also what the server answers when it will not do something."""
    with faults_told(place):
        try:
            yield
        except imaplib.IMAP4.abort as error:
            # Its text may hold a piece of a mail.
            raise BackendError(f"{place}: the connection broke off – the next run tries again") from error
        except imaplib.IMAP4.error as error:
            raise BackendError(f"{place}: the server refused: {tidy(error)}") from error


def hang_up(connection: imaplib.IMAP4) -> None:
    """Say goodbye if that is quickly done; a connection that is dead is dropped."""
    try:
        connection.sock.settimeout(GOODBYE_SECONDS)
        connection.logout()
    except (imaplib.IMAP4.error, OSError):
        with contextlib.suppress(OSError):
            connection.shutdown()


def _connected(settings: Settings) -> imaplib.IMAP4:
    context = encryption(settings)
    if context is not None and not settings.starttls:
        connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            settings.host, settings.port, ssl_context=context, timeout=CONNECT_SECONDS
        )
    else:
        connection = imaplib.IMAP4(settings.host, settings.port, timeout=CONNECT_SECONDS)
    try:
        connection.sock.settimeout(READ_SECONDS)
        # A mail and the line that ends it are two writes: the second would wait for the server to confirm the first.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if settings.starttls:
            _encrypt(connection, settings, context)
    except BaseException:
        hang_up(connection)
        raise
    return connection


def _encrypt(connection: imaplib.IMAP4, settings: Settings, context: ssl.SSLContext | None) -> None:
    """Before anything else is said."""
    if "STARTTLS" not in connection.capabilities or connection.state != "NONAUTH":
        text = f"{settings.place}: the server, or somebody between, does not offer STARTTLS – nobody logged in"
        raise BackendError(text, later=False)
    connection.starttls(context)


def _log_in(connection: imaplib.IMAP4, settings: Settings, secret: Secret, value: str) -> None:
    user = settings.username
    challenges: list[bytes] = []
    try:
        if secret.kind == "token":
            _with_token(connection, settings, value, challenges)
        elif value.isascii() and _ATOM.fullmatch(user):
            connection.login(user, value)
        else:
            connection.authenticate("PLAIN", lambda _: f"\0{user}\0{value}".encode())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        answer = error.args[0] if error.args else ""
        said = tidy(answer, value, user)
        if _BUSY.search(said):
            raise BackendError(f"{settings.place}: the server is not available now: {said}") from None
        # `from None`: the answer of a strange server may repeat what it was sent.
        raise refused(settings.place, said, secret, value, user, b"".join(challenges)) from None


def _with_token(connection: imaplib.IMAP4, settings: Settings, token: str, challenges: list[bytes]) -> None:
    """Fills `challenges` with what the server says of a token that it refuses."""
    from coordinator.backends.oauth.sasl import ending, mechanism, opening

    offered = {word.removeprefix("AUTH=") for word in connection.capabilities if word.startswith("AUTH=")}
    name = mechanism(offered)
    said = opening(name, user=settings.username, token=token, host=settings.host, port=settings.port)

    def answer(challenge: bytes) -> bytes:
        if not challenge:
            return said.encode()
        challenges.append(challenge)
        return ending(name).encode()

    connection.authenticate(name, answer)
