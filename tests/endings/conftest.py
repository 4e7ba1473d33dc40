"""A chapter with a mailbox to play endings on."""

from pathlib import Path

import pytest

from tests.e2e.chapters import Chapter, on_maildir


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    return on_maildir(tmp_path / "elm")
