"""The same tests on every kind of mailbox and every way out."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.backends.delivery import make_folder
from tests.backends.mailboxes import FolderMailbox, Mailbox, ServerMailbox, on_exchange, on_server, over_tls
from tests.servers import dovecot

_users = itertools.count(1)


@pytest.fixture(scope="session")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    """A Dovecot that says it cannot MOVE, and that keeps every folder below INBOX."""
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    with dovecot.running(tmp_path_factory.mktemp("plain"), move=False, prefix="INBOX.") as server:
        yield server


@pytest.fixture
def user() -> str:
    """Somebody whose mailbox no other test has touched."""
    return f"user{next(_users)}"


@pytest.fixture
def server_mailbox(imap_server: dovecot.Dovecot, user: str) -> ServerMailbox:
    return on_server(imap_server, user)


@pytest.fixture(params=["maildir", "imap", "imap over TLS", "imap without MOVE", "exchange"])
def mailbox(request: pytest.FixtureRequest, tmp_path: Path, user: str) -> Mailbox:
    match request.param:
        case "maildir":
            make_folder(tmp_path / "mail")
            return FolderMailbox(path=tmp_path / "mail")
        case "imap":
            return on_server(request.getfixturevalue("imap_server"), user)
        case "imap over TLS":
            return over_tls(on_server(request.getfixturevalue("imap_server"), user))
        case "exchange":
            return on_exchange(request.getfixturevalue("exchange_server"), user)
        case _:
            return on_server(request.getfixturevalue("plain_server"), user, prefix="INBOX.")
