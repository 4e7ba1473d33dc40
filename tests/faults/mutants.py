"""Mistakes that are planted on purpose and must be found, so that the silence of all other tests means something."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

Patch = Callable[[Any, str, Any], None]
"""Puts a value into a module or class: `setattr`, or a test's own that takes it back."""


def _acknowledge_first(patch: Patch) -> None:
    from coordinator.tick import inward

    take_one, take_batch = inward._take_one, inward._take_batch

    def hasty(round_: Any, fetched: Any, piles: Any, known: Any) -> None:
        take_one(round_, fetched, piles, known)
        round_.inbox.put_away([fetched.handle], "processed")

    def batch(round_: Any, inbox: Any, *rest: Any, **more: Any) -> None:
        round_.inbox = inbox
        take_batch(round_, inbox, *rest, **more)

    patch(inward, "_take_one", hasty)
    patch(inward, "_take_batch", batch)


def _no_dedupe(patch: Patch) -> None:
    from coordinator.store.work import Work

    patch(Work, "see", lambda self, *keys: None)


def _write_in_place(patch: Patch) -> None:
    from coordinator import faults
    from coordinator.store import disk

    def in_place(path: Path, chunks: Iterable[bytes], *, label: str, keep: int = 0, durable: bool = True) -> None:
        faults.point(f"{label}:open")
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            for chunk in chunks:
                faults.point(f"{label}:write")
                disk.write_all(fd, chunk)
            disk.sync(fd, label=label)
        finally:
            os.close(fd)

    patch(disk, "replace", in_place)


def _no_folder_fsync(patch: Patch) -> None:
    from coordinator.store import disk

    patch(disk, "sync_folder", lambda folder, *, label: None)


def _fresh_message_id(patch: Patch) -> None:
    from coordinator.store.work import Work

    frozen = Work.draft_bytes

    def fresh(self: Any, letter: Any) -> bytes | None:
        raw = frozen(self, letter)
        if raw is None or not letter.attempts:
            return raw
        return re.sub(rb"(?mi)^(Message-ID: <)", rb"\g<1>try%d." % letter.attempts, raw, count=1)

    patch(Work, "draft_bytes", fresh)


def _no_journal(patch: Patch) -> None:
    from coordinator.store.work import Work

    patch(Work, "journal", lambda self, *line, **more: None)


MUTANTS: Mapping[str, Callable[[Patch], None]] = {
    "acknowledge first": _acknowledge_first,
    "no dedupe": _no_dedupe,
    "in-place write": _write_in_place,
    "no folder fsync": _no_folder_fsync,
    "fresh Message-ID": _fresh_message_id,
    "no journal": _no_journal,
}
