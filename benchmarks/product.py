"""One real tick with a clock at each of its doors: `python -m benchmarks.product FOLDER NOW [bare]` prints JSON.

bare: with what protects it switched off, for comparison.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.bare import bared
from benchmarks.measure import Phases, peak_mb, private_mb

PHASES = (
    "start",
    "connect",
    "fetch",
    "wait for the reader",
    "decide",
    "write letters",
    "state",
    "send",
    "copies",
    "put away",
)
"""In the order of a table; "decide" is also what lies between the others."""


def main(folder: str, now: str, how: str = "") -> None:
    phases = Phases()
    began = time.perf_counter()
    with phases.phase("start"):
        from coordinator import cli, config, tick

        assert cli  # as the command does
        settings = config.load(Path(folder))
        _watch(phases)
        workers = _weighed()
        options = bared() if how == "bare" else tick.CRON
    account = tick.run(settings, datetime.fromisoformat(now), options)
    phases.seconds["decide"] = phases.seconds.get("decide", 0.0) + phases.seconds.pop("the rest", 0.0)
    figures = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
        "phases": phases.seconds,
        "peak_mb": max((peak_mb(), *workers)),
        "read": account.read,
        "applied": account.applied,
        "held": account.held,
        "sent": account.sent,
        "failed": account.failed,
        "invites": sum("invitation" in letter["prompt"].split("+") for letter in account.letters),
        "trouble": type(account.trouble).__name__ if account.trouble else "",
    }
    print(json.dumps(figures))


def _watch(phases: Phases) -> None:
    """Times every function through which a phase is entered; what is not there any more stops the benchmark."""
    from coordinator import programs
    from coordinator.backends.imap_inbox import ImapInbox
    from coordinator.backends.smtp import SmtpOutbox
    from coordinator.formats import letters
    from coordinator.store.tinydb import FolderStore
    from coordinator.store.work import Work
    from coordinator.tick import work as steps
    from coordinator.tick.readers import Apart

    _set(phases.timed, "connect", (ImapInbox, "__init__"), (ImapInbox, "close"))
    _set(phases.each, "fetch", (ImapInbox, "fetch"))
    _set(phases.timed, "wait for the reader", (Apart, "ask"), (Apart, "next"), (Apart, "close"))
    _set(phases.timed, "write letters", (letters, "write"))
    _set(phases.timed, "state", (FolderStore, "load"), (Work, "commit"), (Work, "flush_journal"), (Work, "stage"))
    _set(phases.timed, "send", (SmtpOutbox, "send"), (SmtpOutbox, "close"))
    _set(phases.timed, "copies", (ImapInbox, "append"), (ImapInbox, "append_all"))
    _set(phases.timed, "put away", (ImapInbox, "put_away"))
    _set(phases.timed, "start", (programs, "load"))
    assert steps


def _weighed() -> list[float]:
    """MB held together with the workers at most, once the tick ran: they are heaviest at their end."""
    from coordinator.tick.worker import Worker

    found: list[float] = []
    own: dict[int, float] = {}
    get, end = Worker.get, Worker.end

    def gotten(self: Worker) -> bytes:
        own.setdefault(self.process, 0.0)
        return get(self)

    def ended(self: Worker) -> None:
        own.update({process: private_mb(process) for process in own})
        found.append(peak_mb() + sum(own.values()))
        own.pop(self.process, None)
        end(self)

    Worker.get, Worker.end = gotten, ended  # type: ignore[method-assign]
    return found


def _set(around: Callable[[str, Any], Any], phase: str, *places: tuple[Any, str]) -> None:
    for owner, name in places:
        setattr(owner, name, around(phase, getattr(owner, name)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
