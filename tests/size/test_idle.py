"""A tick with nothing to do: what it must not load. Most ticks are of this kind, on the smallest of machines."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import startup
from tests.servers import dovecot

NEVER = (
    *("exchangelib", "icalendar", "jinja2", "markdown_it", "css_inline", "imapclient", "tinydb", "smtplib"),
    *("email.message", "email.parser", "email.policy", "zoneinfo", "importlib.resources", "difflib", "asyncio"),
    *("coordinator.core.records", "coordinator.core.program", "coordinator.core.words", "coordinator.formats"),
    *("coordinator.tick.work", "coordinator.store.work", "coordinator.programs.loading", "coordinator.demo"),
)
ASK = "import sys\nfrom coordinator.cli import main\nmain(sys.argv[1:])\nprint(*sys.modules)"


def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", ASK, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.split())


@pytest.mark.server
@pytest.mark.skipif(dovecot.program() is None, reason="Dovecot is not installed")
def test_an_idle_tick_over_imap_loads_no_heavy_library_and_no_record(tmp_path: Path) -> None:
    with dovecot.running(tmp_path / "tls", users=["base"]) as server:
        folder = startup.idle_chapter(tmp_path / "chapter", server)
        modules = loaded("--chapter", str(folder), "tick", "--now", startup.IDLE.isoformat())
    assert {"imaplib", "coordinator.backends.imap_inbox", "coordinator.store.side"} <= modules
    assert [name for name in NEVER if name in modules] == []


def test_the_help_text_loads_nothing_of_the_program() -> None:
    modules = loaded("--help")
    ours = {name for name in modules if name.startswith("coordinator")}
    assert ours == {"coordinator", "coordinator.cli", "coordinator.errors"}
    assert not modules & {*NEVER, "imaplib", "ssl", "email", "tomllib", "sqlite3"}
