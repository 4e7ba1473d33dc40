"""Starting: the help text and a tick with nothing to do over a real Dovecot, in CPU of `python -c pass`."""

import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import chapter
from benchmarks.measure import least_cpu
from benchmarks.table import Bar
from coordinator import config, tick
from tests.servers import dovecot

IDLE = chapter.MONDAY + timedelta(hours=1)
"""An hour after everything that was due was sent."""


def run(*, size: str) -> list[Bar]:
    times = 3 if size == "small" else 20
    with TemporaryDirectory(prefix="bench-") as name, dovecot.running(Path(name) / "tls", users=["base"]) as server:
        folder = idle_chapter(Path(name) / "chapter", server)
        python = sys.executable
        least = least_cpu(
            {
                "pass": [python, "-c", "pass"],
                "help": [python, "-m", "coordinator", "--help"],
                "idle": [python, "-m", "coordinator", "--chapter", str(folder), "tick", "--now", IDLE.isoformat()],
            },
            times=times,
        )
    base = least["pass"]
    print(f"  python -c pass          {base * 1e3:8.1f} ms CPU")
    print(f"  coordinator --help      {least['help'] * 1e3:8.1f} ms CPU")
    print(f"  coordinator tick, idle  {least['idle'] * 1e3:8.1f} ms CPU (login, SEARCH, what is due)")
    return [
        Bar(name="startup.help", value=least["help"] / base, goal=5, unit="× pass"),
        Bar(name="startup.idle_tick", value=least["idle"] / base, goal=10, unit="× pass"),
    ]


def idle_chapter(folder: Path, server: dovecot.Dovecot) -> Path:
    """A small chapter on which nothing is due for days; its letters went into a folder."""
    founded = chapter.founded(folder, server, 25, pairs=3)
    path = founded.folder / "config.toml"
    head, _, tail = path.read_text().partition("[outbox]")
    rest = tail[tail.index("\n[") :] if "\n[" in tail else ""
    real = path.read_text()
    path.write_text(f'{head}[outbox]\nbackend = "maildir"\npath = "out"\n{rest}')
    account = tick.run(config.load(founded.folder), chapter.MONDAY)
    path.write_text(real)
    # The settings differ now, so this one looks at everything once more; from then on there is nothing to do.
    tick.run(config.load(founded.folder), chapter.MONDAY + timedelta(minutes=1))
    assert account.sent >= 6, account.sent
    return founded.folder
