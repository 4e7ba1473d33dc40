"""Servers that a whole test session shares."""

from collections.abc import Iterator

import pytest

from tests.servers import dovecot, smtp_sink


@pytest.fixture(scope="session")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    """A real Dovecot that can MOVE; every user name is a mailbox of its own."""
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    with dovecot.running(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture(scope="session")
def shared_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[smtp_sink.Sink]:
    with smtp_sink.running(tmp_path_factory.mktemp("smtp")) as sink:
        yield sink


@pytest.fixture
def sink(shared_sink: smtp_sink.Sink) -> smtp_sink.Sink:
    """An SMTP server without a script that has accepted nothing yet."""
    shared_sink.reset()
    return shared_sink
