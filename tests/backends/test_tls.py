"""No password leaves before the server has proven who it is."""

import contextlib
import os
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.backends import imap, open_inbox, open_outbox, smtp
from coordinator.backends.secrets import Secret
from coordinator.errors import BackendError, LoginError
from tests.backends.mailboxes import everything, on_server
from tests.servers import dovecot, scripted, smtp_sink
from tests.servers.authority import Authority, authority

pytestmark = pytest.mark.server

SECRET = Secret(env="COORDINATOR_TEST_PASSWORD")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COORDINATOR_TEST_PASSWORD", "hunter2")


def read_mail(port: int, **settings: object) -> None:
    usual = imap.Settings(host="localhost", port=port, username="ada", secret=SECRET)
    with open_inbox("imap", replace(usual, **settings)) as inbox:  # type: ignore[arg-type]
        everything(inbox)


def send_mail(port: int, **settings: object) -> None:
    usual = smtp.Settings(host="localhost", port=port, username="ada", secret=SECRET)
    with open_outbox("smtp", replace(usual, **settings)) as outbox:  # type: ignore[arg-type]
        outbox.send(sender="a@example.org", recipient="b@example.org", raw=b"\r\n")


@contextlib.contextmanager
def listening_over_tls(files: Authority, newest: ssl.TLSVersion) -> Iterator[tuple[int, bytearray]]:
    """A server behind TLS that notes every byte that came through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    with warnings.catch_warnings(action="ignore"):  # that TLS 1.1 is old is the point
        context.maximum_version = newest
    context.set_ciphers("ALL:@SECLEVEL=0")
    listener = socket.create_server(("127.0.0.1", 0))
    heard = bytearray()

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                with context.wrap_socket(connection, server_side=True) as wrapped:
                    heard.extend(wrapped.recv(1000))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        thread.join(timeout=10)
        listener.close()


@pytest.mark.parametrize("talk", [read_mail, send_mail])
@pytest.mark.parametrize("fault", ["unknown authority", "expired", "another host", "TLS 1.1"])
def test_a_server_that_cannot_be_trusted_hears_nothing(tmp_path: Path, talk: Callable[..., None], fault: str) -> None:
    names = ("mail.example.com",) if fault == "another host" else ("localhost",)
    files = authority(tmp_path / "server", names=names, expired=fault == "expired")
    trusted = authority(tmp_path / "other") if fault == "unknown authority" else files
    newest = ssl.TLSVersion.TLSv1_1 if fault == "TLS 1.1" else ssl.TLSVersion.TLSv1_3
    with listening_over_tls(files, newest) as (port, heard):
        with pytest.raises(BackendError if fault == "TLS 1.1" else LoginError) as caught:
            talk(port, ca_file=trusted.ca)
        assert f"localhost:{port}" in str(caught.value)
    assert heard == b""


IMAP_WITHOUT = (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", b"* CAPABILITY IMAP4rev1\r\n")
IMAP_PREAUTH = (b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")


@pytest.mark.parametrize(("greeting", "capability"), [IMAP_WITHOUT, IMAP_PREAUTH])
def test_a_mailbox_that_hides_starttls_hears_no_password(greeting: bytes, capability: bytes) -> None:
    def answer(line: bytes) -> bytes:
        tag = line.split(b" ")[0]
        return (capability if b"CAPABILITY" in line else b"") + tag + b" OK done\r\n"

    with scripted.running(greeting, answer) as server:
        with pytest.raises(BackendError, match="does not offer STARTTLS") as caught:
            read_mail(server.port, starttls=True)
        assert not caught.value.later
        assert b"LOGIN" not in server.heard
        assert b"hunter2" not in server.heard


def test_a_mail_server_that_hides_starttls_hears_no_password() -> None:
    with scripted.running(b"220 ready\r\n", lambda _: b"250-here\r\n250 AUTH PLAIN\r\n") as server:
        with pytest.raises(BackendError, match="STARTTLS") as caught:
            send_mail(server.port, starttls=True)
        assert not caught.value.later
        assert b"AUTH" not in bytes(server.heard).upper()


@contextlib.contextmanager
def upgrading(
    files: Authority, greeting: bytes, clear: Callable[[bytes], bytes], behind: Callable[[bytes], bytes]
) -> Iterator[tuple[int, bytearray]]:
    """A server that turns to TLS after STARTTLS, in fact; what it heard behind it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    listener = socket.create_server(("127.0.0.1", 0))
    heard = bytearray()

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            connection.settimeout(5)
            with connection, contextlib.suppress(OSError, ValueError):
                connection.sendall(greeting)
                said = b""
                while b"STARTTLS" not in said:
                    said = connection.recv(1000)
                    connection.sendall(clear(said))
                with context.wrap_socket(connection, server_side=True) as wrapped:
                    while said := wrapped.recv(1000):
                        heard.extend(said)
                        wrapped.sendall(behind(said))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.close()
        thread.join(timeout=10)


def test_a_mail_server_that_answers_ahead_of_the_handshake_is_not_believed(tmp_path: Path) -> None:
    """Whoever sits between could put words into the clear text that would be read as if they came through TLS."""
    files = authority(tmp_path, names=("localhost",))

    def clear(said: bytes) -> bytes:
        ahead = b"250-here\r\n250 AUTH PLAIN\r\n"
        return b"220 go\r\n" + ahead if b"STARTTLS" in said else b"250-here\r\n250 STARTTLS\r\n"

    with (
        upgrading(files, b"220 ready\r\n", clear, lambda _: b"250-here\r\n250 SIZE 9999\r\n") as (port, heard),
        pytest.raises(LoginError, match="offers no login that we know"),
    ):
        send_mail(port, starttls=True, ca_file=files.ca)
    assert heard.lower().startswith(b"ehlo")
    assert b"AUTH" not in heard.upper()


def test_a_mailbox_that_answers_ahead_of_the_handshake_is_not_believed(tmp_path: Path) -> None:
    files = authority(tmp_path, names=("localhost",))

    def tag_of(said: bytes) -> bytes:
        return said.split(b" ")[0]

    def clear(said: bytes) -> bytes:
        tag = tag_of(said)
        if b"STARTTLS" not in said:
            return b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n"
        number = int(bytes(c for c in tag if chr(c).isdigit()))
        name = tag.rstrip(b"0123456789")
        ahead = (b"%s%d OK yes\r\n" % (name, number + more) for more in range(1, 9))
        return tag + b" OK go\r\n* CAPABILITY IMAP4rev1\r\n" + b"".join(ahead)

    def behind(said: bytes) -> bytes:
        if b"CAPABILITY" in said:
            return b"* CAPABILITY IMAP4rev1\r\n" + tag_of(said) + b" OK done\r\n"
        return tag_of(said) + (b" NO [AUTHENTICATIONFAILED] no\r\n" if b"LOGIN" in said else b" OK done\r\n")

    with (
        upgrading(files, b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", clear, behind) as (port, heard),
        pytest.raises(LoginError),
    ):
        read_mail(port, starttls=True, ca_file=files.ca)
    assert b"LOGIN" in heard
    assert b"SELECT" not in heard


def test_starttls_with_a_good_certificate_reads_mail(imap_server: dovecot.Dovecot, user: str) -> None:
    settings = replace(
        on_server(imap_server, user).settings, plaintext=False, starttls=True, ca_file=imap_server.authority.ca
    )
    os.environ["COORDINATOR_TEST_PASSWORD"] = imap_server.password
    with open_inbox("imap", settings) as inbox:
        assert everything(inbox) == []


def test_starttls_with_a_certificate_of_nobody_we_know_ends_there(imap_server: dovecot.Dovecot, tmp_path: Path) -> None:
    with pytest.raises(LoginError, match="certificate cannot be trusted"):
        read_mail(imap_server.port, starttls=True)
    with smtp_sink.running(tmp_path, mode="starttls", login=True) as sink:
        with pytest.raises(LoginError, match="certificate cannot be trusted"):
            send_mail(sink.port, starttls=True)
        assert sink.logins == []


def test_a_file_that_is_no_authority_is_named(imap_server: dovecot.Dovecot, tmp_path: Path) -> None:
    nonsense = tmp_path / "authority.pem"
    nonsense.write_text("not a certificate")
    for path in (nonsense, tmp_path / "missing.pem"):
        with pytest.raises(BackendError, match=r"^ca_file: (authority|missing).pem") as caught:
            read_mail(imap_server.tls_port, ca_file=path)
        assert not caught.value.later


def test_a_port_without_tls_is_recognised(imap_server: dovecot.Dovecot) -> None:
    with pytest.raises(BackendError, match="no TLS connection"):
        read_mail(imap_server.port)
