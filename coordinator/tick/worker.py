"""A forked process that answers requests one by one, within limits of time and memory.

It holds nothing of what it inherits: no lock, no connection. It ends with the tick that started it, however that ends:
a pipe without a writer tells it so, and a request can keep it no longer than its limits.
"""

import fcntl
import gc
import os
import resource
import select
import signal
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import NoReturn

from coordinator import faults

CPU_SECONDS = 5
"""How much work one message may be; an ordinary one takes a few thousandths of this."""
SECONDS = 20
"""How long one message may take on a machine that is busy with other things."""
MEMORY = 256_000_000
"""Bytes beyond what the tick holds itself."""
PIPE_BYTES = 1_048_576
"""Enough for a batch of ordinary mail, so that neither side waits for the other."""
_LENGTH = struct.Struct("<I")


class LostError(Exception):
    """The worker ended over the request that it was at. Its text says how, for a human."""


class Worker:
    """The parent's side. work: answers a request, in the child; what it raises ends the child.

    process: its id, 0 once it ended.
    """

    def __init__(self, work: Callable[[bytes], bytes]) -> None:
        ours_in, theirs_out = _pipe()
        theirs_in, ours_out = _pipe()
        for fd in (ours_in, ours_out):
            with suppress(OSError, AttributeError):
                fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.process = os.fork()
        if self.process == 0:
            _live(theirs_in, theirs_out, work)
        os.close(theirs_in)
        os.close(theirs_out)
        self._in, self._out = ours_in, ours_out
        self._ended = ""

    def put(self, request: bytes) -> None:
        """LostError when nobody listens any more."""
        try:
            _write(self._out, request)
        except BrokenPipeError:
            raise LostError(self._how()) from None

    def get(self) -> bytes:
        """The answer to the oldest request that has none yet. LostError when none will come."""
        if not select.select([self._in], [], [], 2 * SECONDS)[0]:
            raise LostError("its reader took too long")
        answer = _read(self._in)
        if answer is None:
            raise LostError(self._how())
        return answer

    def end(self) -> None:
        for fd in (self._in, self._out):
            with suppress(OSError):
                os.close(fd)
        self._reap(at_once=True)

    def _how(self) -> str:
        if not self._ended:
            took_too_long = self._reap(at_once=False) in (signal.SIGPROF, signal.SIGALRM)
            self._ended = "its reader took too long" if took_too_long else "its reader broke down"
        return self._ended

    def _reap(self, *, at_once: bool) -> int:
        """The signal that ended it, 0 = none or not known."""
        if not self.process:
            return 0
        process, self.process = self.process, 0
        if at_once:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            status = os.waitpid(process, 0)[1]
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return 0


def _pipe() -> tuple[int, int]:
    """Clear of the three that every process has, which the child gives up."""
    ends = os.pipe()
    if min(ends) > 2:
        return ends
    clear = (fcntl.fcntl(ends[0], fcntl.F_DUPFD_CLOEXEC, 3), fcntl.fcntl(ends[1], fcntl.F_DUPFD_CLOEXEC, 3))
    os.close(ends[0])
    os.close(ends[1])
    return clear


def _live(requests: int, answers: int, work: Callable[[bytes], bytes]) -> NoReturn:
    """The child's side, which never returns to what its parent was doing."""
    code = 1
    try:
        faults.arm(None)
        _let_go(keep=(requests, answers))
        _be_limited()
        _answer_all(requests, answers, work)
        code = 0
    finally:
        os._exit(code)


def _answer_all(requests: int, answers: int, work: Callable[[bytes], bytes]) -> None:
    """A thread empties the pipe, so that the parent need not wait while a message is read."""
    waiting: SimpleQueue[bytes | None] = SimpleQueue()

    def listen() -> None:
        while (request := _read(requests)) is not None:
            waiting.put(request)
        waiting.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while (request := waiting.get()) is not None:
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        answer = work(request)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(answers, answer)


def _let_go(keep: tuple[int, int]) -> None:
    """Closes what was inherited, the lock among it. Nothing that it says may reach a log."""
    low, high = sorted(keep)
    most = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536)
    for first, last in ((3, low), (low + 1, high), (high + 1, most)):
        os.closerange(first, last)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def _be_limited() -> None:
    gc.freeze()
    for name in (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM, signal.SIGINT, signal.SIGPIPE):
        signal.signal(name, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0)
    with suppress(OSError, ValueError):
        most = _size() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size() -> int:
    """Bytes of address space now. OSError where the system does not say."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _write(fd: int, message: bytes) -> None:
    left = memoryview(_LENGTH.pack(len(message)) + message)
    while left:
        left = left[os.write(fd, left) :]


def _read(fd: int) -> bytes | None:
    """None at the end, also in the middle of a message."""
    head = _exactly(fd, _LENGTH.size)
    return _exactly(fd, _LENGTH.unpack(head)[0]) if head else None


def _exactly(fd: int, size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(fd, min(size, PIPE_BYTES))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
