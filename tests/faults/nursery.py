"""A process that has everything imported and bears a child for each command, which may be killed at any fault point.

Told by lines of JSON on its standard input, it answers each with one on its standard output. It has a single thread,
so that forking it is sound.
"""

import errno
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.chapter import DAY, MONDAY, answer
from tests.faults.mutants import MUTANTS, Patch

ERRORS = {
    "full": errno.ENOSPC,
    "broken": errno.EIO,
    "quota": errno.EDQUOT,
    "read-only": errno.EROFS,
    "reset": errno.ECONNRESET,
    "silent": errno.ETIMEDOUT,
    "pipe": errno.EPIPE,
}
FOR_GOOD = "!"
"""Behind the name of an error: from that point on every one like it fails."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended. code: its exit code, -9 when it was killed. points: the fault points that it passed."""

    code: int
    out: str
    err: str
    points: Sequence[str]


class Nursery:
    """The parent's side."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self._folder = folder

    def run(
        self,
        *arguments: str,
        number: int = 0,
        how: str = "",
        user: int = 0,
        file_bytes: int = 0,
        mutant: str = "",
    ) -> Ended:
        """`coordinator ARGUMENTS`, struck at the fault point of that number; 0 = unharmed.

        how: "kill", or one of `ERRORS`, with "!" behind it for that point and every later one of a disk. user: whose rights it has, 0 = ours. file_bytes: no file may grow
        larger, 0 = no limit. mutant: see `mutants`.
        """
        order = {"arguments": arguments, "number": number, "how": how, "mutant": mutant}
        order |= {"user": user, "file_bytes": file_bytes}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({**order, "folder": str(self._folder)}) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, err, points = ((self._folder / name).read_text() for name in ("out", "err", "points"))
        return Ended(code=code, out=out, err=err, points=points.split("\n")[:-1])


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)
    command = [sys.executable, "-c", "from tests.faults.nursery import main; main()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Nursery(process, folder)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(timeout=30)


def main() -> None:
    _import_everything()
    poison_the_reader(setattr)
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _obey(order)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _import_everything() -> None:
    """By running a tick of another chapter: what it loads and what it keeps at hand, its children need not."""
    import icalendar

    import coordinator.backends.imap_adopted
    import coordinator.backends.imap_inbox
    import coordinator.backends.smtp_session
    import coordinator.cli.ticking
    import coordinator.formats.ical
    from coordinator import tick
    from coordinator.demo import chapter
    from coordinator.simulate import cast
    from coordinator.simulate.posts import MaildirPost

    assert coordinator.cli
    assert icalendar
    people = {persona.address: persona for persona in cast.chapter(MONDAY.date())}
    with tempfile.TemporaryDirectory() as folder:
        settings = chapter.make(Path(folder) / "warm", people, program="six-month", months=6, now=MONDAY)
        tick.run(settings, MONDAY)
        post = MaildirPost(outbox=settings.folder / "out", inbox=settings.folder / "mail")
        for raw in post.collect():
            post.deliver(answer(raw, "somebody", {1: "To speak in public, and to finish the thesis"}, MONDAY), MONDAY)
        # Read here: what a reader apart has at hand would be gone with it.
        tick.run(settings, MONDAY + DAY, tick.Options(apart=False))


def poison_the_reader(patch: Patch) -> None:
    """Messages of that name break it, as a mistake of ours would."""
    from coordinator.formats import reading

    read = reading.read

    def poisoned(message: Any, **more: Any) -> Any:
        if message.envelope.message_id.strip("<>").startswith("poison"):
            raise ZeroDivisionError
        return read(message, **more)

    patch(reading, "read", poisoned)


def _obey(order: dict[str, Any]) -> None:
    """Never returns: the child ends here, whatever happens."""
    folder = Path(order["folder"])
    code = 99
    try:
        out, err = (os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666) for name in ("out", "err"))
        points = os.open(folder / "points", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        _arm(points, int(order["number"]), str(order["how"]))
        if order["mutant"]:
            MUTANTS[order["mutant"]](setattr)
        _confine(int(order["user"]), int(order["file_bytes"]))
        code = _command(order["arguments"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _arm(points: int, number: int, how: str) -> None:
    from coordinator import faults

    passed = 0

    def strike(name: str) -> None:
        nonlocal passed
        passed += 1
        os.write(points, f"{name}\n".encode())
        goes_on = bool(number) and passed > number and how.endswith(FOR_GOOD) and ":" in name
        if passed != number and not goes_on:
            return
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        error = ERRORS[how.removesuffix(FOR_GOOD)]
        raise OSError(error, os.strerror(error))

    faults.arm(strike)


def _confine(user: int, file_bytes: int) -> None:
    import resource

    if file_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)


def _command(arguments: Sequence[str]) -> int:
    from coordinator import cli

    sys.argv = ["coordinator", *arguments]
    try:
        cli.main()
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 1 if leave.code else 0
    return 0
