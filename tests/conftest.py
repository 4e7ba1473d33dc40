"""Servers that a whole test session shares, and the list of requirements without a test."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import requirements
from tests.servers import dovecot, smtp_sink

if TYPE_CHECKING:
    from tests.servers import exchange


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--requirements", action="store_true", help="Print the requirements without a test; run nothing.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--requirements"):
        config.stash[_REPORT] = requirements.report(items)
        items.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_REPORT, []):
        terminalreporter.write_line(line)


_REPORT = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    """A real Dovecot that can MOVE; every user name is a mailbox of its own."""
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    with dovecot.running(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture(scope="session")
def shared_exchange() -> Iterator["exchange.Double"]:
    # Here, because its libraries take a second to load.
    from tests.servers import exchange

    with exchange.running() as double:
        yield double


@pytest.fixture
def exchange_server(shared_exchange: "exchange.Double") -> Iterator["exchange.Double"]:
    """A double of Exchange without a script; whatever passed was as Microsoft's schema wants it."""
    shared_exchange.reset()
    yield shared_exchange
    assert shared_exchange.invalid == []


@pytest.fixture(scope="session")
def shared_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[smtp_sink.Sink]:
    with smtp_sink.running(tmp_path_factory.mktemp("smtp")) as sink:
        yield sink


@pytest.fixture
def sink(shared_sink: smtp_sink.Sink) -> smtp_sink.Sink:
    """An SMTP server without a script that has accepted nothing yet."""
    shared_sink.reset()
    return shared_sink
