"""Chapters to run commands on."""

from pathlib import Path

import pytest

from tests.cli.running import founded, with_pair


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A chapter without anybody in it, on Maildir folders."""
    return founded(tmp_path / "elm")


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    """Mona mentors Maya, Adam advises; nothing was sent yet."""
    return with_pair(tmp_path / "elm")
