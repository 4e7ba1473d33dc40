"""The same chapter on a folder and on real servers."""

from itertools import count
from pathlib import Path

import pytest

from tests.e2e.chapters import Chapter, on_maildir, on_servers

_USERS = count(1)


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """On a Maildir; see `everywhere` for both."""
    return on_maildir(tmp_path / "elm")


@pytest.fixture(params=["maildir", "servers"])
def everywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Chapter:
    if request.param == "maildir":
        return on_maildir(tmp_path / "elm")
    server, sink = request.getfixturevalue("imap_server"), request.getfixturevalue("sink")
    return on_servers(tmp_path / "elm", server, sink, f"elm{next(_USERS)}@example.org")
