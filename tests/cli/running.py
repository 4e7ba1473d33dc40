"""Commands, run in this process as from a shell."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator.cli import main

ROOT = Path(__file__).parents[2]
PEOPLE = """email,first_name,last_name,roles,timezone,language,consent
mona@example.com,Mona,Ek,mentor,Europe/Berlin,en,yes
maya@example.com,Maya,Roy,mentee,Europe/Berlin,en,yes
adam@example.com,Adam,Poe,advisor,Europe/Berlin,en,yes
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str | Path) -> Outcome:
    """A command's exit code and what it printed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(a) for a in arguments])
        except SystemExit as leave:
            code = leave.code or 0
    return Outcome(code=code, out=_text(out), err=_text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined]


def start(*arguments: str | Path, env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "coordinator", *(str(a) for a in arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def python(script: str) -> str:
    """What a script prints in a fresh interpreter, errors included."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode()


def founded(folder: Path, *flags: str, now: str = "2026-01-12T08:00") -> Path:
    """A chapter without anybody in it."""
    made = run(
        "init", folder, "--name", "Elm", "--address", "mentoring@example.org", "--coordinator", "chief@example.org",
        "--timezone", "Europe/Berlin", "--now", now, *flags,
    )  # fmt: skip
    assert made.code == 0, made.err
    return folder


def with_pair(folder: Path, *flags: str, now: str = "2026-01-12T08:00") -> Path:
    """Mona mentors Maya; Adam is their advisor."""
    founded(folder, *flags, now=now)
    roster = folder.parent / "people.csv"
    roster.write_text(PEOPLE)
    assert run("--chapter", folder, "people", "import", roster, "--now", now).code == 0
    paired = run(
        "--chapter", folder, "pair", "mona@example.com", "maya@example.com", "--advisor", "adam@example.com",
        "--now", now,
    )  # fmt: skip
    assert (paired.code, paired.out) == (0, "p1\n"), paired.err
    return folder
